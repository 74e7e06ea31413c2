import type { Span } from '../text/span.js';

/**
 * What a block is in the structure of its article.
 *
 * - `title`: the article's title where it appears in the text. Searched as the article's title, never quoted.
 * - `heading`: names the blocks below it. Searched with them, never quoted alone.
 * - `paragraph`: running text.
 * - `item`: one item of a list. Its further paragraphs and code are blocks of their own with the same `depth`.
 * - `row`: one row of a table. The text of its cells stands in order, with " | " between them.
 * - `code`: preformatted text. Its line ends and indentation are kept.
 * - `term` and `definition`: an entry of a glossary or a list of options.
 * - `question` and `answer`: an entry of a list of questions, or a summary with the details below it.
 * - `turn`: what one speaker says.
 * - `quotation`: text from someone else, such as the mail that a mail replies to.
 * - `note`: set apart by the author, such as a warning, a tip or a footnote.
 * - `caption`: names a picture or a table.
 * - `boilerplate`: what a page has besides the article, such as navigation, or the head of a printed page. Stored,
 *   never searched.
 */
export type BlockKind =
  | 'title'
  | 'heading'
  | 'paragraph'
  | 'item'
  | 'row'
  | 'code'
  | 'term'
  | 'definition'
  | 'question'
  | 'answer'
  | 'turn'
  | 'quotation'
  | 'note'
  | 'caption'
  | 'boilerplate';

/**
 * What a reader needs beside a block to understand it.
 *
 * - `heading`: a heading above it.
 * - `lead-in`: the sentence that introduces its list, table or code.
 * - `header-row`: the header of its table.
 * - `cell-above`: a cell of a row above that covers this row too.
 * - `question`: the question it answers.
 * - `term`: what it defines.
 * - `speaker`: who says it.
 */
export type ContextRole = 'heading' | 'lead-in' | 'header-row' | 'cell-above' | 'question' | 'term' | 'speaker';

/**
 * A part of the article's text that belongs to the context of a block, a passage or a quote. It only says where the words are;
 * `ContextSlice` has the words too.
 */
export interface ContextSpan extends Span {
  readonly role: ContextRole;
}

/** One structural part of an article, without surrounding whitespace. All spans are spans of the article's text. */
export interface Block extends Span {
  readonly kind: BlockKind;
  /** Of a heading: 1 for the highest, up to 6. */
  readonly level?: number;
  /** How many lists the block is inside: 1 for the items of an outer list. Absent outside lists. */
  readonly depth?: number;
  /** Of an item: its number, bullet or box, if it is written in the text. Of a heading: the line under it. */
  readonly marker?: Span;
  /** Of a task: whether it is done. */
  readonly isChecked?: boolean;
  /** Of a row: whether it heads its table. */
  readonly isHeader?: boolean;
  /**
   * Of a row: its cells in order, one for each column. A cell that covers several columns is there once for each. An empty cell,
   * or one that a cell above covers, is an empty span.
   */
  readonly cells?: readonly Span[];
  /** Of code: its language as the author named it, in lower case. */
  readonly language?: string;
  /** Of a note: its kind in lower case, such as "warning" or "tip". */
  readonly label?: string;
  /** Of running text: whether its line ends only wrap it, so that they are shown as spaces. */
  readonly isWrapped?: boolean;
  /** Of boilerplate: what it was recognised by, such as "navigation" or "page head". */
  readonly rule?: string;
  /** Its context in text order, without the headings above it: the order of the blocks says which those are. Absent if there is none. */
  readonly context?: readonly ContextSpan[];
}

/**
 * A property of a part of the text that the words do not show.
 *
 * - `link`: leads to `value`, an address as the author wrote it, which may be relative to the article's own; a link to another
 *   source file has the address of that file's page, if it is known.
 * - `struck`: was struck out by the author and no longer holds.
 * - `anchor`: an empty span; what follows can be reached on the page by the id `value`.
 * - `page`: an empty span; the printed page called `value` begins here.
 * - `time`: an empty span; what follows is said at `value` (`H:MM:SS`) of a recording.
 */
export type MarkKind = 'link' | 'struck' | 'anchor' | 'page' | 'time';

/** A marked part of an article's text. */
export interface Mark extends Span {
  readonly kind: MarkKind;
  /** See {@link MarkKind}. Absent for `struck`. */
  readonly value?: string;
}

/** Whether blocks of this kind are searched with the passages of their article. */
export function isSearched({ kind }: Pick<Block, 'kind'>): boolean {
  return kind !== 'title' && kind !== 'boilerplate';
}

/** Whether a block has content of its own: it is searched and isn't a heading. An article without such a block can't be cited. */
export function isContent(block: Pick<Block, 'kind'>): boolean {
  return isSearched(block) && block.kind !== 'heading';
}
