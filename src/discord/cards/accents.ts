/** Of the edge of a card, 0xRRGGBB. Outcomes differ by sign and words as well: not everybody sees colours, and nobody should have to. */
export const ACCENTS = { answered: 0x2e7d32, closest: 0xf9a825, 'not-found': 0x757575, plain: 0x3f51b5 } as const;
