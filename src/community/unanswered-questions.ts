import type { Database } from 'better-sqlite3';
import { purgeDeleted } from './purge.js';

const DAY_MS = 86_400_000;

/** A question that the articles did not answer, kept for those who write them where a server has turned that on. */
export interface UnansweredQuestion {
  /** The message or interaction that asked. */
  readonly askedIn: string;
  readonly personId: string;
  readonly serverId: string;
  /** Where it was asked: the address of a message or of its channel. */
  readonly link: string;
  readonly text: string;
  readonly reason: 'not-found' | 'voted-wrong';
  /** The passage that came nearest, or that was voted wrong. */
  readonly passageId: string | null;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}

/** Questions without an answer; each is gone after the days its server keeps them. */
export class UnansweredQuestions {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @param days How long; 0 keeps nothing. */
  keep(question: UnansweredQuestion, days: number): void {
    this.removeExpired(question.askedAt);
    if (days === 0) return;
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO questions (asked_in, person, server, link, text, reason, passage, asked_at, expires_at)
         VALUES (@askedIn, @personId, @serverId, @link, @text, @reason, @passageId, @askedAt, @expiresAt)`,
      )
      .run({ ...question, expiresAt: question.askedAt + days * DAY_MS });
  }

  /** The newest first. @param since Milliseconds since 1970. */
  recent(serverId: string, since: number, limit: number): UnansweredQuestion[] {
    return this.#database
      .prepare(
        `SELECT asked_in AS askedIn, person AS personId, server AS serverId, link, text, reason, passage AS passageId, asked_at AS askedAt
         FROM questions WHERE server = ? AND asked_at >= ? ORDER BY asked_at DESC LIMIT ?`,
      )
      .all(serverId, since, limit) as UnansweredQuestion[];
  }

  /** Forgets what was asked in a message or interaction: it was deleted or asked differently. */
  forget(askedIn: string): void {
    const { changes } = this.#database.prepare('DELETE FROM questions WHERE asked_in = ?').run(askedIn);
    if (changes > 0) purgeDeleted(this.#database);
  }

  /** Applies a server's new choice to what is kept already: never longer than before. */
  shorten(serverId: string, days: number): void {
    if (days === 0) {
      const { changes } = this.#database.prepare('DELETE FROM questions WHERE server = ?').run(serverId);
      if (changes > 0) purgeDeleted(this.#database);
      return;
    }
    this.#database
      .prepare('UPDATE questions SET expires_at = min(expires_at, asked_at + ?) WHERE server = ?')
      .run(days * DAY_MS, serverId);
  }

  /** @param now Milliseconds since 1970. */
  removeExpired(now: number): void {
    const { changes } = this.#database.prepare('DELETE FROM questions WHERE expires_at <= ?').run(now);
    // Not the whole sweep: it happens with every question that is kept.
    if (changes > 0) this.#database.pragma('wal_checkpoint(TRUNCATE)');
  }
}
