import type { CommunityFile } from './community-file.js';
import { purgeDeleted } from './purge.js';

/** A question whose answer people voted on. It is stored if the server allows it, so that collections can learn from the votes. */
export interface JudgedQuestion {
  /** Id of the message with the answer, which the votes are on. */
  readonly messageId: string;
  /** Id of the message or interaction that asked. */
  readonly askedIn: string;
  /** Who asked. */
  readonly personId: string;
  readonly serverId: string;
  readonly text: string;
}

/** What people voted on a passage as an answer to a question, over all messages that asked it in the same words. */
export interface Judgement {
  readonly question: string;
  readonly passageId: string;
  /** How many voted it right. */
  readonly right: number;
  /** How many voted it wrong. */
  readonly wrong: number;
}

/** The questions of answers that were voted on. Together with the votes they are judgements. */
export class JudgedQuestions {
  readonly #file: CommunityFile;

  constructor(file: CommunityFile) {
    this.#file = file;
  }

  /** Stores the question of an answer in place of an earlier one. Without a vote, which may have been taken back, nothing is stored. */
  add(question: JudgedQuestion): void {
    this.#file.use((database) => {
      database
        .prepare(
          `INSERT OR REPLACE INTO judged_questions (message, asked_in, person, server, text)
           SELECT @messageId, @askedIn, @personId, @serverId, @text
           WHERE EXISTS (SELECT 1 FROM votes WHERE message = @messageId)`,
        )
        .run(question);
    });
  }

  /** Returns the judgements of all servers, by question and passage. */
  judgements(): Judgement[] {
    return this.#file.use(
      (database) =>
        database
          .prepare(
            `SELECT text AS question, passage AS passageId, count(*) FILTER (WHERE is_right = 1) AS right,
                  count(*) FILTER (WHERE is_right = 0) AS wrong
           FROM judged_questions JOIN votes USING (message) GROUP BY text, passage ORDER BY text, passage`,
          )
          .all() as Judgement[],
    );
  }

  /** Deletes the questions without any vote: all of them were taken back, or their voters want to be forgotten. */
  removeUnvoted(): void {
    this.#file.use((database) => {
      const { changes } = database
        .prepare(
          'DELETE FROM judged_questions AS judged WHERE NOT EXISTS (SELECT 1 FROM votes WHERE votes.message = judged.message)',
        )
        .run();
      if (changes > 0) purgeDeleted(database);
    });
  }

  /** Deletes the question of a message or interaction that was deleted or edited. */
  forget(askedIn: string): void {
    this.#remove('asked_in', askedIn);
  }

  /** Deletes the questions of a server that no longer allows storing them. */
  forgetServer(serverId: string): void {
    this.#remove('server', serverId);
  }

  #remove(column: 'asked_in' | 'server', value: string): void {
    this.#file.use((database) => {
      const { changes } = database.prepare(`DELETE FROM judged_questions WHERE ${column} = ?`).run(value);
      if (changes > 0) purgeDeleted(database);
    });
  }
}
