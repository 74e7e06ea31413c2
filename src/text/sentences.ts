import { type Span, trimSpan } from './span.js';

/** Before a name or a number: the dot never ends the sentence. */
const TITLES_AND_MEASURES =
  /(?:^|[\s("“‘'[])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Cmdr|Adm|Maj|Rev|Hon|Pres|Amb|St|Mt|Ft|vs|Fig|Vol|pp|ca|cf|approx|e\.g|i\.e|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$/;

/** "No. 7", but not "Is it? No. Yes." */
const NUMBER_SIGN = /(?:^|[\s("“‘'[])Nos?\.$/;

/** "Donald J. Trump", "J. K. Rowling": one capital at the beginning or after a capitalised word. */
const INITIAL = /(?:^|\p{Lu}[\p{L}'’-]{0,40}\.?\s+)\p{Lu}\.$/u;

/** All that is looked at before a possible end: names and abbreviations are shorter, and a sentence can be a book. */
const LOOK_BEHIND = 60;

/** `Intl.Segmenter` takes time in the square of the length, so it is given a stretch at a time. */
const SEGMENTED_CHARACTERS = 4000;

/** "U.S.", "D.C.", "a.m.": may or may not end the sentence; the next word decides. */
const DOTTED_ABBREVIATION = /(?:^|[\s("“‘'[])(?:\p{L}\.){2,}$/u;

/** Words that begin a sentence far oftener than they go on after "U.S.". */
const SENTENCE_OPENERS = new Set(
  'The A An In On At It Its He She They We I You His Her Their Our My This That These Those But And Or So Yet If When While As After Before Since For From With Without However Meanwhile Although Though There Here What Who Why How Then Now Also Still Some Many Most Both Each'.split(
    ' ',
  ),
);

/**
 * Splits a stretch of text into sentences, in order and without overlap; only white space is left between them.
 *
 * `Intl.Segmenter` (Unicode UAX #29) finds the bounds. It breaks after every abbreviation that a capital letter follows
 * ("U.S. Secretary"), so those pieces are joined again.
 *
 * @param language BCP 47 tag for the segmenter; English when unknown.
 */
export function splitSentences(text: string, span: Span, language: string | null = null): Span[] {
  // A line end within a paragraph is a wrapped line: the segmenter would always break there, a space of the same length does not.
  const stretch = text.slice(span.start, span.end).replaceAll('\n', ' ');
  const sentences: Span[] = [];
  let open: { start: number; end: number } | null = null;
  for (const segment of segmentsOf(stretch, segmenterFor(language))) {
    const piece = trimSpan(stretch, segment);
    if (piece === null) continue;
    const reference = open === null ? null : referenceAt(stretch, open, piece);
    if (open !== null && reference !== null) {
      sentences.push(shift({ start: open.start, end: reference }, span.start));
      const rest = trimSpan(stretch, { start: reference, end: piece.end });
      open = rest === null ? null : { start: rest.start, end: rest.end };
      continue;
    }
    if (open !== null && isContinued(stretch.slice(open.start, open.end), stretch.slice(piece.start, piece.end))) {
      open.end = piece.end;
      continue;
    }
    if (open !== null) sentences.push(shift(open, span.start));
    open = { start: piece.start, end: piece.end };
  }
  if (open !== null) sentences.push(shift(open, span.start));
  return sentences;
}

/** Where "[3]" ends, which the segmenter divides after its bracket: the reference belongs to the sentence before it. */
function referenceAt(text: string, before: Span, after: Span): number | null {
  if (text[before.end - 1] !== '[') return null;
  const reference = /^\d{1,3}\]/.exec(text.slice(after.start, after.end));
  return reference === null ? null : after.start + reference[0].length;
}

/** The segmenter's pieces of a text of any length. */
function* segmentsOf(text: string, segmenter: Intl.Segmenter): Generator<Span> {
  let start = 0;
  let length = SEGMENTED_CHARACTERS;
  while (start < text.length) {
    const window = text.slice(start, start + length);
    const isLast = start + window.length === text.length;
    const pieces = [...segmenter.segment(window)].map(({ segment, index }) => ({
      start: start + index,
      end: start + index + segment.length,
    }));
    // The last piece may go on behind the window: it opens the next one, or a larger window where it is the only piece.
    const whole = isLast ? pieces : pieces.slice(0, -1);
    yield* whole;
    if (isLast) return;
    const next = whole.at(-1)?.end;
    length = next === undefined ? 2 * length : SEGMENTED_CHARACTERS;
    start = next ?? start;
  }
}

function isContinued(sentence: string, after: string): boolean {
  const before = sentence.slice(-LOOK_BEHIND);
  // A piece of closing marks only ("”", ")") belongs to what it closes, and so does what a bracket has opened ("[3]").
  if (!/[\p{L}\p{N}]/u.test(after) || /[[(]$/.test(before)) return true;
  if (TITLES_AND_MEASURES.test(before)) return true;
  if (NUMBER_SIGN.test(before)) return /^\d/.test(after);
  const firstWord = /^[("“‘'[]*([\p{L}'’]+)/u.exec(after)?.[1];
  const mayGoOn = INITIAL.test(before) || DOTTED_ABBREVIATION.test(before);
  return mayGoOn && firstWord !== undefined && !SENTENCE_OPENERS.has(firstWord);
}

function shift(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string | null): Intl.Segmenter {
  const tag = language ?? 'en';
  let segmenter = segmenters.get(tag);
  if (segmenter === undefined) {
    // A tag that the source states wrongly must not stop the article from being read.
    const known = isLanguageTag(tag) ? tag : 'en';
    segmenter = new Intl.Segmenter(known, { granularity: 'sentence' });
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
