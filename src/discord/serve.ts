import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, DiscordAPIError, Events, type Snowflake } from 'discord.js';
import type { Logger } from 'pino';
import { FoldedQuestions } from '../answering/pins/folded-questions.js';
import type { Community } from '../community/community.js';
import type { Settings } from '../settings.js';
import { MESSAGE_COMMANDS, SLASH_COMMANDS } from './commands/commands.js';
import type { AddedFiles, BotContext, ServedEngine } from './context/bot-context.js';
import { FollowedThreads } from './context/followed-threads.js';
import { HelpShown } from './context/help-shown.js';
import { Latencies } from './context/latencies.js';
import { LiveLibrary } from './context/live-library.js';
import { Members } from './context/members.js';
import { QuestionQueue } from './context/question-queue.js';
import { queuedEngine } from './context/queued-engine.js';
import { RateLimits } from './context/rate-limits.js';
import { RecentAnswers } from './context/recent-answers.js';
import { RefusedChannels } from './context/refused-channels.js';
import { WordDrafts } from './context/word-drafts.js';
import { BackgroundTasks } from './gateway/background-tasks.js';
import { catchUp } from './gateway/catch-up.js';
import { createInteractionRest } from './gateway/client.js';
import { Connection } from './gateway/connection.js';
import { createLog } from './gateway/log.js';
import { registrationError, requireToken } from './gateway/login-errors.js';
import { registerCommands } from './gateway/register-commands.js';
import { handleInteraction } from './handle-interaction.js';
import { followAddedDeletion, followAddedEdit, followChannelDeletion } from './messages/follow-added.js';
import { createMessageHandlers, type MessageHandlers } from './messages/message-handlers.js';
import { welcomeServer } from './messages/welcome.js';

/** How long answers that are on their way may take after the bot has been told to stop. */
const SHUTDOWN_GRACE_MS = 4000;

/** How often expired questions are deleted, even if nobody asks a new one. */
const EXPIRY_INTERVAL_MS = 3_600_000;

type BotSettings = Pick<Settings, 'discord' | 'limits' | 'logLevel'>;

/** Opens the stores that the bot serves from, so that nothing in this folder opens a database itself. */
export interface ServeOptions {
  /** Opens the index. Called again whenever the index has been replaced. */
  readonly openEngine: (events: { onNotice: (notice: string) => void }) => Promise<ServedEngine>;
  readonly openCommunity: (events: { onNotice: (notice: string) => void }) => Community;
  /** Indexes what people add. */
  readonly addedFiles: AddedFiles;
  /** Version of Footnote, for `/status` and the log. */
  readonly version: string;
}

/**
 * Runs the bot until the process is told to stop.
 *
 * @throws {LoginError} if Discord refuses the token or the intents, now or later, or cannot be reached at the start.
 * @throws {UserError} if there is no token, nothing is indexed, or Discord does not register the commands.
 */
export async function serveDiscord(settings: BotSettings, options: ServeOptions): Promise<void> {
  const token = requireToken(settings);
  const startedAt = new Date();
  const log = createLog(settings.logLevel);
  const { community, library } = await openStores(options, settings.limits.answeringMs, log);
  const tasks = new BackgroundTasks(log);
  const expiryTimer = startExpiry(community, tasks);
  const { bot, connection } = createBot(settings, {
    token,
    startedAt,
    version: options.version,
    addedFiles: options.addedFiles,
    community,
    library,
    tasks,
    log,
  });
  const ended = Promise.race([stopSignal(connection.client, log), connection.refused]);
  ended.catch(() => {});
  try {
    const isOpen = await Promise.race([connection.open().then(() => true), ended.then(() => false)]);
    if (!isOpen) return;
    await finishStartup(bot, settings.discord.guildId, ended);
    // What was added or removed while no bot was running.
    tasks.run(async () => void (await bot.addedFiles.sync(community)));
    await ended;
    log.info('stopping');
    await Promise.race([tasks.settled(), sleep(SHUTDOWN_GRACE_MS)]);
  } finally {
    clearInterval(expiryTimer);
    await connection.close();
    await library.close();
    community.close();
  }
}

interface Stores {
  readonly community: Community;
  readonly library: LiveLibrary;
}

async function openStores(
  { openEngine, openCommunity }: ServeOptions,
  closeDelayMs: number,
  log: Logger,
): Promise<Stores> {
  const community = openCommunity({ onNotice: (notice) => log.warn(notice) });
  try {
    const library = await LiveLibrary.open({
      openEngine: () => openEngine({ onNotice: (notice) => log.warn(notice) }),
      closeDelayMs,
      log,
    });
    return { community, library };
  } catch (error) {
    community.close();
    throw error;
  }
}

/** Deletes questions that have expired, now and every hour. */
function startExpiry({ questions }: Community, tasks: BackgroundTasks): NodeJS.Timeout {
  const removeExpired = (): void => tasks.run(() => questions.removeExpired(Date.now()));
  removeExpired();
  return setInterval(removeExpired, EXPIRY_INTERVAL_MS);
}

interface BotDeps extends Stores {
  readonly token: string;
  readonly startedAt: Date;
  readonly version: string;
  readonly addedFiles: AddedFiles;
  readonly tasks: BackgroundTasks;
  readonly log: Logger;
}

/** Wires the bot together: its context, its connection, and what happens on events. Nothing connects yet. */
function createBot(
  settings: BotSettings,
  { token, startedAt, version, addedFiles, community, library, tasks, log }: BotDeps,
): { bot: BotContext; connection: Connection } {
  const { api, readsMessages, stuckAfterMs } = settings.discord;
  const queue = new QuestionQueue({
    maxWaitMs: settings.limits.waitingMs,
    maxWaitingPerPerson: settings.limits.perPerson,
  });
  const bot: BotContext = {
    library: () => library.engine.library,
    engineFor: (personId) => queuedEngine(personId, () => library.engine, queue),
    engineState: () => ({ ...library.health, ...queue.state }),
    suggestions: () => library.suggestions,
    refreshLibrary: () => library.refresh(),
    addedIndex: () => library.added,
    addedFiles,
    community,
    foldedQuestions: new FoldedQuestions(),
    recentAnswers: new RecentAnswers(),
    rateLimits: new RateLimits(settings.limits),
    followedThreads: new FollowedThreads(),
    helpShown: new HelpShown(),
    members: new Members(),
    wordDrafts: new WordDrafts(),
    refusedChannels: new RefusedChannels(),
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
  const messages = createMessageHandlers(bot);
  const connection = new Connection({
    token,
    api,
    readsMessages,
    stuckAfterMs,
    log,
    onClient: (client) => addListeners(client, messages, bot, tasks),
    onSession: (client, gap) => {
      if (gap !== null) tasks.run(() => catchUp(client, gap, { onMessage: messages.onCreate, tasks, log }));
    },
  });
  return { bot, connection };
}

function addListeners(client: Client, messages: MessageHandlers, bot: BotContext, tasks: BackgroundTasks): void {
  client.on(Events.MessageCreate, (message) => tasks.run(() => messages.onCreate(message)));
  client.on(Events.MessageUpdate, (_old, message) => {
    tasks.run(() => messages.onUpdate(message));
    tasks.run(() => followAddedEdit(message, bot));
  });
  const onDelete = (id: Snowflake): void => {
    tasks.run(() => messages.onDelete(id));
    tasks.run(() => followAddedDeletion(id, bot));
  };
  client.on(Events.MessageDelete, ({ id }) => onDelete(id));
  client.on(Events.MessageBulkDelete, (deleted) => {
    for (const id of deleted.keys()) onDelete(id);
  });
  client.on(Events.ChannelDelete, ({ id }) => tasks.run(() => followChannelDeletion(id, bot)));
  client.on(Events.ThreadDelete, ({ id }) => tasks.run(() => followChannelDeletion(id, bot)));
  // What was refused may be allowed now.
  client.on(Events.ChannelUpdate, (_old, channel) => {
    if (!channel.isDMBased()) bot.refusedChannels.clearServer(channel.guildId);
  });
  client.on(Events.GuildRoleUpdate, (_old, { guild }) => bot.refusedChannels.clearServer(guild.id));
  client.on(Events.GuildMemberUpdate, (_old, { id, guild }) => {
    if (id === client.user?.id) bot.refusedChannels.clearServer(guild.id);
  });
  client.on(Events.ThreadUpdate, (_old, thread) => bot.refusedChannels.clear(thread.id));
  client.on(Events.InteractionCreate, (interaction) => tasks.run(() => handleInteraction(interaction, bot)));
  client.on(Events.GuildCreate, (guild) => tasks.run(() => welcomeServer(guild, bot)));
  client.on(Events.GuildDelete, ({ id }) =>
    tasks.run(async () => {
      bot.community.forgetServer(id);
      await bot.addedFiles.sync(bot.community);
    }),
  );
}

/** Resolves when the process is told to stop, or when the process that started this shard is gone. */
function stopSignal({ shard }: Client, log: Logger): Promise<void> {
  return new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
    if (shard === null) return;
    // The next parent would start this shard a second time.
    process.once('disconnect', resolve);
    // discord.js reports every change of the connection to the parent. Once the parent is gone that fails with an 'error'
    // event, which would end this process before it has finished its answers.
    process.on('error', (error) => log.warn({ err: error }, 'the parent process of this shard is gone'));
    if (!process.connected) resolve();
  });
}

/** Finishes starting up after the login. Does not wait for the registration once the bot is told to stop. */
async function finishStartup(bot: BotContext, guildId: string | null, ended: Promise<void>): Promise<void> {
  const { log, version } = bot;
  const client = bot.client();
  log.info({ user: client.user.tag, version }, 'logged in');
  warnAboutOtherProcess(bot);
  // One shard registers the commands for all of them.
  if (client.shard === null || client.shard.ids.includes(0)) {
    // Discord may hold back a registration for a long time.
    await Promise.race([register(client, guildId, log), ended]);
  }
  const { articleCount, passageCount } = bot.library();
  log.info({ articles: articleCount, passages: passageCount }, 'ready');
}

async function register(client: Client<true>, guildId: string | null, log: Logger): Promise<void> {
  const definitions = [...SLASH_COMMANDS, ...MESSAGE_COMMANDS].map(({ definition }) => definition);
  try {
    await registerCommands(client.rest, definitions, { applicationId: client.application.id, guildId }, log);
  } catch (error) {
    if (error instanceof DiscordAPIError) throw registrationError(error, guildId);
    // Discord still has the commands of the previous start.
    log.warn({ err: error }, 'could not register commands, will try again at the next start');
  }
}

/** Two processes that run the same bot answer everything twice, unless Discord notices. */
function warnAboutOtherProcess(bot: BotContext): void {
  const client = bot.client();
  const shard = client.shard?.ids.join('-') ?? '0';
  const other = bot.community.announce(`${client.application.id}-${shard}`, bot.startedAt);
  if (other === null) return;
  bot.log.warn(
    { otherPid: other.heldBy?.pid, since: other.heldBy?.startedAt },
    'another process is running this bot on this index, so people may get every answer twice; stop one of them',
  );
}
