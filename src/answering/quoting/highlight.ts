import type { Sentence } from '../../corpus/sentence.js';
import { endsWithQuestionMark } from '../../text/sentences.js';
import { contains, type Span } from '../../text/span.js';
import type { TokenMatches } from '../../vectors/token-scorer.js';
import { dependsOnPrevious } from '../question/anaphora.js';
import { bestMatches, maxSim } from '../ranking/late-interaction.js';
import { labelledMatches, type RankedPassage } from '../ranking/ranking.js';
import { PLAIN_ROLE, type SentenceRole } from './sentence-roles.js';

const MAX_SENTENCES = 3;

/** A further sentence must raise the answer score by at least this much to be highlighted too. */
const MIN_GAIN = 0.04;

/** "Yes." or "He agreed." rarely answers on its own. */
const MIN_TOKENS = 8;

/**
 * Penalties on the answer score: for a sentence of few tokens, and for a question. From a softmax regression on SQuAD
 * and ClapNQ (half 0): the weights of these features over the weight of MaxSim.
 */
const SHORT_SENTENCE_PENALTY = 0.09;
const QUESTION_PENALTY = 0.03;

/** More than any score, so that everything else is better. */
const LAST_RESORT_PENALTY = 10;

/** The sentences of a passage that decide: they answer, and the rest of a quote stands around them. */
export interface Highlight extends Span {
  /** The best partner of each question token in the part of the highlight that belongs to the passage. */
  readonly matches: TokenMatches;
}

/** What is known about the sentences of a passage and around it. */
export interface HighlightSurroundings {
  /**
   * The sentences right before the passage, if only whitespace lies between: a passage may begin with "He said", and the
   * sentence before it says who. Default: none.
   */
  readonly before?: readonly Sentence[];
  /** Default: every sentence is one of running text. */
  readonly roleOf?: (sentence: Span) => SentenceRole;
  /** The part of the article that the key sentence must be in. Default: the whole passage. */
  readonly within?: Span | null;
}

/**
 * Chooses one to three neighbouring sentences that answer best. It starts with the sentence whose tokens, encoded in their
 * context, match the question best. Then it adds the preceding sentences it depends on, the following ones if it is a
 * question or only repeats what was asked, and neighbours that match more of the question. Labels are never highlighted.
 *
 * @param idf Weights of the question tokens.
 * @param textOf Returns the text of a sentence.
 */
export function chooseHighlight(
  ranked: RankedPassage,
  idf: readonly number[],
  textOf: (sentence: Span) => string,
  { before = [], roleOf = () => PLAIN_ROLE, within = null }: HighlightSurroundings = {},
): Highlight {
  const { passage, sentenceMatches } = ranked;
  const key = keySentence(ranked, idf, textOf, { roleOf, within });
  // A passage of nothing but labels has no sentence to choose.
  if (key === null) return { start: passage.start, end: passage.end, matches: ranked.matches };
  const sentences = [
    ...before.map((sentence) => readSentence(sentence, null, { textOf, roleOf })),
    ...passage.sentences.map((sentence, index) =>
      readSentence(sentence, sentenceMatches[index] ?? null, { textOf, roleOf }),
    ),
  ];
  const matchesOf = (range: Range): TokenMatches =>
    bestMatches(
      sentences.slice(range.from, range.to + 1).flatMap(({ matches }) => (matches === null ? [] : [matches])),
    );
  const start = addAntecedents({ from: before.length + key, to: before.length + key }, sentences);
  const range = addMatching(addReplies(start, sentences), sentences, before.length, (longer) =>
    answerScore(matchesOf(longer), ranked, idf),
  );
  return {
    start: sentences[range.from]?.start ?? passage.start,
    end: sentences[range.to]?.end ?? passage.end,
    matches: matchesOf(range),
  };
}

/** A sentence or label, with what decides whether its neighbours are highlighted too. */
interface ReadSentence extends Span {
  readonly isLabel: boolean;
  readonly dependsOnPrevious: boolean;
  readonly isQuestion: boolean;
  /** Whether it only repeats what was asked. */
  readonly isEcho: boolean;
  readonly isStruck: boolean;
  /** The best partner of each question token; null before the passage. */
  readonly matches: TokenMatches | null;
}

function readSentence(
  { start, end, isLabel }: Sentence,
  matches: TokenMatches | null,
  { textOf, roleOf }: { textOf: (sentence: Span) => string; roleOf: (sentence: Span) => SentenceRole },
): ReadSentence {
  const text = textOf({ start, end });
  const { isEcho, isStruck } = roleOf({ start, end });
  return {
    start,
    end,
    isLabel,
    dependsOnPrevious: dependsOnPrevious(text),
    isQuestion: endsWithQuestionMark(text),
    isEcho,
    isStruck,
    matches,
  };
}

/** Neighbouring sentences by index, both ends inclusive. */
interface Range {
  readonly from: number;
  readonly to: number;
}

function isFull({ from, to }: Range): boolean {
  return to - from + 1 >= MAX_SENTENCES;
}

function canHighlight(sentence: ReadSentence | undefined): sentence is ReadSentence {
  return sentence !== undefined && !sentence.isLabel && !sentence.isStruck;
}

/** Prepends sentences for as long as the first one depends on the one before it. They may be in the passage before. */
function addAntecedents(range: Range, sentences: readonly ReadSentence[]): Range {
  let { from } = range;
  while (
    !isFull({ ...range, from }) &&
    sentences[from]?.dependsOnPrevious === true &&
    canHighlight(sentences[from - 1])
  )
    from -= 1;
  return { ...range, from };
}

/** Adds what answers: the sentence after a question, and all that fits after one that only repeats what was asked. */
function addReplies(range: Range, sentences: readonly ReadSentence[]): Range {
  const last = sentences[range.to];
  let { to } = range;
  const more = last?.isEcho === true ? MAX_SENTENCES : Number(last?.isQuestion === true);
  while (to < range.to + more && !isFull({ ...range, to }) && canHighlight(sentences[to + 1])) to += 1;
  return { ...range, to };
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
    const nextGain = canHighlight(sentences[withNext.to]) ? scoreOf(withNext) - score : 0;
    const previousGain = canHighlight(previous) && !previous.dependsOnPrevious ? scoreOf(withPrevious) - score : 0;
    if (Math.max(nextGain, previousGain) < MIN_GAIN) break;
    current = nextGain >= previousGain ? withNext : withPrevious;
  }
  return current;
}

/**
 * Returns the index of the sentence that answers best, or null if the passage has nothing but labels. Sentences that only
 * introduce others, or no longer hold, are chosen only if there is nothing else.
 */
export function keySentence(
  ranked: RankedPassage,
  idf: readonly number[],
  textOf: (sentence: Span) => string,
  { roleOf = () => PLAIN_ROLE, within = null }: Pick<HighlightSurroundings, 'roleOf' | 'within'> = {},
): number | null {
  const matches = labelledMatches(ranked);
  let best: { readonly index: number; readonly score: number } | null = null;
  for (const [index, sentence] of ranked.passage.sentences.entries()) {
    if (sentence.isLabel || (within !== null && !contains(within, sentence))) continue;
    const { isIntroduction, isStruck, isWholeBlock } = roleOf(sentence);
    const score =
      (matches[index] === undefined ? 0 : answerScore(matches[index], ranked, idf)) -
      (sentence.tokens < MIN_TOKENS && !isWholeBlock ? SHORT_SENTENCE_PENALTY : 0) -
      (isIntroduction || isStruck ? LAST_RESORT_PENALTY : 0) -
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
export function answerScore(
  matches: TokenMatches,
  { weightsBeyondTitle }: Pick<RankedPassage, 'weightsBeyondTitle'>,
  idf: readonly number[],
): number {
  return (2 * maxSim(matches, weightsBeyondTitle) + maxSim(matches, idf)) / 3;
}
