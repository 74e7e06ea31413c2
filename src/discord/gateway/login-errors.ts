import { type DiscordAPIError, DiscordjsErrorCodes, GatewayCloseCodes } from 'discord.js';
import type { Settings } from '../../settings.js';
import { messageOf, systemCode, UserError } from '../../user-error.js';

/**
 * Why the bot could not log in, or why Discord closed its connection.
 *
 * - `invalid-token`, `intents-not-enabled`, `unknown-intents`, `too-many-servers`: Discord refuses the bot.
 * - `closed`: Discord closed the connection for another reason and does not accept a new one.
 * - `unreachable`, `timeout`: Discord did not answer.
 */
export type LoginFailure =
  | 'invalid-token'
  | 'intents-not-enabled'
  | 'unknown-intents'
  | 'too-many-servers'
  | 'closed'
  | 'unreachable'
  | 'timeout';

const TEMPORARY_FAILURES: ReadonlySet<LoginFailure> = new Set(['unreachable', 'timeout']);

/** Thrown when the bot cannot log in, or when Discord closes its connection. The message says what to do about it. */
export class LoginError extends UserError {
  readonly failure: LoginFailure;

  constructor(message: string, { failure, cause }: ErrorOptions & { readonly failure: LoginFailure }) {
    super(message, { cause });
    this.failure = failure;
  }

  /** Whether the next attempt will fail too, unless someone changes something. */
  get isPermanent(): boolean {
    return !TEMPORARY_FAILURES.has(this.failure);
  }
}

/** The refusals that have a remedy, each with the signs it is recognised by. */
const REFUSALS = [
  {
    failure: 'invalid-token',
    codes: [DiscordjsErrorCodes.TokenInvalid, GatewayCloseCodes.AuthenticationFailed],
    status: 401,
    message: /authentication failed/i,
    remedy:
      'Discord rejected the token. Copy it again from the Developer Portal (Bot, Reset Token) into DISCORD_TOKEN.',
  },
  {
    failure: 'intents-not-enabled',
    codes: [GatewayCloseCodes.DisallowedIntents],
    message: /disallowed intents/i,
    remedy:
      'Discord rejected the intents. DISCORD_MESSAGE_CONTENT=on requires the Message Content intent. Turn it on in the Developer Portal (Bot, Privileged Gateway Intents), or set DISCORD_MESSAGE_CONTENT=off.',
  },
  {
    failure: 'unknown-intents',
    codes: [GatewayCloseCodes.InvalidIntents],
    message: /invalid intents/i,
    remedy: 'Discord does not know the intents that the bot requested. Update Footnote.',
  },
  {
    failure: 'too-many-servers',
    codes: [GatewayCloseCodes.ShardingRequired],
    message: /sharding/i,
    remedy:
      'The bot is in too many servers for one connection. Set DISCORD_SHARDS to auto, or to one shard per 1,000 servers.',
  },
] as const satisfies readonly {
  readonly failure: LoginFailure;
  readonly codes: readonly unknown[];
  readonly status?: number;
  readonly message: RegExp;
  readonly remedy: string;
}[];

/**
 * Recognises an error or a close event that means Discord refuses the bot.
 *
 * @internal Exported for its test.
 * @param error Anything with a `code`, a `status` or a `message`.
 * @returns null for any other error.
 */
export function loginRefusal(error: unknown): LoginError | null {
  const code = propertyOf(error, 'code');
  const status = propertyOf(error, 'status');
  const message = error instanceof Error ? error.message : '';
  const refusal = REFUSALS.find(
    (one) =>
      one.codes.some((known) => known === code) ||
      ('status' in one && one.status === status) ||
      one.message.test(message),
  );
  return refusal === undefined ? null : new LoginError(refusal.remedy, { failure: refusal.failure, cause: error });
}

function propertyOf(error: unknown, key: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
}

/** Turns whatever a login failed with into a `LoginError`: refused, or else no network, a wrong address, or a proxy. */
export function toLoginError(error: unknown, api: string): LoginError {
  if (error instanceof LoginError) return error;
  const refusal = loginRefusal(error);
  if (refusal !== null) return refusal;
  const reason = systemCode(error) ?? messageOf(error);
  return new LoginError(
    `Discord (${api}) cannot be reached (${reason}). Check the network, any proxy, and DISCORD_API if you have set it. Then start again.`,
    { failure: 'unreachable', cause: error },
  );
}

/** Creates the error for a connection that Discord closed for good. */
export function closedForGood(code: number): LoginError {
  return (
    loginRefusal({ code }) ??
    new LoginError(`Discord closed the connection and will not resume it (code ${code}). Restart the bot.`, {
      failure: 'closed',
    })
  );
}

/** Creates the error for commands that Discord did not register. */
export function registrationError(error: DiscordAPIError, guildId: string | null): UserError {
  const reason = `${error.message} (code ${error.code})`;
  const message =
    guildId === null
      ? `Discord did not register the commands: ${reason}.`
      : `Discord did not register the commands in the server ${guildId} (DISCORD_GUILD_ID): ${reason}. Invite the bot there with the scope applications.commands, or unset DISCORD_GUILD_ID.`;
  return new UserError(message, { cause: error });
}

/**
 * Returns the token of the settings.
 *
 * @throws {UserError} if there is none.
 */
export function requireToken({ discord: { token } }: Pick<Settings, 'discord'>): string {
  if (token !== null) return token;
  throw new UserError(
    'DISCORD_TOKEN is not set. Create an application at https://discord.com/developers/applications, copy its bot token into .env as DISCORD_TOKEN=…, and start again.',
  );
}
