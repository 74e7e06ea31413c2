import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkToPassage as linkToExcerpt } from '../../../src/discord/format/passage-link.js';
import { plainExcerpt } from '../../corpus/plain-excerpt.js';

const PAGE = 'https://example.org/a';
/** Enough room for every link in these tests. */
const ROOM = 2_048;
const linkToPassage = (address: string, quote: string, room: number): string | null =>
  linkToExcerpt(address, plainExcerpt(quote), room);
const words = (count: number) => Array.from({ length: count }, (_, index) => `w${index + 1}`).join(' ');

describe('the link to a quote', () => {
  test.each([
    ['One word', 'word', '#:~:text=word'],
    ['Commas, ampersands and hyphens', 'a,b & c-d', '#:~:text=a%2Cb%20%26%20c%2Dd'],
    ['Quotation marks and brackets', `"it's" (so)!*`, '#:~:text=%22it%27s%22%20%28so%29%21%2A'],
    ['Accents and other scripts', 'Ísland 日本', '#:~:text=%C3%8Dsland%20%E6%97%A5%E6%9C%AC'],
    ['Emoji', '👩‍👧', '#:~:text=%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7'],
    ['Percent signs, hashes and question marks', '100 % #1?', '#:~:text=100%20%25%20%231%3F'],
    ['White space as single spaces', 'a\n\n\tb\u00a0c', '#:~:text=a%20b%20c'],
    ['Half a character as its replacement', 'a\ud83d', '#:~:text=a%EF%BF%BD'],
    ['Only whitespace as no fragment', ' \n ', ''],
  ])('encodes: %s', (_, quote, fragment) => {
    expect(linkToPassage(PAGE, quote, ROOM)).toBe(PAGE + fragment);
  });

  test('has no number that the browser draws, and leads from the first cell of a row to the last', () => {
    const step = plainExcerpt('1. Turn the key', {
      blocks: [{ kind: 'item', start: 0, end: 15, marker: { start: 0, end: 2 } }],
    });
    expect(linkToExcerpt(PAGE, step, ROOM)).toBe(`${PAGE}#:~:text=Turn%20the%20key`);
    const row = plainExcerpt('Small | 5 euros', {
      blocks: [
        {
          kind: 'row',
          start: 0,
          end: 15,
          cells: [
            { start: 0, end: 5 },
            { start: 8, end: 15 },
          ],
        },
      ],
    });
    expect(linkToExcerpt(PAGE, row, ROOM)).toBe(`${PAGE}#:~:text=Small,5%20euros`);
  });

  test('leads to the section, if the page has an id for it', () => {
    const location = { anchor: 'the fees', page: null, time: null };
    expect(linkToExcerpt(PAGE, plainExcerpt('x', { location }), ROOM)).toBe(`${PAGE}#the%20fees:~:text=x`);
    expect(linkToExcerpt(`${PAGE}#part`, plainExcerpt('x', { location }), ROOM)).toBe(`${PAGE}#part:~:text=x`);
  });

  test('contains all twelve words of a quote, but only the first and last six of thirteen', () => {
    expect(linkToPassage(PAGE, words(12), ROOM)).toBe(`${PAGE}#:~:text=${encodeURIComponent(words(12))}`);
    expect(linkToPassage(PAGE, words(13), ROOM)).toBe(
      `${PAGE}#:~:text=w1%20w2%20w3%20w4%20w5%20w6,w8%20w9%20w10%20w11%20w12%20w13`,
    );
  });

  test.each([
    ['a query', 'https://example.org/?q=a&p=2', 'https://example.org/?q=a&p=2#:~:text=x'],
    ['a fragment', 'https://example.org/#part', 'https://example.org/#part:~:text=x'],
    ['an address without a path', 'https://example.org', 'https://example.org/#:~:text=x'],
  ])('keeps %s', (_, url, linked) => {
    expect(linkToPassage(url, 'x', ROOM)).toBe(linked);
  });

  test('contains fewer words if there is no room for six at each end', () => {
    const named = (count: number) => {
      const all = words(40).split(' ');
      const ends = [all.slice(0, count), all.slice(-count)].map((end) => end.join('%20')).join(',');
      return `${PAGE}#:~:text=${ends}`;
    };

    for (const [limit, count] of [
      [ROOM, 6],
      [named(6).length, 6],
      [named(6).length - 1, 4],
      [named(4).length - 1, 3],
    ] as const)
      expect(linkToPassage(PAGE, words(40), limit)).toBe(named(count));
    expect(linkToPassage(PAGE, words(40), named(3).length - 1)).toBe(PAGE);
  });

  test('is only the address if the two together are too long, and null if the address alone is', () => {
    const long = `${PAGE}/${'x'.repeat(400)}`;

    expect(linkToPassage(PAGE, 'x'.repeat(500), 500)).toBe(PAGE);
    expect(linkToPassage(long, 'Reykjavik on Wednesday morning at ten past nine', long.length)).toBe(long);
    expect(linkToPassage(long, 'x', long.length - 1)).toBeNull();
  });

  test.each(['javascript:alert(1)', 'ftp://example.org/a', 'mailto:a@example.org', '//example.org', 'example.org', ''])(
    'is null if the article has no web address: %j',
    (stated) => {
      expect(linkToPassage(stated, 'x', ROOM)).toBeNull();
    },
  );

  test('leads to the words of the quote, whatever they are', () => {
    const url = fc.constantFrom(
      PAGE,
      `${PAGE}?q=1&r=(2)#part`,
      'http://example.org',
      `${PAGE}/${'x'.repeat(1_900)}`,
      `${PAGE}/_(a)*<b>`,
    );
    fc.assert(
      fc.property(
        url,
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.integer({ min: 60, max: ROOM }),
        (page, quote, room) => {
          const linked = linkToPassage(page, quote, room);
          if (linked === null) {
            expect(new URL(page).href.length).toBeGreaterThan(room);
            return;
          }
          expect(linked.length).toBeLessThanOrEqual(room);
          expect(linked).toMatch(/^https?:\/\/[!-~]+$/);
          expect(new URL(linked).origin).toBe(new URL(page).origin);
          const directive = linked.split(':~:text=')[1];
          if (directive === undefined) return;
          expect(directive).toMatch(/^(%[0-9A-F]{2}|[\w.~])+(,(%[0-9A-F]{2}|[\w.~])+)?$/);
          const folded = quote.toWellFormed().split(/\s+/).filter(Boolean);
          const [first = '', last = first] = directive.split(',').map(decodeURIComponent);
          expect(folded.join(' ').startsWith(first)).toBe(true);
          expect(folded.join(' ').endsWith(last)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  // Discord refuses these with "not a well formed URL".
  test.each(['https://example.org/a b', 'https:example.org/a', 'https:/example.org/a'])(
    'starts with the address the way a browser writes it: %s',
    (stated) => {
      expect(linkToPassage(stated, 'x', ROOM)).toMatch(/^https:\/\/[!-~]+$/);
    },
  );

  test('replaces a text fragment that is already there', () => {
    expect(linkToPassage(`${PAGE}#:~:text=other`, 'x', ROOM)).toBe(`${PAGE}#:~:text=x`);
  });
});
