import type { Line } from './lines.js';

/** What is in front of an item of a list. */
export interface ListMarker {
  /** The marker as it is written, such as "-" or "(a)". */
  readonly text: string;
  /** Markers of the same list have the same style. */
  readonly style: string;
  /** Columns in front of the item's text. */
  readonly textIndent: number;
}

const BULLET = /^([-*•‣◦–·▪●+])\s+(?=\S)/;
/** A bullet in old texts. In the first column, it could be a word. */
const LETTER_O = /^(o)\s+(?=\S)/;
const NUMBER = /^(\(\d{1,3}\)|\d{1,3}[.)]|\[\d{1,3}\])\s+(?=\S)/;
const SECTION_NUMBER = /^(\d{1,3}(?:\.\d{1,3}){1,5}\.?)\s+(?=\S)/;
/** "(a)", "a)", "a.", "iv.": a capital with a full stop is an initial. "(c) 1999" is a copyright sign. */
const LETTER = /^(\((?:[a-z]|[ivx]{2,5}|[A-Z])\)|(?:[a-z]|[ivx]{2,5})[.)]|[A-Z]\))\s+(?=\S)(?!\d{4}\b)/;

const STYLES: readonly (readonly [string, RegExp])[] = [
  ['section', SECTION_NUMBER],
  ['number', NUMBER],
  ['letter', LETTER],
];

/** Finds the bullet or number that a line begins with. */
export function listMarkerOf({ content, indent }: Pick<Line, 'content' | 'indent'>): ListMarker | null {
  const bullet = BULLET.exec(content) ?? (indent > 0 ? LETTER_O.exec(content) : null);
  if (bullet !== null) return marker(bullet, bullet[1] ?? '', indent);
  for (const [style, pattern] of STYLES) {
    const match = pattern.exec(content);
    if (match !== null) return marker(match, style, indent);
  }
  return null;
}

/** Whether a line is an item of a list. A single sign far in front of the text is a term: "*          any of them". */
export function isListItem(line: Line): boolean {
  const found = listMarkerOf(line);
  return found !== null && (/[\p{L}\p{N}]/u.test(found.text) || found.textIndent < line.indent + 6);
}

function marker(match: RegExpExecArray, style: string, indent: number): ListMarker {
  return { text: match[1] ?? '', style, textIndent: indent + match[0].length };
}
