import { nameOf } from '../../corpus/article.js';
import { oneLine } from '../../text/visible-text.js';
import { scopeAt } from '../context/location.js';
import { pageRows, selectRow } from '../format/action-rows.js';
import { EVERYONE } from '../format/custom-id.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import { ACCENTS } from './accents.js';
import { type Card, makeCard } from './card.js';
import { findPassage, type ShownPassage, type ViewContext } from './passage-card.js';
import { queryText, shownQuery } from './query.js';
import { dateOf, titleOf } from './source-line.js';

const PER_PAGE = 5;
const MAX_FOUND = 50;
/** Of a passage in a list. */
const MAX_OPENING = 250;
const MAX_TITLE = 150;

/** A page of the passages that fit words, best first. @param view `page` counts from 0. */
export async function foundCard(
  words: string,
  { page, asker, location, texts, bot }: ViewContext & { readonly page: number },
): Promise<Card> {
  // All pages are of one ranking: who turns them has only what is shown.
  const { ranking } = await bot.engine().ask(shownQuery(words), { scope: scopeAt(location), limit: MAX_FOUND });
  const pages = Math.max(1, Math.ceil(ranking.length / PER_PAGE));
  const present = Math.min(page, pages - 1);
  const shown = ranking.slice(present * PER_PAGE, (present + 1) * PER_PAGE).flatMap(({ passageId }) => {
    const passage = findPassage(passageId, bot);
    return passage === null ? [] : [{ passageId, ...passage }];
  });
  const shortWords = escapeToFit(oneLine(words), 100);
  return makeCard({
    accent: ACCENTS.plain,
    write: (room) => [
      queryText(words, room),
      shown.length === 0
        ? room.add(texts.say('find.nothing', { words: shortWords }))
        : room.add(`-# ${texts.say('find.heading')}${pageSuffix(present, pages, texts)}`),
      ...room.addAll(
        shown.map(({ article, text }) => opening({ article, text }, texts)),
        { hasDivider: true },
      ),
    ],
    rows:
      shown.length === 0
        ? []
        : [
            selectRow(
              { action: 'show', asker: EVERYONE, values: ['passages'] },
              shown.map(({ passageId, article, text }) => ({
                value: passageId,
                label: nameOf(article),
                description: text,
              })),
              { placeholder: texts.say('find.choose') },
            ),
            ...pageRows(present, pages, (target) => ({
              action: 'found',
              asker,
              values: [String(target)],
            })),
          ],
  });
}

export function pageSuffix(page: number, pages: number, texts: Texts): string {
  return pages === 1 ? '' : ` · ${texts.say('sources.page', { number: page + 1, count: pages })}`;
}

function opening({ article, text }: ShownPassage, texts: Texts): string {
  return `**${titleOf(article, MAX_TITLE)}** · ${dateOf(article, texts)}\n${escapeToFit(oneLine(text), MAX_OPENING)}`;
}
