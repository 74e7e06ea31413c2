import { sortInSteps } from '../../time-slices.js';
import { compareText } from './order.js';

/** Array elements copied between two yields. */
const COPIED_PER_STEP = 5000;

/**
 * Collects the words of texts for a {@link PrefixIndex}. Texts are numbered from 0 in the order they are added.
 *
 * While collecting, words have temporary numbers in order of first appearance, because their sorted order is not known
 * yet; `finish` renumbers them.
 */
export class PrefixIndexBuilder {
  /** The temporary number of each word. */
  readonly #wordNumbers = new Map<string, number>();
  /** The word numbers of all texts, one text after another; each word once per text. */
  readonly #occurrences = new NumberList();
  /** Where each text ends in `#occurrences`. */
  readonly #textEnds = new NumberList();

  /** Adds the next text. Repeated words count once. */
  add(words: Iterable<string>): void {
    for (const word of new Set(words)) {
      let number = this.#wordNumbers.get(word);
      if (number === undefined) {
        number = this.#wordNumbers.size;
        this.#wordNumbers.set(copyString(word), number);
      }
      this.#occurrences.push(number);
    }
    this.#textEnds.push(this.#occurrences.length);
  }

  /** Builds the index, in steps for `runInSlices`. Call it once, after the last text. */
  *finish(): Generator<undefined, PrefixIndex, undefined> {
    const words = yield* sortInSteps([...this.#wordNumbers.keys()], compareText);
    const ranks = yield* this.#rankWords(words);
    const starts = yield* this.#countTexts(ranks, words.length);
    const texts = yield* this.#fillTexts(ranks, starts);
    return new PrefixIndex(words, starts, texts, this.#textEnds.length);
  }

  /** Maps each temporary word number to the word's position in the sorted list. */
  *#rankWords(sorted: readonly string[]): Generator<undefined, Uint32Array, undefined> {
    const ranks = new Uint32Array(sorted.length);
    for (const [rank, word] of sorted.entries()) {
      ranks[this.#wordNumbers.get(word) as number] = rank;
      if (rank % COPIED_PER_STEP === 0) yield;
    }
    return ranks;
  }

  /** First half of a counting sort: count the texts of each word, then add up the counts to get the starts. */
  *#countTexts(ranks: Uint32Array, wordCount: number): Generator<undefined, Uint32Array, undefined> {
    const occurrences = this.#occurrences.values();
    const starts = new Uint32Array(wordCount + 1);
    for (let index = 0; index < occurrences.length; index++) {
      const next = (ranks[occurrences[index] as number] as number) + 1;
      starts[next] = (starts[next] as number) + 1;
      if (index % COPIED_PER_STEP === 0) yield;
    }
    for (let rank = 0; rank < wordCount; rank++)
      starts[rank + 1] = (starts[rank + 1] as number) + (starts[rank] as number);
    return starts;
  }

  /** Second half: write each text number into the slice of each of its words. */
  *#fillTexts(ranks: Uint32Array, starts: Uint32Array): Generator<undefined, Uint32Array, undefined> {
    const occurrences = this.#occurrences.values();
    const textEnds = this.#textEnds.values();
    const texts = new Uint32Array(occurrences.length);
    const nextFree = starts.slice();
    let index = 0;
    for (let text = 0; text < textEnds.length; text++) {
      for (; index < (textEnds[text] as number); index++) {
        const rank = ranks[occurrences[index] as number] as number;
        texts[nextFree[rank] as number] = text;
        nextFree[rank] = (nextFree[rank] as number) + 1;
        if (index % COPIED_PER_STEP === 0) yield;
      }
    }
    return texts;
  }
}

/**
 * Finds texts by the beginnings of their words. For text 0 "red fern", text 1 "reed" and text 2 "red":
 *
 *     words    fern    red     reed       sorted
 *     starts   0       1       3       4  where the texts of each word begin; the last number is the end
 *     texts    0   |   0   2 | 1          text numbers, word by word
 *
 * Words with the same beginning are neighbours, so the texts for a beginning are one slice: "re" covers `red` and
 * `reed`, which is `texts[1..4)` = 0, 2, 1. Build one with {@link PrefixIndexBuilder}.
 */
export class PrefixIndex {
  readonly #words: readonly string[];
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
   * Finds the texts in which every given prefix begins a word. Without prefixes, all texts match.
   *
   * Prefixes implied by longer ones are dropped first. The remaining ones share no word, so a text is visited at most
   * once for each of its words.
   *
   * @returns Text numbers in ascending order.
   */
  *find(prefixes: readonly string[]): Generator<number, void, undefined> {
    const slices = withoutImplied(prefixes)
      .map((prefix) => this.#textsFor(prefix))
      .toSorted((a, b) => a.length - b.length);
    // How many slices, from the shortest, contained the text without a gap. A text stops counting at the first miss.
    const matched = new Uint32Array(this.#textCount);
    for (const [slicesBefore, slice] of slices.entries()) {
      let isAnyLeft = false;
      for (let index = 0; index < slice.length; index++) {
        const text = slice[index] as number;
        if (matched[text] !== slicesBefore) continue;
        matched[text] = slicesBefore + 1;
        isAnyLeft = true;
      }
      if (!isAnyLeft) return;
    }
    for (let text = 0; text < matched.length; text++) if (matched[text] === slices.length) yield text;
  }

  /** The texts of each matching word in turn. A text that has several of the words occurs several times. */
  #textsFor(prefix: string): Uint32Array {
    const from = firstIndex(this.#words, (word) => word >= prefix);
    const to = firstIndex(this.#words, (word) => word > prefix && !word.startsWith(prefix));
    return this.#texts.subarray(this.#starts[from], this.#starts[to]);
  }
}

/** Drops prefixes of other prefixes: a word that begins with "reykjavik" also begins with "rey". */
function withoutImplied(prefixes: readonly string[]): string[] {
  const sorted = [...new Set(prefixes)].toSorted(compareText);
  return sorted.filter((prefix, index) => !sorted[index + 1]?.startsWith(prefix));
}

/** Binary search for the first word that satisfies the condition. All words after it must satisfy it too. */
function firstIndex(words: readonly string[], isMatch: (word: string) => boolean): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isMatch(words[middle] as string)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Copies a string. V8 keeps the whole original in memory for as long as a substring of it is referenced. */
export function copyString(text: string): string {
  return Buffer.from(text).toString();
}

/** A growing list of integers from 0 to 2^32 - 1 at four bytes each. */
class NumberList {
  #values = new Uint32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint32Array(2 * this.#length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** A view of the values added so far, not a copy. */
  values(): Uint32Array {
    return this.#values.subarray(0, this.#length);
  }
}
