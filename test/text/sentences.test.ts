import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitSentences } from '../../src/text/sentences.js';
import { trimSpan } from '../../src/text/span.js';
import { articles } from '../corpus/generated-articles.js';

function sentencesIn(text: string, language: string | null = null): string[] {
  return splitSentences(text, { start: 0, end: text.length }, language).map(({ start, end }) => text.slice(start, end));
}

describe('a sentence is not split', () => {
  test.each([
    'U.S. Secretary of State Antony Blinken met Sergey Lavrov.',
    'The U.S. Embassy in Moscow was closed.',
    'Lavrov paid a visit to Mr. Tillerson in Washington.',
    'US President Donald J. Trump received him.',
    'They talked about arms control, e.g. New START.',
    'The treaty (i.e. New START) was extended.',
    'Sen. Smith met Gov. Jones at St. Mary’s on Jan. 5.',
    'See Fig. 3 and No. 7 for the details.',
    'It began at 5 p.m. Moscow time.',
    'The deal was worth $3.5 million.',
    'The list was long … and it grew.',
    'The list was long... and it grew.',
    'Under Art. 4 The ferryman may turn back.',
    'See Sec. 3 Para. 2 and App. B Table 1 of Ch. IV for the fares.',
    'Dahl & Co. Ltd. Shipwrights have built it.',
    'The fares are low, incl. Sundays, cf. No. 3 and approx. Two crowns.',
    'It leaves at 8 a.m. Monday to Friday.',
    'A line that was\nwrapped in the\nmiddle.',
    'He lives in Washington, D.C.',
    'A text whose writer uses no full stops',
  ])('%s', (text) => {
    expect(sentencesIn(text)).toEqual([text]);
  });
});

describe('two sentences are split', () => {
  test.each([
    ['It was decided in the U.S.', 'The talks went on.'],
    ['He worked in Washington, D.C.', 'His office was small.'],
    ['It began at 5 p.m.', 'They left early.'],
    ['Donald J. Trump spoke.', 'Mr. Tillerson listened.'],
    ['They sold it to Dahl & Co.', 'The ferry was old.'],
    ['They were fond of art.', 'Nobody knew why.'],
    ['That was plan B.', 'It failed.'],
    ['“Our position is clear.”', '“It always was,” he said.'],
    ['He said: “Stop.”', 'Then he left.'],
    ['He asked "Why?"', 'Nobody knew.'],
    ['(It was late.)', 'They went home.'],
    ['Really?!', 'Yes.'],
    ['It cost $3.5 million.', 'Then it cost more.'],
    ['他们在北京会谈。', '没有结果。'],
    ['مرحبا.', 'كيف الحال؟'],
  ])('%s | %s', (first, second) => {
    // At a space and at a line feed, although Chinese needs neither between sentences.
    expect(sentencesIn(`${first} ${second}`)).toEqual([first, second]);
    expect(sentencesIn(`${first}\n${second}`)).toEqual([first, second]);
  });
});

test('a wrapped line does not end a sentence, and the sentence keeps its line feed', () => {
  expect(sentencesIn('They met in\nReykjavik. The talks\nwere brief.')).toEqual([
    'They met in\nReykjavik.',
    'The talks\nwere brief.',
  ]);
});

test('a closing quotation mark or bracket belongs to its sentence', () => {
  expect(sentencesIn('“We are ready.” (“I am.”)')).toEqual(['“We are ready.”', '(“I am.”)']);
  expect(sentencesIn('They are ready. )')).toEqual(['They are ready. )']);
});

test('an invalid language tag is read as English', () => {
  expect(sentencesIn('One. Two.', 'not a language')).toEqual(['One.', 'Two.']);
  expect(sentencesIn('One. Two.', 'x')).toEqual(['One.', 'Two.']);
  expect(sentencesIn('Eins. Zwei.', 'de')).toEqual(['Eins.', 'Zwei.']);
});

test('initials before a name do not end a sentence, even at its beginning', () => {
  expect(sentencesIn('J. K. Rowling wrote it.')).toEqual(['J. K. Rowling wrote it.']);
});

test('a reference number in brackets belongs to the sentence before it', () => {
  expect(sentencesIn('They met in Reykjavik.[3] The talks were brief.')).toEqual([
    'They met in Reykjavik.[3]',
    'The talks were brief.',
  ]);
});

test('in any text, only whitespace lies between sentences', () => {
  fc.assert(
    fc.property(articles, fc.string({ unit: 'binary' }), ({ text }, other) => {
      for (const one of [text, other]) {
        let end = 0;
        for (const sentence of splitSentences(one, { start: 0, end: one.length })) {
          expect(one.slice(end, sentence.start).trim()).toBe('');
          expect(sentence.start).toBeGreaterThanOrEqual(end);
          expect(sentence.end).toBeGreaterThan(sentence.start);
          end = sentence.end;
        }
        expect(one.slice(end).trim()).toBe('');
      }
    }),
    { numRuns: 150 },
  );
});

describe('a sentence that is longer than a passage may be', () => {
  const WORDS = 'the boat had been built of oak and it was green with a white line';
  const wordCounts = (text: string): number[] => sentencesIn(text).map((sentence) => sentence.split(/\s+/).length);

  test('is parted into pieces of at most 60 words', () => {
    const text = Array.from({ length: 50 }, () => WORDS).join(' ');
    for (const count of wordCounts(text)) {
      expect(count).toBeLessThanOrEqual(60);
      expect(count).toBeGreaterThanOrEqual(25);
    }
  });

  test('is parted behind a semicolon, else behind a comma, else before a conjunction', () => {
    const plain = (count: number): string => Array.from({ length: count }, () => 'boat').join(' ');
    expect(wordCounts(`${plain(30)}; ${plain(10)}, ${plain(60)}`)).toEqual(
      [30, 70].flatMap((count) => (count > 60 ? [45, 25] : [count])),
    );
    expect(wordCounts(`${plain(40)}, ${plain(50)}`)).toEqual([40, 50]);
    expect(wordCounts(`${plain(35)} because ${plain(54)}`)).toEqual([35, 55]);
    expect(wordCounts(`${plain(33)}\n${plain(57)}`)).toEqual([33, 57]);
  });

  test('stays whole up to 80 words', () => {
    const text = Array.from({ length: 80 }, () => 'boat').join(' ');
    expect(wordCounts(text)).toEqual([80]);
    expect(wordCounts(`${text} boat`)).toEqual([56, 25]);
  });

  test.each(['boat ', 'a', 'Dahl & Co. ', 'so; ', '. '])(
    'of a million characters of %j is split in linear time',
    (piece) => {
      const text = piece.repeat(1_000_000 / piece.length);
      const started = performance.now();
      splitSentences(text, { start: 0, end: text.length });
      expect(performance.now() - started).toBeLessThan(20_000);
    },
  );
});

test('part of a text is split with offsets into the whole text', () => {
  const text = 'Not this. They met. They left. Not this.';
  const span = { start: text.indexOf('They met'), end: text.indexOf(' Not this.', 20) };
  expect(splitSentences(text, span).map(({ start, end }) => text.slice(start, end))).toEqual([
    'They met.',
    'They left.',
  ]);
});

test('a span is trimmed of every kind of whitespace, and is null if nothing is left', () => {
  const text = '\u00a0\u3000\ufeff word \t\n\u2028';
  expect(trimSpan(text, { start: 0, end: text.length })).toEqual({ start: 4, end: 8 });
  expect(trimSpan(' \n ', { start: 0, end: 3 })).toBeNull();
  expect(trimSpan(text, { start: 5, end: 5 })).toBeNull();
});

test('"I" and "A" open a sentence after a word that is also an abbreviation', () => {
  const split = (text: string): string[] =>
    splitSentences(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));
  expect(split('They love art. I do too.')).toEqual(['They love art.', 'I do too.']);
  expect(split('We studied art. A few left.')).toEqual(['We studied art.', 'A few left.']);
  expect(split('See App. A for the fees.')).toEqual(['See App. A for the fees.']);
});
