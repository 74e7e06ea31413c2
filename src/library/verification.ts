import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { DamagedIndexError } from '../storage/damaged-index-error.js';
import { sha256Hex } from '../storage/sha256.js';
import { storedVectorBytes } from '../vectors/stored-vector.js';

/**
 * Every row of an article and of a passage is stored with a checksum of what it says: CRC-32, which notices every single flipped
 * bit and misses other damage once in four billion times. An article's text has its SHA-256 as well. Rows are compared with their
 * checksums whenever they are read for an answer or shown. For a question with 100 candidates that takes about a millisecond.
 */

/** A value that SQLite returns. Damaged rows may have any of them in any column. */
type StoredValue = string | number | Buffer | null;

/** What the checksum of an article covers: everything but its text, which has its SHA-256, and its key. */
const ARTICLE_CHECKED =
  'id, file, collection, title, url, publisher, published, language, sha256, blocks, marks, omitted, fingerprint';

/** The columns of an article that is to be verified: `SELECT ${VERIFIED_ARTICLE} FROM articles`. */
export const VERIFIED_ARTICLE = `${ARTICLE_CHECKED}, text, checksum`;

/** An article read with {@link VERIFIED_ARTICLE}. */
export interface StoredArticle {
  readonly id: string;
  readonly file: string;
  readonly collection: string | null;
  readonly title: string | null;
  readonly url: string | null;
  readonly publisher: string | null;
  readonly published: string | null;
  readonly language: string | null;
  readonly text: string;
  readonly sha256: string;
  /** JSON, like `marks` and `omitted`. */
  readonly blocks: string;
  readonly marks: string;
  readonly omitted: string;
  readonly fingerprint: string;
  readonly checksum: number;
}

/**
 * The columns of a passage `p` of an article `a` that is to be verified. Its checksum also covers what of its article is used with
 * it, so that nobody has to read the whole article to verify that.
 */
export const VERIFIED_PASSAGE = `p.id, p.ordinal, p.start, p.end, p.sentences, p.context, p.tokens, p.codes,
  p.section_codes, p.context_codes, a.id AS articleId, a.collection, a.published, p.checksum`;

/** A passage read with {@link VERIFIED_PASSAGE}. */
export interface StoredPassage {
  readonly id: string;
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  /** JSON, like `context`. */
  readonly sentences: string;
  readonly context: string;
  readonly tokens: Buffer;
  readonly codes: Buffer;
  readonly section_codes: Buffer;
  readonly context_codes: Buffer;
  readonly articleId: string;
  readonly collection: string | null;
  readonly published: string | null;
  readonly checksum: number;
}

/** The columns of the embeddings of an article. */
export const VERIFIED_EMBEDDINGS = 'article, first_passage, title_codes, vectors, checksum';

/** Embeddings read with {@link VERIFIED_EMBEDDINGS}. */
export interface StoredEmbeddings {
  /** The article's key. */
  readonly article: number;
  /** The key of its first passage. Those of the others follow. */
  readonly first_passage: number;
  readonly title_codes: Buffer;
  /** As `encodeVector` returns them, one passage after the other. */
  readonly vectors: Buffer;
  readonly checksum: number;
}

/** The checksum to store with an article. */
export function articleChecksum(row: Omit<StoredArticle, 'text' | 'checksum'>): number {
  return checksumOf(
    [row.id, row.file, row.collection, row.title, row.url, row.publisher, row.published, row.language, row.sha256],
    [row.blocks, row.marks, row.omitted, row.fingerprint],
  );
}

/** The checksum to store with a passage. */
export function passageChecksum(row: Omit<StoredPassage, 'checksum'>): number {
  return checksumOf(
    [row.id, row.ordinal, row.start, row.end, row.articleId, row.collection, row.published],
    [row.sentences, row.context, row.tokens, row.codes, row.section_codes, row.context_codes],
  );
}

/** The checksum to store with the embeddings of an article. */
export function embeddingsChecksum(row: Omit<StoredEmbeddings, 'checksum'>): number {
  return checksumOf([row.article, row.first_passage], [row.title_codes, row.vectors]);
}

/** The checksum to store with a value of the manifest. */
export function valueChecksum(name: string, value: string): number {
  return checksumOf([name], [value]);
}

/**
 * CRC-32 over short values, which are joined because each call takes as long as hundreds of bytes, and long ones. The lengths of
 * these are included, so that nothing can move from one to the next.
 */
function checksumOf(short: readonly StoredValue[], long: readonly StoredValue[]): number {
  let checksum = crc32([...short.map((value) => value ?? NULL), ...long.map(lengthOf)].join('\0'));
  for (const value of long) if (lengthOf(value) > 0) checksum = crc32(value as string | Buffer, checksum);
  return checksum;
}

/** Tells a missing value from an empty one. */
const NULL = '\u0001';

/** -1 for what cannot be the value of its column. */
function lengthOf(value: StoredValue): number {
  return typeof value === 'string' || Buffer.isBuffer(value) ? value.length : -1;
}

/** Whether an article is as it was stored. */
export function isIntactArticle(row: StoredArticle): boolean {
  return row.checksum === articleChecksum(row) && isIntactText(row);
}

/** Whether an article's text is the one that its SHA-256 was made of. */
export function isIntactText({ text, sha256 }: Pick<StoredArticle, 'text' | 'sha256'>): boolean {
  return typeof text === 'string' && sha256Hex(text) === sha256;
}

/** Whether a passage is as it was stored. */
export function isIntactPassage(row: StoredPassage): boolean {
  return row.checksum === passageChecksum(row);
}

/** Whether the embeddings of an article are as they were stored. */
export function isIntactEmbeddings(row: StoredEmbeddings): boolean {
  return row.checksum === embeddingsChecksum(row);
}

/** The error for an article whose embeddings are not as they were stored. */
export function damagedEmbeddings(database: Database, articleKey: number): DamagedIndexError {
  const file = database.prepare('SELECT file FROM articles WHERE key = ?').pluck().get(articleKey);
  return new DamagedIndexError({ part: 'passage', indexFolder: indexFolderOf(database), file: shownFile(file) });
}

/** @throws {DamagedIndexError} if an article is not as it was stored. */
export function verifyArticle(database: Database, row: StoredArticle): void {
  if (isIntactArticle(row)) return;
  throw new DamagedIndexError({ part: 'article', indexFolder: indexFolderOf(database), file: shownFile(row.file) });
}

/** @throws {DamagedIndexError} if a passage is not as it was stored. */
export function verifyPassage(database: Database, row: StoredPassage): void {
  if (isIntactPassage(row)) return;
  const file = database.prepare('SELECT file FROM articles WHERE id = ?').pluck().get(row.articleId);
  throw new DamagedIndexError({ part: 'passage', indexFolder: indexFolderOf(database), file: shownFile(file) });
}

/** The error for a row that other tables refer to and that cannot be found. */
export function lostRow(database: Database): DamagedIndexError {
  return new DamagedIndexError({ part: 'file', indexFolder: indexFolderOf(database) });
}

/** The folder of an open library. */
export function indexFolderOf(database: Database): string {
  return dirname(database.name);
}

/** The name may be what is damaged. */
function shownFile(file: unknown): string | null {
  return typeof file === 'string' && file !== '' ? file : null;
}

/** An article that is not as it was stored, or one of whose passages is not. */
export interface DamagedArticle {
  readonly key: number;
  readonly id: string;
  readonly file: string;
  readonly part: 'article' | 'passage';
}

/**
 * Compares every article and passage with its checksum, a passage at a time. For 10,000 passages that takes a third of a second.
 *
 * @param dimensions The number of values in a vector.
 * @param onProgress Called with how many articles were compared, out of how many.
 */
export function* findDamagedArticles(
  database: Database,
  dimensions: number,
  onProgress: (done: number, total: number) => void = () => {},
): Generator<void, DamagedArticle[], void> {
  const total = database.prepare('SELECT count(*) FROM articles').pluck().get() as number;
  const selectPassages = database.prepare(
    `SELECT ${VERIFIED_PASSAGE} FROM passages p JOIN articles a ON a.key = p.article WHERE p.article = ? ORDER BY p.key`,
  );
  const articles = database
    .prepare(`SELECT key, ${VERIFIED_ARTICLE} FROM articles ORDER BY key`)
    .iterate() as IterableIterator<StoredArticle & { readonly key: number }>;
  const selectEmbeddings = database.prepare(`SELECT ${VERIFIED_EMBEDDINGS} FROM article_embeddings WHERE article = ?`);
  const damaged: DamagedArticle[] = [];
  const vectorBytes = storedVectorBytes(dimensions);
  let done = 0;
  for (const row of articles) {
    const passages = (): Iterable<StoredPassage> => selectPassages.iterate(row.key) as IterableIterator<StoredPassage>;
    const embeddings = selectEmbeddings.get(row.key) as StoredEmbeddings | undefined;
    const part = yield* damagedPartOf(row, embeddings, passages, vectorBytes);
    if (part !== null) {
      const { key, id } = row;
      damaged.push({ key, id, file: shownFile(row.file) ?? `article number ${key}`, part });
    }
    done += 1;
    onProgress(done, total);
  }
  return damaged;
}

/** @param passages Starts a query, which has to be read or the database stays busy. */
function* damagedPartOf(
  article: StoredArticle,
  embeddings: StoredEmbeddings | undefined,
  passages: () => Iterable<StoredPassage>,
  vectorBytes: number,
): Generator<void, DamagedArticle['part'] | null, void> {
  yield;
  if (!isIntactArticle(article)) return 'article';
  if (embeddings === undefined || !isIntactEmbeddings(embeddings)) return 'passage';
  let count = 0;
  for (const passage of passages()) {
    // Every passage up to the last one is there.
    if (!isIntactPassage(passage) || passage.ordinal !== count) return 'passage';
    count += 1;
    yield;
  }
  // Each has its vector, so none is missing at the end.
  return embeddings.vectors.length === count * vectorBytes ? null : 'passage';
}
