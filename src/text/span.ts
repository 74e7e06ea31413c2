/** A half-open range of UTF-16 code units in a text: `start` is inclusive, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Returns the part of `text` that `span` covers. */
export function sliceOf(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

/** Whether a span lies within another one. */
export function contains(outer: Span, { start, end }: Span): boolean {
  return start >= outer.start && end <= outer.end;
}

/** Whether two spans share at least one code unit. */
export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The span from the start of the first to the end of the last of two spans. */
export function union(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** Cuts off what lies outside a span, and counts from its beginning. */
export function clip<Part extends Span>(part: Part, { start, end }: Span): Part {
  const inside = (offset: number): number => Math.min(Math.max(offset, start), end) - start;
  return { ...part, start: inside(part.start), end: inside(part.end) };
}

/** Moves a span `by` code units further on. Whatever else it holds stays as it is. */
export function shiftSpan<Shifted extends Span>(span: Shifted, by: number): Shifted {
  return { ...span, start: span.start + by, end: span.end + by };
}

/** Shrinks a span by the whitespace at its ends. Returns null if it covers nothing else. */
export function trimSpan(text: string, span: Span): Span | null {
  const slice = text.slice(span.start, span.end);
  const start = span.start + (slice.length - slice.trimStart().length);
  const end = span.end - (slice.length - slice.trimEnd().length);
  return start < end ? { start, end } : null;
}
