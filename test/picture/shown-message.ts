import type {
  APIActionRowComponent,
  APIComponentInMessageActionRow,
  APIMessage,
  MessageFlags,
} from 'discord-api-types/v10';
import { clockTime, dayOf, type MarkdownContext, parseInline, wordsOf } from './discord-markdown.js';

/** A message as Discord sends it, of which only the author and the time must be there. */
export interface ShownMessage extends Partial<APIMessage> {
  readonly author: APIMessage['author'];
  readonly timestamp: string;
  /** What the person ran, such as "/ask": Discord tells bots who ran a command, and not which. */
  readonly command?: string;
}

export interface ChatOptions {
  /** Names by id, of people, roles and channels. They go before the names in the messages. */
  readonly names?: Readonly<Record<string, string>>;
  /** Default: the time of the last message. */
  readonly now?: string;
}

/** A conversation in a file. */
export interface Conversation extends ChatOptions {
  readonly messages: readonly ShownMessage[];
}

/** What stands above a message: what it answers, or which command it is the result of. */
export type Occasion =
  | {
      readonly kind: 'reply';
      readonly name: string | undefined;
      readonly isApp: boolean;
      readonly text: string;
      readonly isPlaceholder: boolean;
    }
  | { readonly kind: 'command'; readonly name: string; readonly command: string | undefined };

export type MessageRow = APIActionRowComponent<APIComponentInMessageActionRow>;

/** What both the picture and the text are made from, so that they say the same. */
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

  nameOf({ id, username }: { readonly id: string; readonly username: string }): string {
    return this.names[id] ?? username;
  }

  timeOf({ timestamp }: ShownMessage): string {
    const date = new Date(timestamp);
    const day = dayOf(date);
    return day === dayOf(this.now) ? clockTime(date) : `${day}, ${clockTime(date)}`;
  }

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

export function hasFlag({ flags = 0 as MessageFlags }: ShownMessage, flag: MessageFlags): boolean {
  return (flags & flag) !== 0;
}

/** What a closed select shows. */
export function selectLabel({
  placeholder,
  options = [],
}: {
  readonly placeholder?: string;
  readonly options?: readonly { readonly label: string; readonly default?: boolean }[];
}): { readonly text: string; readonly isChosen: boolean } {
  const chosen = options.filter((option) => option.default === true).map(({ label }) => label);
  if (chosen.length > 0) return { text: chosen.join(', '), isChosen: true };
  return { text: placeholder ?? 'Make a selection', isChosen: false };
}

function reply(text: string): Occasion {
  return { kind: 'reply', name: undefined, isApp: false, text, isPlaceholder: true };
}
