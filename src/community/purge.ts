import type { Database } from 'better-sqlite3';

/**
 * Takes what was deleted out of the file itself. Rows that are overwritten with zeros (`secure_delete`) live on in the write-ahead log
 * until that is taken over, and as copies in pages from which SQLite moved them while it balanced its trees: the file is written anew.
 */
export function purgeDeleted(database: Database): void {
  database.exec('VACUUM');
  database.pragma('wal_checkpoint(TRUNCATE)');
}
