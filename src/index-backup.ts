/** Composition: backups of an index folder, made of what the library, the community and what was learned keep in it. */

import { dirname } from 'node:path';
import { type BackupReport, backUp, type IndexFiles } from './backup/back-up.js';
import { type RestoreReport, restore } from './backup/restore.js';
import { Community } from './community/community.js';
import { COMMUNITY_FILE } from './community/community-file.js';
import { LIBRARY_FILE, openForReading } from './library/library-files.js';
import { readSnapshot } from './library/manifest.js';
import { PRIORS_FILE } from './library/priors-file.js';
import { checkVersion } from './library/schema.js';
import { lockForWriting } from './library/writer-lock.js';
import { VERSION } from './version.js';

const FILES: IndexFiles = {
  library: LIBRARY_FILE,
  databases: [COMMUNITY_FILE],
  others: [PRIORS_FILE],
  graphOf: (path) => withLibrary(path, (database) => readSnapshot(database)?.file ?? null),
  isGraph: (name) => /^vectors-[0-9a-f]{12}\.hnsw$/.test(name),
};

/** What people can choose, besides the moment, which is now. */
export interface BackupChoices {
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal | undefined;
  readonly force?: boolean;
}

/** Writes an index folder into one file; see `backUp`. */
export function backUpIndex(indexFolder: string, file: string, options: BackupChoices): Promise<BackupReport> {
  return backUp(indexFolder, file, FILES, { ...options, now: new Date(), footnote: VERSION });
}

/** Puts a backup into an index folder; see `restore`. */
export function restoreIndex(file: string, indexFolder: string, options: BackupChoices): Promise<RestoreReport> {
  const now = new Date();
  const lock = (folder: string): (() => void) => {
    const held = lockForWriting(folder, now);
    return () => held.release();
  };
  return restore(file, indexFolder, { index: FILES, check, lock }, { ...options, now });
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
