import type { Snowflake } from 'discord.js';
import type { ArticleReference } from '../../corpus/article.js';
import type { Citation } from '../../corpus/citation.js';
import { type Excerpt, excerptOf } from '../../corpus/excerpt.js';
import type { PassageInArticle } from '../../corpus/passage.js';
import type { BotContext } from '../context/bot-context.js';
import { type Location, requirePassage } from '../context/location.js';
import { buttonRow, contextButton } from '../format/action-rows.js';
import type { Texts } from '../locales/texts.js';
import { ACCENTS } from './accents.js';
import { type Card, type CardText, isWithin, makeCard, sizeOf, type TextBudget, type TextSize } from './card.js';
import { headingLine } from './heading-line.js';
import { linksLine } from './links-line.js';
import { quotation } from './quotation.js';
import { sourceLine } from './source-line.js';

/** The reader of a card that shows a part of the library, and where they are: it decides what they may see. */
export interface ViewContext {
  /** The person it is shown to. */
  readonly asker: Snowflake;
  readonly location: Location;
  readonly texts: Texts;
  readonly bot: Pick<BotContext, 'library' | 'engineFor'>;
}

/** A {@link ViewContext} with the page to show, counted from 0. */
export type PageContext = ViewContext & { readonly page: number };

/** A passage or quote, word for word, with its article. */
export interface ShownPassage {
  readonly article: ArticleReference;
  readonly excerpt: Excerpt;
}

/** Decorations and limits of a passage on a card. All are optional. */
export interface PassageOptions {
  /** How many passages still have to share the room, including this one. Default: 1. */
  readonly remaining?: number;
  /** The number of the citation, from 1. Default: none. */
  readonly number?: number;
  /** Limit for the quote. Default: as much as there is room for. */
  readonly maxCharacters?: number;
  /** Words to set in bold, as spans of the text. Default: none. */
  readonly highlights?: Citation['highlights'];
  /** A line above the quote: Markdown, with everything escaped that did not come from us. Default: none. */
  readonly above?: string | null;
  /** What tells the article from another one with the same title. Default: nothing. */
  readonly distinction?: string | null;
  /** Whether an article without a date is called undated. Default: false. */
  readonly saysUndated?: boolean;
}

/**
 * Shows one passage.
 *
 * @throws {Refusal} if it is no longer in the index, or is not available at this location.
 */
export function passageCard(passageId: string, { asker, location, texts, bot }: ViewContext): Card {
  const passage = toShownPassage(requirePassage(passageId, location, bot));
  return makeCard({
    accent: ACCENTS.plain,
    write: (budget) => [passageText(passage, texts, budget)],
    rows: [buttonRow([contextButton(passageId, asker, texts)])],
  });
}

/** Looks up a passage by its id. Returns null if it is no longer in the index. */
export function findPassage(passageId: string, { library }: Pick<BotContext, 'library'>): ShownPassage | null {
  const found = library().passageById(passageId);
  return found === null ? null : toShownPassage(found);
}

/** Cuts a passage out of its article. */
export function toShownPassage({ article, passage }: PassageInArticle): ShownPassage {
  return { article, excerpt: excerptOf(article, passage) };
}

/** Shows a passage word for word with its source below it. It takes an equal share of the room. */
export function passageText(
  passage: ShownPassage,
  texts: Texts,
  budget: TextBudget,
  options: PassageOptions = {},
): CardText | null {
  const { remaining = 1, maxCharacters = Number.POSITIVE_INFINITY, highlights = [], above = null } = options;
  const share = budget.share(remaining);
  const path = unlessTooLong(headingLine(passage.excerpt), share);
  const links = unlessTooLong(linksLine(passage.excerpt, passage.article.url), share);
  const lines = [above, path, links].filter((part) => part !== null);
  const { line, size } = fitSourceLine(passage, lines.join('\n'), texts, share, options);
  const quote = quotation(passage.excerpt, highlights, {
    characters: Math.min(maxCharacters, share.characters - size.characters - 2),
    bytes: share.bytes - size.bytes - 2,
  });
  return budget.add([above, path, quote, links, line].filter((part) => part !== null).join('\n'), { hasDivider: true });
}

/** Leaves out a line that would crowd out the quote. */
function unlessTooLong(line: string | null, room: TextSize): string | null {
  return line !== null && line.length > room.characters / 5 ? null : line;
}

/** How much of the room a source line may take: the first of these that leaves enough for the quote. */
const SOURCE_LINE_SHARES = [Number.POSITIVE_INFINITY, 1 / 2, 1 / 4, 1 / 8];

/**
 * Makes the longest source line that leaves a third of the room to the quote, so that a long title cannot crowd out the
 * quote or the passages below. The other lines around the quote count as well.
 */
function fitSourceLine(
  { article, excerpt }: ShownPassage,
  otherLines: string,
  texts: Texts,
  room: TextSize,
  { number, distinction, saysUndated }: PassageOptions,
): { line: string; size: TextSize } {
  const lineWithin = (maxCharacters: number): { line: string; size: TextSize } => {
    const line = sourceLine(article, excerpt, texts, { number, distinction, saysUndated, maxCharacters });
    return { line, size: sizeOf([otherLines, '', line].join('\n')) };
  };
  const lines = SOURCE_LINE_SHARES.map((share) => lineWithin(room.characters * share));
  return lines.find(({ size }) => isWithin(size, twoThirdsOf(room))) ?? lineWithin(0);
}

function twoThirdsOf({ characters, bytes }: TextSize): TextSize {
  return { characters: Math.floor((2 * characters) / 3), bytes: Math.floor((2 * bytes) / 3) };
}
