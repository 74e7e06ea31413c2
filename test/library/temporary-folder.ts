import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder that is removed when the test that asked for it has ended. */
export function temporaryFolder(): string {
  const folder = createFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A new folder for all tests of a file; whoever asks for it removes it. */
export function createFolder(): string {
  return mkdtempSync(join(tmpdir(), 'footnote-test-'));
}
