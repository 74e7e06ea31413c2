import type { Container } from '../container.js';
import { type Place, placeInside, TOP } from './place.js';

const MAX_LEVEL = 6;

/** A container that has begun and not ended. */
interface OpenContainer {
  /** The number of its markers, or the name of its element. */
  readonly by: number | string;
  readonly place: Place;
  /** The level of its heading, if it has a title. */
  level: number | null;
  /** The level of the heading above it. */
  readonly outerLevel: number;
}

/** Blocks with the same parent in the tree: where they are, and how many containers began before them. */
interface Siblings {
  readonly place: Place;
  readonly containers: number;
}

/** Keeps track of the containers and headings around the next block. */
export class PlaceStack {
  readonly #containers: OpenContainer[] = [];
  #siblings: Siblings = { place: TOP, containers: 0 };
  /** The level of the last heading. */
  #level = 0;

  /** The place of the next sibling: in the innermost container that began among the siblings, or where all of them are. */
  get current(): Place {
    const { place, containers } = this.#siblings;
    return this.#containers.length > containers ? (this.#containers.at(-1)?.place ?? place) : place;
  }

  /** The level of a heading below the current one. */
  get levelBelow(): number {
    return Math.min(MAX_LEVEL, Math.max(this.#level, this.#sectionLevel, 1) + 1);
  }

  /** Places blocks with the same parent. A container that begins among them ends with them. */
  withSiblings(place: Place, addBlocks: () => void): void {
    const outer = this.#siblings;
    this.#siblings = { place, containers: this.#containers.length };
    addBlocks();
    this.#closeUntil(this.#siblings.containers);
    this.#siblings = outer;
  }

  /** Opens a container at a place. */
  open(by: number | string, container: Container, around: Place): void {
    const place = placeInside(container, around, this.levelBelow);
    this.#containers.push({ by, place, level: null, outerLevel: this.#level });
  }

  /** Closes a container and those inside it, unless it began outside the current siblings. */
  close(by: number | string): void {
    const index = this.#containers.findLastIndex((container) => container.by === by);
    if (index >= this.#siblings.containers) this.#closeUntil(index);
  }

  /** Notes a heading, and returns its level: below that of the section it is in. */
  addHeading(depth: number): number {
    this.#level = Math.min(MAX_LEVEL, Math.max(depth, this.#sectionLevel + 1));
    return this.#level;
  }

  /** Notes the level of a heading in HTML. */
  addHtmlHeading(level: number): void {
    this.#level = level;
  }

  /** Notes the level of the title of the innermost container. */
  setTitleLevel(level: number): void {
    const section = this.#containers.findLast(({ place }) => place.level === undefined);
    if (section !== undefined) section.level = level;
  }

  /** Makes the rest of a container answers, after its summary has asked a question. */
  startAnswers(): void {
    const index = this.#containers.findLastIndex(({ place }) => place.paragraph === 'question');
    const details = this.#containers[index - 1];
    if (details === undefined) return;
    const paragraph = details.place.paragraph === 'paragraph' ? 'answer' : details.place.paragraph;
    this.#containers[index - 1] = { ...details, place: { ...details.place, paragraph, under: 'question' } };
  }

  get #sectionLevel(): number {
    return this.#containers.findLast(({ level }) => level !== null)?.level ?? 0;
  }

  /** Closes containers of the current siblings until only `count` are open. */
  #closeUntil(count: number): void {
    for (const container of this.#containers.splice(Math.max(count, this.#siblings.containers)).toReversed()) {
      // The headings in a section are not above what follows it.
      if (container.level !== null) this.#level = container.outerLevel;
    }
  }
}
