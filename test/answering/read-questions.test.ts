import { expect, test } from 'vitest';
import { changesYear } from '../../src/answering/read-questions.js';

test.each([
  ['and in 2017?', 'Who met in 2021?', true],
  ['and in 2021?', 'Who met in 2021?', false],
  ['and in May?', 'Who met in 2021?', false],
  ['and in 2017?', 'Who met?', false],
  // These numbers are not years.
  ['and 2500?', 'Who sold 2600 bells?', false],
])('whether "%s" after "%s" asks about another year: %s', (question, earlier, changes) => {
  expect(changesYear(question, earlier)).toBe(changes);
});
