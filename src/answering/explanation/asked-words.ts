import { foldWord, WORD } from '../../text/words.js';
import { isContentWord, wordsOfTokens } from '../question/token-words.js';
import type { PreparedQuestion } from '../ranking/rank-question.js';

/** Returns the content words of a question, folded, each once. */
export function askedWords({ encoded, vocabulary }: Pick<PreparedQuestion, 'encoded' | 'vocabulary'>): string[] {
  const words = wordsOfTokens(encoded.tokens, vocabulary).filter(isContentWord);
  return [...new Set(words.map(({ text }) => text))];
}

/** Returns the words of a text, folded. */
export function foldedWords(text: string): ReadonlySet<string> {
  return new Set((text.match(WORD) ?? []).map(foldWord));
}
