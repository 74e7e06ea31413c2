import type { Database } from 'better-sqlite3';

/** That a person finds the passage shown in a message right or wrong. */
export interface Vote {
  readonly messageId: string;
  readonly personId: string;
  /** Null in a direct message. */
  readonly serverId: string | null;
  readonly passageId: string;
  readonly isRight: boolean;
}

export interface VoteCounts {
  readonly right: number;
  readonly wrong: number;
}

export interface VotedPassage extends VoteCounts {
  readonly passageId: string;
}

/** One vote a person and message. Votes move nothing by themselves: people look at them. */
export class Votes {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Counts a vote in place of the person's earlier one; the same vote again takes it back.
   *
   * @param at Milliseconds since 1970.
   */
  cast({ messageId, personId, serverId, passageId, isRight }: Vote, at: number): 'counted' | 'taken back' {
    return this.#database.transaction(() => {
      const same = this.#database
        .prepare('DELETE FROM votes WHERE message = ? AND person = ? AND passage = ? AND is_right = ?')
        .run(messageId, personId, passageId, Number(isRight));
      if (same.changes > 0) return 'taken back';
      this.#database
        .prepare(
          'INSERT OR REPLACE INTO votes (message, person, server, passage, is_right, voted_at) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(messageId, personId, serverId, passageId, Number(isRight), at);
      return 'counted';
    })();
  }

  /** The votes for one passage that a message shows. */
  countsOf(messageId: string, passageId: string): VoteCounts {
    return this.#database
      .prepare(
        'SELECT count(*) FILTER (WHERE is_right = 1) AS right, count(*) FILTER (WHERE is_right = 0) AS wrong FROM votes WHERE message = ? AND passage = ?',
      )
      .get(messageId, passageId) as VoteCounts;
  }

  /** The passages of a server that were voted wrong since, the most often first. @param since Milliseconds since 1970. */
  votedWrong(serverId: string, since: number, limit: number): VotedPassage[] {
    return this.#database
      .prepare(
        `SELECT passage AS passageId, count(*) FILTER (WHERE is_right = 1) AS right, count(*) FILTER (WHERE is_right = 0) AS wrong
         FROM votes WHERE server = ? AND voted_at >= ? GROUP BY passage HAVING wrong > 0 ORDER BY wrong DESC, right, passage LIMIT ?`,
      )
      .all(serverId, since, limit) as VotedPassage[];
  }
}
