import type { Snowflake } from 'discord.js';
import type { Answer } from '../../answering/answer.js';
import { percentOf } from '../../answering/confidence/percent-of.js';
import type { VoteCounts } from '../../community/votes.js';
import { distinctionsOf } from '../../corpus/article.js';
import { headingPath } from '../../corpus/heading-path.js';
import type { Location } from '../context/location.js';
import { button, buttonRow, type CardRow, contextButton, pageButtons, selectRow } from '../format/action-rows.js';
import {
  type ControlId,
  encodeAnswerPage,
  encodeAnswerPassage,
  encodeMenu,
  type MenuAction,
} from '../format/custom-id.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import type { TextKey } from '../locales/translation.js';
import { ACCENTS, OUTCOME_SIGNS, OUTCOMES } from './accents.js';
import { type Card, type CardText, makeCard, type TextBudget } from './card.js';
import { noteText } from './note-text.js';
import { passageText, type ShownPassage } from './passage-card.js';
import { headingText, queryText } from './query.js';

/** The outcomes in words. */
const OUTCOME_TEXTS = {
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
  /** Where it is shown: in a server it can be pinned and its team told, in the server's own words. Default: nowhere known. */
  readonly location?: Location | null;
  /** Whether only the asker sees it, who can then share it. */
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

/** The heading of an answer to someone else's message. @param link URL of the message. */
export function answersHeading(link: string, texts: Texts): string {
  return texts.say('answer.onRequest', { link: `[${texts.say('answer.messageLink')}](<${link}>)` });
}

/**
 * Shows an answer: each quote with its source below it, and then how sure it is, in small print. Or shows one passage of its ranking.
 */
export function answerCard(answer: Answer, view: AnswerView): Card {
  const { query, heading = null, location = null } = view;
  const page = Math.min(view.page ?? 0, answer.ranking.length);
  return makeCard({
    // A further passage is no answer.
    accent: page === 0 ? accentOf(answer.outcome, location) : ACCENTS.plain,
    write: (budget) => [
      heading === null ? null : headingText(heading, budget),
      query === null ? null : queryText(query, budget),
      ...(page === 0 ? answerTexts(answer, view, budget) : rankedPassageTexts(page, answer, view, budget)),
    ],
    rows: answerRows(answer, page, view),
  });
}

/** The colour of an outcome. The server's own is that of an answer: the others have to differ from it. */
export function accentOf(outcome: Answer['outcome'], location: Location | null): number {
  return (outcome === 'answered' ? location?.settings.accentColour : null) ?? ACCENTS[outcome];
}

function answerTexts(answer: Answer, view: AnswerView, budget: TextBudget): (CardText | null)[] {
  const { citations, notes } = answer;
  const { texts, location = null } = view;
  if (citations.length === 0) return withoutQuotes(answer, view, budget);
  const articles = citations.map(({ article }) => article);
  const distinctions = distinctionsOf(articles);
  const saysUndated = articles.some(({ published }) => published !== null);
  // Written first, so that there is room for them.
  const last = budget.add(`-# ${outcomeOf(answer, texts, location)}`, { hasDivider: true });
  const small = budget.addAll(notes.map((note) => `-# ${noteText(note, texts)}`));
  const quotes = citations.map(({ article, excerpt, highlights, question }, index) =>
    passageText({ article, excerpt }, texts, budget, {
      remaining: citations.length - index,
      number: index + 1,
      highlights,
      distinction: distinctions[index] ?? null,
      saysUndated,
      above:
        question === null ? null : texts.say('answer.part', { question: escapeToFit(question, MAX_PART_QUESTION) }),
    }),
  );
  return [...quotes, last, ...small, ownLine(location, budget)];
}

/** The line that the server writes below every answer, if it does. */
function ownLine(location: Location | null, budget: TextBudget): CardText | null {
  const line = location?.settings.answerLine ?? null;
  return line === null ? null : budget.add(`-# ${escapeToFit(line, MAX_LINE)}`);
}

/** Characters of a line that the server has written, escaped. */
const MAX_LINE = 300;

/** How many places to look are named if nothing answers. */
const MAX_PLACES = 3;
/** Characters of a place. */
const MAX_PLACE = 120;

/** Nothing is quoted, so it names the sections that come closest. */
function withoutQuotes(
  answer: Answer,
  { texts, location = null }: AnswerView,
  budget: TextBudget,
): (CardText | null)[] {
  const { notes, trace } = answer;
  const places = new Set(
    trace.passages.map(({ article, headings }) => escapeToFit(headingPath([article, ...headings]), MAX_PLACE)),
  );
  const shown = [...places].slice(0, MAX_PLACES).map((place) => `- ${place}`);
  return [
    budget.add(outcomeOf(answer, texts, location)),
    ...budget.addAll(notes.map((note) => `-# ${noteText(note, texts)}`)),
    shown.length === 0 ? null : budget.add([texts.say('answer.lookInto'), ...shown].join('\n')),
    ...budget.addAll(whomToAsk(location, texts)),
    ownLine(location, budget),
  ];
}

/** Whom the server says to ask if nothing was found. */
export function whomToAsk(location: Location | null, texts: Texts): string[] {
  const { askText = null, askRole = null } = location?.settings ?? {};
  return [
    ...(askText === null ? [] : [escapeToFit(askText, MAX_LINE)]),
    ...(askRole === null ? [] : [texts.say('answer.askRole', { role: `<@&${askRole}>` })]),
  ];
}

/** The outcome in words, with its sign, and how sure it is. */
export function outcomeOf(
  { outcome, confidence, notes }: Pick<Answer, 'outcome' | 'confidence' | 'notes'>,
  texts: Texts,
  location: Location | null,
): string {
  const { signs = null, collectionName = null } = location?.settings ?? {};
  const isNamed = outcome === 'not-found' && collectionName !== null;
  const words = isNamed
    ? texts.say('answer.notFoundIn', { name: escapeToFit(collectionName, MAX_LINE) })
    : texts.say(OUTCOME_TEXTS[outcome]);
  const name = `${signs?.[OUTCOMES.indexOf(outcome)] ?? OUTCOME_SIGNS[outcome]} ${words}`;
  if (confidence === null || outcome === 'not-found') return name;
  // Of several questions that only come close, the note says how sure each is, and the first one may not be the lowest.
  const isSeveral = outcome === 'closest' && notes.some(({ kind }) => kind === 'parts');
  const key = isSeveral ? 'answer.sure' : CONFIDENCE_TEXTS[outcome];
  return `${name} · ${texts.say(key, { percent: percentOf(confidence) })}`;
}

function rankedPassageTexts(
  page: number,
  { ranking }: Answer,
  { texts, passage = null }: AnswerView,
  budget: TextBudget,
): (CardText | null)[] {
  const last = budget.add(`-# ${texts.say('answer.page', { number: page, count: ranking.length })}`, {
    hasDivider: true,
  });
  return [passage === null ? budget.add(texts.say('outdated.passage')) : passageText(passage, texts, budget), last];
}

/** One row of buttons, and a list for what is needed less often. */
function answerRows(answer: Answer, page: number, view: AnswerView): CardRow[] {
  const { asker, articleId = null, votes = NO_VOTES, texts } = view;
  const shown = page === 0 ? answer.citations[0] : answer.ranking[page - 1];
  const menu = menuRow(shown?.passageId ?? null, page, view);
  if (shown === undefined) return [menu];
  const pageId = (target: number): ControlId => ({
    action: 'page',
    asker,
    values: encodeAnswerPage({ page: target, articleId }),
  });
  const state = { asker, values: encodeAnswerPassage({ passageId: shown.passageId, articleId }) };
  return [
    buttonRow([
      ...pageButtons(page, answer.ranking.length + 1, pageId),
      contextButton(shown.passageId, asker, texts, articleId),
      button({ action: 'right', ...state }, { emoji: '👍', ...countLabel(votes.right) }),
    ]),
    menu,
  ];
}

/** What can be done with an answer besides reading it. */
function menuRow(
  passageId: string | null,
  page: number,
  { asker, articleId = null, isPrivate, location = null, heading = null, texts }: AnswerView,
): CardRow {
  const isInServer = location !== null && location.serverId !== null;
  const actions: (MenuAction | null)[] = [
    passageId === null ? null : 'why',
    passageId === null ? null : 'wrong',
    isPrivate && passageId !== null ? 'share' : null,
    isInServer && passageId !== null ? 'pin-answer' : null,
    isInServer && heading === null ? 'tell' : null,
    'remove',
  ];
  const choices = actions
    .filter((action) => action !== null)
    .map((action) => ({ value: action, ...menuChoice(action, texts) }));
  const values = encodeMenu({ passageId, articleId, page });
  return selectRow({ action: 'menu', asker, values }, choices, { placeholder: texts.say('menu.placeholder') });
}

const MENU_TEXTS = {
  why: ['❓', 'buttons.why'],
  wrong: ['👎', 'menu.wrong'],
  share: ['📣', 'buttons.share'],
  'pin-answer': ['📌', 'menu.pin'],
  tell: ['📨', 'menu.tell'],
  remove: ['🗑️', 'buttons.remove'],
} as const satisfies Record<MenuAction, readonly [string, TextKey]>;

function menuChoice(action: MenuAction, texts: Texts): { emoji: string; label: string } {
  const [emoji, key] = MENU_TEXTS[action];
  return { emoji, label: texts.say(key) };
}

function countLabel(votes: number): { label?: string } {
  return votes === 0 ? {} : { label: String(votes) };
}
