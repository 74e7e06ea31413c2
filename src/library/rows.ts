import type { Article, ArticleReference, Paragraph, ParagraphKind } from '../corpus/article.js';
import type { Sentence } from '../corpus/passage.js';

/** Columns of an article's reference, in SQL. */
export const REFERENCE_COLUMNS = 'id, title, url, publisher, published, file, collection';

export type ReferenceRow = ArticleReference;

export interface ArticleRow extends ReferenceRow {
  readonly text: string;
  readonly sha256: string;
  readonly language: string | null;
  readonly paragraphs: string;
}

export function toArticle(row: ArticleRow): Article {
  const { paragraphs, ...rest } = row;
  return { ...rest, paragraphs: parseParagraphs(paragraphs) };
}

/** Stored as JSON: [start, end, kind] for each paragraph. */
export function formatParagraphs(paragraphs: readonly Paragraph[]): string {
  return JSON.stringify(paragraphs.map(({ start, end, kind }) => [start, end, kind]));
}

export function parseParagraphs(value: string): Paragraph[] {
  return (JSON.parse(value) as [number, number, ParagraphKind][]).map(([start, end, kind]) => ({ start, end, kind }));
}

/** Stored as JSON: [start, end, tokens, 1 for a heading] for each sentence. */
export function formatSentences(sentences: readonly Sentence[]): string {
  return JSON.stringify(sentences.map(({ start, end, tokens, isHeading }) => [start, end, tokens, isHeading ? 1 : 0]));
}

export function parseSentences(value: string): Sentence[] {
  return (JSON.parse(value) as [number, number, number, number][]).map(([start, end, tokens, isHeading]) => ({
    start,
    end,
    tokens,
    isHeading: isHeading === 1,
  }));
}

/** A copy: SQLite's buffers are not aligned for floats. */
export function toFloats(blob: Buffer): Float32Array {
  return new Float32Array(blob.buffer.slice(blob.byteOffset, blob.byteOffset + blob.byteLength));
}

export function toTokens(blob: Buffer): Uint32Array {
  return new Uint32Array(blob.buffer.slice(blob.byteOffset, blob.byteOffset + blob.byteLength));
}

export function toBlob(values: Float32Array | Uint32Array | Uint8Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}
