import { DamageError, systemCode } from '../user-error.js';

/**
 * What of an index is damaged.
 *
 * - `article`: an article's text, or what is stored about it.
 * - `passage`: what is stored about a passage, such as its embedding.
 * - `manifest`: what the embeddings were made with.
 * - `search`: the full-text tables and frequencies. They can be filled again from the articles.
 * - `file`: the database itself: SQLite cannot read it, or what it reads cannot be.
 */
export type DamagedPart = 'article' | 'passage' | 'manifest' | 'search' | 'file';

/** What is damaged, and where. */
export interface Damage extends ErrorOptions {
  readonly part: DamagedPart;
  /** The index folder. */
  readonly indexFolder: string;
  /** The damaged article, or the article of the damaged passage: its path below the seeds folder. Null if it is unknown. */
  readonly file?: string | null;
}

/**
 * Thrown instead of anything that is not as it was stored, so that it is never quoted. It ends one question; others may not
 * touch what is damaged.
 */
export class DamagedIndexError extends DamageError {
  override readonly name = 'DamagedIndexError';
  readonly part: DamagedPart;
  readonly indexFolder: string;
  readonly file: string | null;

  constructor({ part, indexFolder, file = null, ...options }: Damage) {
    super(`The index in ${indexFolder} is damaged${describeDamage(part, file)}`, options);
    this.part = part;
    this.indexFolder = indexFolder;
    this.file = file;
  }
}

function describeDamage(part: DamagedPart, file: string | null): string {
  const remedy = `. ${REMEDIES[part]}`;
  const article = file === null ? 'an article' : `the article ${file}`;
  switch (part) {
    case 'article':
      return `: ${article} does not match its checksum${remedy}`;
    case 'passage':
      return `: a passage of ${article} does not match its checksum${remedy}`;
    case 'manifest':
      return `: what its embeddings were made with cannot be read${remedy}`;
    case 'search':
      return `: the full-text tables do not match their checksum, so some passages may not be found${remedy}`;
    case 'file':
      return remedy;
  }
}

const REREAD = 'Run `footnote index` to read it again; `footnote doctor --deep` finds everything that is damaged.';
const REBUILD = 'Rebuild it with `footnote index --rebuild`.';
const REMEDIES: Readonly<Record<DamagedPart, string>> = {
  article: REREAD,
  passage: REREAD,
  manifest: REBUILD,
  search: 'Run `footnote index` to write them again.',
  file: REBUILD,
};

/** SQLite's codes for a database that is not as it was written, such as `SQLITE_CORRUPT_INDEX`. */
const DAMAGE_CODES = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_FORMAT', 'SQLITE_TOOBIG', 'SQLITE_MISMATCH'];

/**
 * What SQLite says if a table or column is gone, or is there already because the version is damaged, or the words that define one are.
 * They all have the code `SQLITE_ERROR`, which mistakes in our own statements have as well.
 */
const DAMAGED_SCHEMA =
  /^no such (?:table|column|module|tokenizer)|has no column named|already exists$|^duplicate column name|^vtable constructor failed|^invalid fts5 file format|^malformed JSON/;

/** Whether SQLite's error says that the database is damaged. */
export function isDamagedDatabase(error: unknown): boolean {
  const code = systemCode(error);
  if (DAMAGE_CODES.some((known) => isCodeOf(code, known))) return true;
  return code === 'SQLITE_ERROR' && error instanceof Error && DAMAGED_SCHEMA.test(error.message);
}

/** SQLite appends the cause to a code: `SQLITE_READONLY_DBMOVED` is a kind of `SQLITE_READONLY`. */
export function isCodeOf(code: string | null, known: string): boolean {
  return code !== null && (code === known || code.startsWith(`${known}_`));
}
