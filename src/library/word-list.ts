import type { Database, Statement } from 'better-sqlite3';
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
  readonly #isKnown: Statement<[string]>;
  /** Words with the same first letter, which is seldom mistyped, and of about the same length. */
  readonly #selectSimilar: Statement<[string, string, number, number]>;

  /** It reads words when they are needed, which takes a few milliseconds for each unknown word. */
  constructor(database: Database) {
    this.#isKnown = database.prepare('SELECT 1 FROM word_frequencies WHERE word = ?');
    this.#selectSimilar = database.prepare(
      `SELECT word, articles FROM word_frequencies WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?
         AND typeof(word) = 'text' AND typeof(articles) = 'integer' ORDER BY length(word), word`,
    );
  }

  /**
   * Finds the known word that differs from a word by the fewest edits. Of several, it takes the one in the most
   * articles.
   *
   * @param word In lower case.
   * @returns The nearest word, or null if the word itself is known or no known word is near enough.
   */
  nearest(word: string): string | null {
    const [first] = word;
    if (first === undefined || this.#isKnown.get(word) !== undefined) return null;
    const maxEdits = maxEditsFor(word.length);
    const letters = Array.from(word).length;
    const similar = this.#selectSimilar.all(first, letterAfter(first), letters - maxEdits, letters + maxEdits);
    let best: Match | null = null;
    for (const known of similar as KnownWord[]) {
      const edits = editsBetween(word, known.word);
      if (edits > maxEdits) continue;
      const match = { ...known, edits };
      if (best === null || isBetter(match, best)) best = match;
    }
    return best?.word ?? null;
  }
}

/** The next character in the order of code points, in which SQLite compares texts. */
function letterAfter(letter: string): string {
  const next = (letter.codePointAt(0) ?? 0) + 1;
  // Halves of surrogate pairs are no characters.
  return String.fromCodePoint(next === 0xd800 ? 0xe000 : next);
}

/**
 * Two edits in eight letters change a quarter of the word. With two edits, a shorter word would be near too many
 * others.
 */
function maxEditsFor(letters: number): number {
  return letters >= 8 ? 2 : 1;
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
