import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Makes of a library one as Footnote wrote it before titles were embedded and words counted. */
export function turnIntoVersion1(indexFolder: string): void {
  const database = new Database(join(indexFolder, 'library.sqlite'));
  database.exec(`
    ALTER TABLE articles DROP COLUMN title_codes;
    DROP TABLE word_frequencies;
    -- Articles were read in another way then: the fingerprint of each was another.
    UPDATE articles SET fingerprint = 'of version 1, ' || substr(fingerprint, 1, 50);
    PRAGMA user_version = 1;
  `);
  database.close();
}
