import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type APIApplicationCommand,
  type APIMessage,
  type APIUser,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
} from 'discord-api-types/v10';
import type { Elsewhere } from './channels.js';
import { createCommandRoutes } from './command-routes.js';
import { Faults } from './faults.js';
import { Gateway, type Shard } from './gateway.js';
import { greet } from './greeting.js';
import { type CommandCall, commandData, findCommand, type OptionValues } from './interaction-payloads.js';
import { createInteractionRoutes } from './interaction-routes.js';
import { CALLBACK_DEADLINE_MS, type InteractionHandle } from './interactions.js';
import { Journal, type RecordedRequest, type WaitOptions } from './journal.js';
import { DEFAULT_LOCALE } from './payloads.js';
import {
  type Actor,
  type ForumPost,
  People,
  type Place,
  type Presence,
  type Saying,
  type ThreadStart,
} from './people.js';
import { Rest } from './rest.js';
import { createRoutes } from './routes.js';
import { createThreadRoutes } from './threads.js';
import { World } from './world.js';

export interface FakeDiscordOptions {
  /** Default: a random one. */
  readonly token?: string;
  /** Privileged intents that are switched on, as bits; others close the gateway with 4014. Default none. */
  readonly grantedIntents?: number;
  /** The guild's language. Default "en-US". */
  readonly guildLocale?: string;
  /** What nobody may in the guild although everybody usually may, as bits of PermissionFlagsBits. It is shown, not enforced. */
  readonly withheld?: bigint;
  /** Default 41250, Discord's own. */
  readonly heartbeatIntervalMs?: number;
  /** How many shards Discord recommends. Default 1. */
  readonly shards?: number;
  /** How many shards may identify at once. Default 1. */
  readonly maxConcurrency?: number;
  /** Closes the gateway with this code at every IDENTIFY. */
  readonly refuseIdentifyWith?: number;
  /** Default 3000, Discord's own. */
  readonly callbackDeadlineMs?: number;
}

const HEARTBEAT_INTERVAL_MS = 41_250;

/**
 * A Discord for tests: its REST API and gateway on a loopback port, with one guild and the people in it. Whatever the
 * bot does that Discord would refuse, or that we promise not to do, ends up in `violations`; assert that it is empty.
 */
export class FakeDiscord {
  readonly token: string;
  readonly faults = new Faults();
  readonly #journal = new Journal();
  readonly #world: World;
  readonly #gateway: Gateway;
  readonly #rest: Rest;
  readonly #server: Server;
  readonly #people: People;
  #refusesToken = false;

  private constructor(options: FakeDiscordOptions) {
    this.token = options.token ?? `fake.${randomBytes(18).toString('base64url')}`;
    const grantedIntents = options.grantedIntents ?? 0;
    const journal = this.#journal;
    const isTokenGood = (token: unknown) => !this.#refusesToken && token === this.token;
    this.#world = new World({
      journal,
      grantedIntents,
      guildLocale: options.guildLocale ?? DEFAULT_LOCALE,
      withheld: options.withheld ?? 0n,
      dispatch: (name, audience, dataFor) => this.#gateway.dispatch(name, audience, dataFor),
    });
    this.#gateway = new Gateway({
      journal,
      isTokenGood,
      grantedIntents,
      heartbeatIntervalMs: options.heartbeatIntervalMs ?? HEARTBEAT_INTERVAL_MS,
      refuseIdentifyWith: options.refuseIdentifyWith,
      address: () => this.#gatewayUrl,
      greeting: (session) => greet(this.#world, session),
      membersOf: () => [...this.#world.users.keys()].map((id) => this.#world.memberOf(id)),
    });
    this.#people = new People({
      journal,
      world: this.#world,
      gateway: this.#gateway,
      deadlineMs: options.callbackDeadlineMs ?? CALLBACK_DEADLINE_MS,
    });
    const routes = [
      ...createRoutes(this.#world, {
        gatewayUrl: () => this.#gatewayUrl,
        shards: options.shards ?? 1,
        maxConcurrency: options.maxConcurrency ?? 1,
      }),
      ...createThreadRoutes(this.#world),
      ...createCommandRoutes(this.#world),
      ...createInteractionRoutes(this.#world, journal),
    ];
    this.#rest = new Rest({ routes, journal, faults: this.faults, isTokenGood });
    this.#server = createServer((request, response) => {
      this.#rest.answer(request, response).catch((error: unknown) => {
        // The bot hung up in the middle of its request.
        journal.gatewayLog.push(`request broken off: ${String(error)}`);
      });
    });
    this.#server.on('upgrade', (request, socket, head) => this.#gateway.upgrade(request, socket, head));
  }

  /** Listens on a free port of 127.0.0.1. */
  static async start(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
    const fake = new FakeDiscord(options);
    await new Promise<void>((resolve, reject) => {
      fake.#server.once('error', reject);
      fake.#server.listen(0, '127.0.0.1', resolve);
    });
    return fake;
  }

  /** Ends every connection at once; whoever still waits for something is rejected. */
  async stop(): Promise<void> {
    for (const { deadline } of this.#world.interactions.values()) clearTimeout(deadline);
    this.#rest.close();
    this.#journal.close();
    this.#gateway.close();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** For `rest.api` of discord.js: without a trailing slash or a version. */
  get api(): string {
    return `http://${this.#host}/api`;
  }

  /** What the bot did wrong, in words. */
  get violations(): string[] {
    return this.#journal.violations;
  }

  /** How many bodies and answers were held against Discord's specification. */
  get checkedPayloads(): number {
    return this.#journal.checkedPayloads;
  }

  get requests(): readonly RecordedRequest[] {
    return this.#journal.requests;
  }

  get bot(): APIUser {
    return this.#world.bot;
  }

  /** The person who acts when a test names nobody. */
  get reader(): APIUser {
    return this.#people.reader;
  }

  get otherReader(): APIUser {
    return this.#people.otherReader;
  }

  get guildId(): string {
    return this.#world.guild.id;
  }

  /** The guild's two text channels. */
  get channelIds(): readonly string[] {
    return this.#world.textChannelIds;
  }

  /** The guild's one forum. */
  get forumChannelId(): string {
    return this.#world.forumId;
  }

  /** What is registered, everywhere and in the guild. */
  get commands(): readonly APIApplicationCommand[] {
    return [...this.#world.globalCommands, ...this.#world.guildCommands];
  }

  /** How often the bot identified and resumed so far. */
  get connections(): { readonly identifies: number; readonly resumes: number; readonly isConnected: boolean } {
    const { identifies, resumes, isConnected } = this.#gateway;
    return { identifies, resumes, isConnected };
  }

  /** The intents of every IDENTIFY so far, as bits. */
  get identifiedIntents(): readonly number[] {
    return this.#gateway.identifiedIntents;
  }

  /** The shard of every IDENTIFY so far, and how many it said there are. */
  get identifiedShards(): readonly Shard[] {
    return this.#gateway.identifiedShards;
  }

  addUser(username: string, { isBot = false } = {}): APIUser {
    return this.#world.addUser(username, isBot);
  }

  /** Resolves with the first value of `find` that is not undefined, looking whenever something happens. */
  waitFor<T>(what: string, find: () => T | undefined, options?: WaitOptions): Promise<T> {
    return this.#journal.waitFor(what, find, options);
  }

  /** The recent requests, gateway events and violations, for error messages. */
  report(): string {
    return this.#journal.report();
  }

  // Acting as a person

  /** Says something in the guild. The bot gets the text only if it is mentioned. */
  say({ channelId = this.channelIds[0] ?? '', ...saying }: Saying): APIMessage {
    return this.#people.say(channelId, saying);
  }

  /** Says something to the bot alone. */
  sayDirectly({ authorId = this.reader.id, ...saying }: Omit<Saying, 'channelId' | 'mentionsBot'>): APIMessage {
    return this.#people.say(this.#world.directChannel(authorId).id, { authorId, ...saying });
  }

  /** Opens a post of the forum. The bot gets its text only if it is mentioned. */
  startForumPost(post: ForumPost): { readonly threadId: string; readonly message: APIMessage } {
    return this.#people.startForumPost(post);
  }

  /** Opens a public thread in a text channel, of a message or by itself. Nothing is said in it yet. */
  startThread(thread: ThreadStart): { readonly threadId: string } {
    return { threadId: this.#people.startThread(thread) };
  }

  /** Changes what a person said. */
  editSaying({ messageId, content }: { readonly messageId: string; readonly content: string }): void {
    this.#world.edit(this.#people.stored(messageId), { content });
  }

  /** Deletes a message as its author or a moderator does. */
  deleteMessage(messageId: string): void {
    this.#world.delete(this.#people.stored(messageId));
  }

  /** Deletes several messages at once as a moderator does: one event for each channel. */
  deleteMessages(messageIds: readonly string[]): void {
    const all = messageIds.map((id) => this.#people.stored(id));
    for (const channelId of new Set(all.map(({ payload }) => payload.channel_id))) {
      this.#world.deleteAll(
        channelId,
        all.filter(({ payload }) => payload.channel_id === channelId),
      );
    }
  }

  /** Runs a chat command. Throws if it is not registered or Discord's client would refuse the options. */
  slash({
    name,
    options = {},
    subcommand,
    ...place
  }: Place & {
    readonly name: string;
    readonly options?: OptionValues;
    readonly subcommand?: string;
  }): InteractionHandle {
    const presence = this.#people.at(place);
    const data = this.#chatCommand(name, { options, subcommand }, presence);
    const label = [name, subcommand].filter(Boolean).join(' ');
    return this.#people.interact(InteractionType.ApplicationCommand, label, presence, data);
  }

  /** Types into the option `focused`, whose text so far is in `options`. */
  autocomplete({
    name,
    options = {},
    focused,
    subcommand,
    ...place
  }: Place & {
    readonly name: string;
    readonly options?: OptionValues;
    readonly focused: string;
    readonly subcommand?: string;
  }): InteractionHandle {
    const presence = this.#people.at(place);
    const data = this.#chatCommand(name, { options, subcommand, focused }, presence);
    return this.#people.interact(InteractionType.ApplicationCommandAutocomplete, name, presence, data);
  }

  /** Uses a command from the menu of a message. */
  useMessageCommand({
    name,
    targetId,
    ...place
  }: Place & { readonly name: string; readonly targetId: string }): InteractionHandle {
    const target = this.#people.stored(targetId);
    const presence = this.#people.at({ ...place, direct: false, channelId: target.payload.channel_id });
    const { channelId } = presence;
    const command = findCommand(this.#world, { name, type: ApplicationCommandType.Message, channelId });
    // The target of a message command is shown in full, whatever the intents.
    const resolved = { messages: { [targetId]: this.#world.asShownTo(target, true) } };
    const data = { id: command.id, name, type: command.type, target_id: targetId, resolved };
    return this.#people.interact(InteractionType.ApplicationCommand, name, presence, data);
  }

  /** Presses a button. Throws if the message has no such button or it is disabled. */
  pressButton({
    messageId,
    customId,
    ...actor
  }: Actor & { readonly messageId: string; readonly customId: string }): InteractionHandle {
    return this.#people.useComponent(messageId, customId, actor, {
      custom_id: customId,
      component_type: ComponentType.Button,
    });
  }

  /** Chooses from a list of strings. */
  selectOption({
    messageId,
    customId,
    values,
    ...actor
  }: Actor & {
    readonly messageId: string;
    readonly customId: string;
    readonly values: readonly string[];
  }): InteractionHandle {
    return this.#people.useComponent(messageId, customId, actor, {
      custom_id: customId,
      component_type: ComponentType.StringSelect,
      values,
    });
  }

  // Seeing what the bot did

  /**
   * The messages that reply to `messageId`, once there are `count` (default 1). With `settleMs` it then waits that
   * long for more, which is how a test sees that there is no second answer; `count: 0` asserts nothing by itself.
   */
  async answersTo(
    messageId: string,
    { count = 1, settleMs = 0, ...wait }: WaitOptions & { readonly count?: number; readonly settleMs?: number } = {},
  ): Promise<APIMessage[]> {
    const find = () => this.#answersTo(messageId);
    const enough = () => (find().length >= count ? true : undefined);
    await this.#journal.waitFor(`${count} answer(s) to message ${messageId}`, enough, wait);
    if (settleMs > 0) await this.#journal.quiet(settleMs);
    return find();
  }

  /** Everything that was said in a channel and is not deleted, oldest first; without ephemeral messages. */
  messagesIn(channelId: string): APIMessage[] {
    return this.#world.messagesIn(channelId).map((stored) => this.#people.shown(stored));
  }

  /** One message as everybody sees it now, or undefined once it is deleted. */
  message(id: string): APIMessage | undefined {
    const stored = this.#world.messages.get(id);
    return stored && !stored.isDeleted ? this.#people.shown(stored) : undefined;
  }

  /**
   * The ids of the people whom a message notified. Only its creation does that: an edit that brings a mention, that of
   * a deferred response for example, shows it and notifies nobody.
   */
  pinged(messageId: string): readonly string[] {
    return this.#people.stored(messageId).notified;
  }

  /** The channel of the direct messages with a person. */
  directChannelId(userId = this.reader.id): string {
    return this.#world.directChannel(userId).id;
  }

  /** A channel where the bot is not. What people say there it gets only as the target of a message command. */
  foreignChannelId(where: Elsewhere = 'guild'): string {
    return this.#world.foreignChannel(where).id;
  }

  // Faults of the connection; those of single requests are in `faults`

  /** Cuts the gateway connections as a network does; the bot resumes. */
  dropSockets(): void {
    this.#gateway.dropSockets();
  }

  /** Closes the gateway with a code, 4004 for example. */
  closeWith(code: number): void {
    this.#gateway.closeWith(code);
  }

  invalidateSessions(isResumable: boolean): void {
    this.#gateway.invalidateSessions(isResumable);
  }

  /**
   * Cuts the connections and forgets the sessions, as after a long gap: the RESUME gets opcode 9 and the bot must
   * identify anew. What is said until it has done so it is never told.
   */
  forgetSessions(): void {
    this.#gateway.forgetSessions();
  }

  requestReconnect(): void {
    this.#gateway.requestReconnect();
  }

  muteHeartbeatAcks(isMuted = true): void {
    this.#gateway.muteHeartbeatAcks(isMuted);
  }

  muteResume(isMuted = true): void {
    this.#gateway.muteResume(isMuted);
  }

  /** From now on a session begins without its guilds, which come with `false`: Discord sends those of large bots for seconds. */
  holdGuilds(areHeld = true): void {
    this.#gateway.holdGuilds(areHeld);
  }

  refuseUpgrades(times: number): void {
    this.#gateway.refuseUpgrades(times);
  }

  /** From now on a person takes no direct messages: posting there is answered with 50007. */
  closeDirectMessages(userId = this.reader.id): void {
    this.#world.closedToBot.add(userId);
  }

  /** From now on the token is wrong: 401 and 4004. */
  refuseToken(): void {
    this.#refusesToken = true;
  }

  /** Sends the MESSAGE_CREATE of a message once more. discord.js drops it while the message is in its cache. */
  redeliver(messageId: string): void {
    this.#world.announce('MESSAGE_CREATE', this.#people.stored(messageId));
  }

  /** The next resumed session replays this message although the bot had it. */
  redeliverOnResume(messageId: string): void {
    this.#gateway.repeatOnResume(this.#people.stored(messageId).payload.id);
  }

  get #host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get #gatewayUrl(): string {
    return `ws://${this.#host}`;
  }

  #chatCommand(name: string, call: CommandCall, { channelId }: Presence): object {
    const command = findCommand(this.#world, { name, type: ApplicationCommandType.ChatInput, channelId });
    return commandData(command, call, { world: this.#world, channelId });
  }

  #answersTo(messageId: string): APIMessage[] {
    const { bot, messages } = this.#world;
    return [...messages.values()]
      .filter(
        ({ payload, isDeleted }) =>
          !isDeleted && payload.author.id === bot.id && payload.message_reference?.message_id === messageId,
      )
      .map((stored) => this.#people.shown(stored));
  }
}
