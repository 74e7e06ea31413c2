import { randomBytes } from 'node:crypto';
import { type APIMessage, type APIUser, ChannelType, InteractionType, MessageType } from 'discord-api-types/v10';
import type { Elsewhere } from './channels.js';
import type { Gateway } from './gateway.js';
import { chosenUsers, findComponent, interactionLabel, interactionPayload } from './interaction-payloads.js';
import { type Interaction, InteractionHandle, openInteraction } from './interactions.js';
import type { Journal } from './journal.js';
import { mentionedIds } from './mentions.js';
import { DEFAULT_LOCALE } from './payloads.js';
import { startThread, startThreadFrom } from './threads.js';
import type { StoredMessage, World } from './world.js';

export interface Saying {
  /** Default: the first channel. */
  readonly channelId?: string;
  /** Default: the reader. */
  readonly authorId?: string;
  readonly content: string;
  /** Puts a mention of the bot in front. A `<@id>` in the content mentions too. */
  readonly mentionsBot?: boolean;
  readonly replyTo?: string;
  /** Whether the reply mentions whom it answers, as Discord's client does unless told otherwise. Default true. */
  readonly pingsOnReply?: boolean;
  readonly id?: string;
}

export interface ForumPost {
  readonly name: string;
  readonly content: string;
  /** As in a saying. */
  readonly mentionsBot?: boolean;
  /** Default: the reader. */
  readonly authorId?: string;
}

export interface ThreadStart {
  readonly channelId: string;
  readonly name: string;
  /** The message that the thread is about. */
  readonly fromMessageId?: string;
  /** Default: the reader. */
  readonly authorId?: string;
}

/** Who does something, and what Discord says about them. */
export interface Actor {
  /** Default: the reader. */
  readonly userId?: string;
  /** The language of the person's client. Default "en-US". */
  readonly locale?: string;
  /** What the person may do beyond what everybody may, as bits of PermissionFlagsBits. */
  readonly permissions?: bigint;
}

export interface Place extends Actor {
  readonly channelId?: string;
  /** In the direct messages with the bot. */
  readonly direct?: boolean;
  /** Where the bot is not: the person installed it for themselves. */
  readonly userInstalled?: boolean;
  /** With `userInstalled`: in another guild, in somebody else's direct messages, in a group. Default "guild". */
  readonly elsewhere?: Elsewhere;
}

/** Somebody who does something in a channel. */
export type Presence = Actor & { readonly channelId: string };

/** What people do on the fake: talk, run commands, press buttons. */
export class People {
  readonly #world: World;
  readonly #journal: Journal;
  readonly #gateway: Pick<Gateway, 'dispatch'>;
  readonly #deadlineMs: number;
  /** The person who acts when a test names nobody, and one more. */
  readonly reader: APIUser;
  readonly otherReader: APIUser;

  constructor(parts: { world: World; journal: Journal; gateway: Pick<Gateway, 'dispatch'>; deadlineMs: number }) {
    this.#world = parts.world;
    this.#journal = parts.journal;
    this.#gateway = parts.gateway;
    this.#deadlineMs = parts.deadlineMs;
    this.reader = this.#world.addUser('grace');
    this.otherReader = this.#world.addUser('linus');
  }

  say(
    channelId: string,
    { authorId = this.reader.id, content, mentionsBot = false, replyTo, pingsOnReply = true, id }: Saying,
  ): APIMessage {
    const { bot } = this.#world;
    if (this.#world.channel(channelId).type === ChannelType.GuildForum) throw new Error('In a forum start a post');
    const target = replyTo === undefined ? undefined : this.stored(replyTo);
    const text = mentionsBot && !content.includes(`<@${bot.id}>`) ? `<@${bot.id}> ${content}` : content;
    const inText = mentionedIds({ content: text }).map((userId) => this.#world.user(userId));
    const replied = target && pingsOnReply ? [target.payload.author] : [];
    const mentions = [...new Map([...inText, ...replied].map((user) => [user.id, user])).values()];
    const stored = this.#world.post({
      channelId,
      id,
      author: this.#world.user(authorId),
      body: { content: text, ...(target && { message_reference: { message_id: target.payload.id } }) },
      type: target ? MessageType.Reply : MessageType.Default,
      mentions,
    });
    return this.shown(stored);
  }

  startForumPost({ name, authorId = this.reader.id, ...saying }: ForumPost): { threadId: string; message: APIMessage } {
    const { id } = startThread(this.#world, { parentId: this.#world.forumId, name, ownerId: authorId });
    return { threadId: id, message: this.say(id, { id, authorId, ...saying }) };
  }

  startThread({ channelId, name, fromMessageId, authorId = this.reader.id }: ThreadStart): string {
    if (fromMessageId === undefined) {
      return startThread(this.#world, { parentId: channelId, name, ownerId: authorId }).id;
    }
    const message = this.stored(fromMessageId);
    if (message.payload.channel_id !== channelId) throw new Error(`${fromMessageId} is not in channel ${channelId}`);
    if (this.#world.channels.has(fromMessageId)) throw new Error(`${fromMessageId} has a thread already`);
    return startThreadFrom(this.#world, message, { name, ownerId: authorId }).id;
  }

  /** Settles where something happens. */
  at({ channelId, direct, userInstalled, elsewhere = 'guild', ...actor }: Place): Presence {
    const { userId = this.reader.id } = actor;
    const found = () => {
      if (userInstalled) return this.#world.foreignChannel(elsewhere).id;
      return direct ? this.#world.directChannel(userId).id : (this.#world.textChannelIds[0] ?? '');
    };
    return { ...actor, channelId: (direct ? undefined : channelId) ?? found() };
  }

  interact(
    type: InteractionType,
    name: string,
    { userId = this.reader.id, locale = DEFAULT_LOCALE, permissions = 0n, channelId }: Presence,
    data: object,
    message?: StoredMessage,
  ): InteractionHandle {
    const interaction = openInteraction(
      {
        id: this.#world.nextId(),
        token: `aW50${randomBytes(48).toString('base64url')}`,
        type,
        label: interactionLabel(type, name),
        userId,
        locale,
        permissions,
        channelId,
        chosenUsers: chosenUsers(data),
        message,
      },
      { world: this.#world, journal: this.#journal, deadlineMs: this.#deadlineMs },
    );
    this.#sendInteraction(interaction, data);
    return new InteractionHandle(interaction, this.#world, this.#journal);
  }

  #sendInteraction(interaction: Interaction, data: object): void {
    const payload = interactionPayload(this.#world, interaction, data);
    this.#world.check('user', this.#world.user(interaction.userId));
    this.#gateway.dispatch(
      'INTERACTION_CREATE',
      { guildId: this.#world.guildIdOf(interaction.channelId) },
      () => payload,
    );
  }

  useComponent(messageId: string, customId: string, actor: Actor, data: object): InteractionHandle {
    const { userId = this.reader.id } = actor;
    const stored = this.stored(messageId);
    const component = findComponent(stored.payload.components ?? [], customId);
    if (!component)
      throw new Error(
        `Message ${messageId} has no component ${customId}: ${JSON.stringify(stored.payload.components)}`,
      );
    if (component.disabled) throw new Error(`${customId} is disabled`);
    if (stored.onlyFor !== undefined && stored.onlyFor !== userId)
      throw new Error(`Only ${stored.onlyFor} sees message ${messageId}`);
    const presence = { ...actor, channelId: stored.payload.channel_id };
    return this.interact(InteractionType.MessageComponent, customId, presence, data, stored);
  }

  stored(messageId: string): StoredMessage {
    const stored = this.#world.messages.get(messageId);
    if (!stored) throw new Error(`No message ${messageId}`);
    return stored;
  }

  shown(stored: StoredMessage): APIMessage {
    return structuredClone(this.#world.asShownTo(stored, true));
  }
}
