import type { List, ListItem } from 'mdast';
import type { SourceBlock } from '../../compose.js';
import { withPrefix } from '../../with-prefix.js';

/** What is shown in front of an item, and whether it is a task. */
export interface ItemStart {
  /** The number and the box, each with a space after it. */
  readonly text: string;
  readonly isChecked: boolean | null;
  readonly group: number;
}

/**
 * Returns what is shown in front of an item. A bullet is not shown.
 *
 * @param index The place of the item in its list, from 0.
 * @param source The text that the list was parsed from.
 */
export function itemStartOf(
  item: ListItem,
  { list, index, group }: { readonly list: List; readonly index: number; readonly group: number },
  source: string,
): ItemStart {
  const number = list.ordered ? `${(list.start ?? 1) + index}${delimiterOf(item, source)} ` : '';
  const box = item.checked === true ? '[x] ' : item.checked === false ? '[ ] ' : '';
  return { text: number + box, isChecked: item.checked ?? null, group };
}

/** Puts the start of an item in front of its first block. */
export function withItemStart(block: SourceBlock, { text, isChecked, group }: ItemStart): SourceBlock {
  const marker = text.trimEnd();
  return {
    ...withPrefix({ ...block, marks: block.marks ?? [] }, block.text === '' ? marker : text),
    group,
    ...(text !== '' && { marker: { start: 0, end: marker.length } }),
    ...(isChecked !== null && { isChecked }),
  };
}

/** "." or ")", as written. */
function delimiterOf(item: ListItem, source: string): string {
  const start = item.position?.start.offset ?? 0;
  return /^\d+([.)])/.exec(source.slice(start, start + 11))?.[1] ?? '.';
}
