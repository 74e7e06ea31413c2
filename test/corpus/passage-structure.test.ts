import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Passage } from '../../src/corpus/passage.js';
import type { SourceBlock } from '../../src/reading/compose.js';
import { passagesOf, sentenceOf, textOf } from './generated-articles.js';
import { code, definition, entry, heading, list, paragraph, structuredArticle, table } from './structured-article.js';

const textsOf = (blocks: readonly SourceBlock[]): string[] => {
  const article = structuredArticle(blocks);
  return passagesOf(article).map((passage) => textOf(article, passage));
};

describe('passages follow the structure', () => {
  test('an introduction stays with the first thing that it introduces', () => {
    const introduction = `${sentenceOf(30)} These boats may land:`;
    const items = [sentenceOf(75, 1), sentenceOf(75, 2)];
    expect(textsOf([paragraph(introduction), ...list(items)])).toEqual([`${introduction}\n\n${items[0]}`, items[1]]);
  });

  test('short items are joined to a list', () => {
    expect(textsOf([paragraph('Not allowed:'), ...list(['Glass', 'Knives', 'Loose chalk'])])).toEqual([
      'Not allowed:\n\nGlass\nKnives\nLoose chalk',
    ]);
  });

  test('a question opens a passage and stays with its answer', () => {
    expect(textsOf([...entry('May dogs come?', 'Yes.'), ...entry('And cats?', 'No.')])).toEqual([
      'May dogs come?\n\nYes.',
      'And cats?\n\nNo.',
    ]);
  });

  test('a term stays with its definition', () => {
    const long = definition('--quiet', sentenceOf(60));
    expect(textsOf([...definition('--loud', sentenceOf(70, 1)), ...long])).toEqual([
      `--loud\n${sentenceOf(70, 1)}`,
      `--quiet\n${sentenceOf(60)}`,
    ]);
  });

  test('a header row stays with the first row below it, and later rows have it as their context', () => {
    const rows = Array.from({ length: 30 }, (_, index) => [`Station ${index}`, sentenceOf(10, index)]);
    const article = structuredArticle(table([['Station', 'Remark'], ...rows]));
    const passages = passagesOf(article);
    expect(passages.length).toBeGreaterThan(2);
    expect(textOf(article, passages[0] as Passage)).toMatch(/^Station \| Remark\nStation 0 \|/);
    for (const { context } of passages.slice(1))
      expect(context.map(({ role, start, end }) => [role, article.text.slice(start, end)])).toEqual([
        ['header-row', 'Station | Remark'],
      ]);
  });

  test('code is not parted unless it is too long, and then only between its lines', () => {
    const lines = Array.from({ length: 80 }, (_, index) => `step ${index} of the whole program`);
    expect(textsOf([code(lines.slice(0, 10).join('\n'))])).toHaveLength(1);
    const pieces = textsOf([code(lines.join('\n'))]);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('\n')).toBe(lines.join('\n'));
  });

  test('a line of long code keeps its indentation', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `    return value number ${index} of the table`);
    const article = structuredArticle([code(['if known:', ...lines].join('\n'))]);
    const [, second] = passagesOf(article).flatMap(({ sentences }) => sentences);
    expect(article.text.slice(second?.start, second?.end)).toBe(lines[0]);
  });

  test('a term or question with nothing below it can be quoted, and a heading cannot', () => {
    const labels = (blocks: readonly SourceBlock[]): boolean[] =>
      passagesOf(structuredArticle(blocks)).flatMap(({ sentences }) => sentences.map(({ isLabel }) => isLabel));
    expect(labels([{ kind: 'term', text: 'Bollard' }])).toEqual([false]);
    expect(labels([{ kind: 'question', text: 'Why?' }, heading('Next')])).toEqual([false, true]);
    expect(labels(entry('Why?', 'Because.'))).toEqual([true, false]);
  });
});

/** Blocks of every kind, with a few words each. */
const blocks = fc.array(
  fc
    .tuple(
      fc.constantFrom('heading', 'paragraph', 'item', 'row', 'code', 'entry', 'definition', 'note', 'boilerplate'),
      fc.array(fc.stringMatching(/^[a-z]{1,8}[.:]?$/), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([kind, words, number]): SourceBlock[] => {
      const text = words.join(' ');
      if (kind === 'entry') return entry(`${text}?`, text);
      if (kind === 'definition') return definition(text, text);
      if (kind === 'row')
        return table(
          [
            [text, 'b'],
            ['c', text],
          ],
          number,
        );
      if (kind === 'item') return list([text, text], number, number);
      if (kind === 'code') return [code(words.join('\n'))];
      if (kind === 'heading') return [heading(text, number)];
      return [{ kind, text }];
    }),
  { maxLength: 15 },
);

test('whatever the structure, passages lose nothing but boilerplate, and their context lies outside them', () => {
  fc.assert(
    fc.property(blocks, (written) => {
      const article = structuredArticle(written.flat());
      const passages = passagesOf(article);
      let end = 0;
      for (const passage of passages) {
        for (const block of article.blocks.filter((one) => one.start < passage.start && one.end > end))
          expect(block.kind).toBe('boilerplate');
        for (const part of passage.context) expect(part.end <= passage.start || part.start >= passage.end).toBe(true);
        expect(passage.sentences.every((sentence) => sentence.end > sentence.start)).toBe(true);
        end = passage.end;
      }
      expect(article.blocks.filter((block) => block.start >= end && block.kind !== 'boilerplate')).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
