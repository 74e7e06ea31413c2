import type { Snowflake } from 'discord.js';
import type { Answer } from '../../answering/answer.js';
import { percentOf } from '../../answering/confidence/percent-of.js';
import type { VoteCounts } from '../../community/votes.js';
import { distinctionsOf } from '../../corpus/article.js';
import { button, buttonRow, type CardRow, contextButton, pageButtons, removeButton } from '../format/action-rows.js';
import { type ControlId, encodeAnswerPage, encodeAnswerPassage } from '../format/custom-id.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import type { TextKey } from '../locales/translation.js';
import { ACCENTS } from './accents.js';
import { type Card, type CardText, makeCard, type TextBudget } from './card.js';
import { noteText } from './note-text.js';
import { passageText, type ShownPassage } from './passage-card.js';
import { headingText, queryText } from './query.js';

const HEADLINES = {
  answered: 'answer.answered',
  partly: 'answer.partly',
  closest: 'answer.closest',
  'not-found': 'answer.notFound',
} as const satisfies Record<string, TextKey>;

/** Words for the confidence. They have to say what is meant if that is not the whole answer. */
const CONFIDENCE_TEXTS = {
  answered: 'answer.sure',
  partly: 'answer.surePart',
  closest: 'answer.sureThey',
} as const satisfies Record<string, TextKey>;

/** Characters of a question that the line above a source shows, if a message asked several questions. */
const MAX_PART_QUESTION = 100;

/** The page of an answer to show, for whom, and with which votes. */
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
    write: (budget) => [
      heading === null ? null : headingText(heading, budget),
      query === null ? null : queryText(query, budget),
      ...(page === 0 ? answerTexts(answer, texts, budget) : rankedPassageTexts(page, answer, view, budget)),
    ],
    rows: answerRows(answer, page, view),
  });
}

function answerTexts(answer: Answer, texts: Texts, budget: TextBudget): (CardText | null)[] {
  const { citations, notes } = answer;
  const articles = citations.map(({ article }) => article);
  const distinctions = distinctionsOf(articles);
  const saysUndated = articles.some(({ published }) => published !== null);
  return [
    budget.add(headlineOf(answer, texts)),
    ...budget.addAll(notes.map((note) => `-# ${noteText(note, texts)}`)),
    ...citations.map(({ article, excerpt, highlights, question }, index) =>
      passageText({ article, excerpt }, texts, budget, {
        remaining: citations.length - index,
        number: index + 1,
        highlights,
        distinction: distinctions[index] ?? null,
        saysUndated,
        above:
          question === null ? null : texts.say('answer.part', { question: escapeToFit(question, MAX_PART_QUESTION) }),
      }),
    ),
  ];
}

function headlineOf({ outcome, confidence, notes }: Answer, texts: Texts): string {
  const headline = texts.say(HEADLINES[outcome]);
  if (confidence === null || outcome === 'not-found') return headline;
  // Of several questions that only come close, the note says how sure each is, and the first one may not be the lowest.
  const isSeveral = outcome === 'closest' && notes.some(({ kind }) => kind === 'parts');
  const key = isSeveral ? 'answer.sure' : CONFIDENCE_TEXTS[outcome];
  return `${headline} (${texts.say(key, { percent: percentOf(confidence) })})`;
}

function rankedPassageTexts(
  page: number,
  { ranking }: Answer,
  { texts, passage = null }: AnswerView,
  budget: TextBudget,
): (CardText | null)[] {
  return [
    budget.add(texts.say('answer.page', { number: page, count: ranking.length })),
    passage === null ? budget.add(texts.say('outdated.passage')) : passageText(passage, texts, budget),
  ];
}

function answerRows(
  answer: Answer,
  page: number,
  { asker, articleId = null, isPrivate, votes = NO_VOTES, texts }: AnswerView,
): CardRow[] {
  const shown = page === 0 ? answer.citations[0] : answer.ranking[page - 1];
  const remove = removeButton(asker, texts);
  if (shown === undefined) return [buttonRow([remove])];
  const pageValues = (target: number): string[] => encodeAnswerPage({ page: target, articleId });
  const pageId = (target: number): ControlId => ({ action: 'page', asker, values: pageValues(target) });
  const state = { asker, values: encodeAnswerPassage({ passageId: shown.passageId, articleId }) };
  return [
    buttonRow([
      ...pageButtons(page, answer.ranking.length + 1, pageId),
      contextButton(shown.passageId, asker, texts, articleId),
      button({ action: 'why', ...state }, { label: texts.say('buttons.why') }),
      ...(isPrivate
        ? [button({ action: 'share', asker, values: pageValues(page) }, { label: texts.say('buttons.share') })]
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
