import type { Snowflake } from 'discord.js';
import { type Answer, percentOf } from '../../answering/answer.js';
import type { VoteCounts } from '../../community/votes.js';
import { button, buttonRow, type CardRow, contextButton, pageButtons, removeButton } from '../format/action-rows.js';
import type { ControlId } from '../format/custom-id.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import type { TextKey } from '../locales/translation.js';
import { ACCENTS } from './accents.js';
import { type Card, type CardText, makeCard, type TextRoom } from './card.js';
import { noteText } from './note-text.js';
import { passageText, type ShownPassage } from './passage-card.js';
import { headingText, queryText } from './query.js';

const HEADLINES = {
  answered: 'answer.answered',
  closest: 'answer.closest',
  'not-found': 'answer.notFound',
} as const satisfies Record<string, TextKey>;

/** Of an answer that is none for certain, it has to be said what is how sure. */
const SURENESS = { answered: 'answer.sure', closest: 'answer.sureFirst' } as const satisfies Record<string, TextKey>;

/** How an answer is shown. */
export interface AnswerView {
  readonly texts: Texts;
  /** Whom it answers: who may turn its pages and remove it. */
  readonly asker: Snowflake;
  /** What was asked, where that does not stand right above; null where it does. */
  readonly query: string | null;
  /** 0, the default, for the answer; from 1 on the passages of its ranking as a whole. */
  readonly page?: number;
  /** The passage of a page from 1 on; null where it is no longer in the index. */
  readonly passage?: ShownPassage | null;
  /** The one article that was asked; null, the default, for all. */
  readonly articleId?: string | null;
  /** Whether only the asker sees it: then it can be shared. */
  readonly isPrivate: boolean;
  /** None by default. */
  readonly votes?: VoteCounts;
  /** A line above all else, such as who shared it; Markdown of ours. */
  readonly heading?: string | null;
}

export const NO_VOTES: VoteCounts = { right: 0, wrong: 0 };

/** An answer: the outcome in words, then each quote with its source below it; or one passage of its ranking. */
export function answerCard(answer: Answer, view: AnswerView): Card {
  const { texts, passage = null } = view;
  const page = Math.min(view.page ?? 0, answer.ranking.length);
  return makeCard({
    accent: ACCENTS[answer.outcome],
    write: (room) => [
      view.heading == null ? null : headingText(view.heading, room),
      view.query === null ? null : queryText(view.query, room),
      ...(page === 0
        ? wholeAnswer(answer, texts, room)
        : [
            room.add(texts.say('answer.page', { number: page, count: answer.ranking.length })),
            passage === null ? room.add(texts.say('outdated.passage')) : passageText(passage, texts, room),
          ]),
    ],
    rows: answerRows(answer, page, view),
  });
}

function wholeAnswer(answer: Answer, texts: Texts, room: TextRoom): (CardText | null)[] {
  const { outcome, confidence, citations, notes } = answer;
  const headline = [
    texts.say(HEADLINES[outcome]),
    ...(confidence === null || outcome === 'not-found'
      ? []
      : [`(${texts.say(SURENESS[outcome], { percent: percentOf(confidence) })})`]),
  ].join(' ');
  return [
    room.add(headline),
    ...room.addAll(notes.map((note) => `-# ${noteText(note, texts)}`)),
    ...citations.map(({ article, quote, matches, question }, index) =>
      passageText({ article, text: quote }, texts, room, {
        remaining: citations.length - index,
        number: index + 1,
        matches,
        above: question === null ? null : texts.say('answer.part', { question: escapeToFit(question, MAX_PART) }),
      }),
    ),
  ];
}

/** Of the part of a message that a source was found for. */
const MAX_PART = 100;

function answerRows(
  answer: Answer,
  page: number,
  { asker, articleId, isPrivate, votes = NO_VOTES, texts }: AnswerView,
): CardRow[] {
  const scope = articleId ?? '-';
  const shownId = page === 0 ? answer.citations[0]?.passageId : answer.ranking[page - 1]?.passageId;
  const remove = removeButton(asker, texts);
  if (shownId === undefined) return [buttonRow([remove])];
  const turn = (target: number): ControlId => ({ action: 'page', asker, values: [String(target), scope] });
  const about = { asker, values: [shownId, scope] };
  return [
    buttonRow([
      ...pageButtons(page, answer.ranking.length + 1, turn),
      contextButton(shownId, asker, texts, scope),
      button({ action: 'why', ...about }, { label: texts.say('buttons.why') }),
      ...(isPrivate
        ? [button({ action: 'share', asker, values: [String(page), scope] }, { label: texts.say('buttons.share') })]
        : []),
    ]),
    buttonRow([
      button({ action: 'right', ...about }, { emoji: '👍', ...counted(votes.right) }),
      button({ action: 'wrong', ...about }, { emoji: '👎', ...counted(votes.wrong) }),
      remove,
    ]),
  ];
}

function counted(votes: number): { label?: string } {
  return votes === 0 ? {} : { label: String(votes) };
}
