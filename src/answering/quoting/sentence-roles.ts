import type { Block } from '../../corpus/block.js';
import type { ExcerptSource } from '../../corpus/excerpt.js';
import { contentWords } from '../../text/english.js';
import { type Span, sliceOf } from '../../text/span.js';

/** What matters about a sentence for quoting it, besides its words. */
export interface SentenceRole {
  /** Whether it introduces a list, table or code that follows. What it introduces answers better than it does. */
  readonly isIntroduction: boolean;
  /** Whether the author struck out most of it, so that it no longer holds. */
  readonly isStruck: boolean;
  /** Whether it is all of a list item, a row or a piece of code. However short, it says all there is to say. */
  readonly isWholeBlock: boolean;
  /** Whether it only repeats the question: what follows it answers. */
  readonly isEcho: boolean;
}

/** The role of a sentence of running text. */
export const PLAIN_ROLE: SentenceRole = { isIntroduction: false, isStruck: false, isWholeBlock: false, isEcho: false };

/** Blocks that stand for themselves. */
const WHOLE_KINDS: ReadonlySet<Block['kind']> = new Set(['item', 'row', 'code']);

/** A sentence with fewer content words can repeat a question by chance. */
const MIN_ECHO_WORDS = 3;
/** At least this share of the content words of an echo are in the question. */
const MIN_ECHO_SHARE = 0.8;

/**
 * Finds the roles of the sentences of an article, for one question.
 *
 * @param question Null if nothing is asked: a sentence that repeats a claim is the one to quote, and no echo of it.
 */
export function sentenceRoles(article: ExcerptSource, question: string | null): (sentence: Span) => SentenceRole {
  const introductions = new Set(
    article.blocks.flatMap(({ context = [] }) =>
      context.filter(({ role }) => role === 'lead-in').map(({ start }) => start),
    ),
  );
  const struck = article.marks.filter(({ kind }) => kind === 'struck');
  const asked = new Set(contentWords(question ?? ''));
  return (sentence) => {
    const block = article.blocks.find(({ start, end }) => start <= sentence.start && sentence.end <= end);
    const isWholeBlock =
      block !== undefined &&
      WHOLE_KINDS.has(block.kind) &&
      block.start === sentence.start &&
      block.end === sentence.end;
    return {
      // An item that introduces a nested list also says something itself.
      isIntroduction: introductions.has(sentence.start) && block?.kind !== 'item',
      isStruck: coveredShare(sentence, struck) > 0.5,
      isWholeBlock,
      isEcho: (!isWholeBlock || block.kind === 'code') && isEcho(sliceOf(article.text, sentence), asked),
    };
  };
}

function coveredShare({ start, end }: Span, spans: readonly Span[]): number {
  const covered = spans.reduce(
    (sum, span) => sum + Math.max(0, Math.min(end, span.end) - Math.max(start, span.start)),
    0,
  );
  return covered / Math.max(1, end - start);
}

function isEcho(sentence: string, asked: ReadonlySet<string>): boolean {
  const words = contentWords(sentence);
  const repeated = words.filter((word) => asked.has(word)).length;
  return words.length >= MIN_ECHO_WORDS && repeated >= MIN_ECHO_SHARE * words.length;
}
