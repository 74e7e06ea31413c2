import type { FootnoteDefinition } from 'mdast';

/** Numbers the footnotes of an article in the order in which the text refers to them. */
export class Footnotes {
  readonly #definitions: ReadonlyMap<string, FootnoteDefinition>;
  readonly #numbers = new Map<string, number>();
  /** Footnotes that the text refers to and that are not in the article yet. */
  readonly #pending: string[] = [];

  /** @param definitions By identifier, in the order of the source. */
  constructor(definitions: ReadonlyMap<string, FootnoteDefinition>) {
    this.#definitions = definitions;
  }

  /** The identifiers of all footnotes, in the order of the source. */
  get identifiers(): Iterable<string> {
    return this.#definitions.keys();
  }

  /** Returns the number of a footnote that the text refers to. Null if it is not defined. */
  numberOf(identifier: string): number | null {
    if (!this.#definitions.has(identifier)) return null;
    const known = this.#numbers.get(identifier);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    this.#numbers.set(identifier, number);
    this.#pending.push(identifier);
    return number;
  }

  /** Returns the next footnote that is not in the article yet, or null if there is none. */
  takePending(): { readonly number: number; readonly children: FootnoteDefinition['children'] } | null {
    const identifier = this.#pending.shift();
    if (identifier === undefined) return null;
    return {
      number: this.#numbers.get(identifier) ?? 0,
      children: this.#definitions.get(identifier)?.children ?? [],
    };
  }
}
