import type { Article, ArticleReference, Paragraph, ParagraphKind } from '../corpus/article.js';
import type { Sentence } from '../corpus/passage.js';

/** The SQL columns that make an {@link ArticleReference}. */
export const REFERENCE_COLUMNS = 'id, title, url, publisher, published, file, collection';

/** An article as stored in the table `articles`. */
export interface ArticleRow extends ArticleReference {
  readonly text: string;
  readonly sha256: string;
  readonly language: string | null;
  /** JSON, as written by {@link formatParagraphs}. */
  readonly paragraphs: string;
}

/** Converts a stored article. */
export function toArticle(row: ArticleRow): Article {
  const { paragraphs, ...rest } = row;
  return { ...rest, paragraphs: parseParagraphs(paragraphs) };
}

/**
 * The stored name of a kind. Boilerplate keeps the name that the first libraries gave it, so that no index has to be
 * migrated.
 */
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

/** Reads what {@link formatParagraphs} wrote. */
export function parseParagraphs(value: string): Paragraph[] {
  const rows = JSON.parse(value) as [number, number, StoredKind][];
  return rows.map(([start, end, kind]) => ({ start, end, kind: kind === 'furniture' ? 'boilerplate' : kind }));
}

/** Formats sentences as JSON: `[start, end, tokens, isHeading]` for each, with 1 for a heading and 0 for a sentence. */
export function formatSentences(sentences: readonly Sentence[]): string {
  return JSON.stringify(sentences.map(({ start, end, tokens, isHeading }) => [start, end, tokens, isHeading ? 1 : 0]));
}

/** Reads what {@link formatSentences} wrote. */
export function parseSentences(value: string): Sentence[] {
  return (JSON.parse(value) as [number, number, number, number][]).map(([start, end, tokens, isHeading]) => ({
    start,
    end,
    tokens,
    isHeading: isHeading === 1,
  }));
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
