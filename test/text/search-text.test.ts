import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { searchText } from '../../src/text/search-text.js';
import { wordsOf } from '../../src/text/words.js';

describe('what a slice is searched by', () => {
  test.each([
    ['has no line breaks and single spaces', 'The ferry\n   crosses  the\tsound.', 'The ferry crosses the sound.'],
    ['has no words that a line end cuts', 'For exam-\n   ple, a ves-\nsel.', 'For example, a vessel.'],
    ['keeps hyphens beside capitals', 'The Anglo-\nSaxon TCP-\nbased one', 'The Anglo-Saxon TCP-based one'],
    ['keeps hyphens beside figures', 'top-\n10 and 2-\nway', 'top-10 and 2-way'],
    ['keeps hyphens beside a single letter', 'an e-\nmail and vitamin-\nc', 'an e-mail and vitamin-c'],
    ['keeps dashes', 'the ferry -\nif it goes', 'the ferry - if it goes'],
    ['has no quote marks', '> The ferry is\n> > late, for exam-\n> ple.', 'The ferry is late, for example.'],
    ['keeps signs inside a line', 'a > b and c - d', 'a > b and c - d'],
  ])('%s', (_, slice, text) => {
    expect(searchText(slice)).toBe(text);
  });
});

test('a text on one line has the words it has', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const line = text.replace(/\s+/g, ' ').trim();
      expect(wordsOf(searchText(line))).toEqual(wordsOf(line));
    }),
  );
});

test.each(['a', '-', '- ', '-\n', '> ', ' ', '\n', 'a-\n'])('a million times %j takes linear time', (piece) => {
  const started = performance.now();
  searchText(piece.repeat(1_000_000));
  expect(performance.now() - started).toBeLessThan(10_000);
});
