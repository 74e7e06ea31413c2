import { copyFileSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { systemCode, UserError } from '../user-error.js';
import { type ArchivedFile, writeArchive } from './archive.js';

/** The files of an index folder, as a backup knows them. */
export interface IndexFiles {
  /** The database without which there is no index. */
  readonly library: string;
  /** Other databases and files. They may be missing. */
  readonly databases: readonly string[];
  readonly others: readonly string[];
  /** Returns the name of the vector index that belongs to a library, or null. */
  readonly graphOf: (libraryPath: string) => string | null;
  /** Whether a file of this name is a vector index. */
  readonly isGraph: (name: string) => boolean;
}

/** Options of `backUp` and `restore`. */
export interface BackupOptions {
  /** Called with how much is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Stops it. It then throws the reason of the signal, and nothing was changed. */
  readonly signal?: AbortSignal | undefined;
  /** Whether to replace what is there. Default: false. */
  readonly force?: boolean;
  readonly now: Date;
}

/** What a backup contains. */
export interface BackupReport {
  readonly file: string;
  /** Size of the file. */
  readonly bytes: number;
  readonly files: readonly ArchivedFile[];
}

/** Pages that SQLite copies at a time, between which other processes can write. */
const PAGES_PER_STEP = 2000;
/** The share of the time that copying the databases takes. */
const COPY_SHARE = 0.5;

/**
 * Writes everything in an index folder into one file. Each database is copied as of one moment, also while a bot or another process
 * writes it: https://sqlite.org/backup.html
 *
 * @throws {UserError} if nothing is indexed, the file exists, or it would be in the index folder.
 */
export async function backUp(
  indexFolder: string,
  file: string,
  index: IndexFiles,
  { force = false, now, signal, onProgress = () => {}, footnote }: BackupOptions & { readonly footnote: string },
): Promise<BackupReport> {
  const target = resolve(file);
  refuseTarget(target, indexFolder, force);
  if (!existsSync(join(indexFolder, index.library)))
    throw new UserError(
      `Nothing is indexed in ${indexFolder}, so there is nothing to back up. Run \`footnote index\` first.`,
    );
  const work = `${target}.unfinished-${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true, mode: 0o700 });
  try {
    const copied = await copyFiles(indexFolder, work, index, {
      signal,
      onProgress: (share) => onProgress(COPY_SHARE * share),
    });
    const total = copied.reduce((sum, name) => sum + statSync(join(work, name)).size, 0);
    let written = 0;
    const archive = join(work, 'archive');
    const { files } = await writeArchive(
      archive,
      { folder: work, names: copied, footnote, createdAt: now },
      (bytes) => {
        written += bytes;
        onProgress(COPY_SHARE + ((1 - COPY_SHARE) * written) / Math.max(1, total));
      },
      { signal, isCompressed: target.endsWith('.gz') },
    );
    signal?.throwIfAborted();
    renameSync(archive, target);
    return { file: target, bytes: statSync(target).size, files };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function refuseTarget(target: string, indexFolder: string, force: boolean): void {
  const found = statSync(target, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) throw new UserError(`${target} is a folder. Name a file for the backup.`);
  if (found !== undefined && !force)
    throw new UserError(`${target} exists. Choose another name, or replace it with \`--force\`.`);
  const folder = dirname(target);
  if (!existsSync(folder)) throw new UserError(`There is no folder ${folder}. Create it first.`);
  if (existsSync(indexFolder) && isWithin(realpathSync(folder), realpathSync(indexFolder)))
    throw new UserError(`${target} would be in the index folder itself. Choose a place that is not lost with it.`);
}

function isWithin(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return !isAbsolute(below) && below.split(/[\\/]/)[0] !== '..';
}

/** @returns The names of the files that are there. */
async function copyFiles(
  from: string,
  to: string,
  { library, databases, others, graphOf }: IndexFiles,
  { signal, onProgress }: { readonly signal: AbortSignal | undefined; readonly onProgress: (share: number) => void },
): Promise<string[]> {
  const present = [library, ...databases].filter((name) => existsSync(join(from, name)));
  for (const [index, name] of present.entries())
    await copyDatabase(join(from, name), join(to, name), signal, (share) =>
      onProgress((index + share) / present.length),
    );
  // The copy says which vector index belongs to it. If that was replaced meanwhile, it is built again from the library.
  const graph = graphOf(join(to, library));
  const copied = [...(graph === null ? [] : [graph]), ...others].filter((name) =>
    copyIfThere(join(from, name), join(to, name)),
  );
  return [...present, ...copied];
}

async function copyDatabase(
  from: string,
  to: string,
  signal: AbortSignal | undefined,
  onProgress: (share: number) => void,
): Promise<void> {
  const source = new Database(from, { readonly: true });
  try {
    // Otherwise the backup starts again after everything that another process writes. With a write-ahead log, reading blocks nobody.
    if (source.pragma('journal_mode', { simple: true }) === 'wal') source.exec('BEGIN; SELECT 1 FROM sqlite_schema');
    await source.backup(to, {
      progress({ totalPages, remainingPages }) {
        signal?.throwIfAborted();
        if (totalPages > 0) onProgress(1 - remainingPages / totalPages);
        return PAGES_PER_STEP;
      },
    });
  } finally {
    source.close();
  }
  // The copy needs no write-ahead log beside it.
  const copy = new Database(to);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

function copyIfThere(from: string, to: string): boolean {
  try {
    copyFileSync(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
