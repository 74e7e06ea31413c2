import type { Block, ContextSpan } from '../corpus/block.js';
import { anyOf, POINTERS } from '../text/english.js';
import { endsWithEndMark, splitSentences } from '../text/sentences.js';
import { type Span, sliceOf } from '../text/span.js';

/** A block that has its place in the article's text, with what its context is found by. */
export interface PlacedBlock extends Omit<Block, 'context'> {
  /** Number of the list or table that it is part of. Absent outside lists and tables. */
  readonly group?: number;
  /** The kind of the nearest block before that it belongs to: it answers that question, or defines that term. */
  readonly under?: 'question' | 'term';
  /** Of a row: the columns, from 0, in which a cell of a row above covers this row too. */
  readonly coveredColumns?: readonly number[];
  /** Who says it. A turn without a name goes on with what the last speaker says. */
  readonly speaker?: Span;
}

/** "Start it like this.", "The table lists all stations." */
const POINTS_AHEAD = new RegExp(`\\b${anyOf(POINTERS)}\\b`, 'i');

/** A longer sentence introduces nothing: the text has no full stops. */
const MAX_LEAD_IN_CHARACTERS = 400;

/** More header rows of one table, or terms of one definition, say nothing: a made-up file could give each of its rows thousands. */
const MAX_SHARED = 50;

/**
 * Finds the context of each block, besides the headings above it: the sentence that introduces its list, table or code, the
 * header of its table, the question it answers, the term it defines, and who says it.
 *
 * @param placed In text order.
 */
export function addContext(text: string, placed: readonly PlacedBlock[]): Block[] {
  const finder = new ContextFinder(text);
  return placed.map((block) => {
    const { group: _group, under: _under, coveredColumns: _covered, speaker: _speaker, ...rest } = block;
    const context = finder.contextOf(block).toSorted((a, b) => a.start - b.start);
    return context.length === 0 ? rest : { ...rest, context };
  });
}

/** Goes through the blocks of an article and remembers what may introduce the next one. */
class ContextFinder {
  readonly #text: string;
  /** What introduces each list, table and run of code. */
  readonly #leadIns = new Map<number, readonly ContextSpan[]>();
  readonly #headerRows = new Map<number, ContextSpan[]>();
  /** The last cell of each column of each table, header rows aside. */
  readonly #lastCells = new Map<number, (Span | undefined)[]>();
  #question: Span | null = null;
  #terms: Span[] = [];
  #speaker: Span | null = null;
  /** The block before, boilerplate aside, and its context. */
  #previous: PlacedBlock | null = null;
  #previousLeadIn: readonly ContextSpan[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  contextOf(block: PlacedBlock): ContextSpan[] {
    const leadIn = this.#leadInOf(block);
    const context = [...leadIn, ...this.#headerOf(block), ...this.#cellsAbove(block), ...this.#subjectOf(block)];
    if (block.kind === 'turn') this.#speaker = block.speaker ?? this.#speaker;
    const speaker = block.speaker ?? (block.kind === 'turn' ? this.#speaker : null);
    if (speaker !== null) context.push({ role: 'speaker', start: speaker.start, end: speaker.end });
    this.#remember(block, leadIn);
    return context;
  }

  #leadInOf(block: PlacedBlock): readonly ContextSpan[] {
    if (block.kind !== 'item' && block.kind !== 'row' && block.kind !== 'code') return [];
    const known = block.group === undefined || block.kind === 'code' ? undefined : this.#leadIns.get(block.group);
    if (known !== undefined) return known;
    const leadIn = this.#introductionOf(block);
    if (block.group !== undefined && block.kind !== 'code') this.#leadIns.set(block.group, leadIn);
    return leadIn;
  }

  /** What introduces the first block of a list or table, or a block of code. */
  #introductionOf(block: PlacedBlock): readonly ContextSpan[] {
    const previous = this.#previous;
    if (previous === null) return [];
    // The end of an answer or definition introduces nothing outside it.
    if (previous.under !== undefined && previous.under !== block.under) return [];
    switch (previous.kind) {
      case 'heading':
      case 'title':
      case 'row':
      case 'boilerplate':
        return [];
      case 'code':
        return block.kind === 'code' ? this.#previousLeadIn : [];
      case 'definition':
        return block.under === 'term' || this.#text[previous.end - 1] === ':' ? this.#lastSentence(previous) : [];
      case 'item': {
        const isInside = (previous.depth ?? 0) < (block.depth ?? 0) || block.kind === 'code';
        return isInside ? [...this.#previousLeadIn, ...this.#lastSentence(previous)] : [];
      }
      default: {
        const sentence = this.#lastSentence(previous);
        return this.#isOpen(previous) || (block.kind !== 'item' && this.#pointsAhead(sentence)) ? sentence : [];
      }
    }
  }

  #lastSentence(block: PlacedBlock): ContextSpan[] {
    const sentence = splitSentences(this.#text, block).at(-1);
    if (sentence === undefined || sentence.end - sentence.start > MAX_LEAD_IN_CHARACTERS) return [];
    return [{ role: 'lead-in', start: sentence.start, end: sentence.end }];
  }

  /** Whether a sentence before a table or code speaks of it. */
  #pointsAhead([sentence]: readonly ContextSpan[]): boolean {
    return sentence !== undefined && POINTS_AHEAD.test(sliceOf(this.#text, sentence));
  }

  /** Whether a text is continued by the list below it: it ends with a colon, or without any mark. */
  #isOpen(block: PlacedBlock): boolean {
    return !endsWithEndMark(sliceOf(this.#text, block));
  }

  #headerOf(block: PlacedBlock): readonly ContextSpan[] {
    if (block.kind !== 'row' || block.group === undefined || block.isHeader) return [];
    return this.#headerRows.get(block.group) ?? [];
  }

  /** The cells of rows above that belong to a row too. They are in the text only once. */
  #cellsAbove({ group, kind, isHeader = false, cells = [], coveredColumns = [] }: PlacedBlock): ContextSpan[] {
    if (kind !== 'row' || group === undefined) return [];
    const last = this.#lastCells.get(group) ?? [];
    this.#lastCells.set(group, last);
    const covered = new Set(coveredColumns);
    for (const [column, cell] of cells.entries()) if (!covered.has(column)) last[column] = isHeader ? undefined : cell;
    const above = coveredColumns.flatMap((column) => last[column] ?? []).filter(({ start, end }) => start < end);
    const byStart = new Map(above.map(({ start, end }) => [start, { role: 'cell-above', start, end } as const]));
    return [...byStart.values()];
  }

  #subjectOf({ under }: PlacedBlock): ContextSpan[] {
    if (under === 'question' && this.#question !== null) return [{ role: 'question', ...this.#question }];
    return under === 'term' ? this.#terms.map((term) => ({ role: 'term', ...term })) : [];
  }

  #remember(block: PlacedBlock, leadIn: readonly ContextSpan[]): void {
    const { kind, start, end } = block;
    if (kind === 'boilerplate') return;
    if (kind === 'question') this.#question = { start, end };
    // Several terms in a row share the definition below them.
    if (kind === 'term')
      this.#terms = [...(this.#previous?.kind === 'term' ? this.#terms : []), { start, end }].slice(-MAX_SHARED);
    if (kind === 'row' && block.isHeader && block.group !== undefined) {
      const rows = this.#headerRows.get(block.group) ?? [];
      if (rows.length < MAX_SHARED) this.#headerRows.set(block.group, [...rows, { role: 'header-row', start, end }]);
    }
    this.#previous = block;
    this.#previousLeadIn = leadIn;
  }
}
