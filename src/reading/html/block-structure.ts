import type { SourceBlock } from '../compose.js';
import { withPrefix } from '../with-prefix.js';
import type { ItemState, Surroundings } from './raw-block.js';

/** Returns the block that a text becomes in its surroundings. The first text of an item becomes the item. */
export function structureOf(around: Surroundings, { text, marks }: Pick<SourceBlock, 'text' | 'marks'>): SourceBlock {
  const { kind, level, item, under, note } = around;
  const shared = {
    ...(marks && marks.length > 0 && { marks }),
    ...(item !== null && { depth: item.depth }),
    ...(under !== undefined && { under }),
  };
  if (around.isPreformatted && !around.isProse) {
    if (item !== null) item.isStarted = true;
    return { kind: 'code', text, ...shared, ...(around.language !== null && { language: around.language }) };
  }
  const isHeading = kind === 'heading' && level !== null;
  const isItem = kind === 'paragraph' || kind === 'answer' || kind === 'definition';
  if (item === null || item.isStarted) {
    return {
      kind,
      text,
      ...shared,
      ...(isHeading && { level }),
      ...(kind === 'note' && note?.label != null && { label: note.label }),
    };
  }
  item.isStarted = true;
  return firstOfItem(item, {
    ...shared,
    text,
    kind: isItem ? 'item' : kind,
    ...(isItem && { group: item.group }),
    ...(isHeading && { level }),
    ...(kind === 'note' && note?.label != null && { label: note.label }),
  });
}

/** Puts the number or the box of an item in front of its text, unless the author wrote one too. */
function firstOfItem({ marker, isChecked }: ItemState, block: SourceBlock): SourceBlock {
  const checked = isChecked === null || block.kind !== 'item' ? block : { ...block, isChecked };
  if (marker === null || /^\(?(?:\d{1,3}|[a-z]{1,3})[.)]\s/i.test(block.text)) return checked;
  return {
    ...withPrefix(checked, `${marker} `),
    ...(block.kind === 'item' && { marker: { start: 0, end: marker.length } }),
  };
}
