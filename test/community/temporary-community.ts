import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Community } from '../../src/community/community.js';
import { temporaryFolder } from '../library/temporary-folder.js';

export const SERVER = '900000000000000001';
export const OTHER_SERVER = '900000000000000002';
export const ADA = '100000000000000001';
export const GRACE = '100000000000000002';

/** Opens a community in a folder of its own. Both are gone when the current test ends. */
export function temporaryCommunity(): { readonly folder: string; readonly community: Community } {
  const folder = temporaryFolder();
  const community = Community.open(folder);
  onTestFinished(() => community.close());
  return { folder, community };
}

/** The files of a folder, such as the database and its write-ahead log, whose bytes contain a text. */
export function filesWith(text: RegExp, folder: string): string[] {
  return readdirSync(folder).filter((name) => text.test(readFileSync(join(folder, name), 'latin1')));
}
