import { setBounded } from './bounded-map.js';

/** How long people remember what they were told. */
const REMEMBERED_MS = 3_600_000;
const MAX_PEOPLE = 10_000;

/** Remembers who was told how to ask, so that nobody is told again and again. In memory, so a restart forgets it. */
export class HelpShown {
  readonly #shownAt = new Map<string, number>();

  /**
   * Whether to tell someone now: they were not told within the last hour. They then count as told.
   *
   * @param now Milliseconds since 1970.
   */
  isDue(personId: string, now: number): boolean {
    const shownAt = this.#shownAt.get(personId);
    if (shownAt !== undefined && now - shownAt < REMEMBERED_MS) return false;
    setBounded(this.#shownAt, personId, now, MAX_PEOPLE);
    return true;
  }
}
