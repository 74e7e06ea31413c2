import { STOP_WORDS } from '../../text/english.js';
import type { Span } from '../../text/span.js';
import { foldWord, WORD } from '../../text/words.js';
import type { TokenMatches } from '../../vectors/token-scorer.js';
import type { CandidatePassage } from '../ports/passage-store.js';
import type { EncodedQuestion } from '../question/question-encoder.js';
import { isContentWord, type TokenWord, wordsOfTokens } from '../question/token-words.js';

/**
 * Below this similarity two words only share their surroundings ("met" and "summit"). Judged by eye on the sample
 * articles.
 */
const MIN_SIMILARITY = 0.5;

/**
 * A word of the question and the word of the passage that matches it best. Both are folded to lower case without
 * accents.
 */
export interface WordMatch {
  readonly question: string;
  readonly passage: string;
  /** Similarity of the best pair of tokens of the two words, about 0.5 to 1. */
  readonly similarity: number;
}

/**
 * Finds the best partner in a passage for each content word of the question. Words without a similar one are left out.
 *
 * @param matches The best partner of each question token, in the passage or in the part of it that matters.
 * @param vocabulary The text of each token, by token id.
 */
export function matchWords(
  question: EncodedQuestion,
  matches: TokenMatches,
  passage: Pick<CandidatePassage, 'tokenIds'>,
  vocabulary: readonly string[],
): WordMatch[] {
  const passageWords = wordsOfTokens(passage.tokenIds, vocabulary);
  return wordsOfTokens(question.tokens, vocabulary).flatMap((word) => {
    const best = bestTokenMatch(word, matches);
    const partner = passageWords.find(({ fromToken, toToken }) => best.token >= fromToken && best.token < toToken);
    if (!isContentWord(word) || partner === undefined || !isMatch(best) || STOP_WORDS.has(partner.text)) return [];
    return [{ question: word.text, passage: partner.text, similarity: best.similarity }];
  });
}

/** Finds the content words of the question that have a similar one among tokens whose text is not known, as in a title. Folded. */
export function matchedContentWords(
  question: EncodedQuestion,
  matches: TokenMatches,
  vocabulary: readonly string[],
): string[] {
  return wordsOfTokens(question.tokens, vocabulary)
    .filter((word) => isContentWord(word) && isMatch(bestTokenMatch(word, matches)))
    .map(({ text }) => text);
}

/** A word of several tokens is matched by its best one: unrelated words share their endings. */
function bestTokenMatch({ fromToken, toToken }: TokenWord, { tokens, similarities }: TokenMatches): TokenMatch {
  let best: TokenMatch = { token: -1, similarity: -1 };
  for (let index = fromToken; index < toToken; index++) {
    const similarity = similarities[index] ?? -1;
    if (similarity > best.similarity) best = { token: tokens[index] ?? -1, similarity };
  }
  return best;
}

interface TokenMatch {
  readonly token: number;
  readonly similarity: number;
}

function isMatch({ similarity }: TokenMatch): boolean {
  return similarity >= MIN_SIMILARITY;
}

/**
 * Finds words in a quote, whatever their capitals and accents.
 *
 * @param words Folded words, as in `WordMatch.passage`.
 * @returns Spans of the quote in order. Neighbours with only whitespace between them are one span.
 */
export function findWords(quote: string, words: readonly string[]): Span[] {
  const wanted = new Set(words);
  const spans: Span[] = [];
  for (const { 0: word, index } of quote.matchAll(WORD)) {
    if (!wanted.has(foldWord(word))) continue;
    const last = spans.at(-1);
    const touchesLast = last !== undefined && quote.slice(last.end, index).trim() === '';
    const span = { start: touchesLast ? last.start : index, end: index + word.length };
    if (touchesLast) spans[spans.length - 1] = span;
    else spans.push(span);
  }
  return spans;
}
