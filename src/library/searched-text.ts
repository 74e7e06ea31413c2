import { type Block, type ContextSpan, isSearched } from '../corpus/block.js';
import { searchText } from '../text/search-text.js';
import { type Span, sliceOf } from '../text/span.js';

// The full-text tables store no text, so a row is deleted with the text that it was inserted with. If one of these functions
// changes, raise SCHEMA_VERSION and fill the tables again.

/** The words of a passage as they are searched. */
export function passageWords(text: string, passage: Span): string {
  return searchText(sliceOf(text, passage));
}

/** The words of a passage's context as they are searched. */
export function contextWords(text: string, context: readonly ContextSpan[]): string {
  return context.map((part) => searchText(sliceOf(text, part))).join('\n');
}

/** The words of an article as they are searched: those of every block that is. */
export function articleWords(text: string, blocks: readonly Block[]): string {
  return blocks
    .filter(isSearched)
    .map((block) => searchText(sliceOf(text, block)))
    .join('\n');
}
