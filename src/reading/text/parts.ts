import type { TextContext } from './context.js';
import { questionLabelOf, speakerOf } from './labels.js';
import { isUnderline } from './line-shapes.js';
import type { Line, Run } from './lines.js';
import { type ListMarker, listMarkerOf } from './list-marker.js';
import { isFull, type Wrapping } from './wrapping.js';

/** Lines of a run that belong together. */
export interface Part {
  readonly kind: 'lines' | 'item' | 'quotation' | 'question' | 'answer' | 'turn' | 'underlined';
  readonly lines: Run;
  /** Only of an item. */
  readonly marker?: ListMarker;
}

type OpenPart = Omit<Part, 'lines'> & { lines: [Line, ...Line[]] };

/** Splits a run in front of each line that begins an item, a question, an answer or what someone says. */
export function partsOf(run: Run, wrapping: Wrapping, context: TextContext): Part[] {
  const parts: OpenPart[] = [];
  for (let index = 0; index < run.length; index += 1) {
    const line = run[index] as Line;
    const open = parts.at(-1);
    const next = run[index + 1];
    if (next !== undefined && isUnderlinedAt(line, next, open)) {
      parts.push({ kind: 'underlined', lines: [line, next] });
      index += 1;
      continue;
    }
    const opened = openedBy(line, open, wrapping, context);
    if (opened !== null) parts.push(opened);
    else if (open !== undefined && goesOn(line, open, wrapping)) open.lines.push(line);
    else parts.push({ kind: 'lines', lines: [line] });
  }
  return parts;
}

function isUnderlinedAt(line: Line, next: Line, open: OpenPart | undefined): boolean {
  if (!isUnderline(next.content) || !/[\p{L}\p{N}]/u.test(line.content) || line.content.length > 100) return false;
  const isLongEnough = next.content.length >= Math.min(line.content.length * 0.6, 20);
  return isLongEnough && (open === undefined || open.kind !== 'item') && !/[|]| {3,}/.test(line.content);
}

/** The part that a line begins; null if it does not begin one. */
function openedBy(line: Line, open: OpenPart | undefined, wrapping: Wrapping, context: TextContext): OpenPart | null {
  if (line.content.startsWith('>')) return open?.kind === 'quotation' ? null : { kind: 'quotation', lines: [line] };
  const label = context.hasQuestions ? questionLabelOf(line) : null;
  if (label !== null) return { kind: label, lines: [line] };
  const speaker = context.speakers.size > 0 ? speakerOf(line) : null;
  if (speaker !== null && context.speakers.has(speaker.name)) return { kind: 'turn', lines: [line] };
  const marker = listMarkerOf(line);
  if (marker === null || !canBeItem(line, marker, open, wrapping)) return null;
  return { kind: 'item', lines: [line], marker };
}

/** In the middle of wrapped text, a line can begin with "1988." or "a)" by chance. */
function canBeItem(
  line: Line,
  marker: ListMarker,
  open: OpenPart | undefined,
  { isWrapped, width }: Wrapping,
): boolean {
  const last = open?.lines.at(-1);
  if (open === undefined || last === undefined) return true;
  if (open.kind === 'item') {
    const isSibling = open.marker?.style === marker.style && line.indent === open.lines[0].indent;
    return isSibling || line.indent !== last.indent || !isFull(last, line, width) || /[.:;!?]$/.test(last.content);
  }
  if (open.kind !== 'lines' && open.kind !== 'answer' && open.kind !== 'turn') return open.kind !== 'quotation';
  return !isWrapped || line.indent > last.indent || /[.:;!?]$/.test(last.content) || !isFull(last, line, width);
}

/** Whether a line continues the part before it. */
function goesOn(line: Line, open: OpenPart, { isWrapped, width }: Wrapping): boolean {
  const last = open.lines.at(-1) as Line;
  switch (open.kind) {
    case 'lines':
      return true;
    case 'quotation':
      return line.content.startsWith('>');
    case 'item': {
      const { indent } = open.lines[0];
      if (line.indent > indent) return true;
      // The further lines of an item may be aligned with its marker.
      return line.indent === indent && isFull(last, line, width) && isWrapped;
    }
    case 'question':
    case 'answer':
    case 'turn':
      return isWrapped || line.indent > open.lines[0].indent || isFull(last, line, width);
    default:
      return false;
  }
}
