import type { Article } from '../../corpus/article.js';
import { type Span, sliceOf } from '../../text/span.js';
import { requireArticle } from '../context/location.js';
import { pageRows } from '../format/action-rows.js';
import { LIMITS } from '../format/limits.js';
import { sanitize } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import { ACCENTS } from './accents.js';
import { type Card, isWithin, makeCard, type TextSize } from './card.js';
import { pageSuffix } from './found-card.js';
import type { ViewContext } from './passage-card.js';
import { quotableParts, quotation, quotedSize } from './quotation.js';
import { sourceLine, titleOf } from './source-line.js';

/** Passages of a page; fewer where they are long. */
const PER_PAGE = 3;

/** What stands above the passages has at most this size: title, publisher, date, link, numbers of passages and pages. */
const HEADING: TextSize = { characters: 1000, bytes: 1800 };

/** What the passages of a page may take together. */
const PAGE: TextSize = {
  characters: LIMITS.textDisplays - HEADING.characters,
  bytes: LIMITS.textBytes - HEADING.bytes,
};

/** What a paragraph takes besides its text: a line end, and the sign that it goes on. */
const AROUND: TextSize = { characters: 4, bytes: 8 };

/** A page of the passages of an article, in order. @param view `page` counts from 0. @throws {Refusal} when it is no longer there, or not asked in that place. */
export function articleCard(articleId: string, view: ViewContext & { readonly page: number }): Card {
  const { page, asker, location, texts, bot } = view;
  const { library } = bot.engine();
  const article = requireArticle(articleId, location, bot);
  const passages = library.passagesOf(articleId);
  const contents = pagesOf(article.text, passages);
  const pages = Math.max(1, contents.length);
  const present = Math.min(page, pages - 1);
  const shown = contents[present] ?? [];
  const count = texts.say('sources.passages', { count: passages.length });
  return makeCard({
    accent: ACCENTS.plain,
    write: (room) => [
      room.add(headingOf(article, shown[0], texts)),
      room.add(`-# ${count}${pageSuffix(present, pages, texts)}`),
      ...shown.map(({ start, end, goesOn }) => {
        // All of it that can be seen has room, but for a message of plain text.
        const text = quotation(sanitize(article.text.slice(start, end)), [], lessOne(room.part(1)));
        return text === null ? null : room.add(goesOn ? `${text} …` : text, { hasDivider: true });
      }),
    ],
    rows: pageRows(present, pages, (target) => ({
      action: 'article',
      asker,
      values: [articleId, String(target)],
    })),
  });
}

/** A passage, or a part of one that is longer than a page. */
interface Piece extends Span {
  /** Whether the passage goes on on the next page. */
  readonly goesOn: boolean;
}

/** What stands on each page, in order: nothing of any passage is left out. */
function pagesOf(text: string, passages: readonly Span[]): Piece[][] {
  const pages: Piece[][] = [];
  let taken: TextSize = PAGE;
  for (const piece of passages.flatMap((passage) => piecesOf(text, passage))) {
    const { characters, bytes } = quotedSize(sliceOf(text, piece));
    const size = { characters: characters + AROUND.characters, bytes: bytes + AROUND.bytes };
    const together = { characters: taken.characters + size.characters, bytes: taken.bytes + size.bytes };
    const last = pages.at(-1);
    if (last !== undefined && last.length < PER_PAGE && isWithin(together, PAGE)) {
      last.push(piece);
      taken = together;
    } else {
      pages.push([piece]);
      taken = size;
    }
  }
  return pages;
}

/** A passage, parted between words where it is longer than a page. */
function piecesOf(text: string, passage: Span): Piece[] {
  const room = { characters: PAGE.characters - AROUND.characters, bytes: PAGE.bytes - AROUND.bytes };
  return quotableParts(sliceOf(text, passage), room).map(({ start, end }, index, all) => ({
    start: passage.start + start,
    end: passage.start + end,
    goesOn: index < all.length - 1,
  }));
}

/** Title, publisher, date and a link to the first passage of the page. */
function headingOf(article: Article, first: { start: number; end: number } | undefined, texts: Texts): string {
  if (first === undefined) return `**${titleOf(article)}**`;
  return sourceLine(article, article.text.slice(first.start, first.end), texts);
}

function lessOne({ characters, bytes }: { characters: number; bytes: number }): { characters: number; bytes: number } {
  return { characters: characters - 1, bytes: bytes - 1 };
}
