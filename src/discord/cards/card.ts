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

/** A message of ours. Nobody is pinged unless it says whom. */
export interface Card {
  /** Components v2; none for a message of plain text. */
  readonly components: readonly APIMessageTopLevelComponent[];
  /** The same as a message of plain text, for where Discord does not take the components. */
  readonly plain: string;
  /** The one person who is told of it. */
  readonly pings?: Snowflake;
  readonly file?: { readonly name: string; readonly text: string };
}

/** A paragraph of a card. */
export interface CardText {
  readonly text: string;
  /** By which it is found again in a message that was sent. */
  readonly id?: number;
  /** Whether a line is drawn above it. */
  readonly hasDivider?: boolean;
}

export interface CardOptions {
  /** Colour of the card's edge, 0xRRGGBB. */
  readonly accent: number;
  /** Writes the texts into the room there is: asked twice, for the components and for the plain text. */
  readonly write: (room: TextRoom) => readonly (CardText | null)[];
  readonly rows?: readonly CardRow[];
  readonly pings?: Snowflake;
}

/** What is left for the texts of a message. Every text goes through it, so that a message cannot become too long. */
export class TextRoom {
  #characters: number;
  #bytes: number;

  constructor(characters: number, bytes: number) {
    this.#characters = characters;
    this.#bytes = bytes;
  }

  /** An equal part of what is left, for one of so many texts that are still to come. */
  part(texts: number): TextSize {
    return { characters: Math.floor(this.#characters / texts), bytes: Math.floor(this.#bytes / texts) };
  }

  /** The text as a paragraph, or null where there is no room for it. */
  add(text: string, options: Omit<CardText, 'text'> = {}): CardText | null {
    const { characters, bytes } = sizeOf(text);
    // Paragraphs of plain text are parted by a line end.
    if (text.trim() === '' || characters + 1 > this.#characters || bytes + 1 > this.#bytes) return null;
    this.#characters -= characters + 1;
    this.#bytes -= bytes + 1;
    return { text, ...options };
  }

  /** As many of the texts as there is room for, the first ones first. */
  addAll(texts: readonly string[], options: Omit<CardText, 'text'> = {}): CardText[] {
    const added: CardText[] = [];
    for (const text of texts) {
      const one = this.add(text, options);
      if (one === null) break;
      added.push(one);
    }
    return added;
  }
}

/** How much a text takes: UTF-16 code units, and bytes as it is sent. */
export interface TextSize {
  readonly characters: number;
  readonly bytes: number;
}

export function sizeOf(text: string): TextSize {
  // Quotes, backslashes and line ends are two bytes each in JSON.
  return { characters: text.length, bytes: Buffer.byteLength(JSON.stringify(text)) };
}

export function fits(text: string, room: TextSize): boolean {
  return isWithin(sizeOf(text), room);
}

export function isWithin(size: TextSize, room: TextSize): boolean {
  return size.characters <= room.characters && size.bytes <= room.bytes;
}

/** Makes a card that keeps Discord's limits, whatever its texts are. */
export function makeCard({ accent, write, rows = [], pings }: CardOptions): Card {
  const written = (characters: number, bytes: number): CardText[] =>
    write(new TextRoom(characters, bytes)).filter((text) => text !== null);
  const whole = written(LIMITS.textDisplays, LIMITS.textBytes);
  const components = componentsOf(accent, whole, rows);
  // The lists below the texts may be long as well.
  const tooMany = sizeOfAll(components) - LIMITS.componentBytes;
  const less = whole.reduce((sum, { text }) => sum + sizeOf(text).bytes + 1, 0) - tooMany;
  const plain = written(LIMITS.content, LIMITS.textBytes);
  return {
    components: tooMany <= 0 ? components : componentsOf(accent, written(LIMITS.textDisplays, less), rows),
    plain: plain.map(({ text }) => text).join('\n'),
    ...(pings !== undefined && { pings }),
  };
}

function componentsOf(
  accent: number,
  texts: readonly CardText[],
  rows: readonly CardRow[],
): APIMessageTopLevelComponent[] {
  const inside = texts.flatMap(({ text, id, hasDivider }, index): APIComponentInContainer[] => [
    ...(hasDivider && index > 0
      ? [{ type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small } as const]
      : []),
    { type: ComponentType.TextDisplay, content: text, ...(id !== undefined && { id }) },
  ]);
  const room = LIMITS.components - 1 - rows.reduce((sum, row) => sum + 1 + row.components.length, 0);
  return [{ type: ComponentType.Container, accent_color: accent, components: inside.slice(0, room) }, ...rows];
}

function sizeOfAll(components: readonly APIMessageTopLevelComponent[]): number {
  return Buffer.byteLength(JSON.stringify(components));
}

/** A message of a few words of ours. The text is ours: article text and questions in it must have been escaped. */
export function textCard(text: string, options: { readonly rows?: readonly CardRow[] } = {}): Card {
  const content = text.slice(0, LIMITS.content);
  return {
    components: [{ type: ComponentType.TextDisplay, content }, ...(options.rows ?? [])],
    plain: content,
  };
}

/** What is sent of a card. Made for every way of sending: all pings are named, and there are none by default. */
export function bodyOf(card: Card): {
  readonly content?: string;
  readonly components?: APIMessageTopLevelComponent[];
  readonly flags?: MessageFlags;
  readonly attachments?: { readonly id: string; readonly filename: string }[];
  readonly allowed_mentions: { readonly parse: []; readonly users?: Snowflake[]; readonly replied_user: false };
} {
  const { components, plain, pings, file } = card;
  return {
    ...(components.length === 0
      ? { content: plain }
      : { components: [...components], flags: MessageFlags.IsComponentsV2 }),
    ...(file !== undefined && { attachments: [{ id: '0', filename: file.name }] }),
    allowed_mentions: { parse: [], ...(pings !== undefined && { users: [pings] }), replied_user: false },
  };
}
