import type { Excerpt } from '../../src/corpus/excerpt.js';

/** An excerpt that is one paragraph, from the beginning of an article without headings. */
export function plainExcerpt(text: string, known: Partial<Excerpt> = {}): Excerpt {
  return {
    text,
    start: 0,
    blocks: [{ kind: 'paragraph', start: 0, end: text.length }],
    marks: [],
    context: [],
    introduction: [],
    location: { anchor: null, page: null, time: null },
    ...known,
  };
}
