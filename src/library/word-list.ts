import type { Database } from 'better-sqlite3';
import { distance } from 'fastest-levenshtein';

interface KnownWord {
  readonly word: string;
  /** The number of articles that contain it. */
  readonly articles: number;
}

interface Match extends KnownWord {
  readonly edits: number;
}

/** All words of the articles, to find the one that a misspelt word stands for. */
export class WordList {
  readonly #known: ReadonlySet<string>;
  /** Words by their first letter, which is seldom mistyped, and their length. */
  readonly #groups = new Map<string, KnownWord[]>();

  /** Reads the words of a library and the number of articles that each is in. */
  constructor(database: Database) {
    const words = database
      .prepare(
        "SELECT word, articles FROM word_frequencies WHERE typeof(word) = 'text' AND typeof(articles) = 'integer' ORDER BY word",
      )
      .all() as KnownWord[];
    this.#known = new Set(words.map(({ word }) => word));
    for (const known of words) {
      const group = groupOf(known.word, known.word.length);
      const others = this.#groups.get(group);
      if (others === undefined) this.#groups.set(group, [known]);
      else others.push(known);
    }
  }

  /**
   * Finds the known word that differs from a word by the fewest edits. Of several, it takes the one in the most
   * articles.
   *
   * @param word In lower case.
   * @returns The nearest word, or null if the word itself is known or no known word is near enough.
   */
  nearest(word: string): string | null {
    if (this.#known.has(word)) return null;
    const maxEdits = maxEditsFor(word.length);
    let best: Match | null = null;
    for (let length = word.length - maxEdits; length <= word.length + maxEdits; length++) {
      for (const known of this.#groups.get(groupOf(word, length)) ?? []) {
        const edits = editsBetween(word, known.word);
        if (edits > maxEdits) continue;
        const match = { ...known, edits };
        if (best === null || isBetter(match, best)) best = match;
      }
    }
    return best?.word ?? null;
  }
}

/**
 * Two edits in eight letters change a quarter of the word. With two edits, a shorter word would be near too many
 * others.
 */
function maxEditsFor(letters: number): number {
  return letters >= 8 ? 2 : 1;
}

function groupOf(word: string, length: number): string {
  return `${word.charAt(0)}${length}`;
}

/**
 * Levenshtein distance, except that swapping two neighbouring letters, the most common slip, is one edit instead of
 * two.
 */
function editsBetween(a: string, b: string): number {
  return isSwap(a, b) ? 1 : distance(a, b);
}

function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at < a.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

function isBetter(a: Match, b: Match): boolean {
  return a.edits < b.edits || (a.edits === b.edits && a.articles > b.articles);
}
