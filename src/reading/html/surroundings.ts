import { isNoteTitle } from './notes.js';
import type { PageElement } from './page.js';
import type { Surroundings } from './raw-block.js';

/** What text outside all elements inherits. */
export const OUTSIDE: Surroundings = {
  kind: 'paragraph',
  level: null,
  under: undefined,
  item: null,
  note: null,
  isPreformatted: false,
  isProse: false,
  language: null,
  link: null,
  isBold: false,
  showsButtons: false,
  tableDepth: 0,
  sectionDepth: 0,
  boilerplate: null,
  isMain: false,
};

/** Returns what the text in an element inherits, if the element is neither a list nor a table. */
export function withinBlock(element: PageElement, className: string | null, around: Surroundings): Surroundings {
  const name = element.localName;
  const isNamed = around.kind === 'term' || around.kind === 'question';
  if (/^h[1-6]$/.test(name)) {
    const level = Number(name[1]);
    if (around.note !== null) return { ...around, note: { ...around.note, isTitle: true }, showsButtons: true };
    return { ...around, kind: isNamed ? around.kind : 'heading', level, showsButtons: true };
  }
  if (name === 'blockquote' && around.note === null && !isNamed) return { ...around, kind: 'quotation' };
  if (name === 'figcaption' || name === 'caption') return { ...around, kind: 'caption' };
  if (around.note !== null && className !== null && isNoteTitle(className)) {
    return { ...around, note: { ...around.note, isTitle: true } };
  }
  return around;
}
