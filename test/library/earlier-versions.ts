import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Block } from '../../src/corpus/block.js';
import { parseTokens } from '../../src/library/rows.js';
import { decodeVector } from '../../src/vectors/stored-vector.js';

/** Turns a library into one with schema version 1, from before titles were embedded and words were counted. */
export function turnIntoVersion1(indexFolder: string): void {
  turnIntoVersion2(indexFolder);
  const database = new Database(join(indexFolder, 'library.sqlite'));
  database.exec(`
    ALTER TABLE articles DROP COLUMN title_codes;
    DROP TABLE word_frequencies;
    -- Articles were read differently then, so their fingerprints differ.
    UPDATE articles SET fingerprint = 'of version 1, ' || substr(fingerprint, 1, 50);
    PRAGMA user_version = 1;
  `);
  database.close();
}

/**
 * Turns a library into one with schema version 3, which had the vectors of passages as floats, their tokens in four
 * bytes each, and no checksums.
 */
export function turnIntoVersion3(indexFolder: string): void {
  const database = new Database(join(indexFolder, 'library.sqlite'));
  database.exec(`
    ALTER TABLE articles ADD COLUMN title_codes BLOB NOT NULL DEFAULT x'';
    UPDATE articles SET title_codes = (SELECT title_codes FROM article_embeddings WHERE article = key);
    ALTER TABLE passages ADD COLUMN vector BLOB NOT NULL DEFAULT x'';
    DELETE FROM manifest WHERE name = 'search-tables';
    ALTER TABLE articles DROP COLUMN checksum;
    ALTER TABLE passages DROP COLUMN checksum;
    ALTER TABLE manifest DROP COLUMN checksum;
    PRAGMA user_version = 3;
  `);
  const update = database.prepare('UPDATE passages SET vector = ?, tokens = ? WHERE key = ?');
  const selectTokens = database.prepare('SELECT tokens FROM passages WHERE key = ?').pluck();
  const rows = database.prepare('SELECT article, first_passage AS first, vectors FROM article_embeddings').all() as {
    article: number;
    first: number;
    vectors: Buffer;
  }[];
  for (const { article, first, vectors } of rows) {
    const count = database.prepare('SELECT count(*) FROM passages WHERE article = ?').pluck().get(article) as number;
    const bytes = vectors.length / count;
    for (let index = 0; index < count; index++) {
      const vector = decodeVector(vectors.subarray(index * bytes, (index + 1) * bytes));
      const tokens = parseTokens(selectTokens.get(first + index) as Buffer);
      update.run(Buffer.from(vector.buffer), Buffer.from(tokens.buffer), first + index);
    }
  }
  database.exec('DROP TABLE article_embeddings');
  database.close();
}

/** Turns a library into one with schema version 2, which had paragraphs of four kinds instead of blocks. */
export function turnIntoVersion2(indexFolder: string): void {
  turnIntoVersion3(indexFolder);
  const database = new Database(join(indexFolder, 'library.sqlite'));
  const rows = database.prepare('SELECT key, title, text, blocks FROM articles').all() as {
    key: number;
    title: string | null;
    text: string;
    blocks: string;
  }[];
  database.exec(`
    ALTER TABLE articles RENAME COLUMN blocks TO paragraphs;
    ALTER TABLE articles DROP COLUMN marks;
    ALTER TABLE articles DROP COLUMN omitted;
    ALTER TABLE passages DROP COLUMN context;
    ALTER TABLE passages DROP COLUMN section_codes;
    ALTER TABLE passages DROP COLUMN context_codes;
    DROP TABLE article_terms;
    CREATE VIRTUAL TABLE article_terms USING fts5 (title, text, content = '', tokenize = 'porter unicode61 remove_diacritics 2');
    DROP TABLE passage_terms;
    CREATE VIRTUAL TABLE passage_terms USING fts5 (text, content = '', tokenize = 'porter unicode61 remove_diacritics 2');
    -- Articles were read differently then, so their fingerprints differ.
    UPDATE articles SET fingerprint = 'of version 2, ' || substr(fingerprint, 1, 50);
    PRAGMA user_version = 2;
  `);
  const update = database.prepare('UPDATE articles SET paragraphs = ? WHERE key = ?');
  // The words were searched as they are written, with words that a line end cuts in two parts.
  const insertTerms = database.prepare('INSERT INTO article_terms (rowid, title, text) VALUES (?, ?, ?)');
  for (const { key, title, text, blocks } of rows) {
    insertTerms.run(key, title ?? '', text);
    const paragraphs = (JSON.parse(blocks) as Block[]).map(({ start, end, kind }) => [
      start,
      end,
      kindInVersion2(kind),
    ]);
    update.run(JSON.stringify(paragraphs), key);
  }
  database.close();
}

function kindInVersion2(kind: Block['kind']): string {
  if (kind === 'boilerplate') return 'furniture';
  return kind === 'title' || kind === 'heading' ? kind : 'body';
}
