import { existsSync } from 'node:fs';
import { systemCode, UserError } from '../user-error.js';

/** Turns what the disk or SQLite says into what to do about it; bugs stay as they are. */
export function toUserError(error: unknown, folder: string): unknown {
  if (error instanceof UserError) return error;
  const code = systemCode(error) ?? '';
  const remedy = remedyFor(code, folder);
  return remedy === null ? error : new UserError(remedy, { cause: error });
}

function remedyFor(code: string, folder: string): string | null {
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EFBIG' || code === 'SQLITE_IOERR_WRITE') {
    return `The disk is full: the index in ${folder} cannot grow. Free space and run the same command again; what was indexed is kept.`;
  }
  if (
    code === 'EACCES' ||
    code === 'EROFS' ||
    code === 'EPERM' ||
    code === 'SQLITE_READONLY' ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_READONLY')
  ) {
    return `The index folder ${folder} cannot be written (${code}). Change its permissions, or name another with --index DIR.`;
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') return `${folder} is not a folder. Name another with --index DIR.`;
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return `The index in ${existsSync(folder) ? folder : 'its folder'} is damaged. Build it anew with: footnote index --rebuild`;
  }
  return null;
}
