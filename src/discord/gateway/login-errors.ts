import { type DiscordAPIError, DiscordjsErrorCodes, GatewayCloseCodes } from 'discord.js';
import type { Settings } from '../../settings.js';
import { systemCode, UserError } from '../../user-error.js';

/** Why Discord does not let the bot in, and what to do. */
export function loginRefusal(error: unknown): UserError | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
  const message = error instanceof Error ? error.message : '';
  const options = { cause: error };
  if (
    code === DiscordjsErrorCodes.TokenInvalid ||
    code === GatewayCloseCodes.AuthenticationFailed ||
    status === 401 ||
    /authentication failed/i.test(message)
  ) {
    return new UserError(
      'Discord refuses the token. Copy it again from the Developer Portal (Bot, Reset Token) into DISCORD_TOKEN.',
      options,
    );
  }
  if (code === GatewayCloseCodes.DisallowedIntents || /disallowed intents/i.test(message)) {
    return new UserError(
      'Discord refuses the intents. With DISCORD_MESSAGE_CONTENT=on the Message Content intent has to be turned on for the application in the Developer Portal (Bot, Privileged Gateway Intents); turn it on there, or set DISCORD_MESSAGE_CONTENT=off.',
      options,
    );
  }
  if (code === GatewayCloseCodes.InvalidIntents || /invalid intents/i.test(message)) {
    return new UserError('Discord does not know the intents that were asked for. Update Footnote.', options);
  }
  if (code === GatewayCloseCodes.ShardingRequired || /sharding/i.test(message)) {
    return new UserError(
      'The bot is in too many servers for one connection: set DISCORD_SHARDS to 1 for each 1,000 servers, or to auto.',
      options,
    );
  }
  return null;
}

/** Why the commands cannot be registered. */
export function registrationRefused(error: DiscordAPIError, guildId: string | null): UserError {
  const where =
    guildId === null
      ? ''
      : ` in the server ${guildId} (DISCORD_GUILD_ID): invite the bot there with the scope applications.commands, or unset it`;
  return new UserError(`Discord did not register the commands${where}: ${error.message} (code ${error.code}).`, {
    cause: error,
  });
}

/** Anything else that a login fails with: no network, a wrong address, a proxy that answers in Discord's place. */
export function unreachable(error: unknown, api: string): UserError {
  if (error instanceof UserError) return error;
  const reason = systemCode(error) ?? (error instanceof Error ? error.message : String(error));
  return new UserError(
    `Discord (${api}) cannot be reached (${reason}). Check the network, a proxy, and DISCORD_API if you have set it; then start again.`,
    { cause: error },
  );
}

/** The token of the settings. @throws {UserError} when there is none. */
export function requireToken({ discord: { token } }: Pick<Settings, 'discord'>): string {
  if (token !== null) return token;
  throw new UserError(
    'DISCORD_TOKEN is not set. Make an application at https://discord.com/developers/applications, copy its bot token into .env as DISCORD_TOKEN=…, and start again.',
  );
}
