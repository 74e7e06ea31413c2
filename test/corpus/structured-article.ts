import type { Article } from '../../src/corpus/article.js';
import { articleId } from '../../src/corpus/identifier.js';
import { composeBlocks, type SourceBlock } from '../../src/reading/compose.js';
import { sha256 } from './generated-articles.js';

/** An article of these blocks, with the context that readers of files add. */
export function structuredArticle(blocks: readonly SourceBlock[], title: string | null = null): Article {
  return {
    id: articleId('structured.md', sha256),
    title,
    url: null,
    publisher: null,
    published: null,
    file: 'structured.md',
    collection: null,
    sha256: '',
    language: null,
    omitted: [],
    ...composeBlocks(blocks, title),
  };
}

/** A heading. */
export function heading(text: string, level = 2): SourceBlock {
  return { kind: 'heading', level, text };
}

/** A paragraph. */
export function paragraph(text: string): SourceBlock {
  return { kind: 'paragraph', text };
}

/** The items of one list. @param group Tells the list from others. */
export function list(texts: readonly string[], group = 1, depth = 1): SourceBlock[] {
  return texts.map((text) => ({ kind: 'item', text, depth, group }));
}

/** The rows of one table, the first of them the header. @param group Tells the table from others. */
export function table(rows: readonly (readonly string[])[], group = 1): SourceBlock[] {
  return rows.map((cells, index) => {
    let start = 0;
    const spans = cells.map((cell) => {
      const span = { start, end: start + cell.length };
      start = span.end + 3;
      return span;
    });
    return { kind: 'row', text: cells.join(' | '), cells: spans, group, ...(index === 0 && { isHeader: true }) };
  });
}

/** Code. */
export function code(text: string, language?: string): SourceBlock {
  return { kind: 'code', text, ...(language !== undefined && { language }) };
}

/** A question with its answer. */
export function entry(question: string, answer: string): SourceBlock[] {
  return [
    { kind: 'question', text: question },
    { kind: 'answer', text: answer, under: 'question' },
  ];
}

/** A term with its definition. */
export function definition(term: string, text: string): SourceBlock[] {
  return [
    { kind: 'term', text: term },
    { kind: 'definition', text, under: 'term' },
  ];
}
