// What a person reads of a card of ours. Written from how the cards look, not from the code that makes them.
import { type APIMessageTopLevelComponent, ComponentType } from 'discord-api-types/v10';
import { readBlockQuote, readEscaped, type ShownText } from './shown-text.js';

/** A passage with its source below it. */
export interface ShownSource {
  /** The line above the passage, in Markdown; null where there is none. */
  readonly above: string | null;
  /** Null where there was no room for it. */
  readonly quote: ShownText | null;
  /** The quote as it was sent. */
  readonly markdown: string;
  readonly number: number | null;
  readonly title: string;
  /** Publisher and date. */
  readonly facts: string;
  readonly url: string | null;
}

export interface ShownAnswer {
  /** What was asked, where the card says so. */
  readonly query: string | null;
  /** The first line, in Markdown. */
  readonly headline: string;
  /** The lines in small print below it, in Markdown without the mark of small print. */
  readonly notes: readonly string[];
  readonly sources: readonly ShownSource[];
}

interface Shown {
  readonly components?: readonly APIMessageTopLevelComponent[];
}

/** A text display of a card. */
export interface Paragraph {
  readonly text: string;
  /** Whether a line is drawn above it. */
  readonly isParted: boolean;
}

/** Reads an answer, a passage or a message of a few words. @throws when something in it would be obeyed that is not ours. */
export function readAnswer(message: Shown | undefined): ShownAnswer {
  const paragraphs = paragraphsOf(message);
  const query = paragraphs.length < 2 ? null : (/^\*\*(.*)\*\*$/s.exec(paragraphs[0]?.text ?? '')?.[1] ?? null);
  const [headline, ...below] = query === null ? paragraphs : paragraphs.slice(1);
  return {
    query: query === null ? null : readEscaped(query),
    headline: headline?.text ?? '',
    notes: below.filter(({ isParted }) => !isParted).map(({ text }) => text.replace(/^-# /, '')),
    sources: below.filter(({ isParted }) => isParted).map(({ text }) => readSource(text)),
  };
}

/** The text displays of a message, from the top to the bottom. */
export function paragraphsOf({ components = [] }: Shown = {}): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (const component of components) {
    if (component.type === ComponentType.TextDisplay) paragraphs.push({ text: component.content, isParted: false });
    if (component.type !== ComponentType.Container) continue;
    let isParted = false;
    for (const inner of component.components) {
      if (inner.type === ComponentType.TextDisplay) paragraphs.push({ text: inner.content, isParted });
      isParted = inner.type === ComponentType.Separator;
    }
  }
  return paragraphs;
}

/** A passage with its source. @throws when it is neither escaped nor of our making. */
export function readSource(paragraph: string): ShownSource {
  const lines = paragraph.split('\n');
  const quoteFrom = lines.findIndex((line) => line.startsWith('>'));
  const source = readSourceLine(lines.at(-1) ?? '');
  const markdown = quoteFrom < 0 ? '' : lines.slice(quoteFrom, -1).join('\n');
  const above = lines.slice(0, quoteFrom < 0 ? -1 : quoteFrom).join('\n');
  return {
    above: above === '' ? null : above,
    quote: markdown === '' ? null : readBlockQuote(markdown),
    markdown,
    ...source,
  };
}

/** `**[1]** **Title** · Publisher · 2021-05-19 · [read it at the source](<https://…>)` */
export function readSourceLine(line: string): Pick<ShownSource, 'number' | 'title' | 'facts' | 'url'> {
  const parts =
    /^(?:\*\*\[(\d+)\]\*\* )?\*\*((?:\\.|[^\\*])+)\*\*((?: · .*?)?)(?: · \[[^[\]\\]+\]\(<([^<>]*)>\))?$/s.exec(line);
  if (parts === null) throw new Error(`Not a source: ${JSON.stringify(line)}`);
  const [, number, title = '', facts = '', url = null] = parts;
  return {
    number: number === undefined ? null : Number(number),
    title: readEscaped(title),
    facts: readEscaped(facts.replace(/^ · /, '')),
    url,
  };
}
