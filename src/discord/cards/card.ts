import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
  SeparatorSpacingSize,
  type Snowflake,
} from 'discord.js';
import type { CardRow } from '../format/action-rows.js';
import { LIMITS } from '../format/limits.js';

/** A message from the bot, ready to be sent. It pings nobody unless `pings` or `pingsRole` says so. */
export interface Card {
  /** Components v2. Empty for a message of plain text. */
  readonly components: readonly APIMessageTopLevelComponent[];
  /** The same as plain text, in case Discord rejects the components. */
  readonly plain: string;
  /** The only person who is notified. */
  readonly pings?: Snowflake;
  /** The only role that is notified. */
  readonly pingsRole?: Snowflake;
  /** An attachment. */
  readonly file?: { readonly name: string; readonly text: string; readonly type: 'text/csv' | 'application/json' };
}

/** A paragraph of a card. */
export interface CardText {
  /** Markdown. */
  readonly text: string;
  /** Component id by which the paragraph can be found in a sent message. */
  readonly id?: number;
  /** Whether a line is drawn above it. Default: false. */
  readonly hasDivider?: boolean;
}

/** The contents of a card, for {@link makeCard}. */
export interface CardOptions {
  /** Colour of the card's edge, 0xRRGGBB. */
  readonly accent: number;
  /**
   * Writes the paragraphs within the budget. It is called more than once: for the components, for the plain text, and
   * again if the components turn out too large.
   */
  readonly write: (budget: TextBudget) => readonly (CardText | null)[];
  /** Buttons and lists below the texts. Default: none. */
  readonly rows?: readonly CardRow[];
  /** The only person who is notified. Default: nobody. */
  readonly pings?: Snowflake;
}

/** The size of a text. */
export interface TextSize {
  /** UTF-16 code units. */
  readonly characters: number;
  /** UTF-8 bytes as JSON, which is how the text is sent. */
  readonly bytes: number;
}

/** Counts how much room is left for the texts of a message. Every text goes through it, so no message is too long. */
export class TextBudget {
  #characters: number;
  #bytes: number;

  /** @param size The room of an empty message. */
  constructor({ characters, bytes }: TextSize) {
    this.#characters = characters;
    this.#bytes = bytes;
  }

  /** An equal share of the room left, for one of `count` texts still to come. */
  share(count: number): TextSize {
    return { characters: Math.floor(this.#characters / count), bytes: Math.floor(this.#bytes / count) };
  }

  /** Adds a paragraph. Returns null if the text is empty or does not fit. */
  add(text: string, options: Omit<CardText, 'text'> = {}): CardText | null {
    const { characters, bytes } = sizeOf(text);
    // One more for the line feed between two paragraphs of plain text.
    if (text.trim() === '' || characters + 1 > this.#characters || bytes + 1 > this.#bytes) return null;
    this.#characters -= characters + 1;
    this.#bytes -= bytes + 1;
    return { text, ...options };
  }

  /** Adds paragraphs until one does not fit. */
  addAll(texts: readonly string[], options: Omit<CardText, 'text'> = {}): CardText[] {
    const added: CardText[] = [];
    for (const text of texts) {
      const paragraph = this.add(text, options);
      if (paragraph === null) break;
      added.push(paragraph);
    }
    return added;
  }
}

/** Measures how much of Discord's limits a text takes. */
export function sizeOf(text: string): TextSize {
  // JSON needs two bytes for quotation marks, backslashes and line feeds, and adds quotation marks around the text.
  return { characters: text.length, bytes: Buffer.byteLength(JSON.stringify(text)) };
}

/** Whether a text fits into a room. */
export function fits(text: string, room: TextSize): boolean {
  return isWithin(sizeOf(text), room);
}

/** Whether something of a size fits into a room. */
export function isWithin(size: TextSize, room: TextSize): boolean {
  return size.characters <= room.characters && size.bytes <= room.bytes;
}

/** Makes a card that keeps within Discord's limits, whatever its texts are. */
export function makeCard({ accent, write, rows = [], pings }: CardOptions): Card {
  const writeWithin = (characters: number, bytes: number): CardText[] =>
    write(new TextBudget({ characters, bytes })).filter((text) => text !== null);
  const texts = writeWithin(LIMITS.textDisplays, LIMITS.textBytes);
  const plainTexts = writeWithin(LIMITS.content, LIMITS.textBytes);
  const components = cardComponents(accent, texts, rows);
  // Long lists below the texts can make the message too large. The texts then have to give way.
  const excessBytes = sizeInBytes(components) - LIMITS.componentBytes;
  const remainingBytes = texts.reduce((sum, { text }) => sum + sizeOf(text).bytes + 1, 0) - excessBytes;
  return {
    components:
      excessBytes <= 0 ? components : cardComponents(accent, writeWithin(LIMITS.textDisplays, remainingBytes), rows),
    plain: plainTexts.map(({ text }) => text).join('\n'),
    ...(pings !== undefined && { pings }),
  };
}

function cardComponents(
  accent: number,
  texts: readonly CardText[],
  rows: readonly CardRow[],
): APIMessageTopLevelComponent[] {
  const paragraphs = texts.flatMap(({ text, id, hasDivider }, index): APIComponentInContainer[] => [
    ...(hasDivider && index > 0
      ? [{ type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small } as const]
      : []),
    { type: ComponentType.TextDisplay, content: text, ...(id !== undefined && { id }) },
  ]);
  const rowComponents = rows.reduce((sum, row) => sum + 1 + row.components.length, 0);
  const maxParagraphs = LIMITS.components - 1 - rowComponents;
  return [
    { type: ComponentType.Container, accent_color: accent, components: paragraphs.slice(0, maxParagraphs) },
    ...rows,
  ];
}

function sizeInBytes(components: readonly APIMessageTopLevelComponent[]): number {
  return Buffer.byteLength(JSON.stringify(components));
}

/**
 * A card of plain text, without the coloured edge.
 *
 * @param text Markdown. Escape any part of it that did not come from us.
 */
export function textCard(text: string): Card {
  const content = text.slice(0, LIMITS.content);
  return { components: [{ type: ComponentType.TextDisplay, content }], plain: content };
}

/** The part of a message body that a card decides. */
export interface CardBody {
  readonly content?: string;
  readonly components?: APIMessageTopLevelComponent[];
  readonly flags?: MessageFlags;
  readonly attachments?: { readonly id: string; readonly filename: string }[];
  readonly allowed_mentions: {
    readonly parse: [];
    readonly users?: Snowflake[];
    readonly roles?: Snowflake[];
    readonly replied_user: false;
  };
}

/**
 * Builds the message body of a card. It is used for every way of sending, so that `allowed_mentions` is never
 * forgotten.
 */
export function bodyOf(card: Card): CardBody {
  const { components, plain, pings, pingsRole, file } = card;
  return {
    ...(components.length === 0
      ? { content: plain }
      : { components: [...components], flags: MessageFlags.IsComponentsV2 }),
    ...(file !== undefined && { attachments: [{ id: '0', filename: file.name }] }),
    allowed_mentions: {
      parse: [],
      ...(pings !== undefined && { users: [pings] }),
      ...(pingsRole !== undefined && { roles: [pingsRole] }),
      replied_user: false,
    },
  };
}
