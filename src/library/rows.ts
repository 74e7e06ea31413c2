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

/** The stored name of a kind. Boilerplate keeps the name that the first libraries gave it, so that no index has to be migrated. */
type StoredKind = Exclude<ParagraphKind, 'boilerplate'> | 'furniture';

/** Formats paragraphs as JSON: `[start, end, kind]` for each. */
export function formatParagraphs(paragraphs: readonly Paragraph[]): string {
  const rows = paragraphs.map(({ start, end, kind }): [number, number, StoredKind] => [
    start,
    end,
    kind === 'boilerplate' ? 'furniture' : kind,
  ]);
  return JSON.stringify(rows);
}

/** Reads what `formatParagraphs` wrote. */
export function parseParagraphs(value: string): Paragraph[] {
  const rows = JSON.parse(value) as [number, number, StoredKind][];
  return rows.map(([start, end, kind]) => ({ start, end, kind: kind === 'furniture' ? 'boilerplate' : kind }));
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
