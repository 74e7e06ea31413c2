import type { Container } from '../container.js';
import { type Place, placeInside, TOP } from './place.js';

const MAX_LEVEL = 6;

/** A container that has begun and not ended. */
interface OpenContainer {
  /** The number of its markers, or the name of its element. */
  readonly by: number | string;
  readonly place: Place;
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
    return Math.min(MAX_LEVEL, Math.max(this.#level, 1) + 1);
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
    this.#containers.push({ by, place: placeInside(container, around) });
  }

  /** Closes a container and those inside it, unless it began outside the current siblings. */
  close(by: number | string): void {
    const index = this.#containers.findLastIndex((container) => container.by === by);
    if (index >= this.#siblings.containers) this.#closeUntil(index);
  }

  /** Notes the level of a heading. */
  addHeading(level: number): void {
    this.#level = level;
  }

  /** Makes the rest of a container answers, after its summary has asked a question. */
  startAnswers(): void {
    const index = this.#containers.findLastIndex(({ place }) => place.paragraph === 'question');
    const details = this.#containers[index - 1];
    if (details === undefined) return;
    const paragraph = details.place.paragraph === 'paragraph' ? 'answer' : details.place.paragraph;
    this.#containers[index - 1] = { ...details, place: { ...details.place, paragraph, under: 'question' } };
  }

  /** Closes containers of the current siblings until only `count` are open. */
  #closeUntil(count: number): void {
    this.#containers.splice(Math.max(count, this.#siblings.containers));
  }
}
