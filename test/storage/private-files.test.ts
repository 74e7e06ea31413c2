import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makePrivate, restrict } from '../../src/storage/private-files.js';
import { tryLock } from '../../src/storage/process-lock.js';
import { temporaryFolder } from '../library/temporary-folder.js';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('a new file is private, whatever new files are otherwise', () => {
  const file = join(temporaryFolder(), 'new');
  const umask = process.umask(0);
  try {
    makePrivate(file);
  } finally {
    process.umask(umask);
  }
  expect(modeOf(file)).toBe(0o600);
});

test('an existing file becomes private and keeps its content; a folder and what is missing stay as they are', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'old');
  writeFileSync(file, 'kept');
  chmodSync(file, 0o664);
  makePrivate(file);
  expect([modeOf(file), statSync(file).size]).toEqual([0o600, 4]);
  const inner = join(folder, 'inner');
  mkdirSync(inner);
  chmodSync(inner, 0o755);
  restrict(inner);
  restrict(join(folder, 'missing'));
  expect(modeOf(inner)).toBe(0o755);
});

test('a lock and the note that says who holds it are private', () => {
  const path = join(temporaryFolder(), 'bot-1-0');
  writeFileSync(`${path}.json`, '{}', { mode: 0o644 });
  const { lock } = tryLock(path, new Date());
  expect([`${path}.lock`, `${path}.json`].map(modeOf)).toEqual([0o600, 0o600]);
  lock?.release();
});
