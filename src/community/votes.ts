import type { CommunityFile } from './community-file.js';
import { IMPORTED, voterOf } from './voters.js';

/** A person's verdict on the passage that a message shows. */
export interface Vote {
  readonly messageId: string;
  readonly personId: string;
  /** Null for a direct message. */
  readonly serverId: string | null;
  readonly passageId: string;
  readonly isRight: boolean;
}

/** The number of people who voted a passage right, and who voted it wrong. */
export interface VoteCounts {
  readonly right: number;
  readonly wrong: number;
}

/** The votes for one passage, over all messages that showed it. */
export interface VotedPassage extends VoteCounts {
  readonly passageId: string;
}

/** One vote per person and message. Votes do not change the ranking by themselves: people look at them, and `footnote learn` can. */
export class Votes {
  readonly #file: CommunityFile;

  constructor(file: CommunityFile) {
    this.#file = file;
  }

  /**
   * Counts a vote and replaces the person's earlier one on the message. Voting the same again takes the vote back.
   *
   * @param at Milliseconds since 1970.
   */
  cast({ messageId, personId, serverId, passageId, isRight }: Vote, at: number): 'counted' | 'taken back' {
    return this.#file.use((database) => {
      return database.transaction(() => {
        // The same vote may have come back with an export, which names nobody.
        if (serverId !== null)
          database
            .prepare('DELETE FROM votes WHERE message = ? AND person = ?')
            .run(messageId, `${IMPORTED}${voterOf(serverId, personId)}`);
        const same = database
          .prepare('DELETE FROM votes WHERE message = ? AND person = ? AND passage = ? AND is_right = ?')
          .run(messageId, personId, passageId, Number(isRight));
        if (same.changes > 0) return 'taken back';
        database
          .prepare(
            'INSERT OR REPLACE INTO votes (message, person, server, passage, is_right, voted_at) VALUES (?, ?, ?, ?, ?, ?)',
          )
          .run(messageId, personId, serverId, passageId, Number(isRight), at);
        return 'counted';
      })();
    });
  }

  /** Whether a person's vote on a message is that this passage is wrong. */
  isWrong({ messageId, personId, passageId }: Pick<Vote, 'messageId' | 'personId' | 'passageId'>): boolean {
    return this.#file.use((database) => {
      const vote = database
        .prepare('SELECT is_right FROM votes WHERE message = ? AND person = ? AND passage = ?')
        .pluck()
        .get(messageId, personId, passageId);
      return vote === 0;
    });
  }

  /** Whether a person has voted a passage right in any of these messages. */
  hasRight(messageIds: readonly string[], personId: string): boolean {
    return this.#file.use((database) => {
      const vote = database
        .prepare(
          'SELECT 1 FROM votes WHERE person = ? AND is_right = 1 AND message IN (SELECT value FROM json_each(?)) LIMIT 1',
        )
        .get(personId, JSON.stringify(messageIds));
      return vote !== undefined;
    });
  }

  /** Returns the votes for a passage in one message. */
  countsOf(messageId: string, passageId: string): VoteCounts {
    return this.#file.use(
      (database) =>
        database
          .prepare(
            'SELECT count(*) FILTER (WHERE is_right = 1) AS right, count(*) FILTER (WHERE is_right = 0) AS wrong FROM votes WHERE message = ? AND passage = ?',
          )
          .get(messageId, passageId) as VoteCounts,
    );
  }

  /**
   * Returns the passages that were voted wrong in a server, most often first.
   *
   * @param since Milliseconds since 1970, inclusive.
   */
  votedWrong(serverId: string, since: number, limit: number): VotedPassage[] {
    return this.#file.use(
      (database) =>
        database
          .prepare(
            `SELECT passage AS passageId, count(*) FILTER (WHERE is_right = 1) AS right, count(*) FILTER (WHERE is_right = 0) AS wrong
           FROM votes WHERE server = ? AND voted_at >= ? GROUP BY passage HAVING wrong > 0 ORDER BY wrong DESC, right, passage LIMIT ?`,
          )
          .all(serverId, since, limit) as VotedPassage[],
    );
  }
}
