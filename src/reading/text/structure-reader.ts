import type { PlacedBlock } from '../add-context.js';
import { ContentsReader } from './contents-reader.js';
import type { TextContext } from './context.js';
import { HeadingReader } from './heading-reader.js';
import { speakerOf } from './labels.js';
import { isUnderline, plainWordShare } from './line-shapes.js';
import { asRun, type Run, spanOfLines } from './lines.js';
import { LinesReader } from './lines-reader.js';
import { addItem } from './list-item.js';
import { mailHeadOf } from './mail.js';
import { mailHeadBlocks } from './mail-head-blocks.js';
import { Outline } from './outline.js';
import { type Part, partsOf } from './parts.js';
import { isUnmistakablyPreformatted } from './preformatted.js';
import { SeriesReader } from './series-reader.js';
import { readBarTable } from './tables.js';
import type { TextTitle } from './title.js';
import type { Wrapping } from './wrapping.js';

/** "* * *", or the dashes above a signature. */
const ORNAMENT = /^(?:[*_=~#•·+-]\s*){2,}$/;

/**
 * Finds the blocks of a text: its lists, tables, definitions, code, headings and paragraphs. Each run of lines is read
 * once, with what is open above it.
 */
export class StructureReader {
  readonly #context: TextContext;
  readonly #title: TextTitle | null;
  readonly #outline = new Outline();
  readonly #series: SeriesReader;
  readonly #contents: ContentsReader;
  readonly #headings: HeadingReader;
  readonly #lines: LinesReader;
  #mails = 0;

  /** @param title Null if the text has none. */
  constructor(context: TextContext, title: TextTitle | null) {
    this.#context = context;
    this.#title = title;
    this.#series = new SeriesReader(context.runs, this.#outline);
    this.#contents = new ContentsReader(this.#outline);
    this.#headings = new HeadingReader(context, this.#outline);
    this.#lines = new LinesReader(context, this.#outline, this.#headings);
  }

  /** Reads all runs. Call it once. */
  read(): PlacedBlock[] {
    for (const [index, run] of this.#context.runs.entries()) {
      const { pageRule } = run[0];
      if (pageRule !== undefined) this.#outline.add({ kind: 'boilerplate', ...spanOfLines(run), rule: pageRule });
      else this.#readRun(run, this.#context.wrapping[index] as Wrapping, index);
    }
    return this.#outline.blocks;
  }

  #readRun(run: Run, wrapping: Wrapping, index: number): void {
    const rest = this.#readTitle(run);
    if (rest === null) return;
    if (rest.length === 1 && ORNAMENT.test(rest[0].content)) {
      this.#outline.add({ kind: 'boilerplate', ...spanOfLines(rest), rule: 'ornament' });
      return;
    }
    if (rest === run && this.#readMailHead(run)) return;
    if (this.#contents.read(rest) || this.#readTable(rest) || this.#series.read(rest)) return;
    if (isBarredNote(rest)) {
      this.#outline.add({ kind: 'note', ...spanOfLines(rest), ...this.#outline.place() });
      return;
    }
    if (!isUnderlined(rest) && isUnmistakablyPreformatted(rest)) {
      this.#outline.addCode(rest);
      return;
    }
    const body = this.#headings.read(rest, index, wrapping);
    if (body === null) return;
    const parts = partsOf(body, wrapping, this.#context);
    for (const [place, part] of parts.entries()) this.#readPart(part, wrapping, index, place === parts.length - 1);
  }

  /** @returns The lines that are not the title; null if there are none. */
  #readTitle(run: Run): Run | null {
    const title = this.#title;
    const first = title?.lines[0];
    if (title === null || first === undefined || !run.some((line) => line.start === first.start)) return run;
    const before = run.filter((line) => line.start < first.start);
    for (const line of before) this.#outline.add({ kind: 'paragraph', start: line.start, end: line.end });
    this.#outline.add({ kind: 'title', ...spanOfLines(title.lines) });
    return asRun(run.filter((line) => line.start > (title.lines.at(-1)?.start ?? 0)));
  }

  /** The subject of the first mail is the title of the text. */
  #readMailHead(run: Run): boolean {
    const head = this.#context.isMail ? mailHeadOf(run) : null;
    if (head === null) return false;
    this.#outline.leaveAll();
    this.#mails += 1;
    const isTitle = this.#mails === 1 && this.#title === null;
    for (const block of mailHeadBlocks(run, head, isTitle)) this.#outline.add(block);
    return true;
  }

  #readTable(lines: Run): boolean {
    const rows = readBarTable(lines, this.#outline.newGroup());
    if (rows === null) return false;
    this.#outline.leaveTo(lines[0].indent);
    for (const row of rows) this.#outline.add(row);
    return true;
  }

  #readPart({ kind, lines, marker }: Part, wrapping: Wrapping, index: number, isLast: boolean): void {
    const outline = this.#outline;
    switch (kind) {
      case 'underlined':
        this.#headings.addUnderlined(lines);
        return;
      case 'item': {
        const below = marker === undefined ? null : addItem(lines, marker, wrapping, outline);
        // No run follows these lines: they belong to the item.
        if (below !== null) this.#lines.read(below, { wrapping, index: this.#context.runs.length, isLast: true });
        return;
      }
      case 'quotation':
        outline.leaveTo(lines[0].indent);
        outline.add({ kind, ...spanOfLines(lines) });
        return;
      case 'question':
      case 'answer':
        outline.leaveAll();
        outline.isAnswering = kind === 'answer';
        outline.add({ kind, ...spanOfLines(lines), ...(kind === 'answer' && { under: 'question' }) });
        return;
      case 'turn':
        this.#addTurn(lines);
        return;
      default:
        this.#lines.read(lines, { wrapping, index, isLast });
    }
  }

  #addTurn(lines: Run): void {
    this.#outline.leaveAll();
    const speaker = speakerOf(lines[0]);
    const start = lines[0].start + (speaker?.at ?? 0);
    const span = { start, end: start + (speaker?.name.length ?? 0) };
    this.#outline.add({ kind: 'turn', ...spanOfLines(lines), ...(speaker !== null && { speaker: span }) });
  }
}

/** A note with a bar along its edge. */
function isBarredNote(lines: Run): boolean {
  if (!lines.every(({ content }) => /^\|(?: |$)/.test(content) && !content.slice(1).endsWith('|'))) return false;
  return plainWordShare(lines.map(({ content }) => content.slice(1)).join(' ')) > 0.6;
}

function isUnderlined([first, second, third]: Run): boolean {
  return (
    second !== undefined && third === undefined && isUnderline(second.content) && /[\p{L}\p{N}]/u.test(first.content)
  );
}
