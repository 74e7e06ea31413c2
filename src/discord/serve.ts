import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, DiscordAPIError, Events, type Snowflake } from 'discord.js';
import type { Logger } from 'pino';
import type { Community } from '../community/community.js';
import type { Settings } from '../settings.js';
import { MESSAGE_COMMANDS, SLASH_COMMANDS } from './commands/commands.js';
import type { BotContext, ServedEngine } from './context/bot-context.js';
import { Latencies } from './context/latencies.js';
import { LiveLibrary } from './context/live-library.js';
import { RateLimits } from './context/rate-limits.js';
import { RecentAnswers } from './context/recent-answers.js';
import { missedMessages } from './gateway/catch-up.js';
import { createInteractionRest } from './gateway/client.js';
import { Connection, type Missed } from './gateway/connection.js';
import { createLog } from './gateway/log.js';
import { registrationRefused, requireToken } from './gateway/login-errors.js';
import { registerCommands } from './gateway/register-commands.js';
import { onInteraction } from './handle-interaction.js';
import { createMessageHandlers, type MessageHandlers } from './messages/message-handlers.js';

/** Answers on their way when the bot is told to stop. */
const FAREWELL_MS = 4000;

/** Kept questions go when their days are over, whether or not somebody asks another one. */
const EXPIRY_MS = 3_600_000;

/** What the bot is served with. */
export interface ServeOptions {
  readonly openEngine: (events: { onNotice: (notice: string) => void }) => Promise<ServedEngine>;
  readonly openCommunity: () => Community;
  readonly version: string;
}

/**
 * Runs the bot until the process is told to stop.
 *
 * @throws {UserError} when Discord refuses the token or the intents, at the start or later.
 */
export async function serveDiscord(
  settings: Pick<Settings, 'discord' | 'limits' | 'logLevel'>,
  { openEngine, openCommunity, version }: ServeOptions,
): Promise<void> {
  const { api, guildId, readsMessages, stuckAfterMs } = settings.discord;
  const token = requireToken(settings);
  const startedAt = new Date();
  const log = createLog(settings.logLevel);
  const community = openCommunity();
  const library = await LiveLibrary.open(() => openEngine({ onNotice: (notice) => log.warn(notice) }), log).catch(
    (error: unknown) => {
      community.close();
      throw error;
    },
  );
  const bot: BotContext = {
    engine: () => library.engine,
    suggestions: () => library.suggestions,
    community,
    recentAnswers: new RecentAnswers(),
    rateLimits: new RateLimits(settings.limits),
    latencies: new Latencies(),
    locales: new Map(),
    client: () => connection.client,
    rest: () => connection.client.rest,
    interactionRest: createInteractionRest(api),
    readsMessages,
    startedAt,
    version,
    log,
  };
  const work = new Work(log);
  const expire = (): void => work.add(Promise.resolve().then(() => community.questions.removeExpired(Date.now())));
  expire();
  const expiring = setInterval(expire, EXPIRY_MS);
  const messages = createMessageHandlers(bot);
  const connection = new Connection({
    token,
    api,
    readsMessages,
    stuckAfterMs,
    log,
    onClient: (client) => listen(client, messages, bot, work),
    onSession: (client, missed) => {
      if (missed !== null) work.add(catchUp(client, missed, messages, work, log));
    },
  });
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
    if (connection.client.shard === null) return;
    // A shard without the process that started it would be started a second time with the next one.
    process.once('disconnect', resolve);
    // discord.js tells that process of every change of the connection, and an error that nobody listens to would end this one at once.
    process.on('error', (error) => log.warn({ err: error }, 'the process that started this shard is gone'));
    if (!process.connected) resolve();
  });
  const ended = Promise.race([stopped, connection.refused]);
  ended.catch(() => {});
  try {
    const isStopped = await Promise.race([connection.open().then(() => false), ended.then(() => true)]);
    if (isStopped) return;
    const { client } = connection;
    log.info({ user: client.user.tag, version }, 'logged in');
    warnOfOthers(client, community, startedAt, log);
    // One shard speaks for all.
    if (client.shard === null || client.shard.ids.includes(0)) {
      const registering = registerCommands(
        client.rest,
        [...SLASH_COMMANDS, ...MESSAGE_COMMANDS].map(({ definition }) => definition),
        { applicationId: client.application.id, guildId },
        log,
      ).catch((error: unknown) => {
        if (error instanceof DiscordAPIError) throw registrationRefused(error, guildId);
        // Those of the last start are still there.
        log.warn({ err: error }, 'the commands could not be registered; trying again at the next start');
      });
      // It may take long: Discord allows few registrations.
      await Promise.race([registering, ended]);
    }
    const { library: articles } = library.engine;
    log.info({ articles: articles.articleCount, passages: articles.passageCount }, 'ready');
    await ended;
    log.info('stopping');
    await Promise.race([work.done(), sleep(FAREWELL_MS)]);
  } finally {
    clearInterval(expiring);
    await connection.close();
    await library.close();
    community.close();
  }
}

/** What is being done for people; nothing that goes wrong there ends the process. */
class Work {
  readonly #tasks = new Set<Promise<void>>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  add(task: Promise<void>): void {
    const guarded = task
      .catch((error: unknown) => this.#log.error({ err: error }, 'an event could not be handled'))
      .finally(() => this.#tasks.delete(guarded));
    this.#tasks.add(guarded);
  }

  async done(): Promise<void> {
    await Promise.allSettled(this.#tasks);
  }
}

function listen(client: Client, messages: MessageHandlers, bot: BotContext, work: Work): void {
  client.on(Events.MessageCreate, (message) => work.add(messages.onCreate(message)));
  client.on(Events.MessageUpdate, (_old, message) => work.add(messages.onUpdate(message)));
  client.on(Events.MessageDelete, ({ id }) => work.add(messages.onDelete(id)));
  client.on(Events.MessageBulkDelete, (deleted) => {
    for (const id of deleted.keys()) work.add(messages.onDelete(id));
  });
  client.on(Events.InteractionCreate, (interaction) => work.add(onInteraction(interaction, bot)));
  client.on(Events.GuildDelete, ({ id }) => work.add(Promise.resolve().then(() => bot.community.forgetServer(id))));
}

async function catchUp(
  client: Client<true>,
  missed: Missed,
  { onCreate }: MessageHandlers,
  work: Work,
  log: Logger,
): Promise<void> {
  log.info('a new session began: looking for what was said meanwhile');
  const before = new Map<Snowflake, Promise<void>>();
  for await (const message of missedMessages(client, missed, log)) {
    // One after the other in each channel: so they are answered in the order in which they were asked.
    const answered = (before.get(message.channelId) ?? Promise.resolve()).then(() => onCreate(message));
    work.add(answered);
    before.set(
      message.channelId,
      answered.catch(() => {}),
    );
  }
}

/** Two copies of one bot answer everything twice, unless Discord notices. */
function warnOfOthers(client: Client<true>, community: Community, startedAt: Date, log: Logger): void {
  const shard = client.shard?.ids.join('-') ?? '0';
  const other = community.announce(`${client.application.id}-${shard}`, startedAt);
  if (other !== null) {
    log.warn(
      { otherPid: other.heldBy?.pid, since: other.heldBy?.startedAt },
      'another process runs this bot on this index already: people may be answered twice. Stop one of the two',
    );
  }
}
