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

/** How sure the answer is. If it is only a "perhaps", this has to say that the first passage is meant. */
const CONFIDENCE_TEXTS = { answered: 'answer.sure', closest: 'answer.sureFirst' } as const satisfies Record<
  string,
  TextKey
>;

/** Characters of a question that the line above a source shows, if a message asked several questions. */
const MAX_PART_QUESTION = 100;

/** How an answer is shown. */
export interface AnswerView {
  readonly texts: Texts;
  /** The person it answers, who may turn its pages and remove it. */
  readonly asker: Snowflake;
  /** The question, shown at the top; null if it appears right above the card anyway. */
  readonly query: string | null;
  /** 0 for the answer, from 1 on for the passages of its ranking. Default: 0. */
  readonly page?: number;
  /** The passage of a page from 1 on, or null if it is no longer in the index. Default: null. */
  readonly passage?: ShownPassage | null;
  /** The only article that was searched; null for all. Default: null. */
  readonly articleId?: string | null;
  /** Whether only the asker sees it, who then gets a button to share it. */
  readonly isPrivate: boolean;
  /** Votes for the passage shown. Default: none. */
  readonly votes?: VoteCounts;
  /**
   * A line at the very top, such as who shared it: Markdown, with everything escaped that did not come from us.
   * Default: none.
   */
  readonly heading?: string | null;
}

/** The counts before anyone has voted. */
export const NO_VOTES: VoteCounts = { right: 0, wrong: 0 };

/**
 * Shows an answer: its outcome in words, then each quote with its source below it. Or shows one passage of its ranking.
 */
export function answerCard(answer: Answer, view: AnswerView): Card {
  const { texts, query, heading = null } = view;
  const page = Math.min(view.page ?? 0, answer.ranking.length);
  return makeCard({
    accent: ACCENTS[answer.outcome],
    write: (room) => [
      heading === null ? null : headingText(heading, room),
      query === null ? null : queryText(query, room),
      ...(page === 0 ? answerTexts(answer, texts, room) : rankedPassageTexts(page, answer, view, room)),
    ],
    rows: answerRows(answer, page, view),
  });
}

function answerTexts(answer: Answer, texts: Texts, room: TextRoom): (CardText | null)[] {
  const { citations, notes } = answer;
  return [
    room.add(headlineOf(answer, texts)),
    ...room.addAll(notes.map((note) => `-# ${noteText(note, texts)}`)),
    ...citations.map(({ article, quote, matches, question }, index) =>
      passageText({ article, text: quote }, texts, room, {
        remaining: citations.length - index,
        number: index + 1,
        matches,
        above:
          question === null ? null : texts.say('answer.part', { question: escapeToFit(question, MAX_PART_QUESTION) }),
      }),
    ),
  ];
}

function headlineOf({ outcome, confidence }: Answer, texts: Texts): string {
  const headline = texts.say(HEADLINES[outcome]);
  if (confidence === null || outcome === 'not-found') return headline;
  return `${headline} (${texts.say(CONFIDENCE_TEXTS[outcome], { percent: percentOf(confidence) })})`;
}

function rankedPassageTexts(
  page: number,
  { ranking }: Answer,
  { texts, passage = null }: AnswerView,
  room: TextRoom,
): (CardText | null)[] {
  return [
    room.add(texts.say('answer.page', { number: page, count: ranking.length })),
    passage === null ? room.add(texts.say('outdated.passage')) : passageText(passage, texts, room),
  ];
}

function answerRows(
  answer: Answer,
  page: number,
  { asker, articleId, isPrivate, votes = NO_VOTES, texts }: AnswerView,
): CardRow[] {
  const scope = articleId ?? '-';
  const shown = page === 0 ? answer.citations[0] : answer.ranking[page - 1];
  const remove = removeButton(asker, texts);
  if (shown === undefined) return [buttonRow([remove])];
  const pageId = (target: number): ControlId => ({ action: 'page', asker, values: [String(target), scope] });
  const state = { asker, values: [shown.passageId, scope] };
  return [
    buttonRow([
      ...pageButtons(page, answer.ranking.length + 1, pageId),
      contextButton(shown.passageId, asker, texts, scope),
      button({ action: 'why', ...state }, { label: texts.say('buttons.why') }),
      ...(isPrivate
        ? [button({ action: 'share', asker, values: [String(page), scope] }, { label: texts.say('buttons.share') })]
        : []),
    ]),
    buttonRow([
      button({ action: 'right', ...state }, { emoji: '👍', ...countLabel(votes.right) }),
      button({ action: 'wrong', ...state }, { emoji: '👎', ...countLabel(votes.wrong) }),
      remove,
    ]),
  ];
}

function countLabel(votes: number): { label?: string } {
  return votes === 0 ? {} : { label: String(votes) };
}
