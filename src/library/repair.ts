import type { Database } from 'better-sqlite3';
import { DamagedIndexError } from '../storage/damaged-index-error.js';
import { readManifest } from './manifest.js';
import { areSearchTablesComplete, refillSearchTables, searchTablesCheck, unsealSearchTables } from './search-tables.js';
import { type DamagedArticle, findDamagedArticles, indexFolderOf } from './verification.js';

/** What was damaged in a library, and is not in it any more. */
export interface RemovedDamage {
  /** The articles that were removed, because they or a passage of theirs were damaged. */
  readonly articles: readonly DamagedArticle[];
  /** Whether the search tables were damaged themselves. They were written again. */
  readonly searchTables: boolean;
}

/**
 * Removes the articles that are not as they were stored, and writes the search tables again if they or an article were damaged: what
 * a damaged article has in them is not known. Run it within a transaction.
 *
 * @throws {DamagedIndexError} if the database itself is damaged: nothing in it can be relied on then.
 */
export function* removeDamagedArticles(database: Database): Generator<void, RemovedDamage, void> {
  const articles = yield* findDamagedArticles(database, readManifest(database)?.dimensions ?? 0);
  const searchTables = !(yield* searchTablesCheck(database)) || !areSearchTablesComplete(database);
  if (articles.length === 0 && !searchTables) return { articles, searchTables };
  const removePassages = database.prepare('DELETE FROM passages WHERE article = ?');
  const removeArticle = database.prepare('DELETE FROM articles WHERE key = ?');
  for (const { key } of articles) {
    removePassages.run(key);
    removeArticle.run(key);
  }
  yield* refillSearchTables(database);
  unsealSearchTables(database);
  // Damage of one page is seldom alone.
  if (!isSoundDatabase(database)) throw new DamagedIndexError({ part: 'file', indexFolder: indexFolderOf(database) });
  return { articles, searchTables };
}

/** Whether SQLite finds its own structure in order, and every passage has its article. It cannot be interrupted. */
function isSoundDatabase(database: Database): boolean {
  return (
    database.pragma('integrity_check(1)', { simple: true }) === 'ok' &&
    (database.pragma('foreign_key_check') as unknown[]).length === 0
  );
}
