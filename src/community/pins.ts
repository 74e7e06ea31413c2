import type { CommunityFile } from './community-file.js';

/** The most pins of one server, and the most that apply everywhere. */
export const MAX_PINS = 500;

/** Words of an article that a person pinned to a question. */
export interface NewPin {
  /** The server whose questions it answers; null for the questions of everybody. */
  readonly serverId: string | null;
  readonly question: string;
  readonly articleId: string;
  /** The words, a slice of the article as it was when they were pinned. They find the passage again if the article changes. */
  readonly text: string;
  /** Where they began in the article's text, in UTF-16 code units. */
  readonly start: number;
  /** Who pinned it; null if it was pinned in a terminal, or the person wants to be forgotten. */
  readonly personId: string | null;
  /** Milliseconds since 1970. */
  readonly pinnedAt: number;
}

/** A stored pin. */
export interface StoredPin extends NewPin {
  /** Never used again, even after the pin is removed. */
  readonly id: number;
}

/** What was stored. */
export interface AddedPin {
  readonly pin: StoredPin;
  /** Whether something else was pinned to the question before. */
  readonly isReplaced: boolean;
}

/** What people pinned to questions. A question has at most one pin in a server, and one that applies everywhere. */
export class Pins {
  readonly #file: CommunityFile;

  constructor(file: CommunityFile) {
    this.#file = file;
  }

  /** Returns the pins of a server, or with null those that apply everywhere, oldest first. */
  list(serverId: string | null): StoredPin[] {
    return this.#file.use(
      (database) =>
        database
          .prepare(
            `SELECT id, server AS serverId, question, article AS articleId, text, start, person AS personId, pinned_at AS pinnedAt
           FROM pins WHERE server IS ? ORDER BY id`,
          )
          .all(serverId) as StoredPin[],
    );
  }

  /**
   * Stores a pin in place of the one that its question has, if any.
   *
   * @param isSameQuestion Whether a stored question is the pin's question in nearly the same words.
   * @returns null if there are `MAX_PINS` already and none is replaced: nothing is stored then.
   */
  add(pin: NewPin, isSameQuestion: (question: string) => boolean): AddedPin | null {
    return this.#file.use((database) =>
      database
        .transaction(() => {
          const pins = this.list(pin.serverId);
          const replaced = pins.filter(({ question }) => isSameQuestion(question));
          if (replaced.length === 0 && pins.length >= MAX_PINS) return null;
          for (const { id } of replaced) this.remove(pin.serverId, id);
          const { lastInsertRowid } = database
            .prepare(
              `INSERT INTO pins (server, question, article, text, start, person, pinned_at)
               VALUES (@serverId, @question, @articleId, @text, @start, @personId, @pinnedAt)`,
            )
            .run(pin);
          return { pin: { ...pin, id: Number(lastInsertRowid) }, isReplaced: replaced.length > 0 };
        })
        .immediate(),
    );
  }

  /** Removes a pin. Returns whether there was one with this id in the server, or with null among those that apply everywhere. */
  remove(serverId: string | null, id: number): boolean {
    return this.#file.use(
      (database) => database.prepare('DELETE FROM pins WHERE server IS ? AND id = ?').run(serverId, id).changes > 0,
    );
  }
}
