import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ChatInputCommandInteraction,
  Client,
  type CloseEvent,
  DiscordAPIError,
  DiscordjsErrorCodes,
  GatewayCloseCodes,
  GatewayIntentBits,
  type Interaction,
  Options,
  Partials,
} from 'discord.js';
import { pino } from 'pino';
import type { Answer } from '../answering/answer.js';
import type { AnswerOptions } from '../answering/answer-question.js';
import type { Article, ListedArticle } from '../corpus/article.js';
import type { PassageInArticle, PassageOpening } from '../corpus/passage.js';
import type { Settings } from '../settings.js';
import { systemCode, UserError } from '../user-error.js';
import { COMMANDS } from './commands.js';
import { EarlierAnswers } from './earlier-answers.js';
import { orFailure } from './failure.js';
import { LookUp, OPENING_CHARACTERS } from './look-up.js';
import { createMessageHandlers } from './messages.js';
import type { DiscordParts } from './parts.js';
import { registerCommands } from './register-commands.js';
import { acknowledge, finish } from './respond.js';

/** How often a new generation of the library is looked for. */
const REFRESH_MS = 3000;
/** discord.js waits for ever when the gateway never says READY. */
const LOGIN_MS = 60_000;
/** A request that hangs is given up and repeated; discord.js would wait 15 s. */
const REQUEST_MS = 5000;
/** Answers on their way when the bot is told to stop. */
const FAREWELL_MS = 4000;
/** discord.js waits for a login that hangs before it lets go of its connections. */
const DESTROY_MS = 500;

/** A library that can be asked, as far as the bot needs it. */
export interface ServedAnswering {
  ask(question: string, options?: Pick<AnswerOptions, 'earlier'>): Promise<Answer>;
  readonly library: {
    readonly passageCount: number;
    readonly isReplaced: boolean;
    articles(): ListedArticle[];
    eachArticle(): Iterable<ListedArticle>;
    articleById(id: string): Article | null;
    passageById(id: string): PassageInArticle | null;
    passageOpenings(maxCharacters: number): Iterable<PassageOpening>;
    refresh(): boolean;
  };
  close(): Promise<void>;
}

/**
 * Runs the bot until the process is told to stop.
 *
 * @throws {UserError} when Discord refuses the token or the intents, at the start or later.
 */
export async function serveDiscord(
  settings: Pick<Settings, 'discord' | 'logLevel'>,
  openAnswering: (events: { onNotice: (notice: string) => void }) => Promise<ServedAnswering>,
  version: string,
): Promise<void> {
  const { token, api, guildId } = settings.discord;
  if (token === null) {
    throw new UserError(
      'DISCORD_TOKEN is not set. Make an application at https://discord.com/developers/applications, copy its bot token into .env as DISCORD_TOKEN=…, and start again.',
    );
  }
  const log = pino(
    { level: settings.logLevel, serializers: { err: describeError } },
    pino.destination({ fd: 2, sync: true }),
  );
  const open = (): Promise<ServedAnswering> => openAnswering({ onNotice: (notice) => log.warn(notice) });
  let answering = await open();
  let lookUp = await LookUp.build([], []);
  let building = new AbortController();
  /** The present look-up stays in use until the new one is built, unless the library changes before that. */
  const renewLookUp = (): void => {
    building.abort();
    building = new AbortController();
    const { signal } = building;
    const { library } = answering;
    void LookUp.build(library.eachArticle(), library.passageOpenings(OPENING_CHARACTERS), { signal }).then(
      (built) => {
        if (!signal.aborted) lookUp = built;
      },
      (error: unknown) => {
        if (!signal.aborted) log.warn({ err: error }, 'the look-up could not be built; the one before stays in use');
      },
    );
  };
  renewLookUp();
  const refresh = async (): Promise<void> => {
    if (answering.library.isReplaced) {
      const replaced = answering;
      answering = await open();
      // Questions that are being answered from it end in a moment.
      setTimeout(() => void replaced.close(), FAREWELL_MS).unref();
    } else if (!answering.library.refresh()) return;
    renewLookUp();
    log.info({ passages: answering.library.passageCount }, 'a new generation of the index is in use');
  };
  let isRefreshing = false;
  const refreshing = setInterval(() => {
    if (isRefreshing) return;
    isRefreshing = true;
    refresh()
      // An index that was deleted is empty until it is built again: the present one stays in use.
      .catch((error: unknown) => log.warn({ err: error }, 'the index could not be looked at; trying again'))
      .finally(() => {
        isRefreshing = false;
      });
  }, REFRESH_MS);
  const client = createClient(api);
  const parts: DiscordParts = {
    ask: (question, options) => answering.ask(question, options),
    earlierAnswers: new EarlierAnswers(),
    articles: () => answering.library.articles(),
    article: (id) => answering.library.articleById(id),
    passage: (id) => answering.library.passageById(id),
    lookUp: () => lookUp,
    passageCount: () => answering.library.passageCount,
    version,
    log,
  };
  const inWork = new Set<Promise<void>>();
  const work = (task: Promise<void>): void => {
    const guarded = task
      .catch((error: unknown) => log.error({ err: error }, 'an event could not be handled'))
      .finally(() => inWork.delete(guarded));
    inWork.add(guarded);
  };
  try {
    const { onCreate, onUpdate, onDelete } = createMessageHandlers(parts);
    client.on('messageCreate', (message) => work(onCreate(message)));
    client.on('messageUpdate', (_old, message) => work(onUpdate(message)));
    client.on('messageDelete', ({ id }) => work(onDelete(id)));
    client.on('messageDeleteBulk', (messages) => {
      for (const id of messages.keys()) work(onDelete(id));
    });
    client.on('interactionCreate', (interaction) => work(onInteraction(interaction, parts)));
    client.on('error', (error) => log.error({ err: error }, 'discord.js reported an error'));
    client.on('shardReconnecting', () => log.info('connection lost, reconnecting'));
    client.on('shardResume', () => log.info('connection resumed'));
    const ended = untilToldOrRefused(client);
    const isStopped = await Promise.race([logIn(client, token, api).then(() => false), ended.then(() => true)]);
    if (isStopped) return;
    log.info({ user: client.user?.tag, version }, 'logged in');
    await registerCommands(client.rest, COMMANDS, { applicationId: client.application?.id ?? '', guildId }, log).catch(
      (error: unknown) => {
        throw error instanceof DiscordAPIError ? registrationRefused(error, guildId) : error;
      },
    );
    log.info({ articles: answering.library.articles().length, passages: answering.library.passageCount }, 'ready');
    await ended;
    log.info('stopping');
    await Promise.race([Promise.allSettled(inWork), sleep(FAREWELL_MS)]);
  } finally {
    clearInterval(refreshing);
    building.abort();
    await Promise.race([client.destroy(), sleep(DESTROY_MS)]);
    await answering.close();
  }
}

function createClient(api: string): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    // A direct message's channel is not known before its first message, and corrected or deleted messages are not kept.
    partials: [Partials.Channel, Partials.Message],
    allowedMentions: { parse: [], repliedUser: false },
    // discord.js repeats a request after a server error; without a nonce an answer that was posted before the error comes twice.
    enforceNonce: true,
    // Messages are answered when they come and never looked up again.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
    }),
    rest: { api, timeout: REQUEST_MS },
  });
}

async function onInteraction(interaction: Interaction, parts: DiscordParts): Promise<void> {
  if (interaction.isAutocomplete()) {
    const command = COMMANDS.find(({ definition }) => definition.name === interaction.commandName);
    await interaction.respond(command?.suggest?.(interaction, parts) ?? []);
  } else if (interaction.isChatInputCommand()) {
    await onCommand(interaction, parts);
  }
}

async function onCommand(interaction: ChatInputCommandInteraction, parts: DiscordParts): Promise<void> {
  // Before anything else: Discord waits three seconds.
  if (!(await acknowledge(interaction, parts.log))) return;
  const command = COMMANDS.find(({ definition }) => definition.name === interaction.commandName);
  const { card, answer } = await orFailure(async () => {
    if (command === undefined)
      throw new UserError('This command is no longer there. Reload Discord to see the present ones.');
    return command.run(interaction, parts);
  }, parts.log);
  if (answer !== undefined) parts.earlierAnswers.answered(interaction.id, answer);
  await finish(interaction, card, parts.log);
}

async function logIn(client: Client, token: string, api: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new UserError(
            `Discord (${api}) did not answer within ${LOGIN_MS / 1000} s. Check the network and https://discordstatus.com, then start again.`,
          ),
        ),
      LOGIN_MS,
    );
  });
  try {
    await Promise.race([client.login(token), timeout]);
  } catch (error) {
    throw refusal(error) ?? unreachable(error, api);
  } finally {
    clearTimeout(timer);
  }
}

/** Settles when the process is told to stop; rejects when Discord closes the connection for good, which ends no process by itself. */
function untilToldOrRefused(client: Client): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
    client.on('shardDisconnect', (event: CloseEvent) => {
      reject(
        refusal({ code: event.code }) ??
          new UserError(`Discord closed the connection for good (code ${event.code}). Start the bot again.`),
      );
    });
  });
  // Awaited once the bot is ready; a refusal before that is reported by the login.
  ended.catch(() => {});
  return ended;
}

/** Why Discord does not let the bot in, and what to do. */
function refusal(error: unknown): UserError | null {
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
      undefined,
      options,
    );
  }
  if (code === GatewayCloseCodes.DisallowedIntents || /disallowed intents/i.test(message)) {
    return new UserError(
      'Discord refuses the intents. Footnote needs Guilds, GuildMessages and DirectMessages, none of which is privileged: check the application in the Developer Portal (Bot).',
      undefined,
      options,
    );
  }
  if (code === GatewayCloseCodes.InvalidIntents || /invalid intents/i.test(message)) {
    return new UserError('Discord does not know the intents that were asked for. Update Footnote.', undefined, options);
  }
  if (code === GatewayCloseCodes.ShardingRequired || /sharding/i.test(message)) {
    return new UserError(
      'The bot is in too many servers for one process: Discord asks for shards.',
      undefined,
      options,
    );
  }
  return null;
}

function registrationRefused(error: DiscordAPIError, guildId: string | null): UserError {
  const where =
    guildId === null
      ? ''
      : ` in the server ${guildId} (DISCORD_GUILD_ID): invite the bot there with the scope applications.commands, or unset it`;
  return new UserError(
    `Discord did not register the commands${where}: ${error.message} (code ${error.code}).`,
    undefined,
    { cause: error },
  );
}

/** Anything else that a login fails with: no network, a wrong address, a proxy that answers in Discord's place. */
function unreachable(error: unknown, api: string): UserError {
  if (error instanceof UserError) return error;
  const reason = systemCode(error) ?? (error instanceof Error ? error.message : String(error));
  return new UserError(
    `Discord (${api}) cannot be reached (${reason}). Check the network, a proxy, and DISCORD_API if you have set it; then start again.`,
    undefined,
    { cause: error },
  );
}

/** What the log says of an error. Not its other properties: discord.js puts the request there, with texts and tokens. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const facts = Object.fromEntries(
    ['code', 'status', 'method'].flatMap((key) =>
      key in error ? [[key, (error as unknown as Record<string, unknown>)[key]]] : [],
    ),
  );
  return { name, message, ...facts, stack };
}
