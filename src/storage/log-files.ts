/** Endings of the files that SQLite keeps beside a database while it is in use: https://sqlite.org/tempfiles.html */
export const LOG_ENDINGS: readonly string[] = ['-wal', '-shm', '-journal'];
