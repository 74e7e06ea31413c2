import { describe, expect, test } from 'vitest';
import { toUserError } from '../../src/storage/storage-errors.js';
import { EXIT, UserError } from '../../src/user-error.js';

const FOLDER = '/somewhere/index';

const errorWith = (code: string): Error => Object.assign(new Error('As the system says.'), { code });

describe('an error that people can do something about becomes a UserError', () => {
  test.each([
    ['ENOSPC', 'The disk is full'],
    ['SQLITE_FULL', 'The disk is full'],
    ['EACCES', 'cannot be written (EACCES)'],
    ['SQLITE_READONLY_DBMOVED', 'cannot be written (SQLITE_READONLY_DBMOVED)'],
    ['SQLITE_CANTOPEN_ISDIR', 'cannot be written (SQLITE_CANTOPEN_ISDIR)'],
    ['ENOTDIR', `${FOLDER} is not a folder.`],
    ['SQLITE_NOTADB', 'is damaged. Rebuild it with `footnote index --rebuild`.'],
    ['SQLITE_CORRUPT_INDEX', 'is damaged. Rebuild it with `footnote index --rebuild`.'],
  ])('%s', (code, message) => {
    const cause = errorWith(code);
    const error = toUserError(cause, FOLDER);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ exitCode: EXIT.failed, cause, message: expect.stringContaining(message) as string });
  });
});

test('all other errors are returned as they are', () => {
  const known = new UserError('Nothing is indexed.', { exitCode: EXIT.nothingIndexed });
  const unchanged = [known, new TypeError('A bug'), errorWith('ENOENT'), errorWith('SQLITE_BUSY'), 'a text', undefined];
  for (const error of unchanged) expect(toUserError(error, FOLDER)).toBe(error);
});
