import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type APIApplicationCommand, type APIMessage, type APIUser, GatewayIntentBits } from 'discord-api-types/v10';
import { Gateway } from './gateway/gateway.js';
import type { GatewayFaults } from './gateway/gateway-faults.js';
import { greet, guildCreate } from './gateway/greeting.js';
import type { Shard } from './gateway/session.js';
import { Journal, type RecordedRequest, type WaitOptions } from './journal.js';
import { DEFAULT_LOCALE } from './payloads/guild-payloads.js';
import type { InteractionHandle } from './people/interaction-handle.js';
import { CALLBACK_DEADLINE_MS } from './people/open-interaction.js';
import {
  type ButtonPress,
  type FormSubmission,
  type ForumPost,
  type MessageCommand,
  People,
  type Saying,
  type Selection,
  type SlashCommand,
  type ThreadStart,
  type TypedCommand,
  type WebhookPost,
} from './people/people.js';
import { Faults } from './rest/faults.js';
import { RestServer } from './rest/rest-server.js';
import { createRoutes } from './rest/routes/all-routes.js';
import { type Elsewhere, isThread } from './world/channels.js';
import { announceMessage, deleteMessage, deleteMessages, editMessage, messagesIn } from './world/messages.js';
import { changeThread } from './world/threads.js';
import { World } from './world/world.js';

/** How a fake Discord differs from the usual one. */
export interface FakeDiscordOptions {
  /** The bot's token. Default: a random one. */
  readonly token?: string;
  /** Privileged intents that are switched on, as bits of GatewayIntentBits; others close with 4014. Default: none. */
  readonly grantedIntents?: number;
  /** The guild's language. Default: "en-US". */
  readonly guildLocale?: string;
  /**
   * Permissions taken from @everyone, as bits of PermissionFlagsBits. The bot can see that in the role, but the fake
   * does not enforce it. Default: none.
   */
  readonly deniedPermissions?: bigint;
  /** How many other guilds the bot is in, each with twenty channels in which nothing happens. Default: none. */
  readonly quietGuilds?: number;
  /** Default: 41250, as Discord has it. */
  readonly heartbeatIntervalMs?: number;
  /** How many shards Discord recommends. Default: 1. */
  readonly shards?: number;
  /** How many shards may identify at the same time. Default: 1. */
  readonly maxConcurrency?: number;
  /** Closes the gateway with this code at every IDENTIFY. Default: accepts them. */
  readonly refuseIdentifyWith?: number;
  /** How long the bot has to respond to an interaction. Default: 3000, as Discord has it. */
  readonly callbackDeadlineMs?: number;
}

/** What to wait for when looking at the answers to a message. */
export interface AnswersOptions extends WaitOptions {
  /** How many answers to wait for. 0 waits for nothing. Default: 1. */
  readonly count?: number;
  /** How long to wait afterwards, to see that there is no further answer. Default: 0. */
  readonly settleMs?: number;
}

const HEARTBEAT_INTERVAL_MS = 41_250;

/**
 * A Discord for tests: REST API and gateway on a loopback port, with one guild and the people in it.
 *
 * Whatever the bot does that Discord would refuse, or that Footnote promises not to do, ends up in `violations`. Every
 * test should assert that it is empty. See README.md in this folder.
 *
 * @example
 * const fake = await FakeDiscord.start();
 * // start a bot with fake.token and fake.api
 * const question = fake.say({ content: 'who wrote it?', mentionsBot: true });
 * const [answer] = await fake.answersTo(question.id);
 * expect(fake.violations).toEqual([]);
 * await fake.stop();
 */
export class FakeDiscord {
  /** The token with which the bot has to log in. */
  readonly token: string;
  /** What goes wrong with the next requests. */
  readonly faults = new Faults();
  /** What goes wrong with the connection to the gateway. */
  readonly gatewayFaults: GatewayFaults;
  readonly #journal = new Journal();
  readonly #world: World;
  readonly #gateway: Gateway;
  readonly #rest: RestServer;
  readonly #server: Server;
  readonly #people: People;
  #refusesToken = false;

  private constructor(options: FakeDiscordOptions) {
    this.token = options.token ?? `fake.${randomBytes(18).toString('base64url')}`;
    const grantedIntents = options.grantedIntents ?? 0;
    const journal = this.#journal;
    const isValidToken = (token: unknown) => !this.#refusesToken && token === this.token;
    const gatewayUrl = () => `ws://${this.#host}`;
    this.#world = new World({
      journal,
      grantedIntents,
      guildLocale: options.guildLocale ?? DEFAULT_LOCALE,
      deniedPermissions: options.deniedPermissions ?? 0n,
      quietGuilds: options.quietGuilds ?? 0,
      dispatch: (name, audience, dataFor) => this.#gateway.dispatch(name, audience, dataFor),
    });
    this.#gateway = new Gateway({
      journal,
      isValidToken,
      grantedIntents,
      heartbeatIntervalMs: options.heartbeatIntervalMs ?? HEARTBEAT_INTERVAL_MS,
      refuseIdentifyWith: options.refuseIdentifyWith,
      address: gatewayUrl,
      greeting: (session) => greet(this.#world, session),
      membersOf: () => [...this.#world.users.keys()].map((id) => this.#world.memberOf(id)),
    });
    this.gatewayFaults = this.#gateway;
    const deadlineMs = options.callbackDeadlineMs ?? CALLBACK_DEADLINE_MS;
    this.#people = new People({ journal, world: this.#world, deadlineMs });
    const { shards = 1, maxConcurrency = 1 } = options;
    const routes = createRoutes(this.#world, journal, { gatewayUrl, shards, maxConcurrency });
    this.#rest = new RestServer({ routes, journal, faults: this.faults, isValidToken });
    this.#server = createServer((request, response) => {
      const file = this.#world.attachedFiles.get(request.url?.split('/')[2] ?? '');
      if (request.url?.startsWith('/attachments/') === true && file !== undefined) {
        response.end(file.data);
        return;
      }
      this.#rest.answer(request, response).catch((error: unknown) => {
        // The bot hung up in the middle of its request.
        journal.gatewayLog.push(`request broken off: ${String(error)}`);
      });
    });
    this.#server.on('upgrade', (request, socket, head) => this.#gateway.upgrade(request, socket, head));
  }

  /** Starts a fake on a free port of 127.0.0.1. */
  static async start(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
    const fake = new FakeDiscord(options);
    await new Promise<void>((resolve, reject) => {
      fake.#server.once('error', reject);
      fake.#server.listen(0, '127.0.0.1', resolve);
    });
    return fake;
  }

  /** Cuts every connection and closes the port. Everything that still waits rejects. */
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

  // What there is

  /** The value for `rest.api` of discord.js and for DISCORD_API: without a trailing slash or a version. */
  get api(): string {
    return `http://${this.#host}/api`;
  }

  /** The bot's user. */
  get bot(): APIUser {
    return this.#world.bot;
  }

  /** The owner of the guild. */
  get ownerId(): string {
    return this.#world.guild.ownerId;
  }

  /** The person who acts by default. */
  get reader(): APIUser {
    return this.#people.reader;
  }

  /** Another person. */
  get otherReader(): APIUser {
    return this.#people.otherReader;
  }

  /** The one guild. */
  get guildId(): string {
    return this.#world.guild.id;
  }

  /** The guild's two text channels. */
  get channelIds(): readonly string[] {
    return this.#world.textChannelIds;
  }

  /** The role that Discord gave the bot. */
  get botRoleId(): string {
    return this.#world.guild.botRoleId;
  }

  /** The guild's one forum. */
  get forumChannelId(): string {
    return this.#world.forumId;
  }

  /** The guild's one category. No channel is in it at first; see `changeChannel`. */
  get categoryId(): string {
    return this.#world.categoryId;
  }

  /** An emoji of the guild's own, as people write it. */
  get ownEmoji(): string {
    const { id, name } = this.#world.guild.emoji;
    return `<:${name}:${id}>`;
  }

  /** The guild's two roles that people can have: Helpers and Newcomers. */
  get roleIds(): readonly string[] {
    return this.#world.guild.roles.map(({ id }) => id);
  }

  /** The direct messages between the bot and a person. Default: the reader. */
  directChannelId(userId = this.reader.id): string {
    return this.#world.directChannel(userId).id;
  }

  /** A channel without the bot. The bot gets what people say there only as the target of a message command. */
  foreignChannelId(where: Elsewhere = 'guild'): string {
    return this.#world.foreignChannel(where).id;
  }

  /** Adds a person, or another bot, to the guild. With `isOutsider` they are not in it, and can only write directly. */
  addUser(username: string, { isBot = false, isOutsider = false } = {}): APIUser {
    const user = this.#world.addUser(username, isBot);
    if (isOutsider) this.#world.outsiders.add(user.id);
    return user;
  }

  /** Lets the bot ping a role in new messages. Anything else that could ping one stays a violation. */
  allowPing(roleId: string): void {
    this.#world.pingableRoles.add(roleId);
  }

  /** Gives a member these roles, in place of those that they had. */
  giveRoles(userId: string, roleIds: readonly string[]): void {
    this.#world.rolesOfPeople.set(userId, roleIds);
    const { guild } = this.#world;
    const audience = { guildId: guild.id, intents: GatewayIntentBits.GuildMembers };
    this.#world.sendEvent('GUILD_MEMBER_UPDATE', audience, () => ({
      guild_id: guild.id,
      ...this.#world.memberOf(userId),
    }));
  }

  // What people do

  /** Says something in the guild. Without the Message Content intent the bot gets the text only if it is mentioned. */
  say(saying: Saying): APIMessage {
    return this.#people.say(saying);
  }

  /** Says something to the bot in direct messages. */
  sayDirectly({ authorId = this.reader.id, ...saying }: Omit<Saying, 'channelId' | 'mentionsBot'>): APIMessage {
    return this.#people.say({ ...saying, authorId, channelId: this.directChannelId(authorId) });
  }

  /** Posts something through a webhook. */
  postThroughWebhook(post: WebhookPost): APIMessage {
    return this.#people.postThroughWebhook(post);
  }

  /** Opens a post in the forum. The bot gets its text only if it is mentioned. */
  startForumPost(post: ForumPost): { readonly threadId: string; readonly message: APIMessage } {
    return this.#people.startForumPost(post);
  }

  /** Opens a public thread in a text channel, about a message or on its own. It has no messages yet. */
  startThread(thread: ThreadStart): { readonly threadId: string } {
    return { threadId: this.#people.startThread(thread) };
  }

  /**
   * Removes the bot from the guild and adds it again: GUILD_DELETE and GUILD_CREATE.
   *
   * @param options `addedBy` is who the audit log names, if the bot may read it. `systemChannelId` is where Discord welcomes people.
   */
  addBotAgain({
    addedBy = null,
    systemChannelId = null,
  }: {
    readonly addedBy?: string | null;
    readonly systemChannelId?: string | null;
  } = {}): void {
    const world = this.#world;
    const { guild } = world;
    world.addedBy = addedBy;
    guild.showsAuditLog = addedBy !== null;
    guild.systemChannelId = systemChannelId;
    const audience = { guildId: guild.id, intents: GatewayIntentBits.Guilds };
    world.sendEvent('GUILD_DELETE', audience, () => ({ id: guild.id }));
    const data = guildCreate(world);
    world.sendEvent('GUILD_CREATE', audience, () => data);
  }

  /** Changes the permissions taken from @everyone in a channel, or its category, and sends CHANNEL_UPDATE. */
  changeChannel(
    channelId: string,
    {
      deniedPermissions = 0n,
      parentId = null,
    }: { readonly deniedPermissions?: bigint; readonly parentId?: string | null } = {},
  ): void {
    const channel = this.#world.channel(channelId);
    if ('position' in channel) Object.assign(channel, { deniedPermissions, parentId });
    const guildId = this.#world.guildIdOf(channelId);
    const payload = this.#world.channelPayload(channel);
    this.#world.sendEvent('CHANNEL_UPDATE', { guildId, intents: GatewayIntentBits.Guilds }, () => payload);
  }

  /** Locks or archives a thread or a forum post, or gives the post the tags with these names. */
  changeThread(
    threadId: string,
    {
      tags,
      ...change
    }: { readonly isLocked?: boolean; readonly isArchived?: boolean; readonly tags?: readonly string[] },
  ): void {
    const thread = this.#world.channel(threadId);
    if (!isThread(thread)) throw new Error(`Channel ${threadId} is no thread`);
    const { forumTags } = this.#world;
    const tagIds = tags && { tagIds: forumTags.filter(({ name }) => tags.includes(name)).map(({ id }) => id) };
    changeThread(this.#world, thread, { ...change, ...tagIds });
  }

  /** Edits what a person said. */
  editMessage({ messageId, content }: { readonly messageId: string; readonly content: string }): void {
    editMessage(this.#world, this.#people.stored(messageId), { content });
  }

  /** Deletes a message as its author or a moderator does. */
  deleteMessage(messageId: string): void {
    deleteMessage(this.#world, this.#people.stored(messageId));
  }

  /** Deletes several messages as a moderator does, with one event for each channel. */
  deleteMessages(messageIds: readonly string[]): void {
    const all = messageIds.map((id) => this.#people.stored(id));
    for (const channelId of new Set(all.map(({ payload }) => payload.channel_id))) {
      const inChannel = all.filter(({ payload }) => payload.channel_id === channelId);
      deleteMessages(this.#world, channelId, inChannel);
    }
  }

  /** Uploads a file to attach to a command. @returns the value for the command's option. */
  uploadFile({ name, data, url }: { readonly name: string; readonly data: string; readonly url?: string }): string {
    const id = this.#world.nextId();
    this.#world.attachedFiles.set(id, {
      name,
      data,
      url: url ?? `http://${this.#host}/attachments/${id}/${encodeURIComponent(name)}`,
    });
    return id;
  }

  /**
   * Runs a chat command.
   *
   * @throws {Error} if it is not registered, or Discord's client would refuse the options.
   */
  slash(command: SlashCommand): InteractionHandle {
    return this.#people.slash(command);
  }

  /** Types into the option `focused` of a chat command, whose text so far is in `options`. */
  autocomplete(command: TypedCommand): InteractionHandle {
    return this.#people.autocomplete(command);
  }

  /** Uses a command from the menu of a message. */
  useMessageCommand(command: MessageCommand): InteractionHandle {
    return this.#people.useMessageCommand(command);
  }

  /**
   * Presses a button.
   *
   * @throws {Error} if there is no such button, it is disabled, or the person cannot see it.
   */
  pressButton(press: ButtonPress): InteractionHandle {
    return this.#people.pressButton(press);
  }

  /**
   * Chooses from a list of strings, roles or channels.
   *
   * @throws {Error} as `pressButton` does.
   */
  selectOption(selection: Selection): InteractionHandle {
    return this.#people.selectOption(selection);
  }

  /** Sends a form that the bot has opened from a message. */
  submitForm(submission: FormSubmission): InteractionHandle {
    return this.#people.submitForm(submission);
  }

  // What the bot did

  /** What the bot did wrong, in words. Empty unless a test provokes it. */
  get violations(): string[] {
    return this.#journal.violations;
  }

  /** Number of payloads, in both directions, that were checked against Discord's specification. */
  get checkedPayloads(): number {
    return this.#journal.checkedPayloads;
  }

  /** Every request of the bot, oldest first. */
  get requests(): readonly RecordedRequest[] {
    return this.#journal.requests;
  }

  /** The registered commands, those for everywhere first. */
  get commands(): readonly APIApplicationCommand[] {
    return [...this.#world.globalCommands, ...this.#world.guildCommands];
  }

  /** How often the bot has identified and resumed, and whether it is connected now. */
  get connections(): { readonly identifies: number; readonly resumes: number; readonly isConnected: boolean } {
    const { identifies, resumes, isConnected } = this.#gateway;
    return { identifies, resumes, isConnected };
  }

  /** The intents of each IDENTIFY so far, as bits of GatewayIntentBits. */
  get identifiedIntents(): readonly number[] {
    return this.#gateway.identifiedIntents;
  }

  /** The shard of each IDENTIFY so far. */
  get identifiedShards(): readonly Shard[] {
    return this.#gateway.identifiedShards;
  }

  /** Waits for the messages that reply to a message, and returns all there are, oldest first. */
  async answersTo(messageId: string, { count = 1, settleMs = 0, ...wait }: AnswersOptions = {}): Promise<APIMessage[]> {
    const find = () => this.#answersTo(messageId);
    const areEnough = () => (find().length >= count ? true : undefined);
    await this.#journal.waitFor(`${count} answer(s) to message ${messageId}`, areEnough, wait);
    if (settleMs > 0) await sleep(settleMs);
    return find();
  }

  /** The messages of a channel as everyone sees them, oldest first, without deleted and ephemeral ones. */
  messagesIn(channelId: string): APIMessage[] {
    return messagesIn(this.#world, channelId).map((stored) => this.#people.shown(stored));
  }

  /** One message as it is now; undefined once it is deleted. */
  message(id: string): APIMessage | undefined {
    const stored = this.#world.messages.get(id);
    return stored && !stored.isDeleted ? this.#people.shown(stored) : undefined;
  }

  /**
   * Ids of the people whom a message notified. Only a new message does that: an edit that adds a mention, even to a
   * deferred response, shows it but notifies nobody.
   */
  pinged(messageId: string): readonly string[] {
    return this.#people.stored(messageId).notified;
  }

  /**
   * Waits until `find` returns a value other than undefined. It is called at once and whenever something happens.
   *
   * @param description Completes "No … within 4000 ms" in the error.
   * @throws {Error} with the recent requests if the time is over.
   */
  waitFor<T>(description: string, find: () => T | undefined, options?: WaitOptions): Promise<T> {
    return this.#journal.waitFor(description, find, options);
  }

  /** The recent requests and gateway events and all violations, for error messages. */
  report(): string {
    return this.#journal.report();
  }

  // What goes wrong, besides `faults` and `gatewayFaults`

  /** Makes a person accept no direct messages: a message to them is answered with 50007. Default: the reader. */
  closeDirectMessages(userId = this.reader.id): void {
    this.#world.closedToBot.add(userId);
  }

  /** Makes the token wrong from now on: requests get 401, IDENTIFY and RESUME get 4004. */
  refuseToken(): void {
    this.#refusesToken = true;
  }

  /** Sends the MESSAGE_CREATE of a message again. discord.js ignores it while the message is in its cache. */
  redeliver(messageId: string): void {
    announceMessage(this.#world, 'MESSAGE_CREATE', this.#people.stored(messageId));
  }

  /** Makes the next resumed session replay a message that the bot has already got. */
  redeliverOnResume(messageId: string): void {
    this.#gateway.repeatOnResume(this.#people.stored(messageId).payload.id);
  }

  get #host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
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
