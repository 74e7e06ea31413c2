import { isInScope } from '../../answering/question/scope.js';
import { type ListedArticle, nameOf } from '../../corpus/article.js';
import { oneLine } from '../../text/visible-text.js';
import { fold, wordsIn } from '../autocomplete/fold.js';
import { latestFirst } from '../autocomplete/order.js';
import type { Location } from '../context/location.js';
import { type CardRow, pageRows, selectRow } from '../format/action-rows.js';
import { EVERYONE } from '../format/custom-id.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import { ACCENTS } from './accents.js';
import { type Card, makeCard } from './card.js';
import { pageOf } from './page-of.js';
import { pageSuffix } from './page-suffix.js';
import type { PageContext } from './passage-card.js';
import { queryText } from './query.js';
import { dateOf, titleOf } from './source-line.js';

const ARTICLES_PER_PAGE = 10;

// Characters.
const MAX_TITLE = 150;
const MAX_PUBLISHER = 80;
const MAX_WORDS = 100;

/**
 * Shows a page of the articles that are searched at a location, the most recent first.
 *
 * @param words Lists only articles that have all of these words in their title, publisher or collection. Null lists all
 * articles.
 */
export function sourcesCard(words: string | null, context: PageContext): Card {
  const { location, texts, bot } = context;
  const found = matchingArticles(bot.library().articles(), words, location).toSorted((a, b) =>
    latestFirst(a.published ?? '', b.published ?? ''),
  );
  const { items: articles, page, pages } = pageOf(found, context.page, ARTICLES_PER_PAGE);
  return makeCard({
    accent: ACCENTS.plain,
    write: (budget) => [
      words === null ? null : queryText(words, budget),
      budget.add(`${heading(found.length, words, texts)}${pageSuffix(page, pages, texts)}`),
      ...budget.addAll(articles.map((article) => articleLine(article, texts))),
    ],
    rows: articles.length === 0 ? [] : sourcesRows(articles, page, pages, context),
  });
}

function matchingArticles(
  articles: readonly ListedArticle[],
  words: string | null,
  location: Location,
): ListedArticle[] {
  const wanted = wordsIn(fold(words ?? ''));
  const scope = location.scope;
  return articles.filter((article) => {
    if (!isInScope(article, scope)) return false;
    const { collection, publisher } = article;
    const text = ` ${fold([nameOf(article), publisher ?? '', collection ?? ''].join(' '))}`;
    return wanted.every((word) => text.includes(` ${word}`));
  });
}

function heading(count: number, words: string | null, texts: Texts): string {
  if (words === null) return texts.say('sources.heading', { count });
  const shownWords = escapeToFit(oneLine(words), MAX_WORDS);
  return count === 0
    ? texts.say('sources.nothing', { words: shownWords })
    : texts.say('sources.matching', { count, words: shownWords });
}

function articleLine(article: ListedArticle, texts: Texts): string {
  const publisher = article.publisher === null ? [] : [escapeToFit(oneLine(article.publisher), MAX_PUBLISHER)];
  return [
    `**${titleOf(article, MAX_TITLE)}**`,
    ...publisher,
    dateOf(article, texts),
    texts.say('sources.passages', { count: article.passages }),
  ].join(' · ');
}

function sourcesRows(
  articles: readonly ListedArticle[],
  page: number,
  pages: number,
  { asker, texts }: PageContext,
): CardRow[] {
  return [
    selectRow(
      { action: 'show', asker: EVERYONE, values: ['articles'] },
      articles.map((article) => ({
        value: article.id,
        label: nameOf(article),
        description: [article.publisher, dateOf(article, texts)].filter(Boolean).join(' · '),
      })),
      { placeholder: texts.say('sources.choose') },
    ),
    ...pageRows(page, pages, (target) => ({ action: 'sources', asker, values: [String(target)] })),
  ];
}
