import type { Database, Statement } from 'better-sqlite3';
import type { PassageKey, PassagePlace, PassagePlaces } from '../answering/ports/passage-store.js';

/** What an article without a date has: the mean of all that have one. */
const MEAN_RECENCY = 0.5;

/** Tells where passages stand. The dates of a collection are those of the last `refresh`. */
export class PassagePlaceReader implements PassagePlaces {
  readonly #database: Database;
  /** Prepared once: every candidate of a question is looked up. */
  #select: Statement<[PassageKey]> | null = null;
  /** The dates of each collection that was asked for, oldest first. */
  #dates = new Map<string | null, readonly string[]>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Catches up with articles that were added, changed or removed. */
  refresh(): void {
    this.#dates = new Map();
  }

  passagePlace(key: PassageKey): PassagePlace | null {
    this.#select ??= this.#database.prepare(
      'SELECT collection, ordinal, published FROM passages p JOIN articles a ON a.key = p.article WHERE p.key = ?',
    );
    const row = this.#select.get(key) as
      | { collection: string | null; ordinal: number; published: string | null }
      | undefined;
    if (row === undefined) return null;
    const { collection, ordinal, published } = row;
    return {
      collection,
      ordinal,
      recency: published === null ? MEAN_RECENCY : shareOlder(published, this.#datesOf(collection)),
    };
  }

  #datesOf(collection: string | null): readonly string[] {
    const known = this.#dates.get(collection);
    if (known !== undefined) return known;
    const dates = this.#database
      .prepare(
        'SELECT published FROM articles WHERE collection IS ? AND published IS NOT NULL ORDER BY published COLLATE BINARY',
      )
      .pluck()
      .all(collection) as string[];
    this.#dates.set(collection, dates);
    return dates;
  }
}

/** The share of dates before this one, with half of those that are the same. */
function shareOlder(date: string, sorted: readonly string[]): number {
  if (sorted.length === 0) return MEAN_RECENCY;
  const older = countWhile(sorted, (other) => other < date);
  const notNewer = countWhile(sorted, (other) => other <= date);
  return (older + notNewer) / 2 / sorted.length;
}

/** Counts the values at the start of a list for which something holds; it must hold for none behind them. */
function countWhile(sorted: readonly string[], holds: (value: string) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] ?? '')) low = middle + 1;
    else high = middle;
  }
  return low;
}
