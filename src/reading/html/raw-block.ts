import type { SourceBlock } from '../compose.js';
import type { PageElement } from './page.js';

/** An element that is boilerplate, and the one around it. */
export interface BoilerplatePart {
  readonly rule: string;
  readonly around: BoilerplatePart | null;
}

/** One item of a list, and the item around it. */
export interface ItemState {
  readonly around: ItemState | null;
  readonly group: number;
  readonly depth: number;
  readonly marker: string | null;
  readonly isChecked: boolean | null;
  /** Whether its first block has been read. Any later text in it is a further paragraph. */
  isStarted: boolean;
}

/** A box that is set apart. Its blocks refer to the same object. */
export interface NoteState {
  readonly label: string | null;
  /** Whether its own title is being read. */
  readonly isTitle: boolean;
  readonly box: object;
}

/** What a text inherits from the elements around it. */
export interface Surroundings {
  readonly kind: SourceBlock['kind'];
  /** 1 to 6 inside a heading. */
  readonly level: number | null;
  readonly under: SourceBlock['under'];
  readonly item: ItemState | null;
  readonly note: NoteState | null;
  readonly isPreformatted: boolean;
  /** Whether preformatted text is running text, with empty lines between its paragraphs. */
  readonly isProse: boolean;
  readonly language: string | null;
  /** Where a click on the text leads, as the author wrote it. */
  readonly link: string | null;
  readonly isBold: boolean;
  /** Inside a heading, summary or term, the text of buttons is shown. */
  readonly showsButtons: boolean;
  readonly tableDepth: number;
  /** How many elements around it are named like boilerplate. */
  readonly sectionDepth: number;
  readonly boilerplate: BoilerplatePart | null;
  /** Whether it is in what the page marks as its main part. */
  readonly isMain: boolean;
}

/** A run of text of a block. */
export interface TextSource {
  /** The element that holds the text. */
  readonly owner: PageElement;
  /** Without whitespace. */
  readonly characters: number;
  readonly around: Surroundings;
}

/** A block with where its text comes from. */
export interface RawBlock extends SourceBlock {
  readonly sources: readonly TextSource[];
}

/** Whether all text of a block has a property. False if it has no text. */
export function isWholly(block: RawBlock, has: (source: TextSource) => boolean): boolean {
  return block.sources.length > 0 && block.sources.every(has);
}

/** Whether a click on any of its text leads to another page. */
export function isLinkOnly(block: RawBlock): boolean {
  return isWholly(block, ({ around }) => around.link !== null && !around.link.startsWith('#'));
}

/** Counts the characters that are not whitespace. */
export function countCharacters(text: string): number {
  return text.replace(/\s+/g, '').length;
}
