import type { Sentence } from '../../corpus/sentence.js';
import { endsWithQuestionMark } from '../../text/sentences.js';
import type { Span } from '../../text/span.js';
import { dependsOnPrevious } from '../question/anaphora.js';
import { bestMatches, maxSim, type TokenMatch } from '../ranking/late-interaction.js';
import type { RankedPassage } from '../ranking/ranking.js';

const MAX_QUOTE_SENTENCES = 3;

/** A further sentence must raise the quote's answer score by at least this much to be quoted too. */
const MIN_GAIN = 0.04;

/** "Yes." or "He agreed." rarely answers on its own. */
const MIN_TOKENS = 8;

/**
 * Penalties on the answer score: for a sentence of few tokens, and for a question. From a softmax regression on SQuAD
 * and ClapNQ (half 0): the weights of these features over the weight of MaxSim.
 */
const SHORT_SENTENCE_PENALTY = 0.09;
const QUESTION_PENALTY = 0.03;

/** The part of an article that is quoted. */
export interface Quote extends Span {
  /** The best partner of each question token in the part of the quote that belongs to the passage. */
  readonly matches: readonly TokenMatch[];
}

/**
 * Chooses one to three neighbouring sentences to quote. It starts with the sentence whose tokens, encoded in their
 * context, match the question best. Then it adds the preceding sentences it depends on, the following one if it is a
 * question, and neighbours that match more of the question. Headings are never quoted.
 *
 * @param idf Weights of the question tokens.
 * @param textOf Returns the text of a sentence.
 * @param before The sentences right before the passage, if only whitespace lies between: a passage may begin with "He
 *   said", and the sentence before it says who.
 */
export function chooseQuote(
  ranked: RankedPassage,
  idf: readonly number[],
  textOf: (sentence: Span) => string,
  before: readonly Sentence[] = [],
): Quote {
  const { passage, sentenceMatches } = ranked;
  const key = keySentence(ranked, idf, textOf);
  // A passage of nothing but headings has no sentence to choose.
  if (key === null) return { start: passage.start, end: passage.end, matches: ranked.matches };
  const sentences = [
    ...before.map((sentence) => readSentence(sentence, null, textOf)),
    ...passage.sentences.map((sentence, index) => readSentence(sentence, sentenceMatches[index] ?? null, textOf)),
  ];
  const matchesOf = (range: Range): readonly TokenMatch[] =>
    bestMatches(
      sentences.slice(range.from, range.to + 1).flatMap(({ matches }) => (matches === null ? [] : [matches])),
    );
  const start = addAntecedents({ from: before.length + key, to: before.length + key }, sentences);
  const range = addMatching(addReply(start, sentences), sentences, before.length, (longer) =>
    answerScore(matchesOf(longer), ranked, idf),
  );
  return {
    start: sentences[range.from]?.start ?? passage.start,
    end: sentences[range.to]?.end ?? passage.end,
    matches: matchesOf(range),
  };
}

/** A sentence or heading, with what decides whether its neighbours are quoted too. */
interface ReadSentence extends Span {
  readonly isLabel: boolean;
  readonly dependsOnPrevious: boolean;
  readonly isQuestion: boolean;
  /** The best partner of each question token; null before the passage. */
  readonly matches: readonly TokenMatch[] | null;
}

function readSentence(
  { start, end, isLabel }: Sentence,
  matches: readonly TokenMatch[] | null,
  textOf: (sentence: Span) => string,
): ReadSentence {
  const text = textOf({ start, end });
  return {
    start,
    end,
    isLabel,
    dependsOnPrevious: dependsOnPrevious(text),
    isQuestion: endsWithQuestionMark(text),
    matches,
  };
}

/** Neighbouring sentences by index, both ends inclusive. */
interface Range {
  readonly from: number;
  readonly to: number;
}

function isFull({ from, to }: Range): boolean {
  return to - from + 1 >= MAX_QUOTE_SENTENCES;
}

function canQuote(sentence: ReadSentence | undefined): sentence is ReadSentence {
  return sentence !== undefined && !sentence.isLabel;
}

/** Prepends sentences for as long as the first one depends on the one before it. They may be in the passage before. */
function addAntecedents(range: Range, sentences: readonly ReadSentence[]): Range {
  let { from } = range;
  while (!isFull({ ...range, from }) && sentences[from]?.dependsOnPrevious === true && canQuote(sentences[from - 1]))
    from -= 1;
  return { ...range, from };
}

/** Adds the sentence after a question: writers who ask a question answer it next. */
function addReply(range: Range, sentences: readonly ReadSentence[]): Range {
  const isQuestion = sentences[range.to]?.isQuestion === true;
  return isQuestion && !isFull(range) && canQuote(sentences[range.to + 1]) ? { ...range, to: range.to + 1 } : range;
}

/**
 * Adds the neighbour that raises the score more, the one after if both do equally, until neither is worth it. A
 * neighbour that itself depends on the sentence before it is not added: it would need yet another.
 *
 * @param first Index of the passage's first sentence; those before it are not added for their words.
 */
function addMatching(
  range: Range,
  sentences: readonly ReadSentence[],
  first: number,
  scoreOf: (range: Range) => number,
): Range {
  let current = range;
  while (!isFull(current)) {
    const score = scoreOf(current);
    const withNext = { ...current, to: current.to + 1 };
    const withPrevious = { ...current, from: current.from - 1 };
    const previous = current.from > first ? sentences[withPrevious.from] : undefined;
    const nextGain = canQuote(sentences[withNext.to]) ? scoreOf(withNext) - score : 0;
    const previousGain = canQuote(previous) && !previous.dependsOnPrevious ? scoreOf(withPrevious) - score : 0;
    if (Math.max(nextGain, previousGain) < MIN_GAIN) break;
    current = nextGain >= previousGain ? withNext : withPrevious;
  }
  return current;
}

/** Returns the index of the sentence that answers best, or null if the passage has nothing but headings. */
export function keySentence(
  ranked: RankedPassage,
  idf: readonly number[],
  textOf: (sentence: Span) => string,
): number | null {
  let best: { readonly index: number; readonly score: number } | null = null;
  for (const [index, sentence] of ranked.passage.sentences.entries()) {
    if (sentence.isLabel) continue;
    const score =
      answerScore(ranked.sentenceMatches[index] ?? [], ranked, idf) -
      (sentence.tokens < MIN_TOKENS ? SHORT_SENTENCE_PENALTY : 0) -
      (endsWithQuestionMark(textOf(sentence)) ? QUESTION_PENALTY : 0);
    if (best === null || score > best.score) best = { index, score };
  }
  return best?.index ?? null;
}

/**
 * How well sentences answer the question, about 0 to 1. What is asked beyond the title counts most, since every
 * sentence of an article is about its title. From a softmax regression on SQuAD and ClapNQ (half 0): the weights, over
 * their sum.
 */
function answerScore(
  matches: readonly TokenMatch[],
  { weightsBeyondTitle }: RankedPassage,
  idf: readonly number[],
): number {
  return (2 * maxSim(matches, weightsBeyondTitle) + maxSim(matches, idf)) / 3;
}
