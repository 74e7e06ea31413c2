import { expect, test } from 'vitest';
import { openingLine, openingOf } from '../../../src/discord/cards/opening.js';

const TEXT = 'Install\n\nOn Linux\n\nRun the script\nas root.';

function excerpt(...kinds: readonly ('heading' | 'paragraph')[]) {
  const parts = TEXT.split('\n\n');
  let from = 0;
  const blocks = kinds.map((kind, index) => {
    const start = TEXT.indexOf(parts[index] ?? '', from);
    from = start + (parts[index]?.length ?? 0);
    return { kind, start, end: from };
  });
  return { text: TEXT, blocks } as Parameters<typeof openingOf>[0];
}

test('the headings of a passage are told from its text', () => {
  expect(openingOf(excerpt('heading', 'heading', 'paragraph'))).toEqual({
    headings: 'Install › On Linux',
    text: 'Run the script as root.',
  });
  expect(openingLine(excerpt('heading', 'heading', 'paragraph'))).toBe('Install › On Linux · Run the script as root.');
});

test('a passage without headings, or of nothing else, is shown as it is', () => {
  expect(openingLine(excerpt('paragraph', 'paragraph', 'paragraph'))).toBe('Install On Linux Run the script as root.');
  expect(openingOf({ ...excerpt('heading'), text: 'Install' })).toEqual({ headings: 'Install', text: '' });
});
