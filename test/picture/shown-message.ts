import type {
  APIActionRowComponent,
  APIComponentInMessageActionRow,
  APIMessage,
  MessageFlags,
} from 'discord-api-types/v10';
import { clockTime, dayOf, type MarkdownContext, parseInline, wordsOf } from './discord-markdown.js';

/** A message as Discord sends it. Only the author and the time are required. */
export interface ShownMessage extends Partial<APIMessage> {
  readonly author: APIMessage['author'];
  readonly timestamp: string;
  /** The command it responds to, such as "/ask". Discord's own payload says who ran a command, but not which. */
  readonly command?: string;
}

/** What the messages themselves do not say. */
export interface ChatOptions {
  /** Names of people, roles and channels by id. They take precedence over the names in the messages. */
  readonly names?: Readonly<Record<string, string>>;
  /** When the chat is looked at, in ISO 8601. Default: the time of the last message. */
  readonly now?: string;
}

/** A conversation, as it is written in a file. */
export interface Conversation extends ChatOptions {
  readonly messages: readonly ShownMessage[];
}

/** The line above a message: what it replies to, or which command it responds to. */
export type Occasion =
  | {
      readonly kind: 'reply';
      readonly name: string | undefined;
      readonly isApp: boolean;
      readonly text: string;
      /** Whether the text is Discord's own, as in "Click to see the message". */
      readonly isPlaceholder: boolean;
    }
  | { readonly kind: 'command'; readonly name: string; readonly command: string | undefined };

/** A row of buttons or one select in a message. */
export type MessageRow = APIActionRowComponent<APIComponentInMessageActionRow>;

/** A conversation with the names and times to show. Picture and text are both made from it, so they say the same. */
export class Chat implements MarkdownContext {
  readonly messages: readonly ShownMessage[];
  readonly names: Readonly<Record<string, string>>;
  readonly now: Date;

  constructor(messages: readonly ShownMessage[], { names = {}, now }: ChatOptions) {
    this.messages = messages;
    const people = messages.flatMap(
      ({ author, mentions = [], referenced_message: target, interaction_metadata: by }) => [
        ...mentions,
        ...(target ? [target.author] : []),
        ...(by ? [by.user] : []),
        author,
      ],
    );
    this.names = {
      ...Object.fromEntries(people.map(({ id, global_name, username }) => [id, global_name ?? username])),
      ...names,
    };
    this.now = new Date(now ?? messages.at(-1)?.timestamp ?? 0);
  }

  /** The name to show for a person. */
  nameOf({ id, username }: { readonly id: string; readonly username: string }): string {
    return this.names[id] ?? username;
  }

  /** When a message was sent; with the day unless it is today. */
  timeOf({ timestamp }: ShownMessage): string {
    const date = new Date(timestamp);
    const day = dayOf(date);
    return day === dayOf(this.now) ? clockTime(date) : `${day}, ${clockTime(date)}`;
  }

  /** The line above a message, if it has one. */
  occasionOf(message: ShownMessage): Occasion | undefined {
    const { message_reference: reference, referenced_message: target, interaction_metadata: by, command } = message;
    const pressed = by && 'interacted_message_id' in by ? by.interacted_message_id : undefined;
    const repliedTo = reference?.message_id ?? pressed;
    if (target === null) return reply('Original message was deleted');
    if (repliedTo !== undefined || target !== undefined) {
      const original = target ?? this.messages.find(({ id }) => id === repliedTo);
      if (original) return this.#replyTo(original);
      if (reference) return reply('Original message could not be loaded');
    }
    if (!by || pressed !== undefined) return undefined;
    return { kind: 'command', name: this.nameOf(by.user), command: command ?? message.interaction?.name };
  }

  #replyTo(original: ShownMessage): Occasion {
    const words = wordsOf(parseInline(original.content ?? '', this))
      .replace(/\s+/g, ' ')
      .trim();
    return {
      kind: 'reply',
      name: this.nameOf(original.author),
      isApp: original.author.bot === true,
      text: words || 'Click to see the message',
      isPlaceholder: words === '',
    };
  }
}

/** Whether a message has a flag. */
export function hasFlag({ flags = 0 as MessageFlags }: ShownMessage, flag: MessageFlags): boolean {
  return (flags & flag) !== 0;
}

/** What a closed list shows. */
export interface SelectLabel {
  readonly text: string;
  readonly isChosen: boolean;
}

/** What a closed list of roles or channels shows: the names of those that are chosen, or else its placeholder. */
export function pickedLabel(
  {
    placeholder,
    default_values: chosen = [],
  }: { readonly placeholder?: string; readonly default_values?: readonly { readonly id: string }[] },
  { names }: Chat,
): SelectLabel {
  if (chosen.length > 0) return { text: chosen.map(({ id }) => names[id] ?? id).join(', '), isChosen: true };
  return { text: placeholder ?? 'Make a selection', isChosen: false };
}

/** What a closed select shows: the options chosen by default, or else its placeholder. */
export function selectLabel({
  placeholder,
  options = [],
}: {
  readonly placeholder?: string;
  readonly options?: readonly { readonly label: string; readonly default?: boolean }[];
}): SelectLabel {
  const chosen = options.filter((option) => option.default === true).map(({ label }) => label);
  if (chosen.length > 0) return { text: chosen.join(', '), isChosen: true };
  return { text: placeholder ?? 'Make a selection', isChosen: false };
}

function reply(text: string): Occasion {
  return { kind: 'reply', name: undefined, isApp: false, text, isPlaceholder: true };
}
