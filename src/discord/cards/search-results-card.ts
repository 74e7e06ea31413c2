import { nameOf } from '../../corpus/article.js';
import { oneLine } from '../../text/visible-text.js';
import { type CardRow, pageRows, selectRow } from '../format/action-rows.js';
import { EVERYONE } from '../format/custom-id.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import { ACCENTS } from './accents.js';
import { type Card, makeCard } from './card.js';
import { openingLine, openingOf } from './opening.js';
import { pageOf } from './page-of.js';
import { pageSuffix } from './page-suffix.js';
import { findPassage, type PageContext, type ShownPassage } from './passage-card.js';
import { queryText, shownQuery } from './query.js';
import { dateOf, titleOf } from './source-line.js';

const PASSAGES_PER_PAGE = 5;
const MAX_PASSAGES = 50;

// Characters.
const MAX_OPENING = 250;
const MAX_TITLE = 150;
const MAX_WORDS = 100;

/** A passage of the list, with its id. */
interface ListedPassage extends ShownPassage {
  readonly passageId: string;
}

/** Shows a page of the passages that match some words, best match first. */
export async function searchResultsCard(words: string, context: PageContext): Promise<Card> {
  const { location, texts, bot, asker } = context;
  // Search for the words as the card shows them: whoever turns the page has only those.
  const { ranking } = await bot.engineFor(asker).ask(shownQuery(words), {
    scope: location.scope,
    limit: MAX_PASSAGES,
    isSearch: true,
  });
  const { items, page, pages } = pageOf(ranking, context.page, PASSAGES_PER_PAGE);
  const passages = items.flatMap(({ passageId }): ListedPassage[] => {
    const passage = findPassage(passageId, bot);
    return passage === null ? [] : [{ passageId, ...passage }];
  });
  return makeCard({
    accent: ACCENTS.plain,
    write: (budget) => [
      queryText(words, budget),
      passages.length === 0
        ? budget.add(texts.say('find.nothing', { words: escapeToFit(oneLine(words), MAX_WORDS) }))
        : budget.add(`-# ${texts.say('find.heading')}${pageSuffix(page, pages, texts)}`),
      ...budget.addAll(
        passages.map((passage) => openingText(passage, texts)),
        { hasDivider: true },
      ),
    ],
    rows: passages.length === 0 ? [] : resultRows(passages, page, pages, context),
  });
}

function openingText({ article, excerpt }: ShownPassage, texts: Texts): string {
  const date = article.published === null ? '' : ` · ${dateOf(article, texts)}`;
  const { headings, text } = openingOf(excerpt);
  return [
    `**${titleOf(article, MAX_TITLE)}**${date}`,
    headings === '' ? '' : `-# ${escapeToFit(headings, MAX_TITLE)}`,
    escapeToFit(text, MAX_OPENING),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function resultRows(
  passages: readonly ListedPassage[],
  page: number,
  pages: number,
  { asker, texts }: PageContext,
): CardRow[] {
  return [
    selectRow(
      { action: 'show', asker: EVERYONE, values: ['passages'] },
      passages.map(({ passageId, article, excerpt }) => ({
        value: passageId,
        label: nameOf(article),
        description: openingLine(excerpt),
      })),
      { placeholder: texts.say('find.choose') },
    ),
    ...pageRows(page, pages, (target) => ({ action: 'found', asker, values: [String(target)] })),
  ];
}
