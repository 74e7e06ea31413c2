import type { Article } from '../corpus/article.js';
import type { Block, ContextSpan, Mark } from '../corpus/block.js';
import type { Omission } from '../corpus/hidden-text.js';
import type { Sentence } from '../corpus/sentence.js';
import type { StoredArticle } from './verification.js';

/** The SQL columns that make an `ArticleReference`. */
export const REFERENCE_COLUMNS = 'id, title, url, publisher, published, file, collection';

/** Converts a stored article. */
export function toArticle(row: StoredArticle): Article {
  const { id, title, url, publisher, published, file, collection, text, sha256, language } = row;
  const blocks = parseBlocks(row.blocks);
  const marks = parseMarks(row.marks);
  const omitted = JSON.parse(row.omitted) as Omission[];
  return { id, title, url, publisher, published, file, collection, text, sha256, language, blocks, marks, omitted };
}

/** Reads blocks stored as JSON. */
export function parseBlocks(value: string): Block[] {
  return JSON.parse(value) as Block[];
}

/** Reads marks stored as JSON. */
export function parseMarks(value: string): Mark[] {
  return JSON.parse(value) as Mark[];
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
