// Reads the bot's cards as people see them. It knows what the cards look like and shares no code with the bot.
import { type APIMessageTopLevelComponent, ComponentType } from 'discord-api-types/v10';
import { readBlockQuote, readEscaped, type ShownText, shownDates } from './shown-text.js';

/** A quoted passage with its source below it. */
export interface ShownSource {
  /** The line above the passage, in Markdown; null if there is none. */
  readonly above: string | null;
  /** The headings above the passage, as in `Install › Linux`; null if there are none. */
  readonly path: string | null;
  /** Null if there was no room for it. */
  readonly quote: ShownText | null;
  /** The quote as it was sent, in Markdown. */
  readonly markdown: string;
  /** The links in the quote. */
  readonly links: readonly ShownLink[];
  /** The number in front of the title, as in `[1]`; null if there is none. */
  readonly number: number | null;
  readonly title: string;
  /** Publisher and date, as in `Example News · 2021-05-19`; empty if neither is known. */
  readonly facts: string;
  readonly url: string | null;
}

/** A link in a quote. */
export interface ShownLink {
  readonly words: string;
  /** Where it leads, which people can read. */
  readonly address: string;
}

/** An answer card as people read it. */
export interface ShownAnswer {
  /** The question, if the card repeats it. */
  readonly query: string | null;
  /** The outcome and how sure it is, in Markdown without the leading `-#`. */
  readonly headline: string;
  /** The other small print, in Markdown without the leading `-#`. */
  readonly notes: readonly string[];
  /** Where to look if nothing was found, as in `The summit in Reykjavik › Outside the hall`. */
  readonly places: readonly string[];
  readonly sources: readonly ShownSource[];
}

interface Shown {
  readonly components?: readonly APIMessageTopLevelComponent[];
}

/** A text display of a card. */
export interface Paragraph {
  /** In Markdown. */
  readonly text: string;
  /** Whether a line separates it from the text above. */
  readonly isBelowLine: boolean;
}

/** Reads an answer, a passage or a plain message. @throws {Error} if other people's words in it would be formatted or linked. */
export function readAnswer(message: Shown | undefined): ShownAnswer {
  const paragraphs = paragraphsOf(message);
  const query = paragraphs.length < 2 ? null : (/^\*\*(.*)\*\*$/s.exec(paragraphs[0]?.text ?? '')?.[1] ?? null);
  const shown = query === null ? paragraphs : paragraphs.slice(1);
  const sources = shown.filter(isSource).map(({ text }) => text);
  const others = shown.filter((paragraph) => !isSource(paragraph)).map(({ text }) => text);
  const places = others.find((text) => text.includes(':\n- '))?.split('\n- ') ?? [];
  const small = others.filter((text) => !text.includes('\n')).map((text) => text.replace(/^-# /, ''));
  const headline = small.find(isOutcome) ?? small[0] ?? '';
  return {
    query: query === null ? null : readEscaped(query),
    headline,
    notes: small.filter((text) => text !== headline),
    places: places.slice(1).map((place) => readEscaped(place)),
    sources: sources.map(readSource),
  };
}

/** Whether a paragraph is a passage with its source: it ends with the name of an article. */
function isSource({ text, isBelowLine }: Paragraph): boolean {
  return (isBelowLine || text.includes('\n')) && SOURCE_LINE.test(text.split('\n').at(-1) ?? '');
}

/** Whether a paragraph says what kind of answer it is. */
function isOutcome(text: string): boolean {
  return /^(?:✅|◐|🔶|⚪)/u.test(text);
}

/** The pinned quote at the top of an answer; null if nothing is pinned. */
export function pinnedIn(answer: Shown): string | null {
  const { notes, sources } = readAnswer(answer);
  return notes.some((note) => note.startsWith('Pinned: ')) ? (sources[0]?.quote?.text ?? null) : null;
}

/** The text displays of a message, from top to bottom. */
export function paragraphsOf({ components = [] }: Shown = {}): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (const component of components) {
    if (component.type === ComponentType.TextDisplay) paragraphs.push({ text: component.content, isBelowLine: false });
    if (component.type !== ComponentType.Container) continue;
    let isBelowLine = false;
    for (const inner of component.components) {
      if (inner.type === ComponentType.TextDisplay) paragraphs.push({ text: inner.content, isBelowLine });
      isBelowLine = inner.type === ComponentType.Separator;
    }
  }
  return paragraphs.map(({ text, isBelowLine }) => ({ text: shownDates(text), isBelowLine }));
}

/** Reads a passage with its source. @throws {Error} if it does not look like one, or is not escaped. */
export function readSource(paragraph: string): ShownSource {
  const lines = paragraph.split('\n');
  const source = readSourceLine(lines.pop() ?? '');
  const links = SHOWN_LINKS.test(lines.at(-1) ?? '') ? readLinks(lines.pop() ?? '') : [];
  const quoteFrom = lines.findIndex((line) => line.startsWith('>'));
  const aboveQuote = quoteFrom < 0 ? lines : lines.slice(0, quoteFrom);
  const path = aboveQuote.at(-1)?.startsWith('-# ') ? (aboveQuote.pop() ?? '').slice(3) : null;
  const markdown = quoteFrom < 0 ? '' : lines.slice(quoteFrom).join('\n');
  return {
    above: aboveQuote.length === 0 ? null : aboveQuote.join('\n'),
    path: path === null ? null : readEscaped(path),
    quote: markdown === '' ? null : readBlockQuote(markdown),
    markdown,
    links,
    ...source,
  };
}

/** A link with its words, which are escaped, and its address, which has no character that would end it. */
const SHOWN_LINK = /((?:\\.|[^\\<>])+?) → <(https?:\/\/[^()<>*~`|\\\s]+)>/;
const SHOWN_LINKS = new RegExp(`^-# ${SHOWN_LINK.source}(?: · ${SHOWN_LINK.source})*$`);

/** `-# the forum → <https://forum.example> · the rules → <https://rules.example>` */
function readLinks(line: string): ShownLink[] {
  const links = line.slice(3).matchAll(new RegExp(`(?:^| · )${SHOWN_LINK.source}`, 'g'));
  return [...links].map(([, words = '', address = '']) => ({ words: readEscaped(words), address }));
}

const SOURCE_LINE =
  /^(?:\*\*\[(\d+)\]\*\* )?\*\*((?:\\.|[^\\*])+)\*\*((?: · (?!\[).*?)?)(?: · \[[^[\]\\]+\]\(<([^<>]*)>\))?$/s;

/** `**[1]** **Title** · Publisher · <t:1621420200:D> · [read it at the source](<https://…>)` */
export function readSourceLine(line: string): Pick<ShownSource, 'number' | 'title' | 'facts' | 'url'> {
  const parts = SOURCE_LINE.exec(line);
  if (parts === null) throw new Error(`Not a source: ${JSON.stringify(line)}`);
  const [, number, title = '', facts = '', url = null] = parts;
  return {
    number: number === undefined ? null : Number(number),
    title: readEscaped(title),
    facts: readEscaped(facts.replace(/^ · /, '')),
    url,
  };
}
