import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { requireBuild } from '../../build.js';
import { SHARED_INDEXES } from '../../shared-indexes.js';

const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** A folder of articles with their index, which a bot can be started on. */
export interface IndexedFolder {
  /** Path of the folder with the articles. */
  readonly seeds: string;
  /** Path of the folder with the index. */
  readonly index: string;
  /** Runs `footnote index`, to pick up what changed in the articles. Options such as `--rebuild` are passed on. */
  update(...options: string[]): Promise<void>;
  /** Asks questions with `footnote ask`, and returns the outcome of each: `answered`, `closest` or `not-found`. */
  outcomes(questions: readonly string[]): Promise<string[]>;
  /** Copies the articles and their index into a new folder. */
  copy(): IndexedFolder;
  /** Deletes the articles and their index. */
  remove(): void;
}

/** A row of the library's table of articles. */
export interface StoredArticle {
  readonly id: string;
  /** Path below the folder of articles, or `file#id` for a line of a bulk file. */
  readonly file: string;
  readonly title: string | null;
  readonly url: string | null;
  readonly text: string;
}

/** A passage as the library stores it, with its article. */
export interface StoredPassage {
  readonly id: string;
  readonly text: string;
  readonly article: StoredArticle;
}

/**
 * Writes articles into a new folder and indexes them.
 *
 * Indexing takes seconds, because it starts the CLI and loads the embedding model, and nearly all test files use the
 * same few articles. So each set of articles is indexed only once per test run: the first file that needs it puts a
 * copy of the index into a folder that all test files share (see `shared-indexes.ts`), named after a hash of the
 * articles, and the files after it copy it from there. A file never works on the shared copy itself: tests change
 * articles, settings and votes.
 *
 * @param write Writes the articles into the folder that it is given.
 */
export async function indexSeeds(write: (folder: string) => void): Promise<IndexedFolder> {
  requireBuild();
  const folder = newFolder();
  write(join(folder, 'seeds'));
  const indexed = indexedFolder(folder);
  const shared = join(process.env[SHARED_INDEXES] ?? folder, fingerprintOf(indexed.seeds));
  if (existsSync(shared)) cpSync(shared, indexed.index, { recursive: true });
  else {
    await indexed.update();
    shareIndex(indexed.index, shared);
  }
  return indexed;
}

/**
 * Copies an index to where other test files find it. Another process may be reading or writing there, so the copy is
 * made next to it and then renamed: it appears all at once. If another file was faster, its index is just as good.
 */
function shareIndex(index: string, shared: string): void {
  const own = `${shared}-${process.pid}`;
  cpSync(index, own, { recursive: true });
  try {
    renameSync(own, shared);
  } catch {
    rmSync(own, { recursive: true });
  }
}

/** A hash of the names and contents of all files in a folder. */
function fingerprintOf(folder: string): string {
  const digest = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of files.map(({ parentPath, name }) => join(parentPath, name)).toSorted())
    digest
      .update(`${relative(folder, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return digest.digest('hex').slice(0, 32);
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'footnote-test-'));
}

function indexedFolder(folder: string): IndexedFolder {
  const seeds = join(folder, 'seeds');
  const index = join(folder, 'index');
  const run = (args: readonly string[], input = '') =>
    runCli(['--seeds', seeds, '--index', index, ...args], { cwd: folder, input });
  return {
    seeds,
    index,
    update: async (...options) => void (await run(['index', ...options])),
    outcomes: async (questions) => {
      const lines = (await run(['--json', 'ask'], questions.join('\n'))).trim().split('\n');
      return lines.map((line) => (JSON.parse(line) as { outcome: string }).outcome);
    },
    copy: () => {
      const target = newFolder();
      cpSync(folder, target, { recursive: true });
      return indexedFolder(target);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs the built CLI. @returns What it printed on stdout. */
async function runCli(
  args: readonly string[],
  { cwd, input }: { readonly cwd: string; readonly input: string },
): Promise<string> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    // For a few articles one embedding process is enough: starting more takes longer than they save.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, FOOTNOTE_WORKERS: '1' },
  });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      printed[stream] += text;
    });
  }
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`footnote ${args.join(' ')} ended with code ${code}:\n${printed.stderr}`);
  return printed.stdout;
}

/** All passages of an index, in the order of their articles. */
export function readPassages({ index }: Pick<IndexedFolder, 'index'>): StoredPassage[] {
  const database = new Database(join(index, 'library.sqlite'), { readonly: true });
  try {
    const articles = database
      .prepare('SELECT key, id, file, title, url, text FROM articles')
      .all() as (StoredArticle & { key: number })[];
    const passagesOf = database.prepare('SELECT id, start, end FROM passages WHERE article = ? ORDER BY ordinal');
    return articles.flatMap(({ key, ...article }) =>
      (passagesOf.all(key) as { id: string; start: number; end: number }[]).map(({ id, start, end }) => ({
        id,
        text: article.text.slice(start, end),
        article,
      })),
    );
  } finally {
    database.close();
  }
}

/** One passage of an article. @param number Counted from 0. @throws {Error} if the article has no such passage. */
export function passageIn(folder: Pick<IndexedFolder, 'index'>, file: string, number = 0): StoredPassage {
  const passage = readPassages(folder).filter(({ article }) => article.file === file)[number];
  if (passage === undefined) throw new Error(`${file} has no passage ${number}`);
  return passage;
}

/** Runs an SQL statement on the library while the bot has it open. */
export function alterLibrary(folder: Pick<IndexedFolder, 'index'>, statement: string): void {
  alter(join(folder.index, 'library.sqlite'), statement);
}

/** Reads rows of the file with settings, votes and unanswered questions, while the bot runs. */
export function readCommunity(folder: Pick<IndexedFolder, 'index'>, query: string): unknown[] {
  const database = new Database(join(folder.index, 'community.sqlite'), { readonly: true });
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
}

/** Runs an SQL statement on the votes, settings and questions while the bot has them open. */
export function alterCommunity(folder: Pick<IndexedFolder, 'index'>, statement: string): void {
  alter(join(folder.index, 'community.sqlite'), statement);
}

function alter(path: string, statement: string): void {
  const database = new Database(path);
  try {
    // Renaming a table leaves the triggers and views that name it as they are.
    database.pragma('legacy_alter_table = ON');
    database.exec(statement);
  } finally {
    database.close();
  }
}
