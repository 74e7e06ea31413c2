import { isInScope } from '../../answering/scope.js';
import { type Article, nameOf } from '../../corpus/article.js';
import { oneLine } from '../../corpus/visible-text.js';
import { pageRows } from '../controls/rows.js';
import { scopeAt } from '../place.js';
import { Refusal } from '../refusal.js';
import type { Texts } from '../texts/texts.js';
import { ACCENTS } from './accents.js';
import { type Card, makeCard } from './card.js';
import { pageSuffix } from './found-card.js';
import { escapedWithin } from './markdown.js';
import type { Viewing } from './passage-card.js';
import { quotation } from './quotation.js';
import { sourceLine } from './source-line.js';

const PER_PAGE = 3;

/** A page of the passages of an article, in order. @param view `page` counts from 0. @throws {Refusal} when it is no longer there, or not asked in that place. */
export function articleCard(articleId: string, view: Viewing & { readonly page: number }): Card {
  const { page, asker, place, texts, parts } = view;
  const { library } = parts.answering();
  const article = library.articleById(articleId);
  if (article === null || !isInScope(article, scopeAt(place))) throw new Refusal('outdated.article');
  const passages = library.passagesOf(articleId);
  const pages = Math.max(1, Math.ceil(passages.length / PER_PAGE));
  const present = Math.min(page, pages - 1);
  const shown = passages.slice(present * PER_PAGE, (present + 1) * PER_PAGE);
  const count = texts.say('sources.passages', { count: passages.length });
  return makeCard({
    accent: ACCENTS.plain,
    write: (room) => [
      room.add(headingOf(article, shown[0], texts)),
      room.add(`-# ${count}${pageSuffix(present, pages, texts)}`),
      ...shown.map(({ start, end }, index) => {
        const text = quotation(article.text.slice(start, end), [], lessOne(room.part(shown.length - index)));
        return text === null ? null : room.add(text, { isParted: true });
      }),
    ],
    rows: pageRows(present, pages, (target, isBack) => ({
      action: 'article',
      asker,
      values: [articleId, String(target), isBack ? 'b' : 'f'],
    })),
  });
}

/** Title, publisher, date and a link to the first passage of the page. */
function headingOf(article: Article, first: { start: number; end: number } | undefined, texts: Texts): string {
  if (first === undefined) return `**${escapedWithin(oneLine(nameOf(article)), 200) || article.id}**`;
  return sourceLine(article, article.text.slice(first.start, first.end), texts);
}

function lessOne({ characters, bytes }: { characters: number; bytes: number }): { characters: number; bytes: number } {
  return { characters: characters - 1, bytes: bytes - 1 };
}
