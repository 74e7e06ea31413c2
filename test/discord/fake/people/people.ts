import { randomBytes } from 'node:crypto';
import {
  type APIMessage,
  type APIUser,
  ApplicationCommandType,
  ChannelType,
  ComponentType,
  InteractionType,
  MessageType,
} from 'discord-api-types/v10';
import type { Journal } from '../journal.js';
import { DEFAULT_LOCALE, userPayload } from '../payloads/guild-payloads.js';
import type { Elsewhere } from '../world/channels.js';
import { mentionedIds, mentionedRoles } from '../world/mentions.js';
import { fullMessage } from '../world/message-views.js';
import { postMessage } from '../world/messages.js';
import type { StoredMessage } from '../world/stored-message.js';
import { startThread, startThreadFrom } from '../world/threads.js';
import type { World } from '../world/world.js';
import { type CommandInput, chosenUsers, commandData, type OptionValues } from './command-data.js';
import { findComponent, resolvedSelection } from './components.js';
import { findCommand } from './find-command.js';
import { InteractionHandle, type ShownForm } from './interaction-handle.js';
import { interactionLabel, interactionPayload } from './interaction-payload.js';
import { openInteraction } from './open-interaction.js';

/** What a person says in a channel. */
export interface Saying {
  /** Default: the first text channel. */
  readonly channelId?: string;
  /** Default: the reader. */
  readonly authorId?: string;
  readonly content: string;
  /** Puts a mention of the bot in front of the content. A `<@id>` in the content mentions too. Default: false. */
  readonly mentionsBot?: boolean;
  /** Id of the message it replies to. */
  readonly replyTo?: string;
  /** Whether a reply mentions the author it replies to. People can switch that off. Default: true. */
  readonly pingsOnReply?: boolean;
  /** What the message shows besides its text: files, embeds, a poll, forwarded messages. */
  readonly shows?: Partial<APIMessage>;
  /** Default: a new id. */
  readonly id?: string;
}

/** What a webhook posts. */
export interface WebhookPost {
  /** Default: the first text channel. */
  readonly channelId?: string;
  /** The name that it goes by. */
  readonly name: string;
  readonly content: string;
  readonly shows?: Partial<APIMessage>;
}

/** A post of the forum and the message it begins with. */
export interface ForumPost {
  readonly name: string;
  readonly content: string;
  /** Puts a mention of the bot in front of the content. Default: false. */
  readonly mentionsBot?: boolean;
  /** What the message shows besides its text. */
  readonly shows?: Partial<APIMessage>;
  /** Default: the reader. */
  readonly authorId?: string;
}

/** A thread without any message in it. */
export interface ThreadStart {
  /** A text channel. */
  readonly channelId: string;
  readonly name: string;
  /** Id of the message that the thread is about. */
  readonly fromMessageId?: string;
  /** Default: the reader. */
  readonly authorId?: string;
}

/** Who does something, and what Discord tells the bot about them. */
export interface Actor {
  /** Default: the reader. */
  readonly userId?: string;
  /** The language of the person's client. Default: "en-US". */
  readonly locale?: string;
  /** Permissions beyond those of @everyone, as bits of PermissionFlagsBits. Default: none. */
  readonly permissions?: bigint;
}

/** Who runs a command, and where. */
export interface Place extends Actor {
  /** Default: the first text channel. */
  readonly channelId?: string;
  /** In the direct messages with the bot; `channelId` is ignored. Default: false. */
  readonly direct?: boolean;
  /** Where the bot is not: the person installed it for themselves. Default: false. */
  readonly userInstalled?: boolean;
  /** With `userInstalled`: in another guild, in direct messages with somebody else, or in a group. Default: "guild". */
  readonly elsewhere?: Elsewhere;
}

/** A chat command that a person runs. */
export interface SlashCommand extends Place {
  readonly name: string;
  readonly options?: OptionValues;
  /** "sub" or "group sub". */
  readonly subcommand?: string;
}

/** A chat command that a person is typing. */
export interface TypedCommand extends SlashCommand {
  /** The option whose suggestions the person sees. Its text so far is in `options`. */
  readonly focused: string;
}

/** A command from the menu of a message. It happens in the channel of that message. */
export interface MessageCommand extends Place {
  readonly name: string;
  readonly targetId: string;
}

/** A press of a button. */
export interface ButtonPress extends Actor {
  readonly messageId: string;
  readonly customId: string;
}

/** A choice from a list. Roles and channels are chosen by their ids. */
export interface Selection extends ButtonPress {
  readonly values: readonly string[];
}

/** A form that a person fills in. */
export interface FormSubmission extends Actor {
  /** The message with the button that opened it. */
  readonly messageId: string;
  readonly form: ShownForm;
  /** What the person types, by the names of the lines. The others stay as they are. */
  readonly values: Readonly<Record<string, string>>;
}

type Presence = Actor & { readonly channelId: string };

/** Options of `People`. */
export interface PeopleOptions {
  readonly world: World;
  readonly journal: Journal;
  /** How long the bot has to respond to an interaction. */
  readonly deadlineMs: number;
}

/** What people do on the fake: talk, run commands, press buttons. `FakeDiscord` passes it all on to tests. */
export class People {
  /** The person who acts by default. */
  readonly reader: APIUser;
  /** Another person. */
  readonly otherReader: APIUser;
  readonly #world: World;
  readonly #journal: Journal;
  readonly #deadlineMs: number;

  constructor({ world, journal, deadlineMs }: PeopleOptions) {
    this.#world = world;
    this.#journal = journal;
    this.#deadlineMs = deadlineMs;
    this.reader = world.addUser('grace');
    this.otherReader = world.addUser('linus');
  }

  /**
   * Says something.
   *
   * @throws {Error} in the forum, where people start posts.
   */
  say({
    channelId = this.#world.textChannelIds[0] ?? '',
    authorId = this.reader.id,
    content,
    mentionsBot = false,
    replyTo,
    pingsOnReply = true,
    shows,
    id,
  }: Saying): APIMessage {
    const { bot } = this.#world;
    if (this.#world.channel(channelId).type === ChannelType.GuildForum)
      throw new Error('Nothing can be said in a forum itself: use startForumPost');
    const target = replyTo === undefined ? undefined : this.stored(replyTo);
    const text = mentionsBot && !content.includes(`<@${bot.id}>`) ? `<@${bot.id}> ${content}` : content;
    const inText = mentionedIds({ content: text }).map((userId) => this.#world.user(userId));
    const repliedTo = target && pingsOnReply ? [target.payload.author] : [];
    const mentions = [...new Map([...inText, ...repliedTo].map((user) => [user.id, user])).values()];
    const stored = postMessage(this.#world, {
      channelId,
      id,
      author: this.#world.user(authorId),
      body: { content: text, ...(target && { message_reference: { message_id: target.payload.id } }) },
      type: target ? MessageType.Reply : MessageType.Default,
      mentions,
      extra: { mention_roles: mentionedRoles({ content: text }), ...shows },
    });
    return this.shown(stored);
  }

  /** Posts something through a webhook, which shows another name and picture: news bots and proxy bots do that. */
  postThroughWebhook({
    channelId = this.#world.textChannelIds[0] ?? '',
    name,
    content,
    shows,
  }: WebhookPost): APIMessage {
    const webhookId = this.#world.nextId();
    const author = userPayload(webhookId, name, true);
    const mentions = mentionedIds({ content }).map((userId) => this.#world.user(userId));
    const body = { content };
    return this.shown(
      postMessage(this.#world, { channelId, author, body, mentions, extra: { webhook_id: webhookId, ...shows } }),
    );
  }

  /** Opens a post in the forum. */
  startForumPost({ name, authorId = this.reader.id, ...saying }: ForumPost): { threadId: string; message: APIMessage } {
    const { id } = startThread(this.#world, { parentId: this.#world.forumId, name, ownerId: authorId });
    return { threadId: id, message: this.say({ channelId: id, id, authorId, ...saying }) };
  }

  /**
   * Opens a public thread and returns its id.
   *
   * @throws {Error} if the message is elsewhere or already has a thread.
   */
  startThread({ channelId, name, fromMessageId, authorId = this.reader.id }: ThreadStart): string {
    if (fromMessageId === undefined) {
      return startThread(this.#world, { parentId: channelId, name, ownerId: authorId }).id;
    }
    const message = this.stored(fromMessageId);
    if (message.payload.channel_id !== channelId)
      throw new Error(`Message ${fromMessageId} is not in channel ${channelId}`);
    if (this.#world.channels.has(fromMessageId)) throw new Error(`Message ${fromMessageId} already has a thread`);
    return startThreadFrom(this.#world, message, { name, ownerId: authorId }).id;
  }

  /** Runs a chat command. */
  slash({ name, options = {}, subcommand, ...place }: SlashCommand): InteractionHandle {
    const presence = this.#presenceIn(place);
    const data = this.#chatCommand(name, { options, subcommand }, presence);
    const label = [name, subcommand].filter(Boolean).join(' ');
    return this.#interact(InteractionType.ApplicationCommand, label, presence, data);
  }

  /** Types into an option of a chat command. */
  autocomplete({ name, options = {}, subcommand, focused, ...place }: TypedCommand): InteractionHandle {
    const presence = this.#presenceIn(place);
    const data = this.#chatCommand(name, { options, subcommand, focused }, presence);
    return this.#interact(InteractionType.ApplicationCommandAutocomplete, name, presence, data);
  }

  /** Uses a command from the menu of a message. */
  useMessageCommand({ name, targetId, ...place }: MessageCommand): InteractionHandle {
    const target = this.stored(targetId);
    const presence = this.#presenceIn({ ...place, direct: false, channelId: target.payload.channel_id });
    const { channelId } = presence;
    const command = findCommand(this.#world, { name, type: ApplicationCommandType.Message, channelId });
    // The bot gets the target in full, whatever its intents.
    const resolved = { messages: { [targetId]: fullMessage(this.#world, target) } };
    const data = { id: command.id, name, type: command.type, target_id: targetId, resolved };
    return this.#interact(InteractionType.ApplicationCommand, name, presence, data);
  }

  /** Presses a button. */
  pressButton({ messageId, customId, ...actor }: ButtonPress): InteractionHandle {
    const data = { custom_id: customId, component_type: ComponentType.Button };
    return this.#useComponent(messageId, customId, actor, data);
  }

  /** Chooses from a list of strings, roles or channels. */
  selectOption({ messageId, customId, values, ...actor }: Selection): InteractionHandle {
    const { type } = findComponent(this.stored(messageId).payload.components ?? [], customId) ?? {};
    const resolved = resolvedSelection(this.#world, type, values);
    const data = { custom_id: customId, component_type: type, values, ...(resolved && { resolved }) };
    return this.#useComponent(messageId, customId, actor, data);
  }

  /** Sends a form that the bot has opened from a message, with other values for some of its lines. */
  submitForm({ messageId, form, values, ...actor }: FormSubmission): InteractionHandle {
    const unknown = Object.keys(values).find(
      (name) => !form.components.some((one) => one.component.custom_id === name),
    );
    if (unknown !== undefined) throw new Error(`The form has no line ${unknown}`);
    const components = form.components.map(({ component: { custom_id: name, value = '', max_length } }, index) => {
      const typed = values[name] ?? value;
      if (typed.length > (max_length ?? 4000)) throw new Error(`Discord would not let a person type ${typed.length}`);
      const component = { type: ComponentType.TextInput, id: 2 * index + 2, custom_id: name, value: typed };
      return { type: ComponentType.Label, id: 2 * index + 1, component };
    });
    const stored = this.stored(messageId);
    const presence = { ...actor, channelId: stored.payload.channel_id };
    const data = { custom_id: form.custom_id, components };
    return this.#interact(InteractionType.ModalSubmit, form.custom_id, presence, data, stored);
  }

  /**
   * A message, even a deleted one.
   *
   * @throws {Error} if there never was one with this id.
   */
  stored(messageId: string): StoredMessage {
    const stored = this.#world.messages.get(messageId);
    if (!stored) throw new Error(`No message ${messageId}`);
    return stored;
  }

  /** A copy of a message as people see it now. */
  shown(stored: StoredMessage): APIMessage {
    return structuredClone(fullMessage(this.#world, stored));
  }

  #presenceIn({ channelId, direct, userInstalled, elsewhere, ...actor }: Place): Presence {
    return { ...actor, channelId: this.#channelFor({ channelId, direct, userInstalled, elsewhere, ...actor }) };
  }

  #channelFor({ channelId, direct, userInstalled, elsewhere = 'guild', userId = this.reader.id }: Place): string {
    if (channelId !== undefined && !direct) return channelId;
    if (userInstalled) return this.#world.foreignChannel(elsewhere).id;
    return direct ? this.#world.directChannel(userId).id : (this.#world.textChannelIds[0] ?? '');
  }

  #chatCommand(name: string, input: CommandInput, { channelId }: Presence): object {
    const command = findCommand(this.#world, { name, type: ApplicationCommandType.ChatInput, channelId });
    return commandData(command, input, { world: this.#world, channelId });
  }

  #useComponent(messageId: string, customId: string, actor: Actor, data: object): InteractionHandle {
    const { userId = this.reader.id } = actor;
    const stored = this.stored(messageId);
    const components = stored.payload.components ?? [];
    const component = findComponent(components, customId);
    if (!component) {
      throw new Error(`Message ${messageId} has no component ${customId}: ${JSON.stringify(components)}`);
    }
    if (component.disabled) throw new Error(`${customId} is disabled`);
    if (stored.onlyFor !== undefined && stored.onlyFor !== userId) {
      throw new Error(`Only ${stored.onlyFor} sees message ${messageId}`);
    }
    const presence = { ...actor, channelId: stored.payload.channel_id };
    return this.#interact(InteractionType.MessageComponent, customId, presence, data, stored);
  }

  #interact(
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
    const payload = interactionPayload(this.#world, interaction, data);
    this.#world.check('user', this.#world.user(userId));
    this.#world.sendEvent('INTERACTION_CREATE', { guildId: this.#world.guildIdOf(channelId) }, () => payload);
    return new InteractionHandle(interaction, this.#world, this.#journal);
  }
}
