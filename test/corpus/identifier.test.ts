import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { articleId, passageId } from '../../src/corpus/identifier.js';
import { sha256 } from './generated-articles.js';

/** RFC 4648 literally: the bits of the digest as one string, cut into groups of five. */
function base32(bytes: Uint8Array, letters: number): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: letters }, (_, index) =>
    'abcdefghijklmnopqrstuvwxyz234567'.charAt(Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)),
  ).join('');
}

test('an id is the first ten base32 characters of the digest', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 7, maxLength: 40 }), (digest) => {
      expect(articleId('any.txt', () => digest)).toBe(base32(digest, 10));
    }),
  );
});

test('an article’s id depends only on its source, so it is the same on every machine', () => {
  const digest = createHash('sha256').update('article\u0000news/reykjavik.md', 'utf8').digest();
  expect(articleId('news/reykjavik.md', sha256)).toBe(base32(digest, 10));
});

test('a passage whose text is the path of an article gets a different id', () => {
  expect(passageId('article', 'news.md', 1, sha256)).not.toBe(articleId('news.md', sha256));
});

test('passages with different articles, texts or occurrences have different ids', () => {
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
