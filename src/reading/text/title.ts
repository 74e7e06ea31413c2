import { oneLine } from '../../text/visible-text.js';
import { countWords } from '../../text/words.js';
import { boilerplateRule } from '../boilerplate.js';
import { parseDate, parseDateLine } from '../publication-date.js';
import { questionLabelOf, speakerOf } from './labels.js';
import { hasColumnGap, isBlockCapitals, isDrawn, isUnderline } from './line-shapes.js';
import type { Line, Run } from './lines.js';
import { listMarkerOf } from './list-marker.js';
import type { Wrapping } from './wrapping.js';

/** The title of a text and the lines it is on. */
export interface TextTitle {
  readonly title: string;
  readonly lines: readonly Line[];
}

const MAX_TITLE_WORDS = 25;
const MAX_TITLE_LINES = 4;
/** Further down, a short line is no longer the title. */
const MAX_RUNS = 10;
/** A title with this many columns more than the text is centred. */
const CENTRED_COLUMNS = 4;

/**
 * Finds the title at the beginning of a text: a short line without an end mark, or several that are centred, underlined or in
 * capitals. Dates, page controls, drawn boxes and the head of a memo are skipped.
 *
 * @param base The indentation of most lines of the text, in columns.
 */
export function titleOf(runs: readonly Run[], wrapping: readonly Wrapping[], base: number): TextTitle | null {
  for (const [index, run] of runs.slice(0, MAX_RUNS).entries()) {
    if (run[0].pageRule !== undefined || isPassedOver(run)) continue;
    const lines = wrapping[index]?.isWrapped || isUnderlined(run) ? run : run.filter((line) => !isNoTitle(line));
    if (lines.every(isNoTitle)) continue;
    const found = titleIn(lines as Run, run, base);
    const last = found?.lines.at(-1);
    return last !== undefined && found !== null && hasBodyBelow(last, runs) ? found : null;
  }
  return null;
}

/** Whether a run can precede the title: a drawn box, or lines in two columns with the publisher and the like. */
function isPassedOver(run: Run): boolean {
  const drawn = run.filter(({ content }) => isDrawn(content) || /^\*.*\*$/.test(content)).length;
  if (run.length >= 2 && drawn >= run.length / 2 && !isUnderlined(run)) return true;
  const columns = run.filter(({ content }) => hasColumnGap(content)).length;
  return (
    run.length >= 2 &&
    columns >= 1 &&
    !isUnderlined(run) &&
    run.every((line) => hasColumnGap(line.content) || line.content.length < 60)
  );
}

function isUnderlined(run: Run): boolean {
  return run.length <= MAX_TITLE_LINES && run.some(({ content }, index) => index > 0 && isUnderline(content));
}

/** Whether a line is not a title but may be above one. */
function isNoTitle({ content }: Line): boolean {
  return (
    boilerplateRule(content) !== null ||
    parseDateLine(content) !== null ||
    parseDate(content) !== null ||
    /^(?:page\s*)?[\d\s.:/-]+$/i.test(content) ||
    /^(?:NOTE|NOTICE|WARNING|DRAFT|IMPORTANT|CONFIDENTIAL|COPY|TODO)[:!]?$/.test(content)
  );
}

function titleIn(lines: Run, run: Run, base: number): TextTitle | null {
  const words = lines.filter(({ content }) => !isUnderline(content));
  const [first] = words;
  if (first === undefined || !couldBeTitle(first)) return null;
  if (isUnderlined(run)) return titleFrom(words, lines);
  const isCentred = words.every((line) => line.indent >= base + CENTRED_COLUMNS);
  const areCapitals = words.every(({ content }) => isBlockCapitals(content));
  if (words.length <= MAX_TITLE_LINES && (words.length === 1 || isCentred || areCapitals))
    return titleFrom(words, words);
  // The lines below it are the text. They are not wrapped, so each is a paragraph.
  return lines !== run || !isFilled(run) ? titleFrom([first], [first]) : null;
}

/** Whether the first line of a run continues on the next one. */
function isFilled(run: Run): boolean {
  return (
    (run[1]?.indent ?? 0) >= run[0].indent && run[0].width + 8 >= (run[1]?.width ?? 0) && run[0].content.length > 40
  );
}

function titleFrom(words: readonly Line[], lines: readonly Line[]): TextTitle | null {
  const title = oneLine(words.map(({ content }) => content).join(' '));
  const isTitle = countWords(title) <= MAX_TITLE_WORDS && !/[.,;:]["”’)]?$/.test(title);
  return isTitle ? { title, lines } : null;
}

function couldBeTitle(line: Line): boolean {
  return (
    questionLabelOf(line) === null && listMarkerOf(line) === null && !line.content.startsWith('>') && !isLabelled(line)
  );
}

/** Whether someone says the line: "Chair: We begin." But "Ferries: a history" is a title. */
function isLabelled(line: Line): boolean {
  return speakerOf(line) !== null && /[.!]$/.test(line.content);
}

function hasBodyBelow(last: Line, runs: readonly Run[]): boolean {
  return runs.some((run) =>
    run.some((line) => line.start > last.start && line.pageRule === undefined && !isNoTitle(line)),
  );
}
