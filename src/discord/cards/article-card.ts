import type { Article } from '../../corpus/article.js';
import { type Excerpt, excerptOf } from '../../corpus/excerpt.js';
import type { Span } from '../../text/span.js';
import { requireArticle } from '../context/location.js';
import { pageRows } from '../format/action-rows.js';
import { LIMITS } from '../format/limits.js';
import type { Texts } from '../locales/texts.js';
import { ACCENTS } from './accents.js';
import { type Card, type CardText, isWithin, makeCard, sizeOf, type TextBudget, type TextSize } from './card.js';
import { pageSuffix } from './page-suffix.js';
import type { PageContext } from './passage-card.js';
import { cutsOf, quotation, quotedText } from './quotation.js';
import { sourceLine, titleOf } from './source-line.js';

/** Passages on a page. There are fewer if they are long. */
const PASSAGES_PER_PAGE = 3;

/**
 * The most that the lines above the passages take: title, publisher, date, link, and the numbers of passages and pages.
 */
const HEADING: TextSize = { characters: 1000, bytes: 1800 };

/** The rest of the card, for the passages of a page. */
const PAGE: TextSize = {
  characters: LIMITS.textDisplays - HEADING.characters,
  bytes: LIMITS.textBytes - HEADING.bytes,
};

/** The size of the marks around the text of a passage: a line feed, and " …" if it continues on the next page. */
const PASSAGE_FRAME: TextSize = { characters: 4, bytes: 8 };

/** A passage, or a part of one that is longer than a page. */
interface PagePart extends Span {
  /** Whether the passage continues on the next page. */
  readonly isContinued: boolean;
}

/**
 * Shows a page of an article, passage by passage.
 *
 * @throws {Refusal} if the article is no longer in the index, or is not available at this location.
 */
export function articleCard(articleId: string, context: PageContext): Card {
  const { asker, location, texts, bot } = context;
  const article = requireArticle(articleId, location, bot);
  const passages = bot.library().passagesOf(articleId);
  const contents = layOutPages(article, passages);
  const pages = Math.max(1, contents.length);
  const page = Math.min(context.page, pages - 1);
  const parts = contents[page] ?? [];
  const count = texts.say('sources.passages', { count: passages.length });
  return makeCard({
    accent: ACCENTS.plain,
    write: (budget) => [
      budget.add(headingOf(article, parts[0], texts)),
      budget.add(`-# ${count}${pageSuffix(page, pages, texts)}`),
      ...parts.map((part) => partText(article, part, budget)),
    ],
    rows: pageRows(page, pages, (target) => ({ action: 'article', asker, values: [articleId, String(target)] })),
  });
}

/** Divides the passages of an article into pages, in order and without leaving anything out. */
function layOutPages(article: Article, passages: readonly Span[]): PagePart[][] {
  const pages: PagePart[][] = [];
  let used: TextSize = PAGE;
  for (const part of passages.flatMap((passage) => splitPassage(article, passage))) {
    const size = sumOf(quotedSize(article, part), PASSAGE_FRAME);
    const extended = sumOf(used, size);
    const last = pages.at(-1);
    if (last !== undefined && last.length < PASSAGES_PER_PAGE && isWithin(extended, PAGE)) {
      last.push(part);
      used = extended;
    } else {
      pages.push([part]);
      used = size;
    }
  }
  return pages;
}

/** Splits a passage between words if it is longer than a page. */
function splitPassage(article: Article, passage: Span): PagePart[] {
  const parts: PagePart[] = [];
  let { start } = passage;
  while (start < passage.end) {
    const end = endOfPart(article, { start, end: passage.end });
    parts.push({ start, end, isContinued: end < passage.end });
    start = end + leadingSpaces(article.text, end, passage.end);
  }
  return parts;
}

/** The room of a part of a passage. */
const PART: TextSize = {
  characters: PAGE.characters - PASSAGE_FRAME.characters,
  bytes: PAGE.bytes - PASSAGE_FRAME.bytes,
};

/** Finds the longest beginning that fits on a page, by bisection: its size is known only once it is laid out. */
function endOfPart(article: Article, { start, end }: Span): number {
  const fitsUntil = (offset: number): boolean => isWithin(quotedSize(article, { start, end: offset }), PART);
  // More than this is never quoted, however short it is laid out.
  const limit = Math.min(end, start + PART.characters);
  if (limit === end && fitsUntil(end)) return end;
  // The last piece may be cut by the limit, even within a character.
  const cuts = cutsOf(article.text.slice(start, limit))
    .slice(0, limit < end ? -1 : undefined)
    .map((offset) => start + offset);
  // At least one piece, so that there is an end to it.
  let fitting = 0;
  let tooMany = cuts.length;
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    if (fitsUntil(cuts[middle] ?? end)) fitting = middle;
    else tooMany = middle;
  }
  return cuts[fitting] ?? end;
}

function leadingSpaces(text: string, from: number, to: number): number {
  const rest = text.slice(from, to);
  return rest.length - rest.trimStart().length;
}

/** A part as it stands in the article: what introduces it stands before it already. */
function partExcerpt(article: Article, part: Span): Excerpt {
  return { ...excerptOf(article, part), introduction: [], isContinuous: true };
}

/** What a part takes as a block quote. */
function quotedSize(article: Article, part: Span): TextSize {
  return sizeOf(quotedText(partExcerpt(article, part)));
}

function sumOf(a: TextSize, b: TextSize): TextSize {
  return { characters: a.characters + b.characters, bytes: a.bytes + b.bytes };
}

/** The article's source line, with a link to the first passage of the page. */
function headingOf(article: Article, first: Span | undefined, texts: Texts): string {
  return first === undefined ? `**${titleOf(article)}**` : sourceLine(article, excerptOf(article, first), texts);
}

/** Shows all of a part; only a plain text message may be too short for it. */
function partText(article: Article, { start, end, isContinued }: PagePart, budget: TextBudget): CardText | null {
  const { characters, bytes } = budget.share(1);
  const quote = quotation(partExcerpt(article, { start, end }), [], {
    characters: characters - 1,
    bytes: bytes - 1,
  });
  return quote === null ? null : budget.add(isContinued ? `${quote} …` : quote, { hasDivider: true });
}
