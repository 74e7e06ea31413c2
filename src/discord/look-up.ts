import type { ListedArticle } from '../corpus/article.js';
import { nameOf } from '../corpus/article.js';
import type { PassageOpening } from '../corpus/passage.js';
import { oneLine } from '../corpus/visible-text.js';
import { LIMITS } from './limits.js';
import { shorten, visible } from './markdown.js';

/** Characters of a passage that are compared while one types. */
export const OPENING_CHARACTERS = 160;

/** What a choice stands for, as the value Discord sends back. */
export type LookUpTarget = { readonly kind: 'article' | 'passage'; readonly id: string };

export interface LookUpChoice {
  readonly name: string;
  readonly value: string;
}

interface Entry {
  readonly choice: LookUpChoice;
  /** Lower case without accents, each word after a space. */
  readonly folded: string;
}

/** Finds articles by title and passages by how they begin, from memory: people type faster than a disk answers. */
export class LookUp {
  readonly #entries: readonly Entry[];

  constructor(articles: readonly ListedArticle[], openings: Iterable<PassageOpening>) {
    const titles = articles.map((article) => entry('article', article.id, nameOf(article), nameOf(article)));
    const passages = [...openings].map(({ passageId, title, file, opening }) => {
      const name = title ?? file;
      return entry('passage', passageId, `${shorten(oneLine(name), 40)} › ${oneLine(opening)}`, `${name} ${opening}`);
    });
    this.#entries = [...titles, ...passages];
  }

  /** The first entries in which every typed word begins a word; titles before passages. */
  suggest(typed: string): LookUpChoice[] {
    const words = fold(typed).split(' ').filter(Boolean);
    const found: LookUpChoice[] = [];
    for (const { choice, folded } of this.#entries) {
      if (words.every((word) => folded.includes(` ${word}`))) found.push(choice);
      if (found.length === LIMITS.choices) break;
    }
    return found;
  }
}

/** Reads a choice's value; null for words that somebody typed. */
export function readTarget(value: string): LookUpTarget | null {
  const match = /^(article|passage):([a-z2-7]{10})$/.exec(value);
  return match === null ? null : { kind: match[1] as LookUpTarget['kind'], id: match[2] ?? '' };
}

function entry(kind: LookUpTarget['kind'], id: string, name: string, text: string): Entry {
  return {
    choice: { name: shorten(visible(oneLine(name)), LIMITS.choiceName) || id, value: `${kind}:${id}` },
    folded: ` ${fold(text)}`,
  };
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
