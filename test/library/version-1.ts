import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Turns a library into one with schema version 1, from before titles were embedded and words were counted. */
export function turnIntoVersion1(indexFolder: string): void {
  const database = new Database(join(indexFolder, 'library.sqlite'));
  database.exec(`
    ALTER TABLE articles DROP COLUMN title_codes;
    DROP TABLE word_frequencies;
    -- Articles were read differently then, so their fingerprints differ.
    UPDATE articles SET fingerprint = 'of version 1, ' || substr(fingerprint, 1, 50);
    PRAGMA user_version = 1;
  `);
  database.close();
}
