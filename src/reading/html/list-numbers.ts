import type { PageElement } from './page.js';

/** Counts the items of an ordered list as a browser does. */
export class ListNumbers {
  readonly #type: string;
  readonly #step: number;
  #next: number;

  /** @param itemCount How many items the list has. A reversed list counts down from there. */
  constructor(list: PageElement, itemCount: number) {
    const isReversed = list.getAttribute('reversed') !== null;
    this.#type = list.getAttribute('type') ?? '1';
    this.#step = isReversed ? -1 : 1;
    this.#next = integerOf(list.getAttribute('start')) ?? (isReversed ? itemCount : 1);
  }

  /** Returns the number in front of the next item, such as "3." or "c.". */
  markerOf(item: PageElement): string {
    const number = integerOf(item.getAttribute('value')) ?? this.#next;
    this.#next = number + this.#step;
    return `${numeral(number, item.getAttribute('type') ?? this.#type)}.`;
  }
}

function integerOf(value: string | null): number | null {
  return value !== null && /^\s*[+-]?\d{1,9}\s*$/.test(value) ? Number(value) : null;
}

function numeral(number: number, type: string): string {
  if (type === 'a' && number > 0) return letters(number);
  if (type === 'A' && number > 0) return letters(number).toUpperCase();
  if (type === 'i' && number > 0 && number < 4000) return roman(number);
  if (type === 'I' && number > 0 && number < 4000) return roman(number).toUpperCase();
  return String(number);
}

/** 1 is a, 26 is z, 27 is aa. */
function letters(number: number): string {
  const last = String.fromCharCode(97 + ((number - 1) % 26));
  return number > 26 ? letters(Math.floor((number - 1) / 26)) + last : last;
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(number: number): string {
  let rest = number;
  let text = '';
  for (const [value, sign] of ROMAN) {
    while (rest >= value) {
      text += sign;
      rest -= value;
    }
  }
  return text;
}
