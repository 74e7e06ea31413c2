import { STOP_WORDS } from '../../text/english.js';
import { foldWord } from '../../text/words.js';

/** A word put together from tokens `fromToken` (inclusive) to `toToken` (exclusive). */
export interface TokenWord {
  /** In lower case without accents. */
  readonly text: string;
  readonly fromToken: number;
  readonly toToken: number;
}

/**
 * Joins tokens to words. In WordPiece "##ing" continues a word; in SentencePiece "▁word" begins one.
 *
 * @param vocabulary The text of each token, by token id.
 */
export function wordsOfTokens(tokens: ArrayLike<number>, vocabulary: readonly string[]): TokenWord[] {
  const pieces = Array.from(tokens, (token) => vocabulary[token] ?? '');
  const isSentencePiece = pieces.some((piece) => piece.startsWith('▁'));
  const words: TokenWord[] = [];
  pieces.forEach((piece, index) => {
    const continuesWord = isSentencePiece ? !piece.startsWith('▁') : piece.startsWith('##');
    const text = foldWord(piece.replace(/^(?:##|▁)/, ''));
    const last = words.at(-1);
    if (continuesWord && last !== undefined)
      words[words.length - 1] = { ...last, text: last.text + text, toToken: index + 1 };
    else words.push({ text, fromToken: index, toToken: index + 1 });
  });
  return words;
}

/** Whether a word says what a text is about. */
export function isContentWord({ text }: Pick<TokenWord, 'text'>): boolean {
  return !STOP_WORDS.has(text) && /[\p{L}\p{N}]/u.test(text);
}
