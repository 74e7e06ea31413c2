import { countWords } from '../text/words.js';
import type { SourceBlock } from './compose.js';
import { withPrefix } from './with-prefix.js';

/** A longer title of a note is a part of its text. */
const MAX_NOTE_TITLE_WORDS = 12;

/**
 * Returns the first paragraph of a note with the title of the note in front of it, on a line of its own. Apart from the note, its
 * title says nothing.
 */
export function belowTitle<Below extends SourceBlock>(title: SourceBlock, block: Below): Below {
  const joined = withPrefix(block, `${title.text}\n`);
  const marks = [...(title.marks ?? []), ...(joined.marks ?? [])];
  return { ...joined, ...(marks.length > 0 && { marks }) };
}

/** Whether the title of a note is short enough to stand above its first paragraph. */
export function isShortTitle({ text }: Pick<SourceBlock, 'text'>): boolean {
  return countWords(text) <= MAX_NOTE_TITLE_WORDS;
}
