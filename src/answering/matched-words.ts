import type { Span } from '../text/span.js';
import { WORD, wordsOf } from '../text/words.js';
import type { TokenMatch } from './late-interaction.js';
import type { CandidatePassage } from './ports.js';
import type { EncodedQuestion } from './question-encoder.js';

/** Below this two words only share their surroundings ("met" and "summit"); measured by eye on the sample articles. */
const MIN_SIMILARITY = 0.5;

/** Words by which nothing is found: they are in every question or in every sentence. */
const FUNCTION_WORDS = new Set(
  'a about after all an and any are as at be been before but by can could did do does for from had has have he her his how i if in into is it its many may me much my no not of on or our s she should so some t than that the their them then there these they this those to us was we were what when where which who whom whose why will with would you your'.split(
    ' ',
  ),
);

/** The words of a text that something can be found by. */
export function contentWords(text: string): string[] {
  return wordsOf(text).filter((word) => !FUNCTION_WORDS.has(word));
}

/** A word of the question and the word of the passage that answers it best. */
export interface WordMatch {
  readonly question: string;
  readonly passage: string;
  readonly similarity: number;
}

interface Word {
  readonly text: string;
  readonly fromToken: number;
  readonly toToken: number;
}

/**
 * For each telling word of the question its best partner in a passage, where one is near enough.
 *
 * @param matches The best partner of each token of the question, in the passage or in the part of it that is looked at.
 */
export function matchWords(
  question: EncodedQuestion,
  matches: readonly TokenMatch[],
  passage: CandidatePassage,
  vocabulary: readonly string[],
): WordMatch[] {
  const passageWords = wordsOfTokens(passage.tokenIds, vocabulary);
  return wordsOfTokens(question.tokens, vocabulary).flatMap((word) => {
    if (FUNCTION_WORDS.has(word.text) || !/[\p{L}\p{N}]/u.test(word.text)) return [];
    // A word in several pieces is matched by its best piece: endings are shared by words that have nothing in common.
    const best = matches
      .slice(word.fromToken, word.toToken)
      .reduce((a, b) => (b.similarity > a.similarity ? b : a), { token: -1, similarity: -1 });
    const partner = passageWords.find(({ fromToken, toToken }) => best.token >= fromToken && best.token < toToken);
    if (partner === undefined || best.similarity < MIN_SIMILARITY || FUNCTION_WORDS.has(partner.text)) return [];
    return [{ question: word.text, passage: partner.text, similarity: best.similarity }];
  });
}

/** Where the matched words stand in a quote, as spans of it; neighbours with only white space between are one span. */
export function findWords(quote: string, words: readonly string[]): Span[] {
  const wanted = new Set(words);
  const spans: Span[] = [];
  for (const { 0: word, index } of quote.matchAll(WORD)) {
    if (!wanted.has(fold(word))) continue;
    const last = spans.at(-1);
    const joins = last !== undefined && quote.slice(last.end, index).trim() === '';
    const span = { start: joins ? last.start : index, end: index + word.length };
    if (joins) spans[spans.length - 1] = span;
    else spans.push(span);
  }
  return spans;
}

/** As the model's tokenizer sees a word: lower case, without accents. */
function fold(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
}

/** Puts the pieces of words together again, from WordPiece ("##ing" goes on) or SentencePiece ("▁word" begins). */
function wordsOfTokens(tokens: ArrayLike<number>, vocabulary: readonly string[]): Word[] {
  const pieces = Array.from(tokens, (token) => vocabulary[token] ?? '');
  const isSentencePiece = pieces.some((piece) => piece.startsWith('▁'));
  const words: Word[] = [];
  pieces.forEach((piece, index) => {
    const goesOn = isSentencePiece ? !piece.startsWith('▁') : piece.startsWith('##');
    const text = fold(piece.replace(/^(?:##|▁)/, ''));
    const last = words.at(-1);
    if (goesOn && last !== undefined) words[words.length - 1] = { ...last, text: last.text + text, toToken: index + 1 };
    else words.push({ text, fromToken: index, toToken: index + 1 });
  });
  return words;
}
