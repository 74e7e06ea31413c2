import { contextOf } from '../../corpus/context.js';
import { overlap, type Span, union } from '../../text/span.js';
import type { ArticleTexts, CitableArticle } from '../ports/passage-store.js';
import type { PreparedQuestion } from '../ranking/rank-question.js';
import { areNearDuplicates, type RankedPassage } from '../ranking/ranking.js';
import { highlightIn } from './highlight-in.js';
import { type LikelySentence, likelySentences, passageProbabilities } from './likely-sentences.js';
import { readingWords } from './reading-words.js';
import { wholeBlocks } from './whole-blocks.js';
import { bestWindow, type Window } from './window.js';

/** A part of an article to quote. */
export interface ChosenQuote extends Span {
  /** The passage it is from; or, of several neighbouring ones, the likeliest to answer. */
  readonly ranked: RankedPassage;
  /** The parts of it that decide, as spans of the article's text. */
  readonly highlights: readonly Span[];
}

/** What quotes are chosen from. */
export interface QuoteSources {
  readonly store: Pick<ArticleTexts, 'passageBefore'>;
  /** Returns the article of a passage. */
  readonly articleOf: (ranked: RankedPassage) => CitableArticle;
  /** Whether the scores of the ranking are log-odds. */
  readonly isCalibrated: boolean;
}

/** The quotes of one question. */
export const MAX_QUOTES = 3;

/** Passages further down hardly ever answer. */
const MAX_PASSAGES = 20;

/**
 * In log-odds. A passage is considered, and a further quote shown, if it is at least e^-3 (one twentieth) times as likely to answer
 * as the first: two accounts of one event are rarely worded equally well for a question, and readers want both.
 */
const MAX_GAP = 3;

/** What is shown first, with the context that is shown beside it, has at most this many words. */
const MAX_WORDS = 250;

/** Words of the quote that is shown first, and of each further one. */
const MAX_QUOTE_WORDS = { first: 160, further: 150 } as const;

/**
 * How much probability each further word must add. The first quote is short enough to read at a glance; the further ones are for readers
 * who look further. Chosen by what is shown for the questions of six collections of documents.
 */
const COST_PER_WORD = { first: 0.0006, further: 0.0003 } as const;

/**
 * Chooses what to show for a question: the part of an article around the first passage that most probably answers, then the parts of
 * any article that most probably do if it doesn't.
 *
 * @param ranking Best first.
 * @returns At most three parts that do not overlap, best first.
 */
export function chooseQuotes(
  ranking: readonly RankedPassage[],
  prepared: PreparedQuestion,
  sources: QuoteSources,
): ChosenQuote[] {
  const [first] = ranking;
  if (first === undefined) return [];
  const quotes: ChosenQuote[] = [];
  let runs = sentenceRuns(ranking, prepared, sources);
  let leastProbability = 0;
  while (quotes.length < MAX_QUOTES) {
    const window = quotes.length === 0 ? firstWindow(runs, first, sources) : bestWindow(runs, FURTHER);
    if (window === null || window.probability < leastProbability) break;
    leastProbability = Math.max(leastProbability, window.probability * Math.exp(-MAX_GAP));
    const quote = quoteAround(window, quotes.length === 0 ? first : likeliest(window), { prepared, quotes }, sources);
    quotes.push(quote);
    runs = runs.flatMap((run) => withoutShown(run, quote));
  }
  return quotes;
}

const FURTHER = { costPerWord: COST_PER_WORD.further, maxWords: MAX_QUOTE_WORDS.further };

/** The likely sentences, with nothing but whitespace between those of one run. */
function sentenceRuns(
  ranking: readonly RankedPassage[],
  { weights: { idf } }: PreparedQuestion,
  { articleOf, isCalibrated }: QuoteSources,
): LikelySentence[][] {
  const probabilities = passageProbabilities(ranking, isCalibrated);
  const least = (probabilities[0] ?? 0) * Math.exp(-MAX_GAP);
  const considered = ranking
    .map((ranked, index) => ({ ranked, probability: probabilities[index] ?? 0 }))
    .slice(0, MAX_PASSAGES)
    .filter(({ ranked, probability }) => probability >= least && !ranked.isNearDuplicate)
    .toSorted(
      ({ ranked: { passage: a } }, { ranked: { passage: b } }) => a.articleKey - b.articleKey || a.start - b.start,
    );
  const runs: LikelySentence[][] = [];
  let previous: RankedPassage['passage'] | null = null;
  for (const { ranked, probability } of considered) {
    const { passage } = ranked;
    const article = articleOf(ranked);
    const sentences = likelySentences(ranked, probability, idf, article);
    const continues =
      previous?.articleKey === passage.articleKey && article.text.slice(previous.end, passage.start).trim() === '';
    if (continues) runs.at(-1)?.push(...sentences);
    else runs.push(sentences);
    previous = passage;
  }
  return runs;
}

/** The best window that has something of the first passage. With much context around it, it is shorter. */
function firstWindow(
  runs: readonly (readonly LikelySentence[])[],
  first: RankedPassage,
  { articleOf }: QuoteSources,
): Window | null {
  const windowUpTo = (maxWords: number): Window | null =>
    bestWindow(runs, {
      costPerWord: COST_PER_WORD.first,
      maxWords,
      mustInclude: ({ ranked }) => ranked === first,
    });
  const window = windowUpTo(MAX_QUOTE_WORDS.first);
  if (window === null) return null;
  const room = MAX_WORDS - contextWords(window, articleOf(first));
  return room < MAX_QUOTE_WORDS.first ? windowUpTo(room) : window;
}

function contextWords(span: Span, { text, blocks }: CitableArticle): number {
  return contextOf(blocks, span).reduce((sum, part) => sum + readingWords(text, part), 0);
}

/** The passage of a window that is likeliest to answer. */
function likeliest({ sentences }: Window): RankedPassage {
  const probabilities = new Map<RankedPassage, number>();
  for (const { ranked, probability } of sentences)
    probabilities.set(ranked, (probabilities.get(ranked) ?? 0) + probability);
  return [...probabilities].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

function quoteAround(
  window: Window,
  ranked: RankedPassage,
  { prepared, quotes }: { readonly prepared: PreparedQuestion; readonly quotes: readonly ChosenQuote[] },
  { store, articleOf }: QuoteSources,
): ChosenQuote {
  const article = articleOf(ranked);
  const { articleKey } = ranked.passage;
  const others = quotes.filter((one) => one.ranked.passage.articleKey === articleKey);
  const isFree = (span: Span): boolean => !others.some((other) => overlap(other, span));
  const { start, end } = highlightIn(ranked, prepared, article, store, { within: window });
  const room = Math.min(
    quotes.length === 0 ? MAX_QUOTE_WORDS.first : MAX_QUOTE_WORDS.further,
    MAX_WORDS - contextWords(window, article),
  );
  const withHighlight = union(window, { start, end });
  const longer = readingWords(article.text, withHighlight) <= room ? withHighlight : window;
  const shown = [wholeBlocks(longer, article, room), longer].find(isFree) ?? window;
  const highlight = { start: Math.max(start, shown.start), end: Math.min(end, shown.end) };
  return { start: shown.start, end: shown.end, ranked, highlights: [highlight] };
}

/** What is left of a run when a quote is shown: what is not in it, and doesn't say nearly the same. */
function withoutShown(run: readonly LikelySentence[], { start, end, ranked: shown }: ChosenQuote): LikelySentence[][] {
  const { passage } = shown;
  const left: LikelySentence[][] = [];
  let isOpen = false;
  for (const sentence of run) {
    const own = sentence.ranked.passage;
    const isShown = own.articleKey === passage.articleKey && overlap(sentence, { start, end });
    const isRepeated = own.key !== passage.key && areNearDuplicates(own, passage);
    if (isShown || isRepeated) isOpen = false;
    else if (isOpen) left.at(-1)?.push(sentence);
    else {
      left.push([sentence]);
      isOpen = true;
    }
  }
  return left;
}
