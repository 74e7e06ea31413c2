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

/**
 * Formats token ids, most of which take two bytes: seven bits a byte, the lowest first, and the highest bit set in all but the last
 * byte of an id (LEB128).
 */
export function formatTokens(tokenIds: Uint32Array): Buffer {
  const bytes: number[] = [];
  for (const id of tokenIds) {
    let rest = id;
    for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
    bytes.push(rest);
  }
  return Buffer.from(bytes);
}

/** Reads what {@link formatTokens} wrote. */
export function parseTokens(bytes: Uint8Array): Uint32Array {
  const tokenIds: number[] = [];
  let id = 0;
  let shift = 0;
  for (const byte of bytes) {
    id |= (byte & 0x7f) << shift;
    shift += 7;
    if (byte > 0x7f) continue;
    tokenIds.push(id >>> 0);
    id = 0;
    shift = 0;
  }
  return Uint32Array.from(tokenIds);
}

/** Views bytes as what SQLite stores. */
export function toBlob(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Views what SQLite returned as plain bytes. */
export function toBytes({ buffer, byteOffset, byteLength }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
