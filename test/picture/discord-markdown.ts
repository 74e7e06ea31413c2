// A parser for the part of Discord's Markdown that bots use. It follows Discord's rules and shares nothing with the
// bot's own code, so that a mistake there shows in the pictures. Source:
// https://support.discord.com/hc/en-us/articles/210298617

/** Markup within a line. Some of it may run over several lines. */
export type Inline =
  | { readonly kind: 'text' | 'code' | 'mention' | 'time'; readonly text: string }
  | { readonly kind: 'strong' | 'em' | 'underline' | 'strike' | 'spoiler'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly Inline[] };

/** A part of a text that takes up whole lines. `lines` is ordinary text. */
export type Block =
  | { readonly kind: 'lines' | 'subtext'; readonly children: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly kind: 'item'; readonly depth: number; readonly marker: string; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] };

/** What is needed to show mentions and times, which Markdown has only as ids and numbers. */
export interface MarkdownContext {
  /** Names of people, roles and channels by id. */
  readonly names: Readonly<Record<string, string>>;
  /** The time that relative times refer to. */
  readonly now: Date;
}

interface Rule {
  /** Sticky, so that it matches only at the current position. */
  readonly pattern: RegExp;
  /** Undefined if the match is not markup after all; its first character is then ordinary text. */
  readonly read: (match: RegExpExecArray, context: MarkdownContext) => Inline | undefined;
}

const ESCAPED = /\\([^0-9A-Za-z\s])/gu;

/** Tried in this order. */
const RULES: readonly Rule[] = [
  { pattern: /\\([^0-9A-Za-z\s])/uy, read: ([, character = '']) => ({ kind: 'text', text: character }) },
  {
    pattern: /(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/y,
    read: ([, , text = '']) => ({ kind: 'code', text: text.trim() || text }),
  },
  {
    pattern: /\[((?:\\[\s\S]|[^\\[\]]|\[[^\]]*\])+)\]\((?:<([^<>\s]+)>|((?:\\[\s\S]|[^\\\s()<>]|\([^\s()<>]*\))+))\)/y,
    read: ([, label = '', inBrackets, bare], context) => {
      const url = webAddress((inBrackets ?? bare ?? '').replace(ESCAPED, '$1'));
      return url === undefined ? undefined : { kind: 'link', url, children: parseInline(label, context) };
    },
  },
  { pattern: /<(https?:\/\/[^\s<>]+)>/y, read: ([, url = '']) => bareLink(url) },
  { pattern: /https?:\/\/[^\s<]+[^<.,:;"'\])\s]/y, read: ([url]) => bareLink(url) },
  {
    pattern: /<@([!&]?)(\d+)>/y,
    read: ([, sign, id = ''], { names }) => mentionOf(sign === '&' ? 'role' : 'user', names[id]),
  },
  { pattern: /<#(\d+)>/y, read: ([, id = ''], { names }) => ({ kind: 'mention', text: `#${names[id] ?? 'unknown'}` }) },
  { pattern: /<(\/[^:<>]+):\d+>/y, read: ([, command = '']) => ({ kind: 'mention', text: command }) },
  { pattern: /@(?:everyone|here)\b/y, read: ([text]) => ({ kind: 'mention', text }) },
  { pattern: /<a?(:\w+:)\d+>/y, read: ([, name = '']) => ({ kind: 'text', text: name }) },
  {
    pattern: /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y,
    read: ([, seconds, style = 'f'], { now }) => {
      const text = timeAs(style, new Date(Number(seconds) * 1000), now);
      return text === undefined ? undefined : { kind: 'time', text };
    },
  },
  { pattern: /\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, read: within('strong') },
  { pattern: /__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, read: within('underline') },
  // A star followed by a space is just a star: "2 * 3 * 4".
  {
    pattern: /\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/y,
    read: within('em'),
  },
  { pattern: /_((?:__|\\[\s\S]|[^\\_])+?)_(?!\w)/y, read: within('em') },
  { pattern: /~~((?:\\[\s\S]|[^\\])+?)~~/y, read: within('strike') },
  { pattern: /\|\|((?:\\[\s\S]|[^\\])+?)\|\|/y, read: within('spoiler') },
];

/** A run of characters that no rule begins with. It is skipped as a whole. */
const PLAIN = /[^\\`[<h@*_~|]+/y;

/**
 * Parses a message's content, a text display or another text with blocks.
 *
 * @param isInQuote Block quotes cannot be nested.
 */
export function parseMarkdown(markdown: string, context: MarkdownContext, isInQuote = false): Block[] {
  const blocks: Block[] = [];
  let rest = markdown;
  let lines = '';
  const endLines = (): void => {
    // A line break before a block belongs to the block, not to the text.
    if (lines !== '') blocks.push({ kind: 'lines', children: parseInline(lines.replace(/\n$/, ''), context) });
    lines = '';
  };
  const add = (block: Block, length: number): void => {
    endLines();
    blocks.push(block);
    rest = rest.slice(length);
  };
  while (rest !== '') {
    const quote = isInQuote ? undefined : quoteAt(rest);
    const line = /^(?: *(-#|#{1,3}) +(.+)| *([-*+]|\d{1,9}\.) +(.+))(?:\n|$)/.exec(rest);
    const code = /^```(?:[\w+#.-]+\n)?\n*([\s\S]*?[^\s`][\s\S]*?)\n*```\n?/.exec(rest);
    if (quote) {
      add({ kind: 'quote', blocks: parseMarkdown(quote.text, context, true) }, quote.length);
    } else if (code) {
      add({ kind: 'code', text: code[1] ?? '' }, code[0].length);
    } else if (line) {
      add(lineBlock(line, context), line[0].length);
    } else {
      const end = endOfPlainLine(rest);
      lines += rest.slice(0, end);
      rest = rest.slice(end);
    }
  }
  endLines();
  return blocks;
}

/** Parses a text without blocks, such as the title of an embed. */
export function parseInline(markdown: string, context: MarkdownContext): Inline[] {
  const nodes: Inline[] = [];
  let text = '';
  for (let index = 0; index < markdown.length; ) {
    const { node, end } = inlineAt(markdown, index, context);
    if (node.kind === 'text') {
      text += node.text;
    } else {
      if (text !== '') nodes.push({ kind: 'text', text });
      nodes.push(node);
      text = '';
    }
    index = end;
  }
  if (text !== '') nodes.push({ kind: 'text', text });
  return nodes;
}

/** The text without its markup. */
export function wordsOf(inline: readonly Inline[]): string {
  return inline.map((node) => ('text' in node ? node.text : wordsOf(node.children))).join('');
}

/** A normalised http or https URL; undefined for everything else, in particular for `javascript:`. */
export function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}

/** The time of day, as in "14:07". Always UTC and British English, so that a picture is the same on every machine. */
export function clockTime(date: Date): string {
  return formatted(date, { timeStyle: 'short' });
}

/** The day, as in "21/11/2026", also in UTC. */
export function dayOf(date: Date): string {
  return formatted(date, { dateStyle: 'short' });
}

function inlineAt(markdown: string, index: number, context: MarkdownContext): { node: Inline; end: number } {
  PLAIN.lastIndex = index;
  const plain = PLAIN.exec(markdown);
  if (plain) return { node: { kind: 'text', text: plain[0] }, end: PLAIN.lastIndex };
  for (const { pattern, read } of RULES) {
    pattern.lastIndex = index;
    const match = pattern.exec(markdown);
    // `read` may use the same pattern for what is inside, so `pattern.lastIndex` cannot be trusted.
    const node = match && read(match, context);
    if (node) return { node, end: index + match[0].length };
  }
  return { node: { kind: 'text', text: markdown[index] ?? '' }, end: index + 1 };
}

/** A block quote at the start of a text, without its marks. `>>> ` quotes everything to the end. */
function quoteAt(rest: string): { readonly text: string; readonly length: number } | undefined {
  const toTheEnd = /^ *>>> ([\s\S]*)/.exec(rest);
  if (toTheEnd) return { text: toTheEnd[1] ?? '', length: rest.length };
  // Discord trims a last line that is only "> ", so a bare mark continues a quote.
  const marked = /^ *> .*(?:\n *>(?: .*|(?=\n|$)))*(?:\n|$)/.exec(rest);
  if (!marked) return undefined;
  const lines = marked[0].replace(/\n$/, '').split('\n');
  return { text: lines.map((line) => line.replace(/^ *> ?/, '')).join('\n'), length: marked[0].length };
}

function lineBlock([whole, sign, text, marker, item]: RegExpExecArray, context: MarkdownContext): Block {
  if (item !== undefined && marker !== undefined) {
    const depth = Math.floor((/^ */.exec(whole)?.[0].length ?? 0) / 2);
    return { kind: 'item', depth, marker: /\d/.test(marker) ? marker : '•', children: parseInline(item, context) };
  }
  const children = parseInline(text ?? '', context);
  return sign === '-#' ? { kind: 'subtext', children } : { kind: 'heading', level: sign?.length ?? 1, children };
}

/** Where the first line ends: after its line break, or before a code block in the middle of it. */
function endOfPlainLine(rest: string): number {
  const lineEnd = rest.indexOf('\n');
  const end = lineEnd < 0 ? rest.length : lineEnd + 1;
  const fence = rest.indexOf('```', 1);
  return fence > 0 && fence < end && rest.includes('```', fence + 3) ? fence : end;
}

function within(kind: 'strong' | 'em' | 'underline' | 'strike' | 'spoiler'): Rule['read'] {
  return ([, inner = ''], context) => ({ kind, children: parseInline(inner, context) });
}

function bareLink(written: string): Inline | undefined {
  const url = webAddress(written);
  return url === undefined ? undefined : { kind: 'link', url, children: [{ kind: 'text', text: written }] };
}

function mentionOf(kind: 'user' | 'role', name: string | undefined): Inline {
  return { kind: 'mention', text: `@${name ?? `unknown-${kind}`}` };
}

function timeAs(style: string, date: Date, now: Date): string | undefined {
  if (Number.isNaN(date.getTime())) return undefined;
  if (style === 'R') return relativeTime(date, now);
  const styles: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
    t: { timeStyle: 'short' },
    T: { timeStyle: 'medium' },
    d: { dateStyle: 'short' },
    D: { dateStyle: 'long' },
    f: { dateStyle: 'long', timeStyle: 'short' },
    F: { dateStyle: 'full', timeStyle: 'short' },
  };
  return formatted(date, styles[style] ?? {});
}

function relativeTime(date: Date, now: Date): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const units = [
    ['year', 31_536_000],
    ['month', 2_592_000],
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const;
  const [unit, unitSize] =
    units.find(([, unitSeconds]) => Math.abs(seconds) >= unitSeconds) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat('en').format(Math.trunc(seconds / unitSize), unit);
}

function formatted(date: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(date);
}
