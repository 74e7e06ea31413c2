import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Lock, type LockHolder, tryLock } from '../storage/process-lock.js';
import { systemCode, UserError } from '../user-error.js';
import { ChannelSettingsStore } from './channel-settings.js';
import { JudgedQuestions } from './judged-questions.js';
import { Pins } from './pins.js';
import { purgeDeleted } from './purge.js';
import { migrate } from './schema.js';
import { UnansweredQuestions } from './unanswered-questions.js';
import { Votes } from './votes.js';

/** Name of the file in the index folder. It is separate from the library because rebuilding the index replaces that file. */
export const COMMUNITY_FILE = 'community.sqlite';

/** How long to wait for other shards, which write to the same file. */
const BUSY_TIMEOUT_MS = 5000;

/** The number of votes and of questions that were deleted for a person, and of pins that no longer say who made them. */
export interface DeletedCounts {
  readonly votes: number;
  readonly questions: number;
  readonly pins: number;
}

/** Everything that is stored about people and servers: settings, votes, questions and pins. */
export class Community {
  /** What moderators chose for channels and servers. */
  readonly settings: ChannelSettingsStore;
  /** What people voted on passages. */
  readonly votes: Votes;
  /** Questions that the articles did not answer. */
  readonly questions: UnansweredQuestions;
  /** Questions whose answers were voted on. */
  readonly judged: JudgedQuestions;
  /** What people pinned to questions. */
  readonly pins: Pins;
  readonly #database: Database.Database;
  readonly #folder: string;
  #lock: Lock | null = null;

  private constructor(database: Database.Database, folder: string) {
    this.#database = database;
    this.#folder = folder;
    this.settings = new ChannelSettingsStore(database);
    this.votes = new Votes(database);
    this.questions = new UnansweredQuestions(database);
    this.judged = new JudgedQuestions(database);
    this.pins = new Pins(database);
  }

  /**
   * Opens the file in an index folder and creates it if it does not exist.
   *
   * @throws {UserError} if it is damaged, was not written by Footnote, or was written by a newer version.
   */
  static open(folder: string): Community {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, COMMUNITY_FILE);
    const database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      // Overwrite deleted rows with zeros.
      database.pragma('secure_delete = ON');
      migrate(database, file);
      // Changes the file, so it has to wait until `migrate` has made sure that the file is ours.
      database.pragma('journal_mode = WAL');
      if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') throw damaged(file);
      return new Community(database, folder);
    } catch (error) {
      database.close();
      throw isDamage(error) ? damaged(file, error) : error;
    }
  }

  /** Opens the file like `open`, but returns null if it does not exist. */
  static openIfThere(folder: string): Community | null {
    return existsSync(join(folder, COMMUNITY_FILE)) ? Community.open(folder) : null;
  }

  /**
   * Records that a bot is running on this folder, until `close`.
   *
   * @param bot Identifies the bot: its application and shard.
   * @returns Null, or who is already running the same bot; `heldBy` is null if that is unknown.
   */
  announce(bot: string, startedAt: Date): { readonly heldBy: LockHolder | null } | null {
    const attempt = tryLock(join(this.#folder, `bot-${bot}`), startedAt);
    if (attempt.lock === null) return { heldBy: attempt.heldBy };
    this.#lock?.release();
    this.#lock = attempt.lock;
    return null;
  }

  /** Deletes everything stored about a person. What they pinned stays, without their name. */
  forgetPerson(personId: string): DeletedCounts {
    // A question can be stored for both reasons, but people asked it once.
    const questions = this.#database
      .prepare(
        'SELECT count(*) FROM (SELECT asked_in FROM questions WHERE person = @personId UNION SELECT asked_in FROM judged_questions WHERE person = @personId)',
      )
      .pluck()
      .get({ personId }) as number;
    const remove = (table: 'votes' | 'questions' | 'judged_questions'): number =>
      this.#database.prepare(`DELETE FROM ${table} WHERE person = ?`).run(personId).changes;
    const pins = this.#database.prepare('UPDATE pins SET person = NULL WHERE person = ?').run(personId).changes;
    const deleted = { votes: remove('votes'), questions, pins };
    remove('questions');
    remove('judged_questions');
    this.judged.removeUnvoted();
    if (deleted.votes + questions + pins > 0) purgeDeleted(this.#database);
    return deleted;
  }

  /** Deletes the question of a message or interaction that was deleted or edited. */
  forgetQuestion(askedIn: string): void {
    this.questions.forget(askedIn);
    this.judged.forget(askedIn);
  }

  /** Deletes a server's questions, votes and pins. Its settings stay in case the bot is invited again. */
  forgetServer(serverId: string): void {
    for (const table of ['votes', 'questions', 'judged_questions', 'pins'])
      this.#database.prepare(`DELETE FROM ${table} WHERE server = ?`).run(serverId);
    purgeDeleted(this.#database);
  }

  /** Closes the file and gives up the bot's lock. */
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
    `${file} is damaged, so settings, votes, pins and stored questions cannot be read. Restore it from a backup, or move it away to start with an empty one. The index of your articles is not affected.`,
    { cause },
  );
}
