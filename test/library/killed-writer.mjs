// Changes every passage of a library and ends like a killed process, before it is done: node killed-writer.mjs FILE JOURNAL_MODE
import Database from 'better-sqlite3';

const [file, mode] = process.argv.slice(2);
const database = new Database(file);
database.pragma(`journal_mode = ${mode}`);
// Pages do not fit into memory, so they are written to the file before the end of the transaction.
database.pragma('cache_size = 2');
database.exec("BEGIN; UPDATE passages SET codes = zeroblob(length(codes)), sentences = '[]'");
if (mode === 'WAL') database.exec('ROLLBACK');
process.kill(process.pid, 'SIGKILL');
