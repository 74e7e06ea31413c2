import { splitSentences } from '../text/sentences.js';
import { type Span, sliceOf, trimSpan } from '../text/span.js';
import type { Article } from './article.js';
import { type Block, isSearched } from './block.js';

/**
 * A part of a passage that can be quoted alone: a sentence, a row of a table, a short piece of code or a line of a long one.
 * Or a label: it names what follows, is searched with it and never quoted alone.
 */
export interface Sentence extends Span {
  /** Whether it is a heading, a header row, a term with its definition below, or a question with its answer below. */
  readonly isLabel: boolean;
  /** Number of subword tokens without the model's special ones. A passage's tokens are those of its sentences, in order. */
  readonly tokens: number;
}

/** A sentence that is about to become part of a passage. */
export interface BlockSentence extends Span {
  /** Index of the block it belongs to. */
  readonly block: number;
}

/** Longer code is cut between its lines, and a longer row between its cells. About 150 tokens. */
const MAX_WHOLE_CHARACTERS = 600;

/** Returns the sentences of an article that are searched, in text order. */
export function sentencesOf(article: Article): BlockSentence[] {
  return article.blocks.flatMap((block, index) =>
    isSearched(block) ? sentencesOfBlock(block, article).map((span) => ({ ...span, block: index })) : [],
  );
}

function sentencesOfBlock(block: Block, { text, language }: Article): Span[] {
  const whole = { start: block.start, end: block.end };
  const isShort = block.end - block.start <= MAX_WHOLE_CHARACTERS;
  switch (block.kind) {
    case 'heading':
      return [whole];
    case 'code':
      return isShort ? [whole] : linesOf(text, whole);
    case 'row':
      return isShort ? [whole] : cellsOf(block, text, language);
    default:
      return splitSentences(text, whole, language);
  }
}

/** The lines of a text that are not blank, with their indentation, which means something in code. */
function linesOf(text: string, span: Span): Span[] {
  let start = span.start;
  return sliceOf(text, span)
    .split('\n')
    .flatMap((line) => {
      const trimmed = trimSpan(text, { start, end: start + line.length });
      const indented = trimmed === null ? [] : [{ start, end: trimmed.end }];
      start += line.length + 1;
      return indented;
    });
}

/** The sentences of a row's cells. What stands between two cells goes to the one before, so that nothing is lost. */
function cellsOf({ start, end, cells = [] }: Block, text: string, language: string | null): Span[] {
  const starts = [start, ...cells.slice(1).map((cell) => cell.start), end];
  return starts
    .slice(0, -1)
    .flatMap((from, index) => splitSentences(text, { start: from, end: starts[index + 1] ?? end }, language));
}
