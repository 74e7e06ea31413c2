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
