import type { Database } from 'better-sqlite3';
import { distance } from 'fastest-levenshtein';

/**
 * Letters put in, left out or exchanged, by which a word may differ from what was meant. In a word of eight letters two are a
 * quarter of it; a shorter one would be near too many others.
 */
function maxEdits(letters: number): number {
  return letters >= 8 ? 2 : 1;
}

interface KnownWord {
  readonly word: string;
  readonly articles: number;
}

/** The words of all articles, to find which of them a misspelt one was meant for. */
export class WordList {
  readonly #articlesOf: ReadonlyMap<string, number>;
  /** By first letter, which is seldom mistyped, and by length. */
  readonly #groups = new Map<string, KnownWord[]>();

  constructor(database: Database) {
    const rows = database.prepare('SELECT word, articles FROM word_frequencies ORDER BY word').all() as KnownWord[];
    this.#articlesOf = new Map(rows.map(({ word, articles }) => [word, articles]));
    for (const row of rows) {
      const group = groupOf(row.word, row.word.length);
      const others = this.#groups.get(group);
      if (others === undefined) this.#groups.set(group, [row]);
      else others.push(row);
    }
  }

  /** The nearest word, of equally near ones that in most articles; null where the articles have the word, or none near it. */
  nearest(word: string): string | null {
    if (this.#articlesOf.has(word)) return null;
    const most = maxEdits(word.length);
    let best: (KnownWord & { readonly edits: number }) | null = null;
    for (let length = word.length - most; length <= word.length + most; length++) {
      for (const known of this.#groups.get(groupOf(word, length)) ?? []) {
        const edits = isSwap(word, known.word) ? 1 : distance(word, known.word);
        if (edits > most) continue;
        if (best === null || edits < best.edits || (edits === best.edits && known.articles > best.articles))
          best = { ...known, edits };
      }
    }
    return best?.word ?? null;
  }
}

function groupOf(word: string, length: number): string {
  return `${word.charAt(0)}${length}`;
}

/** Whether two words differ by two neighbouring letters that changed places, the commonest slip: one edit, not two. */
function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at < a.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
