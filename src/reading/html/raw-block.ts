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

/**
 * Returns a function that asks about the sources of blocks, and asks only once about the same ones: the paragraphs that line breaks make
 * of one element share their sources, and there can be thousands of both.
 */
export function bySources<Answer>(
  answer: (sources: readonly TextSource[]) => Answer,
): (block: Pick<RawBlock, 'sources'>) => Answer {
  const answers = new WeakMap<readonly TextSource[], { readonly answer: Answer }>();
  return ({ sources }) => {
    const known = answers.get(sources) ?? { answer: answer(sources) };
    answers.set(sources, known);
    return known.answer;
  };
}

/** Whether a click on any of its text leads to another page. False if it has no text. */
export const isLinkOnly = bySources((sources) =>
  isWholly(sources, ({ around }) => around.link !== null && !around.link.startsWith('#')),
);

/** Whether a click on any of its text leads somewhere. False if it has no text. */
export const isWithinLinks = bySources((sources) => isWholly(sources, ({ around }) => around.link !== null));

/** Whether all of its text is bold. False if it has no text. */
export const isBoldOnly = bySources((sources) => isWholly(sources, ({ around }) => around.isBold));

function isWholly(sources: readonly TextSource[], has: (source: TextSource) => boolean): boolean {
  return sources.length > 0 && sources.every(has);
}

/** The text that blocks come from, each source once. */
export function sourcesOf(blocks: readonly RawBlock[]): ReadonlySet<TextSource> {
  const all = new Set(blocks.map(({ sources }) => sources));
  return new Set([...all].flat());
}

/** Counts the characters that are not whitespace. */
export function countCharacters(text: string): number {
  return text.replace(/\s+/g, '').length;
}
