import {
  anyOf,
  NAME_ENDINGS,
  NUMBER_ABBREVIATION,
  PART_ABBREVIATIONS,
  SENTENCE_OPENERS,
  TITLES_AND_MEASURES,
} from './english.js';
import { cutLongSentence } from './long-sentences.js';
import { type Span, shiftSpan, trimSpan } from './span.js';

/** What an abbreviation follows: whitespace, an opening bracket or quotation mark, or the beginning. */
const BEFORE_ABBREVIATION = '(?:^|[\\s("“‘\'[])';

/** "Mr." or "Jan.": comes before a name or a number, so its full stop never ends the sentence. */
const ENDS_WITH_TITLE = new RegExp(`${BEFORE_ABBREVIATION}${anyOf(TITLES_AND_MEASURES)}\\.$`);

/** "No. 7", but not "Is it? No. Yes." */
const ENDS_WITH_NUMBER_SIGN = new RegExp(`${BEFORE_ABBREVIATION}${NUMBER_ABBREVIATION}\\.$`);

/** "Art. 9", "Ch. IV", "App. B", but not "They love art. Nobody knows why." */
const ENDS_WITH_PART = new RegExp(`${BEFORE_ABBREVIATION}${anyOf(PART_ABBREVIATIONS)}\\.$`);
const STARTS_WITH_PART = /^(?:\d|[IVXLC]{1,7}\b|\p{Lu}(?![\p{L}\p{M}'’]))/u;
/** "They love art. I do too.", but "App. A". */
const STARTS_WITH_A_OR_I = /^[AI]\s/;
const ENDS_IN_LOWER_CASE = /(?:^|[^\p{L}])\p{Ll}+\.$/u;

/** "Holm & Co.", "Acme Ltd.": may or may not end the sentence; the next word decides. */
const ENDS_WITH_NAME_ENDING = new RegExp(`${BEFORE_ABBREVIATION}${anyOf(NAME_ENDINGS)}\\.$`);

/** "Donald J. Trump", "J. K. Rowling": one capital at the beginning or after a capitalised word. */
const ENDS_WITH_INITIAL = /(?:^|\p{Lu}[\p{L}'’-]{0,40}\.?\s+)\p{Lu}\.$/u;

/** "U.S.", "D.C.", "a.m.": may or may not end the sentence; the next word decides. */
const ENDS_WITH_DOTTED_ABBREVIATION = new RegExp(`${BEFORE_ABBREVIATION}(?:\\p{L}\\.){2,}$`, 'u');

/**
 * Characters examined before a possible end. Names and abbreviations are shorter, and a "sentence" can be a whole book.
 */
const MAX_LOOK_BEHIND = 60;

/** `Intl.Segmenter` takes quadratic time, so it gets windows of this many characters. */
const WINDOW_CHARACTERS = 4000;

/** A sentence of that length will be split anyway, so it may end at any space. */
const MAX_WINDOW_CHARACTERS = 16_000;

/**
 * Splits a span of text into sentences. They are in order, do not overlap, and only whitespace lies between them.
 *
 * `Intl.Segmenter` (Unicode UAX #29) finds the boundaries. It breaks after every abbreviation that a capital letter
 * follows ("U.S. Secretary"), so those pieces are joined again. What is longer than a passage may be is split.
 *
 * @param language BCP 47 tag for the segmenter. English if it is null or not a valid tag.
 * @returns Spans of `text`, not of the slice.
 */
export function splitSentences(text: string, span: Span, language: string | null = null): Span[] {
  // A line feed within a paragraph is a wrapped line, but the segmenter always breaks there. A space has the same
  // length.
  const slice = text.slice(span.start, span.end).replaceAll('\n', ' ');
  const sentences: Span[] = [];
  let open: { start: number; end: number } | null = null;
  for (const segment of segmentsOf(slice, segmenterFor(language))) {
    const piece = trimSpan(slice, segment);
    if (piece === null) continue;
    const reference = open === null ? null : referenceAt(slice, open, piece);
    if (open !== null && reference !== null) {
      sentences.push(shiftSpan({ start: open.start, end: reference }, span.start));
      const rest = trimSpan(slice, { start: reference, end: piece.end });
      open = rest === null ? null : { start: rest.start, end: rest.end };
      continue;
    }
    const before = open === null ? '' : slice.slice(Math.max(open.start, open.end - MAX_LOOK_BEHIND), open.end);
    if (open !== null && isContinued(before, slice.slice(piece.start, piece.end))) {
      open.end = piece.end;
      continue;
    }
    if (open !== null) sentences.push(shiftSpan(open, span.start));
    open = { start: piece.start, end: piece.end };
  }
  if (open !== null) sentences.push(shiftSpan(open, span.start));
  return sentences.flatMap((sentence) => cutLongSentence(text, sentence));
}

const QUESTION_END = /\?["”’')\]]*$/;

/** Whether a sentence ends with a question mark, inside or outside closing quotation marks and brackets. */
export function endsWithQuestionMark(sentence: string): boolean {
  return QUESTION_END.test(sentence);
}

/** Quotation marks and brackets after the end mark of a sentence. */
const MAX_CLOSING_CHARACTERS = 50;

/** Whether a text ends with the end mark of a sentence, with or without quotation marks and brackets after it. */
export function endsWithEndMark(text: string): boolean {
  // A text can be a whole book, and the mark is among its last characters.
  return /[.!?…。！？][\p{P}\p{S}]*$/u.test(text.slice(-MAX_CLOSING_CHARACTERS));
}

/**
 * Returns the end of a reference such as "[3]", or null if there is none. The segmenter breaks after its opening
 * bracket, but a reference belongs to the sentence before it.
 */
function referenceAt(text: string, before: Span, after: Span): number | null {
  if (text[before.end - 1] !== '[') return null;
  const reference = /^\d{1,3}\]/.exec(text.slice(after.start, after.end));
  return reference === null ? null : after.start + reference[0].length;
}

/** Runs the segmenter over a text of any length, one window at a time. */
function* segmentsOf(text: string, segmenter: Intl.Segmenter): Generator<Span> {
  let start = 0;
  let length = WINDOW_CHARACTERS;
  while (start < text.length) {
    const window = text.slice(start, start + length);
    const isLast = start + window.length === text.length;
    const pieces = [...segmenter.segment(window)].map(({ segment, index }) => ({
      start: start + index,
      end: start + index + segment.length,
    }));
    // The window may cut its last piece: the next window starts with it, or is larger if it was the only piece.
    const whole = isLast ? pieces : pieces.slice(0, -1);
    yield* whole;
    if (isLast) return;
    const next = whole.at(-1)?.end ?? (length >= MAX_WINDOW_CHARACTERS ? lastGap(window, start) : undefined);
    if (whole.length === 0 && next !== undefined) yield { start, end: next };
    length = next === undefined ? 2 * length : WINDOW_CHARACTERS;
    start = next ?? start;
  }
}

/** The end of the last word that a window does not cut; undefined if it has only one. */
function lastGap(window: string, start: number): number | undefined {
  const gap = window.lastIndexOf(' ');
  return gap <= 0 ? undefined : start + gap;
}

/**
 * Whether a piece of the segmenter continues the sentence before it.
 *
 * @param before The end of that sentence.
 */
function isContinued(before: string, after: string): boolean {
  // Closing marks alone ("”", ")") belong to what they close, and "3]" to the bracket that opened it.
  if (!/[\p{L}\p{N}]/u.test(after) || /[[(]$/.test(before)) return true;
  if (ENDS_WITH_TITLE.test(before)) return true;
  if (ENDS_WITH_NUMBER_SIGN.test(before)) return /^\d/.test(after);
  if (ENDS_WITH_PART.test(before)) {
    const opensSentence = STARTS_WITH_A_OR_I.test(after) && ENDS_IN_LOWER_CASE.test(before);
    return STARTS_WITH_PART.test(after) && !opensSentence;
  }
  const firstWord = /^[("“‘'[]*([\p{L}'’]+)/u.exec(after)?.[1];
  const canContinue =
    ENDS_WITH_INITIAL.test(before) || ENDS_WITH_DOTTED_ABBREVIATION.test(before) || ENDS_WITH_NAME_ENDING.test(before);
  return canContinue && firstWord !== undefined && !SENTENCE_OPENERS.has(firstWord);
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string | null): Intl.Segmenter {
  const tag = language ?? 'en';
  let segmenter = segmenters.get(tag);
  if (segmenter === undefined) {
    // The tag comes from the article, and a wrong one must not make the article unreadable.
    const validTag = isLanguageTag(tag) ? tag : 'en';
    segmenter = new Intl.Segmenter(validTag, { granularity: 'sentence' });
    segmenters.set(tag, segmenter);
  }
  return segmenter;
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
