import type { Database, Statement } from 'better-sqlite3';
import { wordsOf } from '../text/words.js';

/** Whether an article is added to the library or removed from it. */
export type FrequencyChange = 1 | -1;

/** Counts, for each token, the passages that contain it and, for each word, the articles. */
export class FrequencyWriter {
  readonly #addToken: Statement<[number, number]>;
  readonly #removeUnusedToken: Statement<[number]>;
  readonly #addWord: Statement<[string, number]>;
  readonly #removeUnusedWord: Statement<[string]>;

  constructor(database: Database) {
    this.#addToken = database.prepare(
      'INSERT INTO token_frequencies (token, passages) VALUES (?, ?) ON CONFLICT (token) DO UPDATE SET passages = passages + excluded.passages',
    );
    this.#removeUnusedToken = database.prepare('DELETE FROM token_frequencies WHERE token = ? AND passages <= 0');
    this.#addWord = database.prepare(
      'INSERT INTO word_frequencies (word, articles) VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET articles = articles + excluded.articles',
    );
    this.#removeUnusedWord = database.prepare('DELETE FROM word_frequencies WHERE word = ? AND articles <= 0');
  }

  /** @param passages The tokens of each passage of an article. */
  updateTokens(passages: readonly Uint32Array[], change: FrequencyChange): void {
    const changes = new Map<number, number>();
    for (const tokens of passages)
      for (const token of new Set(tokens)) changes.set(token, (changes.get(token) ?? 0) + change);
    for (const [token, count] of changes) {
      this.#addToken.run(token, count);
      if (change < 0) this.#removeUnusedToken.run(token);
    }
  }

  /** @param text An article's title and the text that is searched. */
  updateWords(text: string, change: FrequencyChange): void {
    // In order, so that neighbours in the table are written together.
    for (const word of [...new Set(wordsOf(text))].toSorted()) {
      this.#addWord.run(word, change);
      if (change < 0) this.#removeUnusedWord.run(word);
    }
  }
}
