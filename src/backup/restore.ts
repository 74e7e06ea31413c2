import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LOG_ENDINGS } from '../storage/log-files.js';
import { messageOf, UserError } from '../user-error.js';
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

/**
 * Puts the files of a backup into an index folder. What is there is kept in a folder inside it, and a running bot goes on with what was
 * restored.
 *
 * @throws {UserError} if the file is not a backup or is damaged, the folder is in use, or it is not empty and `force` is not set. Then
 *   nothing was changed. Also if the files cannot be put in their place; then the message says where what was there is.
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
    const kept = keepOld(folder, isKnown, now);
    putInPlace(work, folder, { names, kept });
    return { indexFolder: folder, contents, kept };
  } finally {
    rmSync(work, { recursive: true, force: true });
    unlock();
  }
}

/** Keeps the files of an index in a folder of their own as well. @returns that folder, or null if there are none. */
function keepOld(folder: string, isKnown: (name: string) => boolean, now: Date): string | null {
  const names = readdirSync(folder).filter((name) => isKnown(withoutLogEnding(name)));
  if (names.length === 0) return null;
  const kept = join(folder, `before-restore-${now.toISOString().replace(/[:.]/g, '-')}`);
  mkdirSync(kept, { mode: 0o700 });
  for (const name of names) linkOrCopy(join(folder, name), join(kept, name));
  return kept;
}

function withoutLogEnding(name: string): string {
  const ending = LOG_ENDINGS.find((one) => name.endsWith(one)) ?? '';
  return name.slice(0, name.length - ending.length);
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Some file systems have no hard links.
    copyFileSync(from, to);
  }
}

/** Replaces the files, so that there is an index at every moment, and removes the old ones that have no new one. */
function putInPlace(
  work: string,
  folder: string,
  { names, kept }: { readonly names: readonly string[]; readonly kept: string | null },
): void {
  try {
    const old = kept === null ? [] : readdirSync(kept);
    // The log of an old database must not be taken for that of the new one.
    for (const name of old) if (withoutLogEnding(name) !== name) rmSync(join(folder, name), { force: true });
    for (const name of names) renameSync(join(work, name), join(folder, name));
    for (const name of old) if (!names.includes(name)) rmSync(join(folder, name), { force: true });
  } catch (error) {
    const where = kept === null ? '' : ` What was there is in ${kept}: move its files back.`;
    throw new UserError(`The backup could not be put into ${folder}: ${messageOf(error)}.${where}`, { cause: error });
  }
}
