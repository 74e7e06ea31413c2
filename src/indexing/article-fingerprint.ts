import type { Article } from '../corpus/article.js';
import { PASSAGE_LIMITS } from '../corpus/passage.js';
import { sha256Hex } from '../storage/sha256.js';

/** Raise it when articles are read or cut into passages differently. Every article is then indexed again. */
const READING_VERSION = 4;

/**
 * Returns a fingerprint that changes when an article has to be indexed again: SHA-256, in hexadecimal, over everything
 * that is stored about it (its text as its own SHA-256) and over the version and limits of reading.
 */
export function articleFingerprint(article: Article): string {
  const { text: _text, ...rest } = article;
  return sha256Hex(JSON.stringify([READING_VERSION, PASSAGE_LIMITS, rest]));
}
