import type { Database } from 'better-sqlite3';
import { wordsOf } from '../text/words.js';

/** Whether an article is added to the library or removed from it. */
export type FrequencyChange = 1 | -1;

/**
 * Updates, for each token, the number of passages that contain it.
 *
 * @param passages The tokens of each passage of an article.
 */
export function updateTokenFrequencies(
  database: Database,
  passages: readonly Uint32Array[],
  change: FrequencyChange,
): void {
  const changes = new Map<number, number>();
  for (const tokens of passages)
    for (const token of new Set(tokens)) changes.set(token, (changes.get(token) ?? 0) + change);
  const update = database.prepare(
    'INSERT INTO token_frequencies (token, passages) VALUES (?, ?) ON CONFLICT (token) DO UPDATE SET passages = passages + excluded.passages',
  );
  for (const [token, count] of changes) update.run(token, count);
  if (change < 0) database.exec('DELETE FROM token_frequencies WHERE passages <= 0');
}

/**
 * Updates, for each word of an article, the number of articles that contain it.
 *
 * @param text The article's title and the text that is searched.
 */
export function updateWordFrequencies(database: Database, text: string, change: FrequencyChange): void {
  const update = database.prepare(
    'INSERT INTO word_frequencies (word, articles) VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET articles = articles + excluded.articles',
  );
  const remove = database.prepare('DELETE FROM word_frequencies WHERE word = ? AND articles <= 0');
  for (const word of new Set(wordsOf(text))) {
    update.run(word, change);
    if (change < 0) remove.run(word);
  }
}
