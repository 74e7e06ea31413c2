import { sortedInSteps } from './time-slices.js';

/** Numbers that are copied from one array to another between two steps. */
const COPIED_A_STEP = 5000;

/** Collects texts, numbered from 0 in the order in which they come, for a `WordIndex`. */
export class PrefixIndexBuilder {
  /** The number of each word, from 0 in the order in which they were met. */
  readonly #words = new Map<string, number>();
  /** The words of all texts one after the other, each word of a text once. */
  readonly #occurrences = new NumberList();
  /** Where the words of each text end in `#occurrences`. */
  readonly #ends = new NumberList();

  add(words: Iterable<string>): void {
    for (const word of new Set(words)) {
      let number = this.#words.get(word);
      if (number === undefined) {
        number = this.#words.size;
        this.#words.set(ownCopy(word), number);
      }
      this.#occurrences.push(number);
    }
    this.#ends.push(this.#occurrences.length);
  }

  /** To be called once, after the last text. */
  *finish(): Generator<undefined, PrefixIndex, undefined> {
    const words = yield* sortedInSteps([...this.#words.keys()], compareText);
    const places = new Uint32Array(words.length);
    for (const [place, word] of words.entries()) {
      places[this.#words.get(word) as number] = place;
      if (place % COPIED_A_STEP === 0) yield;
    }
    // A counting sort: first how many texts have each word, then where its texts begin, then the texts.
    const occurrences = this.#occurrences.values();
    const starts = new Uint32Array(words.length + 1);
    for (let index = 0; index < occurrences.length; index++) {
      const after = (places[occurrences[index] as number] as number) + 1;
      starts[after] = (starts[after] as number) + 1;
      if (index % COPIED_A_STEP === 0) yield;
    }
    for (let place = 0; place < words.length; place++)
      starts[place + 1] = (starts[place + 1] as number) + (starts[place] as number);
    const texts = new Uint32Array(occurrences.length);
    const next = starts.slice();
    const ends = this.#ends.values();
    let index = 0;
    for (let text = 0; text < ends.length; text++) {
      for (; index < (ends[text] as number); index++) {
        const place = places[occurrences[index] as number] as number;
        texts[next[place] as number] = text;
        next[place] = (next[place] as number) + 1;
        if (index % COPIED_A_STEP === 0) yield;
      }
    }
    return new PrefixIndex(words, starts, texts, ends.length);
  }
}

/**
 * Finds texts by how their words begin. The words are sorted, and the texts of each follow those of the word before: what
 * begins alike lies together, so that the texts for a beginning are one slice of an array.
 */
export class PrefixIndex {
  readonly #words: readonly string[];
  /** Where the texts of each word begin in `#texts`; the last number is where they end. */
  readonly #starts: Uint32Array;
  readonly #texts: Uint32Array;
  readonly #textCount: number;

  constructor(words: readonly string[], starts: Uint32Array, texts: Uint32Array, textCount: number) {
    this.#words = words;
    this.#starts = starts;
    this.#texts = texts;
    this.#textCount = textCount;
  }

  /**
   * The texts in which each of the beginnings begins a word, in their order; without beginnings, all. The beginnings that are
   * looked for share no word, so that no text is looked at more often than it has words.
   */
  *find(beginnings: readonly string[]): Generator<number, void, undefined> {
    const slices = withoutImplied(beginnings)
      .map((beginning) => this.#textsFor(beginning))
      .sort((a, b) => a.length - b.length);
    // How many of the slices looked at so far, from the shortest, hold the text; it falls behind at the first that does not.
    const held = new Uint32Array(this.#textCount);
    for (const [before, slice] of slices.entries()) {
      let isAnyLeft = false;
      for (let index = 0; index < slice.length; index++) {
        const text = slice[index] as number;
        if (held[text] !== before) continue;
        held[text] = before + 1;
        isAnyLeft = true;
      }
      if (!isAnyLeft) return;
    }
    for (let text = 0; text < held.length; text++) if (held[text] === slices.length) yield text;
  }

  /** One after the other for each word, so that a text may occur more than once. */
  #textsFor(beginning: string): Uint32Array {
    const from = firstPlace(this.#words, (word) => word >= beginning);
    const to = firstPlace(this.#words, (word) => word > beginning && !word.startsWith(beginning));
    return this.#texts.subarray(this.#starts[from], this.#starts[to]);
  }
}

/** What begins "reykjavik" begins "rey" too. */
function withoutImplied(beginnings: readonly string[]): string[] {
  const sorted = [...new Set(beginnings)].sort(compareText);
  return sorted.filter((beginning, index) => !sorted[index + 1]?.startsWith(beginning));
}

/** The place of the first word for which it is true, by halving; it must be true for all that follow. */
function firstPlace(words: readonly string[], isTrue: (word: string) => boolean): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrue(words[middle] as string)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** By UTF-16 units. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A part of a string keeps the whole of it in memory; a copy does not. */
export function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}

/** Whole numbers from 0 to 2^32 - 1 in a growing array, four bytes each. */
class NumberList {
  #values = new Uint32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const longer = new Uint32Array(2 * this.#length);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.#length++] = value;
  }

  /** A view of what is there. */
  values(): Uint32Array {
    return this.#values.subarray(0, this.#length);
  }
}
