import type { Span } from '../../text/span.js';
import { countWords } from '../../text/words.js';
import { nextRunOf, previousRunOf, type TextContext } from './context.js';
import { isSibling, numberedLevel, setApartLevel } from './headings.js';
import {
  couldBeHeading,
  endsSentence,
  hasColumnGap,
  isBlockCapitals,
  isUnderline,
  MAX_HEADING_WORDS,
  startsWithCapital,
} from './line-shapes.js';
import { asRun, type Line, type Run, spanOfLines } from './lines.js';
import { listMarkerOf } from './list-marker.js';
import type { Outline } from './outline.js';
import type { Wrapping } from './wrapping.js';

/** A line with this many columns more than the text is centred. */
const CENTRED_COLUMNS = 10;
/** In a text with this many numbered or underlined headings, a short line is not a heading. */
const MANY_CLEAR_HEADINGS = 3;

/** Finds the headings of a text in order and adds them to its outline. */
export class HeadingReader {
  readonly #context: TextContext;
  readonly #outline: Outline;
  /** The number of headings so far that are more than a short line above a sentence. */
  #clearHeadings = 0;
  /** The number of the current section; 0 before the first. */
  #section = 0;
  #sectionLevel = 0;

  constructor(context: TextContext, outline: Outline) {
    this.#context = context;
    this.#outline = outline;
  }

  /** Reads the heading of a run.
   *
   * @returns The lines below the heading; null if there are none. The run itself if it has no heading. */
  read(run: Run, index: number, wrapping: Wrapping): Run | null {
    const level = this.#levelOf(run, index);
    if (level !== null) {
      const number = /^(\d{1,3})(?:\.\s|\.?\d)/.exec(run[0].content)?.[1];
      if (number !== undefined) {
        this.#section = Number(number);
        this.#sectionLevel = level;
      }
      this.#add(spanOfLines(run), level);
      return null;
    }
    const [first, second] = run;
    if (second === undefined || isUnderline(second.content)) return run;
    const numbered = numberedLevel(first.content);
    const isHeading =
      (numbered !== null &&
        first.indent <= this.#context.base &&
        (second.indent > first.indent || numbered > 1) &&
        listMarkerOf(second) === null &&
        countWords(first.content) <= 10 &&
        isMuchShorter(first, wrapping)) ||
      (isBlockCapitals(first.content) &&
        couldBeHeading(first.content) &&
        !isBlockCapitals(second.content) &&
        !hasColumnGap(first.content) &&
        first.indent <= this.#context.base &&
        listMarkerOf(first) === null &&
        second.indent === first.indent &&
        /\p{Ll}/u.test(second.content) &&
        second.content.length > 30);
    if (!isHeading) return run;
    this.#add({ start: first.start, end: first.end }, numbered ?? 1);
    return asRun(run.slice(1));
  }

  /** The level of a heading that is a run of its own. */
  #levelOf(run: Run, index: number): number | null {
    const [first, second, third] = run;
    const { base } = this.#context;
    if (
      third !== undefined ||
      (second !== undefined && (isUnderline(second.content) || !this.#context.wrapping[index]?.isWrapped))
    )
      return null;
    const content = run.map((line) => line.content).join(' ');
    const next = nextRunOf(this.#context, index);
    if (next === null) return null;
    if (isContentsName(content)) return 1;
    const level = second === undefined || second.indent > first.indent ? numberedLevel(content) : null;
    // "3.1.1.1" is a section, however far it is indented. "1." may number an item.
    const previous = previousRunOf(this.#context, index);
    if (previous !== null && this.#outline.blocks.at(-1)?.kind === 'item' && isSibling(previous[0], first)) return null;
    const isSection = level !== null && (level >= 2 || (first.indent <= base && !this.#outline.isInside(first.indent)));
    if (isSection && !isSibling(first, next[0])) return level;
    if (this.#isNextSection(run)) return 1;
    if (listMarkerOf(first) !== null || this.#outline.isInside(first.indent)) return null;
    const isSetIn = first.indent > base && first.indent < base + CENTRED_COLUMNS;
    return setApartLevel(run, base) === null ? null : isSetIn ? Math.min(this.#sectionLevel + 1, 6) : 1;
  }

  /** "3. The lamps." after section 2, although it ends like a sentence. */
  #isNextSection([first, second]: Run): boolean {
    const number = /^(\d{1,3})\.\s+\p{Lu}/u.exec(first.content)?.[1];
    if (number === undefined || second !== undefined || first.indent > this.#context.base) return false;
    return Number(number) === this.#section + 1 && this.#section > 0 && countWords(first.content) <= 8;
  }

  /** A short line above a sentence, in wrapped text. */
  readLone([line, second]: Run, index: number): boolean {
    const next = nextRunOf(this.#context, index);
    if (second !== undefined || next === null) return false;
    if (!this.#context.wrapping[index]?.isWrapped || !this.isShort(line, null, next)) return false;
    this.addShort(line);
    return true;
  }

  /** A line without an end mark above a sentence, in a text with end marks. */
  isShort(line: Line, below: Line | null, next: Run | null): boolean {
    if (!this.#context.usesEndMarks || this.#outline.isAnswering || this.#outline.top !== null) return false;
    if (this.#clearHeadings >= MANY_CLEAR_HEADINGS || /^[\w-]+:\s/.test(line.content)) return false;
    if (!couldBeHeading(line.content) || !startsWithCapital(line.content) || hasColumnGap(line.content)) return false;
    if (below !== null) return endsSentence(below.content) && below.content.length > line.content.length;
    const paragraph = next === null ? '' : next.map(({ content }) => content).join(' ');
    return next !== null && listMarkerOf(next[0]) === null && endsSentence(paragraph) && !endsSentence(line.content);
  }

  /** Adds a heading that is recognised only by being short. */
  addShort({ start, end }: Line): void {
    this.#add({ start, end }, this.#clearHeadings > 0 ? 2 : 1, true);
  }

  /** Adds a line and the line drawn below it. */
  addUnderlined(lines: Run): void {
    const sign = lines.at(-1)?.content[0] ?? '=';
    const level = sign === '=' || sign === '*' || sign === '#' ? 1 : sign === '-' ? 2 : 3;
    const { end } = spanOfLines(lines);
    const underline = { start: spanOfLines([lines[0], ...lines.slice(1, -1)]).end, end };
    this.#add(spanOfLines(lines), Math.max(level, numberedLevel(lines[0].content) ?? 1), false, underline);
  }

  #add(span: Span, level: number, isGuess = false, underline?: Span): void {
    this.#outline.leaveAll();
    if (!isGuess) this.#clearHeadings += 1;
    const marker = underline && { start: underline.start, end: underline.end };
    this.#outline.add({ kind: 'heading', ...span, level, ...(marker && { marker }) });
  }
}

function isMuchShorter(line: Line, { width, isWrapped }: Wrapping): boolean {
  return isWrapped ? line.width < width - 10 : countWords(line.content) <= MAX_HEADING_WORDS;
}

function isContentsName(content: string): boolean {
  return /^(?:(?:table of )?contents|index|inhalt(?:sverzeichnis)?)$/i.test(content);
}
