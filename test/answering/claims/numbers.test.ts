import { expect, test } from 'vitest';
import { numbersOf } from '../../../src/answering/claims/numbers.js';

test('numbers are read as figures', () => {
  expect([...numbersOf('Twenty-five of 1,550, sixteen, 3 million, 2.5 % on the 5th; one G20 of a dozen')]).toEqual([
    '25',
    '1550',
    '16',
    '3',
    'million',
    '2.5',
    '5',
    '12',
  ]);
});
