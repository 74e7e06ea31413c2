import { expect, test } from 'vitest';
import { differenceOf } from '../../../src/answering/claims/claim-differences.js';

test.for([
  [
    'a date mixed from two dates',
    'It began on 5 February 2010.',
    'Signed on 8 April 2010, it began on 5 February 2011.',
    'dates',
  ],
  ['a date in another format', 'It began on February 5, 2011.', 'It began on 5 February 2011.', null],
  ['a month without its year', 'In April 2010 it began.', 'In April it began, and in 2010 it ended.', null],
  ['a name in another form', 'The Russian and US envoys left.', 'Envoys of Russia and the United States left.', null],
  ['a name with the same beginning', 'Niger sent envoys.', 'Nigeria sent envoys.', 'names'],
  ['two names in one list', 'Lund and Berg met.', 'Berg and Lund met.', null],
  ['two people who swap roles', 'Lund telephoned Berg.', 'Berg telephoned Lund.', 'roles'],
  ['a swap through a pronoun', 'Lund told Berg.', "Berg's words were calm. He told Lund.", 'roles'],
  ['the same roles, with a pronoun', 'Berg told Lund.', "Berg's words were calm. He told Lund.", null],
  ['a common word that opens a sentence', 'Journalists left.', 'The journalists left.', null],
  ['two denials', 'Lund did not leave.', 'Lund refused to leave.', null],
  ['a contraction', "Lund didn't leave.", 'Lund left.', 'denial'],
] as const)('two sentences are compared: %s', ([, claim, quote, difference]) => {
  expect(differenceOf(claim, quote, quote, quote)).toBe(difference);
});

test('a first name is known from the rest of the article', () => {
  expect(differenceOf('Rex Tillerson left.', 'Tillerson left.', 'Tillerson left.', 'Rex Tillerson came.')).toBe(null);
  expect(differenceOf('Rita Tillerson left.', 'Tillerson left.', 'Tillerson left.', 'Rex Tillerson came.')).toBe(
    'names',
  );
});
