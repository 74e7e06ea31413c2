import { isInScope } from '../../answering/scope.js';
import { type ListedArticle, nameOf } from '../../corpus/article.js';
import { oneLine } from '../../text/visible-text.js';
import { fold, latestFirst, wordsIn } from '../autocomplete/suggestions.js';
import { type Location, scopeAt } from '../context/location.js';
import { pageRows, selectRow } from '../format/action-rows.js';
import { EVERYONE } from '../format/custom-id.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import { ACCENTS } from './accents.js';
import { type Card, makeCard } from './card.js';
import { pageSuffix } from './found-card.js';
import type { ViewContext } from './passage-card.js';
import { queryText } from './query.js';
import { dateOf, titleOf } from './source-line.js';

const PER_PAGE = 10;
const MAX_TITLE = 150;

/** A page of the articles that are asked in a place, the most recent first. @param words Only articles that have them all in title, publisher or collection; null for all. */
export function sourcesCard(
  words: string | null,
  { page, asker, location, texts, bot }: ViewContext & { readonly page: number },
): Card {
  const found = matching(bot.engine().library.articles(), words, location).toSorted((a, b) =>
    latestFirst(a.published ?? '', b.published ?? ''),
  );
  const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
  const present = Math.min(page, pages - 1);
  const shown = found.slice(present * PER_PAGE, (present + 1) * PER_PAGE);
  return makeCard({
    accent: ACCENTS.plain,
    write: (room) => [
      words === null ? null : queryText(words, room),
      room.add(`${heading(found.length, words, texts)}${pageSuffix(present, pages, texts)}`),
      ...room.addAll(shown.map((article) => articleLine(article, texts))),
    ],
    rows:
      shown.length === 0
        ? []
        : [
            selectRow(
              { action: 'show', asker: EVERYONE, values: ['articles'] },
              shown.map((article) => ({
                value: article.id,
                label: nameOf(article),
                description: [article.publisher, dateOf(article, texts)].filter(Boolean).join(' · '),
              })),
              { placeholder: texts.say('sources.choose') },
            ),
            ...pageRows(present, pages, (target) => ({
              action: 'sources',
              asker,
              values: [String(target)],
            })),
          ],
  });
}

function heading(count: number, words: string | null, texts: Texts): string {
  if (words === null) return texts.say('sources.heading', { count });
  const shown = escapeToFit(oneLine(words), 100);
  return count === 0
    ? texts.say('sources.nothing', { words: shown })
    : texts.say('sources.matching', { count, words: shown });
}

function articleLine(article: ListedArticle, texts: Texts): string {
  const publisher = article.publisher === null ? [] : [escapeToFit(oneLine(article.publisher), 80)];
  return [
    `**${titleOf(article, MAX_TITLE)}**`,
    ...publisher,
    dateOf(article, texts),
    texts.say('sources.passages', { count: article.passages }),
  ].join(' · ');
}

function matching(articles: readonly ListedArticle[], words: string | null, location: Location): ListedArticle[] {
  const wanted = wordsIn(fold(words ?? ''));
  const scope = scopeAt(location);
  return articles.filter((article) => {
    const { collection, publisher } = article;
    if (!isInScope(article, scope)) return false;
    const text = ` ${fold([nameOf(article), publisher ?? '', collection ?? ''].join(' '))}`;
    return wanted.every((word) => text.includes(` ${word}`));
  });
}
