import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../user-error.js';
import { type ArchiveContents, readArchive } from './archive.js';
import type { BackupOptions, IndexFiles } from './back-up.js';

/** What was restored. */
export interface RestoreReport {
  readonly indexFolder: string;
  readonly contents: ArchiveContents;
  /** The folder that what was there before is kept in; null if there was nothing. */
  readonly kept: string | null;
}

/** What restoring needs from those who know the files. */
export interface RestoreDeps {
  readonly index: IndexFiles;
  /** Throws a `UserError` if a restored database cannot be used, for example because a newer version made it. */
  readonly check: (name: string, path: string) => void;
  /** Locks the folder against other processes that write it. @returns a function that unlocks it. */
  readonly lock: (folder: string) => () => void;
}

/** Endings of the files that SQLite keeps beside a database. */
const LOGS = ['-wal', '-shm', '-journal'];

/**
 * Puts the files of a backup into an index folder. What is there is kept in a folder beside it, and a running bot goes on with what was
 * restored.
 *
 * @throws {UserError} if the file is no backup or is damaged, the folder is in use, or it is not empty and `force` is not set. Then
 *   nothing was changed.
 */
export async function restore(
  file: string,
  indexFolder: string,
  { index, check, lock }: RestoreDeps,
  { force = false, now, signal, onProgress = () => {} }: BackupOptions,
): Promise<RestoreReport> {
  const folder = resolve(indexFolder);
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw new UserError(`There is no file ${file}.`);
  const { library, databases, others, isGraph } = index;
  const isKnown = (name: string): boolean => [library, ...databases, ...others].includes(name) || isGraph(name);
  mkdirSync(folder, { recursive: true });
  if (!force && [library, ...databases].some((name) => existsSync(join(folder, name))))
    throw new UserError(
      `There is an index in ${folder} already. Restore with \`--force\` to use the backup in its place; what is there now is kept.`,
    );
  const unlock = lock(folder);
  const work = join(folder, `restore.unfinished-${process.pid}`);
  try {
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { mode: 0o700 });
    let read = 0;
    const onBytes = (bytes: number, { files }: ArchiveContents): void => {
      read += bytes;
      onProgress(
        read /
          Math.max(
            1,
            files.reduce((sum, one) => sum + one.bytes, 0),
          ),
      );
    };
    const contents = await readArchive(file, work, isKnown, onBytes, signal);
    const names = contents.files.map(({ name }) => name);
    if (!names.includes(library)) throw new UserError(`${file} has no index in it. Nothing was changed.`);
    for (const name of names) if ([library, ...databases].includes(name)) check(name, join(work, name));
    signal?.throwIfAborted();
    const kept = setAside(folder, isKnown, now);
    for (const name of names) renameSync(join(work, name), join(folder, name));
    return { indexFolder: folder, contents, kept };
  } finally {
    rmSync(work, { recursive: true, force: true });
    unlock();
  }
}

/** Moves the files of an index into a folder of their own. @returns that folder, or null if there are none. */
function setAside(folder: string, isKnown: (name: string) => boolean, now: Date): string | null {
  const names = readdirSync(folder).filter((name) =>
    isKnown(LOGS.reduce((base, log) => base.replace(new RegExp(`${log}$`), ''), name)),
  );
  if (names.length === 0) return null;
  const kept = join(folder, `before-restore-${now.toISOString().replace(/[:.]/g, '-')}`);
  mkdirSync(kept, { mode: 0o700 });
  for (const name of names) renameSync(join(folder, name), join(kept, name));
  return kept;
}
