import { countWords } from '../../text/words.js';
import type { Line, Run } from './lines.js';
import { listMarkerOf } from './list-marker.js';
import { isProse, isUnmistakablyPreformatted } from './preformatted.js';

const MAX_TERM_WORDS = 8;

/** Whether a short line is a term: the run below it, its definition, is indented further. */
export function isTermAbove(line: Line, below: Run): boolean {
  return (
    countWords(line.content) <= MAX_TERM_WORDS &&
    !/[.,;:!?]["”’)]*$/.test(line.content) &&
    below[0].indent >= line.indent + 2 &&
    below.every(({ indent }) => indent > line.indent) &&
    listMarkerOf(below[0]) === null &&
    (isProse(below, true) || (/^\p{L}[^:]*:$/u.test(below[0].content) && below.length > 1)) &&
    !isUnmistakablyPreformatted(below)
  );
}
