import type { Database } from 'better-sqlite3';
import { codeBytes } from '../vectors/sign-codes.js';
import { storedVectorBytes } from '../vectors/stored-vector.js';
import { readManifest } from './manifest.js';
import { parseTokens } from './rows.js';
import {
  articleChecksum,
  embeddingsChecksum,
  isIntactText,
  passageChecksum,
  type StoredArticle,
  type StoredEmbeddings,
  type StoredPassage,
  VERIFIED_ARTICLE,
  VERIFIED_EMBEDDINGS,
  VERIFIED_PASSAGE,
  valueChecksum,
} from './verification.js';

/** A checksum that no row has. */
const DAMAGED = -1;

/**
 * Stores the checksums of all rows of a library that has none. Rows that cannot be as they were written get one that is wrong:
 * articles that differ from their SHA-256, and rows that do not fit the text. Call it within a transaction.
 */
export function storeChecksums(database: Database): void {
  storeManifestChecksums(database);
  const dimensions = readManifest(database)?.dimensions ?? 0;
  const articles = database.prepare('SELECT key FROM articles').pluck().all() as number[];
  const selectArticle = database.prepare(`SELECT ${VERIFIED_ARTICLE} FROM articles WHERE key = ?`);
  const selectPassage = database.prepare(
    `SELECT ${VERIFIED_PASSAGE} FROM passages p JOIN articles a ON a.key = p.article WHERE p.key = ?`,
  );
  const selectPassageKeys = database.prepare('SELECT key FROM passages WHERE article = ? ORDER BY key').pluck();
  const updateArticle = database.prepare('UPDATE articles SET checksum = ? WHERE key = ?');
  const updatePassage = database.prepare('UPDATE passages SET checksum = ? WHERE key = ?');
  const selectEmbeddings = database.prepare(`SELECT ${VERIFIED_EMBEDDINGS} FROM article_embeddings WHERE article = ?`);
  const updateEmbeddings = database.prepare('UPDATE article_embeddings SET checksum = ? WHERE article = ?');
  for (const key of articles) {
    const article = selectArticle.get(key) as StoredArticle;
    const isUsable = isIntactText(article) && fitsText([article.blocks, article.marks], article.text.length);
    updateArticle.run(isUsable ? articleChecksum(article) : DAMAGED, key);
    const embeddings = selectEmbeddings.get(key) as StoredEmbeddings;
    const passageKeys = selectPassageKeys.all(key) as number[];
    updateEmbeddings.run(
      fitsPassages(embeddings, passageKeys, dimensions) ? embeddingsChecksum(embeddings) : DAMAGED,
      key,
    );
    for (const passageKey of passageKeys) {
      const passage = selectPassage.get(passageKey) as StoredPassage;
      const fits = fitsArticle(passage, article) && fitsModel(passage, dimensions);
      updatePassage.run(fits ? passageChecksum(passage) : DAMAGED, passageKey);
    }
  }
}

function storeManifestChecksums(database: Database): void {
  const values = database.prepare('SELECT name, value FROM manifest').all() as { name: string; value: string }[];
  const update = database.prepare('UPDATE manifest SET checksum = ? WHERE name = ?');
  for (const { name, value } of values) update.run(valueChecksum(name, value), name);
}

/** Whether a passage has a code for each token. */
function fitsModel({ tokens, codes }: StoredPassage, dimensions: number): boolean {
  return codes.length === parseTokens(tokens).length * codeBytes(dimensions);
}

/** Whether the keys of the passages follow each other, and each passage has a vector of the model. */
function fitsPassages(
  { first_passage, vectors }: StoredEmbeddings,
  keys: readonly number[],
  dimensions: number,
): boolean {
  return (
    keys.every((key, index) => key === first_passage + index) &&
    vectors.length === keys.length * storedVectorBytes(dimensions)
  );
}

function fitsArticle({ start, end, sentences, context }: StoredPassage, { text }: StoredArticle): boolean {
  return isSpan(start, end, text.length) && fitsText([sentences, context], text.length);
}

/** Whether lists of spans are JSON and end within the text. A span is an object with `start` and `end`, or begins with these two. */
function fitsText(lists: readonly string[], length: number): boolean {
  try {
    return lists.every((list) =>
      (JSON.parse(list) as ({ start: unknown; end: unknown } | [unknown, unknown])[]).every((span) =>
        Array.isArray(span) ? isSpan(span[0], span[1], length) : isSpan(span.start, span.end, length),
      ),
    );
  } catch {
    return false;
  }
}

function isSpan(start: unknown, end: unknown, length: number): boolean {
  return isOffset(start, end) && isOffset(end, length);
}

function isOffset(value: unknown, max: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= Number(max);
}
