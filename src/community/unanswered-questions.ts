import type { CommunityFile } from './community-file.js';
import { purgeDeleted } from './purge.js';

const DAY_MS = 86_400_000;

/** A question that the articles did not answer. It is stored for the articles' authors if the server or the person wants that. */
export interface UnansweredQuestion {
  /** Id of the message or interaction that asked it. */
  readonly askedIn: string;
  readonly personId: string;
  readonly serverId: string;
  /** URL of the message, or of the channel it was asked in. */
  readonly link: string;
  readonly text: string;
  /** Why it is stored. `told`: somebody told the team about it. */
  readonly reason: 'not-found' | 'voted-wrong' | 'told';
  /** The passage that came closest, or that was voted wrong. */
  readonly passageId: string | null;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}

/** The columns of an {@link UnansweredQuestion}. */
const COLUMNS =
  'asked_in AS askedIn, person AS personId, server AS serverId, link, text, reason, passage AS passageId, asked_at AS askedAt';

/** The unanswered questions of all servers. Each expires after its server's retention period. */
export class UnansweredQuestions {
  readonly #file: CommunityFile;

  constructor(file: CommunityFile) {
    this.#file = file;
  }

  /**
   * Stores a question in place of an earlier one from the same message, and removes expired ones. One that somebody told the team
   * about stays as it is.
   *
   * @param retentionDays For how long; 0 stores nothing.
   */
  add(question: UnansweredQuestion, retentionDays: number): void {
    this.#file.use((database) => {
      this.removeExpired(question.askedAt);
      if (retentionDays === 0) return;
      database
        .prepare(
          `INSERT OR REPLACE INTO questions (asked_in, person, server, link, text, reason, passage, asked_at, expires_at)
           SELECT @askedIn, @personId, @serverId, @link, @text, @reason, @passageId, @askedAt, @expiresAt
           WHERE @reason = 'told' OR NOT EXISTS (SELECT 1 FROM questions WHERE asked_in = @askedIn AND reason = 'told')`,
        )
        .run({ ...question, expiresAt: question.askedAt + retentionDays * DAY_MS });
    });
  }

  /**
   * Returns a server's questions, newest first.
   *
   * @param since Milliseconds since 1970, inclusive.
   */
  recent(serverId: string, since: number, limit: number): UnansweredQuestion[] {
    return this.#file.use(
      (database) =>
        database
          .prepare(`SELECT ${COLUMNS} FROM questions WHERE server = ? AND asked_at >= ? ORDER BY asked_at DESC LIMIT ?`)
          .all(serverId, since, limit) as UnansweredQuestion[],
    );
  }

  /** Returns the question that a message or interaction of a server asked, or null if it is not stored. */
  find(serverId: string, askedIn: string): UnansweredQuestion | null {
    return this.#file.use((database) => {
      const found = database
        .prepare(`SELECT ${COLUMNS} FROM questions WHERE server = ? AND asked_in = ?`)
        .get(serverId, askedIn) as UnansweredQuestion | undefined;
      return found ?? null;
    });
  }

  /** Deletes the question of a message or interaction that was deleted or edited. */
  forget(askedIn: string): void {
    this.#file.use((database) => {
      const { changes } = database.prepare('DELETE FROM questions WHERE asked_in = ?').run(askedIn);
      if (changes > 0) purgeDeleted(database);
    });
  }

  /** Deletes the question of a message or interaction if it is stored for this reason only. */
  takeBack(askedIn: string, reason: UnansweredQuestion['reason']): void {
    if (this.#reasonOf(askedIn) === reason) this.forget(askedIn);
  }

  #reasonOf(askedIn: string): string | undefined {
    return this.#file.use(
      (database) =>
        database.prepare('SELECT reason FROM questions WHERE asked_in = ?').pluck().get(askedIn) as string | undefined,
    );
  }

  /**
   * Applies a server's new retention period to its stored questions. It never extends the period they were stored for. Those that
   * somebody told the team about stay as long as they were promised to.
   */
  shortenRetention(serverId: string, retentionDays: number): void {
    this.#file.use((database) => {
      if (retentionDays === 0) {
        const { changes } = database
          .prepare("DELETE FROM questions WHERE server = ? AND reason <> 'told'")
          .run(serverId);
        if (changes > 0) purgeDeleted(database);
        return;
      }
      database
        .prepare(
          "UPDATE questions SET expires_at = min(expires_at, asked_at + ?) WHERE server = ? AND reason <> 'told'",
        )
        .run(retentionDays * DAY_MS, serverId);
    });
  }

  /**
   * Deletes the questions whose retention period is over.
   *
   * @param now Milliseconds since 1970.
   */
  removeExpired(now: number): void {
    this.#file.use((database) => {
      const { changes } = database.prepare('DELETE FROM questions WHERE expires_at <= ?').run(now);
      // No full purge, which would rewrite the file: this runs for every question that is stored.
      if (changes > 0) database.pragma('wal_checkpoint(TRUNCATE)');
    });
  }
}
