import type { BlockKind } from '../../../corpus/block.js';
import type { Container } from '../container.js';

/** What a block inherits from the parts of the article around it. */
export interface Place {
  /** The kind of a paragraph here. */
  readonly paragraph: BlockKind;
  /** Of a note: its kind. */
  readonly label?: string;
  /** Of a note: stands for this one note. */
  readonly note?: object;
  /** Whether it is the title of the note. */
  readonly isTitle?: true;
  /** The number of lists around it. */
  readonly depth: number;
  readonly under?: 'question' | 'term';
}

/** Outside all lists, quotations and containers. */
export const TOP: Place = { paragraph: 'paragraph', depth: 0 };

/** Returns the place inside a container. */
export function placeInside({ kind, label }: Container, around: Place): Place {
  switch (kind) {
    case 'note':
      return { ...around, paragraph: 'note', note: {}, ...(label !== undefined && { label }) };
    case 'title':
      return { ...around, isTitle: true };
    case 'summary':
      return { ...around, paragraph: 'question' };
    case 'term':
      return { ...around, paragraph: 'term' };
    case 'definition':
      return { ...around, paragraph: 'definition', under: 'term' };
    default:
      return around;
  }
}
