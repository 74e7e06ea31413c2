import type { PlacedBlock } from '../add-context.js';
import { asRun, type Line, type Run, spanOfLines } from './lines.js';
import type { ListMarker } from './list-marker.js';
import type { Outline } from './outline.js';
import type { Wrapping } from './wrapping.js';

/**
 * Adds an item of a list, and opens it: what is indented further belongs to it.
 *
 * @returns The last lines of the item if they are indented further than its text, such as code. Null if there are none.
 */
export function addItem(lines: Run, marker: ListMarker, wrapping: Wrapping, outline: Outline): Run | null {
  const [first] = lines;
  const { indent, start } = first;
  const { style, text, textIndent } = marker;
  outline.leaveTo(indent);
  const group = outline.groupFor(indent, style);
  const depth = outline.depth() + 1;
  const { own, below } = splitAtDeeperLines(lines, marker, wrapping);
  outline.add({
    kind: 'item',
    ...spanOfLines(own),
    depth,
    group,
    marker: { start, end: start + text.length },
    ...taskState(first, marker),
    ...outline.under(),
  });
  outline.enter({ kind: 'item', indent, textIndent, style, group });
  return asRun(below);
}

function splitAtDeeperLines(
  lines: Run,
  { textIndent }: ListMarker,
  { width }: Wrapping,
): { own: readonly Line[]; below: readonly Line[] } {
  const at = lines.findIndex((line, index) => {
    const last = lines[index - 1];
    const isDeeper = last !== undefined && line.indent >= textIndent + 2 && last.indent <= textIndent;
    return isDeeper && last.width < width - 20;
  });
  return at === -1 ? { own: lines, below: [] } : { own: lines.slice(0, at), below: lines.slice(at) };
}

function taskState(line: Line, { text }: ListMarker): Pick<PlacedBlock, 'isChecked'> {
  const box = /^\s*\[([ xX])\]\s/.exec(line.content.slice(text.length));
  return box === null ? {} : { isChecked: box[1] !== ' ' };
}
