import type { Database } from 'better-sqlite3';

/**
 * Removes deleted rows from the bytes of the file. With `secure_delete` SQLite overwrites them with zeros, but copies remain in
 * the write-ahead log until its next checkpoint, and in pages that rows were moved from when a tree was rebalanced. Hence the
 * whole file is rewritten.
 */
export function purgeDeleted(database: Database): void {
  database.exec('VACUUM');
  database.pragma('wal_checkpoint(TRUNCATE)');
}
