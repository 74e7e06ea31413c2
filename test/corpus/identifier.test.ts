import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { articleId, passageId } from '../../src/corpus/identifier.js';
import { sha256 } from './generated-articles.js';

/** RFC 4648 by the book: the bits of the digest as one string, cut into fives. */
function base32(bytes: Uint8Array, letters: number): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: letters }, (_, index) =>
    'abcdefghijklmnopqrstuvwxyz234567'.charAt(Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)),
  ).join('');
}

test('an id is the first ten base32 letters of a digest', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 7, maxLength: 40 }), (digest) => {
      expect(articleId('any.txt', () => digest)).toBe(base32(digest, 10));
    }),
  );
});

test('an article has its id from where it comes from, so it is the same on every machine', () => {
  const digest = createHash('sha256').update('article\u0000news/reykjavik.md', 'utf8').digest();
  expect(articleId('news/reykjavik.md', sha256)).toBe(base32(digest, 10));
});

test('a passage with the text of an article’s path is not taken for that article', () => {
  expect(passageId('article', 'news.md', 1, sha256)).not.toBe(articleId('news.md', sha256));
});

test('passages of other articles, texts and occurrences have other ids', () => {
  const ids = [
    passageId('aaaaaaaaaa', 'text', 0, sha256),
    passageId('bbbbbbbbbb', 'text', 0, sha256),
    passageId('aaaaaaaaaa', 'texts', 0, sha256),
    passageId('aaaaaaaaaa', 'text', 1, sha256),
    passageId('aaaaaaaaaa', 'text', 2, sha256),
    passageId('aaaaaaaaaa', 'text1', 0, sha256),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});
