import { belowTitle, isShortTitle } from '../below-title.js';
import { noteLabelOf } from './notes.js';
import { isBoldOnly, type NoteState, type RawBlock } from './raw-block.js';

/** Joins the title of a note, such as "Warning", with the first paragraph below it, and labels notes by their titles. */
export function joinNoteTitles(blocks: readonly RawBlock[]): RawBlock[] {
  const joined: RawBlock[] = [];
  for (const block of blocks) {
    const previous = joined.at(-1);
    if (previous !== undefined && isTitleOf(previous, block)) {
      joined.pop();
      const label = previous.label ?? noteLabelOf(previous.text);
      joined.push({ ...joinTitle(previous, block), ...(label !== null && { label }) });
    } else joined.push(block);
  }
  return joined;
}

function noteOf(block: RawBlock): NoteState | null {
  return block.kind === 'note' ? (block.sources[0]?.around.note ?? null) : null;
}

function isTitleOf(title: RawBlock, block: RawBlock): boolean {
  const note = noteOf(title);
  if (note === null || noteOf(block)?.box !== note.box || !isShortTitle(title)) return false;
  const isTitle = note.isTitle || noteLabelOf(title.text) !== null || isBoldOnly(title);
  return isTitle && !noteOf(block)?.isTitle;
}

function joinTitle(title: RawBlock, block: RawBlock): RawBlock {
  return { ...belowTitle(title, block), sources: [...title.sources, ...block.sources] };
}
