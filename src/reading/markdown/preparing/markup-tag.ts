import type { ContainerTag } from '../container.js';

/** A tag of a component (`<Tab label="x">`), an HTML element or a template (`{{< tab "x" >}}`, `{% tab title="x" %}`). */
export interface MarkupTag extends ContainerTag {
  /** `void` for one that has no content, such as `<Card />`. */
  readonly form: 'open' | 'close' | 'void';
  readonly isTemplate: boolean;
  /** Where it ends in the text that it was found in. */
  readonly end: number;
}

const NAME = /<(\/?)([A-Za-z][\w.:-]*|(?=>))/y;
const ATTRIBUTE =
  /([@:]?[\w:.-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|\{\s*(?:"([^"{}]*)"|'([^'{}]*)'|`([^`{}$]*)`)\s*\}))?/g;
const TITLES = ['title', 'label', 'summary'];
const TYPES = ['type', 'style', 'kind', 'variant', 'intent', 'level', 'severity', 'status'];

/**
 * Finds the end of a tag that begins at `start`: the first ">" outside strings and expressions.
 *
 * @returns The index after the tag, or -1 if it does not end in this text.
 */
export function endOfTag(text: string, start: number): number {
  let quote = '';
  let depth = 0;
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'" || char === '`') quote = char;
    else if (char === '{') depth += 1;
    else if (char === '}') depth -= 1;
    else if (char === '>' && depth <= 0) return at + 1;
  }
  return -1;
}

/** Reads the element tag at `start`, or returns null if there is none. `end` is where it ends: see {@link endOfTag}. */
export function elementTag(text: string, start: number, end: number): MarkupTag | null {
  NAME.lastIndex = start;
  const found = NAME.exec(text);
  if (found === null) return null;
  const [whole, slash, name = ''] = found;
  const rest = text.slice(start + whole.length, end - 1);
  if (rest !== '' && !/^[\s/]/.test(rest)) return null;
  const attributes = attributesOf(rest, TITLES);
  const form = slash === '/' ? 'close' : rest.trimEnd().endsWith('/') ? 'void' : 'open';
  return { name, ...attributes, form, isTemplate: false, end };
}

const TEMPLATE = /\{\{[<%]-?\s*(\/?)\s*([\w./-]*)|\{%-?\s*(end)?([\w-]*)/y;

/** Reads the template tag at `start`: Hugo's shortcodes, Liquid, Jinja. Null if there is none, or if it does not end. */
export function templateTag(text: string, start: number): MarkupTag | null {
  if (text[start] !== '{' || (text[start + 1] !== '{' && text[start + 1] !== '%')) return null;
  const marks = text.slice(start, start + 3);
  const close =
    marks === '{{<' ? '>}}' : marks === '{{%' || marks.startsWith('{%') ? (marks === '{{%' ? '%}}' : '%}') : '}}';
  const closing = text.indexOf(close, start + 2);
  if (closing === -1) return null;
  const end = closing + close.length;
  TEMPLATE.lastIndex = start;
  const found = TEMPLATE.exec(text);
  if (found === null || found.index !== start)
    return { name: '', title: null, type: null, form: 'void', isTemplate: true, end };
  const name = found[2] ?? found[4] ?? '';
  const rest = text.slice(start + found[0].length, closing);
  const isClosing = found[1] === '/' || found[3] === 'end';
  const isVoid = rest.trimEnd().endsWith('/');
  const positional = /^\s*["“]([^"”]*)["”]/.exec(rest)?.[1];
  const attributes = attributesOf(rest, [...TITLES, 'name']);
  return {
    name,
    title: attributes.title ?? (isNoteLike(name) ? null : (positional ?? null)),
    type: attributes.type ?? /^\s*"?([\w-]+)/.exec(rest)?.[1] ?? null,
    form: isClosing ? 'close' : isVoid ? 'void' : 'open',
    isTemplate: true,
    end,
  };
}

/** The first positional argument of a shortcode for notes is its kind: `{{< notice "warning" >}}`. */
function isNoteLike(name: string): boolean {
  return /^(?:admonition|alert|callout|hint|notice)$/i.test(name);
}

function attributesOf(text: string, titles: readonly string[]): { title: string | null; type: string | null } {
  if (!text.includes('=')) return { title: null, type: null };
  const values = new Map<string, string>();
  for (const [, name = '', ...found] of text.matchAll(ATTRIBUTE)) {
    const value = found.slice(0, 5).find((one) => one !== undefined);
    if (value !== undefined && !values.has(name)) values.set(name.toLowerCase(), value.replace(/\s+/g, ' ').trim());
  }
  const pick = (names: readonly string[]): string | null =>
    names.map((name) => values.get(name)).find((value) => value !== undefined && value !== '') ?? null;
  return { title: pick(titles), type: pick(TYPES) };
}
