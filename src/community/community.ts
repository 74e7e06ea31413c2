import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Lock, type LockHolder, tryLock } from '../storage/process-lock.js';
import { systemCode, UserError } from '../user-error.js';
import { ChannelSettingsStore } from './channel-settings.js';
import { purgeDeleted } from './purge.js';
import { migrate } from './schema.js';
import { UnansweredQuestions } from './unanswered-questions.js';
import { Votes } from './votes.js';

/** Beside the library, which is replaced as a whole when it is built anew. */
export const COMMUNITY_FILE = 'community.sqlite';

/** Shards write the same file: each waits so long for the others. */
const BUSY_MS = 5000;

/** What was deleted. */
export interface Forgotten {
  readonly votes: number;
  readonly questions: number;
}

/** What the bot keeps of the people and servers it serves. */
export class Community {
  readonly settings: ChannelSettingsStore;
  readonly votes: Votes;
  readonly questions: UnansweredQuestions;
  readonly #database: Database.Database;
  readonly #folder: string;
  #lock: Lock | null = null;

  private constructor(database: Database.Database, folder: string) {
    this.#database = database;
    this.#folder = folder;
    this.settings = new ChannelSettingsStore(database);
    this.votes = new Votes(database);
    this.questions = new UnansweredQuestions(database);
  }

  /** Opens the file of an index folder, made when it is not there. @throws {UserError} when it cannot be used. */
  static open(folder: string): Community {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, COMMUNITY_FILE);
    const database = new Database(file, { timeout: BUSY_MS });
    try {
      // What was deleted is to be gone from the file as well.
      database.pragma('secure_delete = ON');
      migrate(database, file);
      // Only now: it changes the file, which may have been another program's.
      database.pragma('journal_mode = WAL');
      if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') throw damaged(file);
      return new Community(database, folder);
    } catch (error) {
      database.close();
      throw isDamage(error) ? damaged(file, error) : error;
    }
  }

  /**
   * Notes that a bot runs on this folder.
   *
   * @param bot What tells it from others that may: its application and shard.
   * @returns whoever runs the same bot already (null in `heldBy` when that cannot be told), or null when nobody does.
   */
  announce(bot: string, startedAt: Date): { readonly heldBy: LockHolder | null } | null {
    const attempt = tryLock(join(this.#folder, `bot-${bot}`), startedAt);
    if (attempt.lock === null) return { heldBy: attempt.heldBy };
    this.#lock?.release();
    this.#lock = attempt.lock;
    return null;
  }

  /** Deletes all that is kept of a person. */
  forgetPerson(personId: string): Forgotten {
    const remove = (table: 'votes' | 'questions'): number =>
      this.#database.prepare(`DELETE FROM ${table} WHERE person = ?`).run(personId).changes;
    const forgotten = { votes: remove('votes'), questions: remove('questions') };
    if (forgotten.votes + forgotten.questions > 0) purgeDeleted(this.#database);
    return forgotten;
  }

  /** Deletes what people of a server said and voted; what its moderators chose stays, should the bot come back. */
  forgetServer(serverId: string): void {
    for (const table of ['votes', 'questions'])
      this.#database.prepare(`DELETE FROM ${table} WHERE server = ?`).run(serverId);
    purgeDeleted(this.#database);
  }

  close(): void {
    this.#lock?.release();
    this.#database.close();
  }
}

function isDamage(error: unknown): boolean {
  const code = systemCode(error) ?? '';
  return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT');
}

function damaged(file: string, cause?: unknown): UserError {
  return new UserError(
    `${file} is damaged: settings, votes and kept questions cannot be read from it. Put a copy of it back, or move it away to begin with an empty one; the index of the articles is not concerned.`,
    { cause },
  );
}
