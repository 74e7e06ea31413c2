import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Full-text searches that two equal libraries must answer alike. */
const SEARCHES = [
  'lighthouse',
  'bronze OR bells',
  'copper',
  'harbour AND master',
  '"rye bread"',
  'number',
  'ferry OR council',
];

/** Everything in a library except the keys of its rows: they depend on the order in which articles were indexed. */
export interface LibraryContents {
  /** In order of their id, with the codes of their titles and the vectors of their passages as checksums. */
  readonly articles: readonly object[];
  /** In order of their id, with tokens and codes as checksums. */
  readonly passages: readonly object[];
  readonly tokenFrequencies: readonly object[];
  readonly wordFrequencies: readonly object[];
  /** The ids of the passages and articles that each search finds. */
  readonly found: readonly object[];
}

/**
 * Reads a library that is not being written.
 *
 * @throws if SQLite finds it damaged.
 */
export function contentsOf(indexFolder: string): LibraryContents {
  const database = new Database(join(indexFolder, 'library.sqlite'), { readonly: true });
  try {
    const integrity = database.pragma('integrity_check', { simple: true });
    if (integrity !== 'ok') throw new Error(`The library is damaged: ${String(integrity)}`);
    const passages = database
      .prepare(
        `SELECT p.id, a.id AS article, p.ordinal, p.start, p.end, p.sentences, p.tokens, p.codes
         FROM passages p JOIN articles a ON a.key = p.article ORDER BY p.id`,
      )
      .all() as ({ tokens: Buffer; codes: Buffer } & Record<string, unknown>)[];
    const articles = database
      .prepare(
        'SELECT id, file, collection, title, url, publisher, published, language, text, sha256, blocks, marks, omitted, fingerprint, vectors, title_codes AS titleCodes FROM articles LEFT JOIN article_embeddings ON article = key ORDER BY id',
      )
      .all() as ({ titleCodes: Buffer; vectors: Buffer } & Record<string, unknown>)[];
    return {
      articles: articles.map(({ titleCodes, vectors, ...rest }) => ({
        ...rest,
        titleCodes: checksum(titleCodes),
        vectors: checksum(vectors),
      })),
      passages: passages.map(({ tokens, codes, ...rest }) => ({
        ...rest,
        tokens: checksum(tokens),
        codes: checksum(codes),
      })),
      tokenFrequencies: database
        .prepare('SELECT token, passages FROM token_frequencies ORDER BY token')
        .all() as object[],
      wordFrequencies: database.prepare('SELECT word, articles FROM word_frequencies ORDER BY word').all() as object[],
      found: SEARCHES.map((search) => ({
        search,
        passages: database
          .prepare(
            'SELECT p.id FROM passage_terms t LEFT JOIN passages p ON p.key = t.rowid WHERE passage_terms MATCH ? ORDER BY p.id',
          )
          .pluck()
          .all(search),
        articles: database
          .prepare(
            'SELECT a.id FROM article_terms t LEFT JOIN articles a ON a.key = t.rowid WHERE article_terms MATCH ? ORDER BY a.id',
          )
          .pluck()
          .all(search),
      })),
    };
  } finally {
    database.close();
  }
}

/** The BM25 scores of the passages that each search finds, best first. */
export function termScoresOf(indexFolder: string): readonly object[] {
  const database = new Database(join(indexFolder, 'library.sqlite'), { readonly: true });
  try {
    return SEARCHES.map((search) => ({
      search,
      scores: database
        .prepare(
          'SELECT p.id, round(-t.rank, 6) AS score FROM passage_terms t JOIN passages p ON p.key = t.rowid WHERE passage_terms MATCH ? ORDER BY score DESC, p.id',
        )
        .all(search),
    }));
  } finally {
    database.close();
  }
}

function checksum(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
