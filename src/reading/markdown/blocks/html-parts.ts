import { anchorId } from './html-attribute.js';

/**
 * A part of the HTML between two blank lines of Markdown.
 *
 * - `open` and `close`: a tag whose other half is elsewhere, with Markdown between them, or a tag of details.
 * - `anchor`: an empty element that a link can lead to.
 * - `html`: anything else: whole elements and text.
 */
type HtmlPart =
  | { readonly kind: 'open' | 'close'; readonly name: string }
  | { readonly kind: 'anchor'; readonly id: string }
  | { readonly kind: 'html'; readonly source: string };

const TOKEN =
  /<(script|style|textarea)\b[\s\S]*?(?:<\/\1\s*>|$)|<(\/?)([A-Za-z][\w:-]*)([^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*)>/gi;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;
/** Elements that only lay out the page. Details in them are read as if these elements were not there. */
const LAYOUT = /^(?:div|section|article|main|center)$/;
const EMPTY_LINK = /^<a(?:\s[^<>]*)?>\s*<\/a>$/i;
const DETAILS = /^(?:details|summary)$/;

interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly start: number;
  readonly end: number;
  readonly source: string;
  /** Whether its other half is in the same HTML, and it does not belong to details. */
  isWhole: boolean;
}

/** Splits HTML where its tags open or close around Markdown, so that each of the other parts can be read as HTML. */
export function splitHtml(written: string): HtmlPart[] {
  const source = written.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  const tags = tagsOf(source);
  matchTags(tags);
  const parts: HtmlPart[] = [];
  let from = 0;
  const addHtml = (to: number): void => {
    const html = source.slice(from, to).trim();
    const id = EMPTY_LINK.test(html) ? anchorId(html, 'a') : undefined;
    if (id !== undefined) parts.push({ kind: 'anchor', id });
    else if (html !== '') parts.push({ kind: 'html', source: html });
  };
  for (const tag of tags) {
    if (tag.isWhole) continue;
    addHtml(tag.start);
    from = tag.end;
    const id = tag.isEnd ? undefined : anchorId(tag.source, tag.name);
    if (id !== undefined) parts.push({ kind: 'anchor', id });
    parts.push({ kind: tag.isEnd ? 'close' : 'open', name: tag.name });
  }
  addHtml(source.length);
  return parts;
}

function tagsOf(source: string): Tag[] {
  const tags: Tag[] = [];
  for (const found of source.matchAll(TOKEN)) {
    const [whole, raw, slash, name] = found;
    const lower = name?.toLowerCase() ?? '';
    if (raw !== undefined || VOID.test(lower) || whole.endsWith('/>')) continue;
    const end = found.index + whole.length;
    tags.push({ name: lower, isEnd: slash === '/', start: found.index, end, source: whole, isWhole: false });
  }
  return tags;
}

/** Finds the tags that have their other half here. Tags of details do not count, unless they are inside a whole element. */
function matchTags(tags: readonly Tag[]): void {
  const open = new Map<string, number[]>();
  const ends = new Map<number, number>();
  tags.forEach((tag, index) => {
    const same = open.get(tag.name);
    if (tag.isEnd) {
      const start = same?.pop();
      if (start !== undefined) ends.set(start, index);
    } else if (same === undefined) open.set(tag.name, [index]);
    else same.push(index);
  });
  const details = detailsBefore(tags);
  let wholeUntil = -1;
  tags.forEach((tag, index) => {
    const end = ends.get(index);
    if (index <= wholeUntil) tag.isWhole = true;
    else if (
      end !== undefined &&
      !DETAILS.test(tag.name) &&
      !(LAYOUT.test(tag.name) && details[end] !== details[index])
    ) {
      tag.isWhole = true;
      wholeUntil = end;
    }
  });
}

/** Counts the details that begin before each tag. */
function detailsBefore(tags: readonly Tag[]): number[] {
  let count = 0;
  return tags.map(({ name, isEnd }) => {
    if (name === 'details' && !isEnd) count += 1;
    return count;
  });
}
