import { endOfExpression, isCompleteStatement } from './javascript-syntax.js';
import { endOfTag } from './markup-tag.js';

/** MDX markup that began on an earlier line and has not ended. */
export interface UnfinishedMarkup {
  readonly kind: 'tag' | 'expression' | 'statement';
  readonly lines: string[];
}

/** Markup with more lines than this is treated as text. */
export const MAX_MARKUP_LINES = 100;

/** Markup that has ended. */
interface FinishedMarkup {
  readonly text: string;
  /** Where the markup begins in the text, after its indentation. */
  readonly start: number;
  readonly end: number;
}

/** Returns markup with the place where it ends, or null if it does not end with its last line. */
export function finishMarkup({ kind, lines }: UnfinishedMarkup): FinishedMarkup | null {
  const mayEnd = kind === 'statement' || lines.at(-1)?.includes(kind === 'tag' ? '>' : '}');
  if (!mayEnd) return null;
  const text = lines.join('\n');
  const start = text.length - text.trimStart().length;
  if (kind === 'statement') return isCompleteStatement(text) ? { text, start, end: text.length } : null;
  const end = kind === 'tag' ? endOfTag(text, start) : endOfExpression(text, start);
  return end === -1 ? null : { text, start, end };
}
