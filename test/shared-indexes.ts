import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder with the indexes that several test files share, because building one takes seconds. */
export const SHARED_INDEXES = 'FOOTNOTE_TEST_INDEXES';

/** Makes that folder for one run of the tests, and removes it afterwards. */
export default function setUp(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'footnote-indexes-'));
  process.env[SHARED_INDEXES] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
