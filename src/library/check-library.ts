import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { DamagedIndexError } from '../storage/damaged-index-error.js';
import { toUserError } from '../storage/storage-errors.js';
import { pluralise } from '../text/pluralise.js';
import { wordsOf } from '../text/words.js';
import { runInSlices } from '../time-slices.js';
import { UserError } from '../user-error.js';
import { codeBytes } from '../vectors/sign-codes.js';
import { storedVectorBytes } from '../vectors/stored-vector.js';
import { LIBRARY_FILE, openForReading } from './library-files.js';
import { readManifest, readSnapshot } from './manifest.js';
import { parseBlocks, parseTokens } from './rows.js';
import { checkVersion, SCHEMA_VERSION, schemaVersionOf } from './schema.js';
import { searchTablesCheck } from './search-tables.js';
import { articleWords } from './searched-text.js';
import { problemWith } from './vector-snapshot.js';
import { findDamagedArticles } from './verification.js';

/** What one part of a library was found to be. */
export interface LibraryCheck {
  readonly name: string;
  /** What is wrong and what to do about it. Empty if nothing is. */
  readonly problems: readonly string[];
}

/** Called as a check goes on: its name, and how much of everything is done, 0 to 1. */
export type CheckProgress = (name: string, share: number) => void;

/** The most problems of one kind that are listed. */
const MAX_LISTED = 20;

const FILE_CHECK = 'index file';

const REINDEX = 'Run `footnote index` to read it again.';
/** The search tables are filled again from the articles whenever something in the index does not match its checksum. */
const RECOUNT = 'Run `footnote index`, and `footnote index --rebuild` if this stays.';
const REBUILD = 'Rebuild the index with `footnote index --rebuild`.';

/**
 * Reads a whole library and compares everything in it with its checksums, and what follows from something else with that. It
 * changes nothing. For 10,000 passages it takes a few seconds.
 */
export async function checkLibrary(folder: string, onProgress: CheckProgress): Promise<LibraryCheck[]> {
  let database: Database.Database;
  try {
    database = openForReading(join(folder, LIBRARY_FILE));
  } catch (error) {
    return [{ name: FILE_CHECK, problems: [messageOf(error, folder)] }];
  }
  const file = join(folder, LIBRARY_FILE);
  const checks: [string, (onShare: (share: number) => void) => string[] | Promise<string[]>][] = [
    [FILE_CHECK, () => fileProblems(database, file)],
    ['articles in the index', (onShare) => articleProblems(database, onShare)],
    ['token codes and vectors', () => codeProblems(database)],
    ['search tables', () => searchProblems(database)],
    ['frequencies', () => [...tokenProblems(database), ...wordProblems(database)]],
    ['vector snapshot', () => snapshotProblems(database, folder)],
  ];
  const found: LibraryCheck[] = [];
  try {
    // All checks see the same state while another process is indexing.
    database.exec('BEGIN');
    for (const [index, [name, find]] of checks.entries()) {
      const onShare = (share: number): void => onProgress(name, (index + share) / checks.length);
      onShare(0);
      found.push({ name, problems: await problemsOf(() => find(onShare), folder) });
      // The tables of other versions have other columns.
      if (name === FILE_CHECK && schemaVersionOf(database) !== SCHEMA_VERSION) break;
    }
    return found;
  } finally {
    database.close();
  }
}

/** What keeps a check from being made is a problem too. */
async function problemsOf(find: () => string[] | Promise<string[]>, folder: string): Promise<string[]> {
  try {
    return await find();
  } catch (error) {
    return [messageOf(error, folder)];
  }
}

function messageOf(error: unknown, folder: string): string {
  const known = error instanceof SyntaxError ? new DamagedIndexError({ part: 'file', indexFolder: folder }) : error;
  const explained = toUserError(known, folder);
  if (explained instanceof UserError) return explained.message;
  throw explained;
}

/** Includes the structure of the full-text tables. */
function fileProblems(database: Database.Database, file: string): string[] {
  checkVersion(database, file);
  const found = database.pragma(`integrity_check(${MAX_LISTED})`) as { integrity_check: string }[];
  const lines = found.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  const orphans = database.pragma('foreign_key_check') as { rowid: number }[];
  if (orphans.length > 0)
    lines.push(`${pluralise(orphans.length, 'passage')} ${orphans.length === 1 ? 'has' : 'have'} no article`);
  if (lines.length > 0) return [...lines, REBUILD];
  const version = schemaVersionOf(database);
  return version === SCHEMA_VERSION ? [] : [`It is of version ${version}. Run \`footnote index\` to upgrade it.`];
}

async function articleProblems(database: Database.Database, onProgress: (share: number) => void): Promise<string[]> {
  const { dimensions = 0 } = readManifest(database) ?? {};
  const damaged = await runInSlices(
    findDamagedArticles(database, dimensions, (done, total) => onProgress(done / total)),
  );
  const lines = damaged.map(({ file, part }) =>
    part === 'article'
      ? `${file} does not match its checksum. ${REINDEX}`
      : `A passage of ${file} does not match its checksum. ${REINDEX}`,
  );
  return listed(lines);
}

/** An article has a vector for each passage, and a passage has a code for each token. */
function codeProblems(database: Database.Database): string[] {
  const dimensions = readManifest(database)?.dimensions ?? 0;
  const width = codeBytes(dimensions);
  const articles = database
    .prepare(
      `SELECT file FROM articles LEFT JOIN article_embeddings ON article = key
       WHERE length(title_codes) % @width <> 0
          OR length(vectors) IS NOT (SELECT count(*) FROM passages p WHERE p.article = articles.key) * @vectorBytes`,
    )
    .pluck()
    .all({ vectorBytes: storedVectorBytes(dimensions), width }) as string[];
  const passages = database
    .prepare(
      `SELECT p.id, a.file, p.tokens, length(p.codes) AS codes, length(section_codes) + length(context_codes) AS others
       FROM passages p JOIN articles a ON a.key = p.article`,
    )
    .iterate() as IterableIterator<{ id: string; file: string; tokens: Buffer; codes: number; others: number }>;
  const lines = articles.map((file) => `The vectors of ${file} do not fit its passages. ${REBUILD}`);
  for (const { id, file, tokens, codes, others } of passages)
    if (codes !== parseTokens(tokens).length * width || others % width !== 0)
      lines.push(`The codes of passage ${id} of ${file} do not fit its tokens. ${REBUILD}`);
  return listed(lines);
}

async function searchProblems(database: Database.Database): Promise<string[]> {
  if (!(await runInSlices(searchTablesCheck(database))))
    return ['They do not match their checksum. Run `footnote index` to write them again.'];
  const missing = [
    ['passages', 'passage_terms_docsize'],
    ['articles', 'article_terms_docsize'],
  ].flatMap(([table, indexed]) => {
    const differing = database
      .prepare(
        `SELECT (SELECT count(*) FROM (SELECT key FROM ${table} EXCEPT SELECT id FROM ${indexed}))
              + (SELECT count(*) FROM (SELECT id FROM ${indexed} EXCEPT SELECT key FROM ${table}))`,
      )
      .pluck()
      .get() as number;
    return differing === 0 ? [] : [`They differ from the ${table} in ${pluralise(differing, 'row')}. ${REBUILD}`];
  });
  return missing;
}

function tokenProblems(database: Database.Database): string[] {
  const counted = new Map<number, number>();
  for (const tokens of database.prepare('SELECT tokens FROM passages').pluck().iterate() as IterableIterator<Buffer>)
    for (const token of new Set(parseTokens(tokens))) counted.set(token, (counted.get(token) ?? 0) + 1);
  return differences(counted, database.prepare('SELECT token, passages FROM token_frequencies'), 'token');
}

function wordProblems(database: Database.Database): string[] {
  const counted = new Map<string, number>();
  const articles = database.prepare('SELECT title, text, blocks FROM articles').iterate() as IterableIterator<{
    title: string | null;
    text: string;
    blocks: string;
  }>;
  for (const { title, text, blocks } of articles)
    for (const word of new Set(wordsOf(`${title ?? ''} ${articleWords(text, parseBlocks(blocks))}`)))
      counted.set(word, (counted.get(word) ?? 0) + 1);
  return differences(counted, database.prepare('SELECT word, articles FROM word_frequencies'), 'word');
}

function differences(
  counted: ReadonlyMap<string | number, number>,
  select: Database.Statement,
  what: 'token' | 'word',
): string[] {
  const stored = new Map(select.raw().all() as [string | number, number][]);
  const wrong = [...new Set([...counted.keys(), ...stored.keys()])].filter(
    (key) => counted.get(key) !== stored.get(key),
  );
  return wrong.length === 0
    ? []
    : [`${pluralise(wrong.length, what)} ${wrong.length === 1 ? 'is' : 'are'} counted wrong. ${RECOUNT}`];
}

async function snapshotProblems(database: Database.Database, folder: string): Promise<string[]> {
  const snapshot = readSnapshot(database);
  const problem = snapshot === null ? null : await problemWith(folder, snapshot);
  return problem === null
    ? []
    : [`${problem}. Run \`footnote index\` to save a new one; until then it is built in memory.`];
}

function listed(lines: readonly string[]): string[] {
  const more = lines.length - MAX_LISTED;
  return [...lines.slice(0, MAX_LISTED), ...(more > 0 ? [`and ${more} more`] : [])];
}
