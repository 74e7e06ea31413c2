/** A half-open range of UTF-16 code units, `start` inclusive and `end` exclusive, in the text of one article. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The slice of `text` that `span` names. */
export function sliceOf(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

/** The span without the white space at its ends, or null when nothing else is in it. */
export function trimSpan(text: string, span: Span): Span | null {
  const slice = text.slice(span.start, span.end);
  const start = span.start + (slice.length - slice.trimStart().length);
  const end = span.end - (slice.length - slice.trimEnd().length);
  return start < end ? { start, end } : null;
}
