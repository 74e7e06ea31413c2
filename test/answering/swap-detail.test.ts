import { expect, test } from 'vitest';
import { swapDetail } from '../../src/answering/swap-detail.js';

test.each([
  // The same preposition, in front of the last word.
  ['on windows?', 'where are the settings on linux?', 'where are the settings on windows?'],
  ['On the Mac', 'Where are the settings on Linux', 'Where are the settings On the Mac?'],
  ['for rolls', 'what is the temperature for the loaf', 'what is the temperature for rolls?'],
  // Something similar with digits, wherever it stands.
  ['52?', 'what does error 41 mean?', 'what does error 52 mean?'],
  ['the N12', 'when does the N1 leave?', 'when does the N12 leave?'],
  ['1.89', 'what is new in 1.88 of Cargo', 'what is new in 1.89 of Cargo'],
  ['in 2023?', 'who met in 2021 in Oslo?', 'who met in 2023 in Oslo?'],
  ['since 2023?', 'who won in 2021?', 'who won since 2023?'],
  ['2023', 'who won in 2021?', 'who won in 2023?'],
])('"%s" after "%s" asks "%s"', (followUp, earlier, question) => {
  expect(swapDetail(followUp, earlier)).toBe(question);
});

test.each([
  ['no such detail', 'on windows?', 'where are the settings?'],
  ['another preposition', 'on windows?', 'where are the settings for linux?'],
  ['no preposition', 'windows?', 'where are the settings on linux?'],
  ['a detail of several words', 'in the newer one?', 'how long is a name in the rfc?'],
  ['several words after the preposition', 'in oslo?', 'how long is a name in the original standard?'],
  ['a preposition that is the end of a word', 'on windows?', 'what is the horizon linux?'],
  ['two similar numbers', '1899?', 'who met in 2021 and 2022?'],
  ['a year and a number', 'in 2017?', 'who sold 250 bells?'],
  ['a number and a year', '250?', 'who won in 2017?'],
  ['other signs in it', '1.88?', 'what does error 41 mean?'],
  ['nothing but marks', '??', 'who won in 2017?'],
])('a question with %s is left alone: "%s" after "%s"', (_, followUp, earlier) => {
  expect(swapDetail(followUp, earlier)).toBeNull();
});

test('long input takes no time', () => {
  const started = performance.now();
  for (const text of ['in '.repeat(50_000), 'a.'.repeat(50_000), '1 '.repeat(50_000), `in ${'a'.repeat(100_000)}`]) {
    swapDetail(text, 'who won in 2017?');
    swapDetail('in 2018', text);
    swapDetail('in Oslo', text);
  }
  expect(performance.now() - started).toBeLessThan(2000);
});
