import { CLAUSE_OPENERS } from './english.js';
import type { Span } from './span.js';

/** A sentence with more words is parted: it would be longer than a passage may be, or not be read. */
const MAX_SENTENCE_WORDS = 80;
/** The most words of a part, and the fewest, unless nothing is left. */
const MAX_PART_WORDS = 60;
const MIN_PART_WORDS = 25;

/** How good a place is to part a sentence: the higher the better. */
const AT_SEMICOLON = 4;
const AT_COMMA = 3;
const AT_CLAUSE = 2;
const AT_LINE_END = 1;

interface Word extends Span {
  /** How good it is to part the sentence before this word. */
  readonly rank: number;
}

/**
 * Parts a sentence that is too long, such as a transcript without marks: at best behind a semicolon, colon or dash, else behind a
 * comma, before a word that opens a clause, at a line end, or wherever a part is full. Any other sentence stays whole.
 *
 * @returns Spans in order, with only white space between them.
 */
export function cutLongSentence(text: string, sentence: Span): Span[] {
  // Each word takes two characters with the space behind it.
  if (sentence.end - sentence.start < 2 * MAX_SENTENCE_WORDS) return [sentence];
  const words = wordsIn(text, sentence);
  if (words.length <= MAX_SENTENCE_WORDS) return [sentence];
  const parts: Span[] = [];
  let first = 0;
  while (first < words.length) {
    const next = words.length - first <= MAX_PART_WORDS ? words.length : bestCut(words, first);
    parts.push({ start: words[first]?.start ?? 0, end: words[next - 1]?.end ?? 0 });
    first = next;
  }
  return parts;
}

/** The index of the word that opens the next part. */
function bestCut(words: readonly Word[], first: number): number {
  // What is left must not be too short.
  const last = Math.min(first + MAX_PART_WORDS, words.length - MIN_PART_WORDS);
  let best = last;
  for (let index = last; index >= first + MIN_PART_WORDS; index -= 1) {
    if ((words[index]?.rank ?? 0) > (words[best]?.rank ?? 0)) best = index;
  }
  return best;
}

function wordsIn(text: string, { start, end }: Span): Word[] {
  const words: Word[] = [];
  let before: string | null = null;
  let previousEnd = start;
  for (const match of text.slice(start, end).matchAll(/\S+/g)) {
    const [word] = match;
    const from = start + match.index;
    const rank = before === null ? 0 : rankOf(before, text.slice(previousEnd, from), word);
    words.push({ start: from, end: from + word.length, rank });
    before = word;
    previousEnd = from + word.length;
  }
  return words;
}

function rankOf(before: string, gap: string, word: string): number {
  if (/[;:；：]["”’)\]]*$|^[-–—]+$|[–—]$/.test(before)) return AT_SEMICOLON;
  if (/[,，、،]["”’)\]]*$/.test(before)) return AT_COMMA;
  const isClause = CLAUSE_OPENERS.has(word.toLowerCase()) && !CLAUSE_OPENERS.has(before.toLowerCase());
  if (isClause) return AT_CLAUSE;
  return gap.includes('\n') ? AT_LINE_END : 0;
}
