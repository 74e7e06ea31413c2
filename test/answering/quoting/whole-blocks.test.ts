import { describe, expect, test } from 'vitest';
import { wholeBlocks } from '../../../src/answering/quoting/whole-blocks.js';
import type { SourceBlock } from '../../../src/reading/compose.js';
import { code, entry, list, paragraph, structuredArticle, table } from '../../corpus/structured-article.js';

const MANY_WORDS = 'one two three four five six seven eight nine ten';

/** What is quoted of an article if this part of it was chosen. */
function extended(blocks: readonly SourceBlock[], part: string, maxWords = 150): string {
  const article = structuredArticle(blocks);
  const start = article.text.indexOf(part);
  if (start === -1) throw new Error(`"${part}" is not in the article`);
  const { start: from, end } = wholeBlocks({ start, end: start + part.length }, article, maxWords);
  return article.text.slice(from, end);
}

describe('what is quoted of', () => {
  test('a short list is all of it, also if a single item was chosen', () => {
    const blocks = [paragraph('Bring:'), ...list(['A rope', 'Two hooks', 'A lamp']), paragraph('Then go.')];
    expect(extended(blocks, 'Two hooks')).toBe('A rope\nTwo hooks\nA lamp');
  });

  test('a long list is the item that was chosen, as a whole', () => {
    const items = Array.from({ length: 20 }, (_, index) => `Item ${index}. ${MANY_WORDS}`);
    expect(extended(list(items), 'Item 7.')).toBe(`Item 7. ${MANY_WORDS}`);
  });

  test('a short table is all of it, with its header', () => {
    const rows = table([
      ['Station', 'Closed'],
      ['Ulvik', '2010'],
      ['Kestrel', '1980'],
    ]);
    expect(extended(rows, 'Kestrel | 1980')).toBe('Station | Closed\nUlvik | 2010\nKestrel | 1980');
  });

  test('code is all of it, as far as there is room', () => {
    const blocks = [code('first line\nsecond line\nthird line', 'sh')];
    expect(extended(blocks, 'second line')).toBe('first line\nsecond line\nthird line');
    expect(extended(blocks, 'second line', 4)).toBe('second line');
  });

  test('code of few but very long words is cut like a long one', () => {
    const lines = Array.from({ length: 50 }, () => 'x'.repeat(100));
    expect(extended([code(['run', ...lines].join('\n'))], 'run')).toBe('run');
  });

  test('an answer is all of it, without the question that stands above', () => {
    expect(extended(entry('May dogs come?', 'Yes. On a lead.'), 'Yes.')).toBe('Yes. On a lead.');
  });

  test('a sentence that introduces a list or code goes on with it', () => {
    const blocks = [paragraph('Nothing is easier. Run this:'), code('make it'), paragraph('Done.')];
    expect(extended(blocks, 'Run this:')).toBe('Run this:\n\nmake it');
    const steps = [paragraph('Do this:'), ...list(['Knock', 'Enter'])];
    expect(extended(steps, 'Do this:')).toBe('Do this:\n\nKnock\nEnter');
  });

  test('running text is what was chosen', () => {
    const blocks = [paragraph('It rained. They met. It was late.'), paragraph('Nobody came.')];
    expect(extended(blocks, 'They met.')).toBe('They met.');
  });
});
