/** Composition: backups of an index folder, made of what the library, the community and what was learned keep in it. */

import { dirname } from 'node:path';
import { type BackupOptions, type BackupReport, backUp, type IndexFiles } from './backup/back-up.js';
import { type RestoreReport, restore } from './backup/restore.js';
import { Community } from './community/community.js';
import { COMMUNITY_FILE } from './community/community-file.js';
import { LIBRARY_FILE, openForReading } from './library/library-files.js';
import { readSnapshot } from './library/manifest.js';
import { PRIORS_FILE } from './library/priors-file.js';
import { checkVersion } from './library/schema.js';
import { lockForWriting } from './library/writer-lock.js';
import { toUserError } from './storage/storage-errors.js';
import { systemCode, UserError } from './user-error.js';
import { VERSION } from './version.js';

const FILES: IndexFiles = {
  library: LIBRARY_FILE,
  databases: [COMMUNITY_FILE],
  others: [PRIORS_FILE],
  graphOf: (path) => withLibrary(path, (database) => readSnapshot(database)?.file ?? null),
  isGraph: (name) => /^vectors-[0-9a-f]{12}\.hnsw$/.test(name),
};

/** What people can choose. The moment is now. */
type BackupChoices = Omit<BackupOptions, 'now'>;

/** Writes an index folder into one file; see `backUp`. */
export async function backUpIndex(indexFolder: string, file: string, options: BackupChoices): Promise<BackupReport> {
  try {
    return await backUp(indexFolder, file, FILES, { ...options, now: new Date(), footnote: VERSION });
  } catch (error) {
    throw unwritable(error, file) ?? toUserError(error, indexFolder);
  }
}

/** Errors of writing the backup, of which the index folder is not the cause. Null for others. */
function unwritable(error: unknown, file: string): UserError | null {
  const code = systemCode(error) ?? '';
  if (['ENOSPC', 'EFBIG', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE'].includes(code))
    return new UserError(`There is no room for ${file} (${code}). Free some space, or choose another place.`, {
      cause: error,
    });
  if (['EACCES', 'EROFS', 'EPERM'].includes(code))
    return new UserError(
      `${file} cannot be written (${code}). Change the permissions of its folder, or choose another place.`,
      {
        cause: error,
      },
    );
  return null;
}

/** Puts a backup into an index folder; see `restore`. */
export async function restoreIndex(file: string, indexFolder: string, options: BackupChoices): Promise<RestoreReport> {
  const now = new Date();
  const lock = (folder: string): (() => void) => {
    const held = lockForWriting(folder, now);
    return () => held.release();
  };
  try {
    return await restore(file, indexFolder, { index: FILES, check, lock }, { ...options, now });
  } catch (error) {
    throw toUserError(error, indexFolder);
  }
}

/** @throws {UserError} if a database was made by a newer version or another program, or is damaged. */
function check(name: string, path: string): void {
  if (name === LIBRARY_FILE) withLibrary(path, (database) => checkVersion(database, path));
  else Community.open(dirname(path)).close();
}

function withLibrary<Result>(path: string, work: (database: ReturnType<typeof openForReading>) => Result): Result {
  const database = openForReading(path);
  try {
    return work(database);
  } finally {
    database.close();
  }
}
