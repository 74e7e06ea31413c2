import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { isDamagedDatabase } from '../storage/damaged-index-error.js';
import { isReadableSetting } from './channel-settings.js';
import { COMMUNITY_FILE } from './community-file.js';
import { DamagedCommunityError } from './damaged-community-error.js';
import { numbersProblem } from './schema.js';

/** The most problems that are listed. */
const MAX_LISTED = 20;

/**
 * Reads the whole file of a community, if there is one, and changes nothing.
 *
 * @returns What is wrong, and what to do about it; null if there is no such file.
 * @throws SQLite's error if the file cannot be opened.
 */
export function checkCommunity(folder: string): string[] | null {
  const file = join(folder, COMMUNITY_FILE);
  if (!existsSync(file)) return null;
  const database = new Database(file, { readonly: true });
  try {
    const found = database.pragma(`integrity_check(${MAX_LISTED})`) as { integrity_check: string }[];
    const lines = found.map((row) => row.integrity_check).filter((line) => line !== 'ok');
    if (lines.length > 0) return [...lines, new DamagedCommunityError(file).message];
    const numbers = numbersProblem(database, file);
    return [...(numbers === null ? [] : [numbers]), ...settingProblems(database)];
  } catch (error) {
    if (!isDamagedDatabase(error)) throw error;
    return [new DamagedCommunityError(file).message];
  } finally {
    database.close();
  }
}

function settingProblems(database: Database.Database): string[] {
  const rows = database.prepare('SELECT place, name, value FROM settings').all() as {
    place: string;
    name: string;
    value: string;
  }[];
  const wrong = rows.filter(({ name, value }) => !isReadableSetting(name, value));
  return wrong
    .slice(0, MAX_LISTED)
    .map(
      ({ place, name }) =>
        `The setting "${name}" of ${place} cannot be read, so it is ignored. Set it again in Discord.`,
    );
}
