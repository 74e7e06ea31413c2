import type { Markers } from '../markers.js';
import { endOfExpression } from './javascript-syntax.js';
import { elementTag, endOfTag, templateTag } from './markup-tag.js';

/** Attributes that kramdown and others write after what they belong to: `{: .wide #id }`, `{ width="300" }`. */
export const ATTRIBUTES =
  /\{:?\s*(?:[.#][A-Za-z_][\w:-]*|[A-Za-z_][\w:-]*=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+))(?:\s+(?:[.#][A-Za-z_][\w:-]*|[A-Za-z_][\w:-]*=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+)))*\s*\}/;

const KRAMDOWN_ATTRIBUTES = new RegExp(ATTRIBUTES.source.replace('\\{:?', '\\{:'), 'y');
const WIKI_LINK = /\[\[([^[\]\n|]+)(?:\\?\|([^[\]\n]+))?\]\](?![([])/y;
const STRING_EXPRESSION = /^\{\s*(?:"([^"\n]*)"|'([^'\n]*)'|`([^`$]*)`)\s*\}$/;
/** The attributes of a longer tag are not read. */
const MAX_TAG_CHARACTERS = 2000;
const SPECIAL = /[`\\{<[$]/g;

/**
 * Turns lines into plain Markdown: removes template tags and kramdown attributes, and in MDX also components and expressions. Of
 * wiki links, it keeps the label. Inline code stays as it is.
 *
 * @param text Lines without a blank one between them and without fenced code.
 */
export function toPlainMarkdown(text: string, isMdx: boolean, markers: Markers): string {
  return text.search(SPECIAL) === -1 ? text : new PlainMarkdown(text, isMdx, markers).result();
}

class PlainMarkdown {
  readonly #text: string;
  readonly #isMdx: boolean;
  readonly #markers: Markers;
  readonly #pieces: string[] = [];
  /** How far the text has been copied. */
  #copied = 0;
  /** Marks that have no end in this text, so that the end is not searched for again. */
  readonly #unclosed = new Set<string>();
  #codeEnds: Map<number, number[]> | null = null;

  constructor(text: string, isMdx: boolean, markers: Markers) {
    this.#text = text;
    this.#isMdx = isMdx;
    this.#markers = markers;
  }

  result(): string {
    const text = this.#text;
    const special = new RegExp(SPECIAL);
    for (let found = special.exec(text); found !== null; found = special.exec(text)) {
      special.lastIndex = Math.max(this.#next(found[0], found.index), found.index + 1);
    }
    this.#pieces.push(text.slice(this.#copied));
    return this.#pieces.join('');
  }

  /** Handles the special character at `at` and returns where to continue. */
  #next(char: string, at: number): number {
    switch (char) {
      case '\\':
        return at + 2;
      case '`':
        return this.#endOfCode(at);
      case '[':
        return this.#wikiLink(at);
      case '$':
        return this.#math(at);
      case '<':
        return this.#tag(at);
      default:
        return this.#brace(at);
    }
  }

  #replace(start: number, end: number, by: string): number {
    this.#pieces.push(this.#text.slice(this.#copied, start), by);
    // One of the spaces around what is removed is removed too.
    const hasSpaces = by === '' && this.#text[end] === ' ' && /\s/.test(this.#text[start - 1] ?? ' ');
    this.#copied = hasSpaces ? end + 1 : end;
    return this.#copied;
  }

  /** Where the inline code that begins at `at` ends. If there is no code, where the backticks end. */
  #endOfCode(at: number): number {
    this.#codeEnds ??= backtickRuns(this.#text);
    let end = at;
    while (this.#text[end] === '`') end += 1;
    const runs = this.#codeEnds.get(end - at) ?? [];
    // The runs are in order, and each is needed only once.
    while (runs.length > 0 && (runs.at(-1) ?? 0) <= at) runs.pop();
    const closing = runs.at(-1);
    return closing === undefined ? end : closing + (end - at);
  }

  #wikiLink(at: number): number {
    WIKI_LINK.lastIndex = at;
    const found = WIKI_LINK.exec(this.#text);
    const [whole, page = '', label] = found ?? [];
    // A number in two brackets is a reference. A space at either end is a test in a shell script.
    if (whole === undefined || /^\d+$|^\s|\s$/.test(page)) return at + 1;
    const isPicture = this.#text[at - 1] === '!' && at - 1 >= this.#copied;
    if (isPicture) {
      this.#markers.omit('image');
      return this.#replace(at - 1, at + whole.length, '');
    }
    return this.#replace(at, at + whole.length, (label ?? page).trim());
  }

  #math(at: number): number {
    if (this.#text[at + 1] !== '$' || this.#unclosed.has('$$')) return at + 1;
    const closing = this.#text.indexOf('$$', at + 2);
    if (closing === -1) {
      this.#unclosed.add('$$');
      return at + 2;
    }
    return this.#replace(at, closing + 2, this.#markers.verbatim(this.#text.slice(at, closing + 2)));
  }

  #tag(at: number): number {
    if (this.#text.startsWith('<!--', at)) {
      const closing = this.#text.indexOf('-->', at);
      return closing === -1 ? at + 4 : closing + 3;
    }
    if (!this.#isMdx || this.#unclosed.has('<') || !/[A-Za-z/>]/.test(this.#text[at + 1] ?? '')) return at + 1;
    const end = endOfTag(this.#text, at);
    if (end === -1) {
      this.#unclosed.add('<');
      return at + 1;
    }
    const tag = elementTag(this.#text, at, end);
    if (tag === null) return at + 1;
    if (/^[a-z][a-z0-9]*$/.test(tag.name)) return this.#replace(at, end, plainTag(this.#text.slice(at, end)));
    if (tag.form === 'void') this.#markers.omit('component');
    return this.#replace(at, end, '');
  }

  #brace(at: number): number {
    const text = this.#text;
    const isTemplate = text[at + 1] === '{' || text[at + 1] === '%';
    if (isTemplate && !(this.#isMdx && text[at + 1] === '{')) return this.#template(at);
    KRAMDOWN_ATTRIBUTES.lastIndex = at;
    const attributes = KRAMDOWN_ATTRIBUTES.exec(text);
    if (attributes !== null) return this.#replace(at, at + attributes[0].length, '');
    if (!this.#isMdx || text[at + 1] === '#' || this.#unclosed.has('{')) return at + 1;
    const end = endOfExpression(text, at);
    if (end === -1) {
      this.#unclosed.add('{');
      return at + 1;
    }
    const expression = text.slice(at, end);
    const [whole, ...strings] = STRING_EXPRESSION.exec(expression) ?? [];
    if (whole !== undefined) return this.#replace(at, end, strings.find((one) => one !== undefined) ?? '');
    if (!/^\{\s*(?:\/\*|\})/.test(expression)) this.#markers.omit('expression');
    return this.#replace(at, end, '');
  }

  #template(at: number): number {
    const marks = this.#text.slice(at, at + 2);
    // ${{ … }} is not a template of the site.
    if (this.#text[at - 1] === '$' || this.#unclosed.has(marks)) return at + 2;
    const tag = templateTag(this.#text, at);
    if (tag === null) {
      this.#unclosed.add(marks);
      return at + 2;
    }
    this.#markers.omit('template tag');
    return this.#replace(at, tag.end, '');
  }
}

/** The places of the runs of backticks, by their length. The last one comes first. */
function backtickRuns(text: string): Map<number, number[]> {
  const runs = new Map<number, number[]>();
  for (const { 0: run, index } of [...text.matchAll(/`+/g)].toReversed()) {
    const known = runs.get(run.length);
    if (known === undefined) runs.set(run.length, [index]);
    else known.push(index);
  }
  return runs;
}

/** Turns a tag of MDX into HTML: removes the attributes whose values are JavaScript. */
function plainTag(source: string): string {
  if (source.length > MAX_TAG_CHARACTERS) return '';
  return source.replace(/\s+[\w:.-]+=\{[^<>]*\}(?=[\s/>])/g, '');
}
