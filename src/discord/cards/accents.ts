import type { Answer } from '../../answering/answer.js';

/** The outcomes, in the order in which their signs are written. */
export const OUTCOMES = ['answered', 'partly', 'closest', 'not-found'] as const satisfies Answer['outcome'][];

/** The usual sign of each outcome. */
export const OUTCOME_SIGNS: Readonly<Record<Answer['outcome'], string>> = {
  answered: '✅',
  partly: '◐',
  closest: '🔶',
  'not-found': '⚪',
};

/**
 * Colours of a card's edge, 0xRRGGBB. They only repeat what the headline says with a sign and in words, because not
 * everyone can tell colours apart.
 */
export const ACCENTS = {
  answered: 0x2e7d32,
  partly: 0xf9a825,
  closest: 0xf9a825,
  'not-found': 0x757575,
  plain: 0x3f51b5,
} as const;
