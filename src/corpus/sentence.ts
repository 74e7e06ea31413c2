import type { Span } from './article.js';

/** Before a name or a number: the dot never ends the sentence. */
const TITLES_AND_MEASURES =
  /(?:^|[\s("“‘'[])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Cmdr|Adm|Maj|Rev|Hon|Pres|Amb|St|Mt|Ft|vs|No|Nos|Fig|Vol|pp|ca|cf|approx|e\.g|i\.e|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$/;

/** "Donald J. Trump", but not "plan B. It": one capital that stands after a capitalised word. */
const INITIAL = /\p{Lu}[\p{L}'’-]*\.?\s+\p{Lu}\.$/u;

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
  for (const { segment, index } of segmenterFor(language).segment(stretch)) {
    const piece = trimSpan(stretch, { start: index, end: index + segment.length });
    if (piece === null) continue;
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

/** The span without the white space at its ends, or null when nothing else is in it. */
export function trimSpan(text: string, span: Span): Span | null {
  const slice = text.slice(span.start, span.end);
  const start = span.start + (slice.length - slice.trimStart().length);
  const end = span.end - (slice.length - slice.trimEnd().length);
  return start < end ? { start, end } : null;
}

function isContinued(before: string, after: string): boolean {
  // A piece of closing marks only ("”", ")") belongs to what it closes.
  if (!/[\p{L}\p{N}]/u.test(after)) return true;
  if (TITLES_AND_MEASURES.test(before) || INITIAL.test(before)) return true;
  const firstWord = /^[("“‘'[]*([\p{L}'’]+)/u.exec(after)?.[1];
  return DOTTED_ABBREVIATION.test(before) && firstWord !== undefined && !SENTENCE_OPENERS.has(firstWord);
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
