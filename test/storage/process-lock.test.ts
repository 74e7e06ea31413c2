import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Lock, type LockAttempt, tryLock } from '../../src/storage/process-lock.js';
import { requireBuild } from '../build.js';

const STARTED_AT = new Date('2026-01-05T12:00:00Z');

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-lock-'));
  path = join(folder, 'one');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('only one holder can have the lock, and others learn who has it and since when', () => {
  const first = taken(tryLock(path, STARTED_AT));
  expect(first.takenOverFrom).toBeNull();
  expect(tryLock(path, new Date())).toMatchObject({
    lock: null,
    heldBy: { pid: process.pid, startedAt: '2026-01-05T12:00:00.000Z' },
  });

  first.release();
  expect(existsSync(`${path}.json`)).toBe(false);
  const second = taken(tryLock(path, new Date()));
  expect(second.takenOverFrom).toBeNull();
  second.release();
});

test('locks with different names are independent', () => {
  const one = taken(tryLock(path, STARTED_AT));
  const other = taken(tryLock(join(folder, 'other'), STARTED_AT));
  one.release();
  other.release();
});

test('a killed process loses the lock, and the next holder learns who it was', () => {
  const script = `
    const { tryLock } = await import(${JSON.stringify(new URL('../../dist/storage/process-lock.js', import.meta.url).href)});
    if (tryLock(${JSON.stringify(path)}, new Date(0)).lock === null) process.exit(1);
    process.kill(process.pid, 'SIGKILL');`;
  requireBuild();
  const { signal, pid } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
  expect(signal).toBe('SIGKILL');

  const lock = taken(tryLock(path, STARTED_AT));
  expect(lock.takenOverFrom).toEqual({ pid, startedAt: '1970-01-01T00:00:00.000Z' });
  lock.release();
});

test('a truncated note names no holder', () => {
  const lock = taken(tryLock(path, STARTED_AT));
  writeFileSync(`${path}.json`, '{"pid": 1');
  expect(tryLock(path, STARTED_AT)).toMatchObject({ lock: null, heldBy: null });
  lock.release();
});

test('a file that is not a lock is an error, not a lock that is taken', () => {
  writeFileSync(`${path}.lock`, 'This is a diary and has nothing to do with locks. '.repeat(100));
  expect(() => tryLock(path, STARTED_AT)).toThrow(/not a database/);
});

/** The lock, which must have been free. */
function taken({ lock }: LockAttempt): Lock {
  if (lock === null) throw new Error('The lock is taken.');
  return lock;
}
