import type { Snowflake } from 'discord.js';
import type { Answer } from '../../answering/answer.js';
import type { VoteCounts } from '../../community/votes.js';
import type { ControlId } from '../controls/control-id.js';
import { button, pageRows, row } from '../controls/rows.js';
import type { TextKey, Texts } from '../texts/texts.js';
import { ACCENTS } from './accents.js';
import { type Card, type CardRow, type CardText, makeCard, type TextRoom } from './card.js';
import { escapedWithin } from './markdown.js';
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
  /** 0 for the answer; from 1 on the passages of its ranking as a whole. */
  readonly page: number;
  /** The passage of a page from 1 on; null where it is no longer in the index. */
  readonly passage: ShownPassage | null;
  /** The one article that was asked; null for all. */
  readonly articleId: string | null;
  /** Whether only the asker sees it: then it can be shared. */
  readonly isPrivate: boolean;
  readonly votes: VoteCounts;
  /** A line above all else, such as who shared it; Markdown of ours. */
  readonly heading?: string | null;
}

export const NO_VOTES: VoteCounts = { right: 0, wrong: 0 };

/** An answer: the outcome in words, then each quote with its source below it; or one passage of its ranking. */
export function answerCard(answer: Answer, view: AnswerView): Card {
  const { texts, passage } = view;
  const page = Math.min(view.page, answer.ranking.length);
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
    rows: answerRows(answer, { ...view, page }),
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
        still: citations.length - index,
        number: index + 1,
        matches,
        above: question === null ? null : texts.say('answer.part', { question: escapedWithin(question, MAX_PART) }),
      }),
    ),
  ];
}

/** Of the part of a message that a source was found for. */
const MAX_PART = 100;

/** Never more certain than certain. @param confidence 0 to 1. @returns 1 to 99. */
export function percentOf(confidence: number): number {
  return Math.min(99, Math.max(1, Math.round(confidence * 100)));
}

function answerRows(answer: Answer, { asker, page, articleId, isPrivate, votes, texts }: AnswerView): CardRow[] {
  const scope = articleId ?? '-';
  const shownId = page === 0 ? answer.citations[0]?.passageId : answer.ranking[page - 1]?.passageId;
  const remove = button({ action: 'remove', asker, values: [] }, { emoji: '🗑️', label: texts.say('buttons.remove') });
  if (shownId === undefined) return [row([remove])];
  const turn = (target: number, isBack: boolean): ControlId => ({
    action: 'page',
    asker,
    values: [String(target), scope, isBack ? 'b' : 'f'],
  });
  const [turning] = pageRows(page, answer.ranking.length + 1, turn);
  const about = { asker, values: [shownId, scope] };
  return [
    row([
      ...((turning?.components ?? []) as ReturnType<typeof button>[]),
      button({ action: 'context', ...about }, { label: texts.say('buttons.context') }),
      button({ action: 'why', ...about }, { label: texts.say('buttons.why') }),
      ...(isPrivate
        ? [button({ action: 'share', asker, values: [String(page), scope] }, { label: texts.say('buttons.share') })]
        : []),
    ]),
    row([
      button({ action: 'right', ...about }, { emoji: '👍', ...counted(votes.right) }),
      button({ action: 'wrong', ...about }, { emoji: '👎', ...counted(votes.wrong) }),
      remove,
    ]),
  ];
}

function counted(votes: number): { label?: string } {
  return votes === 0 ? {} : { label: String(votes) };
}
