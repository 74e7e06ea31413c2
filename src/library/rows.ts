import type { Article, ArticleReference } from '../corpus/article.js';
import type { Block, ContextSpan, Mark } from '../corpus/block.js';
import type { Omission } from '../corpus/hidden-text.js';
import type { Sentence } from '../corpus/sentence.js';

/** The SQL columns that make an {@link ArticleReference}. */
export const REFERENCE_COLUMNS = 'id, title, url, publisher, published, file, collection';

/** An article as stored in the table `articles`. */
export interface ArticleRow extends ArticleReference {
  readonly text: string;
  readonly sha256: string;
  readonly language: string | null;
  /** JSON. */
  readonly blocks: string;
  /** JSON. */
  readonly marks: string;
  /** JSON. */
  readonly omitted: string;
}

/** Converts a stored article. */
export function toArticle({ blocks, marks, omitted, ...rest }: ArticleRow): Article {
  return {
    ...rest,
    blocks: parseBlocks(blocks),
    marks: JSON.parse(marks) as Mark[],
    omitted: JSON.parse(omitted) as Omission[],
  };
}

/** Reads blocks stored as JSON. */
export function parseBlocks(value: string): Block[] {
  return JSON.parse(value) as Block[];
}

/** Formats sentences as JSON: `[start, end, tokens, isLabel]` for each, with 1 for a label and 0 for a sentence. */
export function formatSentences(sentences: readonly Sentence[]): string {
  return JSON.stringify(sentences.map(({ start, end, tokens, isLabel }) => [start, end, tokens, isLabel ? 1 : 0]));
}

/** Reads what {@link formatSentences} wrote. */
export function parseSentences(value: string): Sentence[] {
  return (JSON.parse(value) as [number, number, number, number][]).map(([start, end, tokens, isLabel]) => ({
    start,
    end,
    tokens,
    isLabel: isLabel === 1,
  }));
}

/** Reads the context of a passage stored as JSON. */
export function parseContext(value: string): ContextSpan[] {
  return JSON.parse(value) as ContextSpan[];
}

/** Reads float32 values. It copies them because SQLite's buffers are not aligned to four bytes. */
export function toFloats(blob: Buffer): Float32Array {
  return new Float32Array(blob.buffer.slice(blob.byteOffset, blob.byteOffset + blob.byteLength));
}

/** Reads token ids. It copies them because SQLite's buffers are not aligned to four bytes. */
export function toTokens(blob: Buffer): Uint32Array {
  return new Uint32Array(blob.buffer.slice(blob.byteOffset, blob.byteOffset + blob.byteLength));
}

/** Views a typed array as the bytes to store. */
export function toBlob(values: Float32Array | Uint32Array | Uint8Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}
