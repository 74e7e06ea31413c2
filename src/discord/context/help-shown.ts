import { setBounded } from './bounded-map.js';

/** How long people remember what they were told. */
const REMEMBERED_MS = 3_600_000;
const MAX_SHOWN = 10_000;

/** Remembers who was told how to ask, so that nobody is told again and again. In memory, so a restart forgets it. */
export class HelpShown {
  /** By person and what they were told about. */
  readonly #shownAt = new Map<string, number>();

  /**
   * Counts someone as told, unless they were told about the same within the last hour.
   *
   * @param about What it explains.
   * @param now Milliseconds since 1970.
   * @returns Whether to tell them now.
   */
  claim(personId: string, about: string, now: number): boolean {
    const key = `${personId} ${about}`;
    const shownAt = this.#shownAt.get(key);
    if (shownAt !== undefined && now - shownAt < REMEMBERED_MS) return false;
    setBounded(this.#shownAt, key, now, MAX_SHOWN);
    return true;
  }
}
