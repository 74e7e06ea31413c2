import type { Snowflake } from 'discord.js';
import type { ArticleReference } from '../../corpus/article.js';
import type { Citation } from '../../corpus/citation.js';
import type { PassageInArticle } from '../../corpus/passage.js';
import { sliceOf } from '../../text/span.js';
import type { BotContext } from '../context/bot-context.js';
import { type Location, requirePassage } from '../context/location.js';
import { buttonRow, contextButton } from '../format/action-rows.js';
import type { Texts } from '../locales/texts.js';
import { ACCENTS } from './accents.js';
import { type Card, type CardText, isWithin, makeCard, sizeOf, type TextRoom, type TextSize } from './card.js';
import { quotation } from './quotation.js';
import { sourceLine } from './source-line.js';

/** What a card needs that shows a part of the library to somebody. */
export interface ViewContext {
  readonly asker: Snowflake;
  readonly location: Location;
  readonly texts: Texts;
  readonly bot: Pick<BotContext, 'engine'>;
}

/** A passage word for word, with its article. */
export interface ShownPassage {
  readonly article: ArticleReference;
  readonly text: string;
}

/** What a passage is shown with. */
export interface PassageFrame {
  /** Passages that are still to be shown in the same room, this one included; 1 by default. */
  readonly remaining?: number;
  readonly number?: number;
  /** Characters of the text that are shown, as many as there is room for by default. */
  readonly maxCharacters?: number;
  /** Words in bold, as spans of the text. */
  readonly matches?: Citation['matches'];
  /** A line above it, in Markdown of ours. */
  readonly above?: string | null;
}

/** One passage. @throws {Refusal} when it is no longer there, or not asked in that place. */
export function passageCard(passageId: string, { asker, location, texts, bot }: ViewContext): Card {
  const passage = toShownPassage(requirePassage(passageId, location, bot));
  return makeCard({
    accent: ACCENTS.plain,
    write: (room) => [passageText(passage, texts, room)],
    rows: [buttonRow([contextButton(passageId, asker, texts)])],
  });
}

/** A passage by its id with its text, or null when it is no longer in the index. */
export function findPassage(passageId: string, { engine }: ViewContext['bot']): ShownPassage | null {
  const found = engine().library.passageById(passageId);
  return found === null ? null : toShownPassage(found);
}

/** A passage as it is shown: its text with its article. */
export function toShownPassage({ article, passage }: PassageInArticle): ShownPassage {
  return { article, text: sliceOf(article.text, passage) };
}

/** Of the characters of a passage's room, what its source may take; less where that is too much. */
const LINE_PARTS = [Number.POSITIVE_INFINITY, 1 / 2, 1 / 4, 1 / 8];

function twoThirdsOf({ characters, bytes }: TextSize): TextSize {
  return { characters: Math.floor((2 * characters) / 3), bytes: Math.floor((2 * bytes) / 3) };
}

/** A text of an article word for word with its source below it, in an even part of the room. */
export function passageText(
  { article, text }: ShownPassage,
  texts: Texts,
  room: TextRoom,
  { remaining = 1, number, maxCharacters = Number.POSITIVE_INFINITY, matches = [], above = null }: PassageFrame = {},
): CardText | null {
  const part = room.part(remaining);
  const framed = (characters: number): { line: string; around: TextSize } => {
    const line = sourceLine(article, text, texts, { number, maxCharacters: characters });
    return { line, around: sizeOf([above ?? '', '', line].join('\n')) };
  };
  // A source that says more than there is room for must not take the room of the quote, or of the passages below.
  const shorter = LINE_PARTS.map((share) => framed(part.characters * share));
  const { line, around } = shorter.find((one) => isWithin(one.around, twoThirdsOf(part))) ?? framed(0);
  const shown = quotation(text, matches, {
    characters: Math.min(maxCharacters, part.characters - around.characters - 2),
    bytes: part.bytes - around.bytes - 2,
  });
  return room.add([above, shown, line].filter((one) => one !== null).join('\n'), { hasDivider: true });
}
