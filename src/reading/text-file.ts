import type { Block, BlockKind } from '../corpus/block.js';
import { type Span, trimSpan } from '../text/span.js';
import { oneLine } from '../text/visible-text.js';
import { countWords } from '../text/words.js';
import { boilerplateRule } from './boilerplate.js';
import { parseDateLine } from './publication-date.js';
import type { SourceArticle } from './source-article.js';

const MAX_TITLE_WORDS = 25;
const MAX_HEADING_WORDS = 12;
/** A line without an end mark that is longer than a heading is a caption; if it is longer than this, it is body text. */
const MAX_CAPTION_WORDS = 40;
/** A date of publication further down is the date of something else. */
const MAX_DATE_PARAGRAPHS = 6;
/** Text wrapped for a terminal or an email has no lines longer than this. */
const MAX_WRAPPED_CHARACTERS = 120;

/**
 * Reads plain text. The paragraphs stay as they are written; which of them are the title, headings or boilerplate is recognised
 * by their length, end marks and words.
 *
 * @param text With `\n` line endings.
 */
export function readText(text: string): SourceArticle {
  const { blocks, title } = classifyParagraphs(text, splitParagraphs(text));
  const published = blocks
    .slice(0, MAX_DATE_PARAGRAPHS)
    .map((paragraph) => parseDateLine(text.slice(paragraph.start, paragraph.end)))
    .find((date) => date !== null);
  return {
    text,
    blocks,
    marks: [],
    title,
    url: null,
    publisher: null,
    published: published ?? null,
    language: null,
    warnings: [],
  };
}

/**
 * Splits a text into paragraphs, which are separated by blank lines. If lines are not wrapped, every line is a paragraph:
 * scraped pages and many editors end a paragraph with a single line break.
 *
 * @returns The spans of the paragraphs, without the whitespace around them.
 */
function splitParagraphs(text: string): Span[] {
  const lines = linesOf(text);
  const wrapped = isWrapped(text, lines);
  const paragraphs: Span[] = [];
  let open: { start: number; end: number } | null = null;
  for (const line of lines) {
    const content = trimSpan(text, line);
    if (content === null) {
      if (open !== null) paragraphs.push(open);
      open = null;
    } else if (!wrapped) {
      paragraphs.push(content);
    } else if (open === null) {
      open = { start: content.start, end: content.end };
    } else {
      open.end = content.end;
    }
  }
  if (open !== null) paragraphs.push(open);
  return paragraphs;
}

function linesOf(text: string): Span[] {
  const lines: Span[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    lines.push({ start, end: start + line.length });
    start += line.length + 1;
  }
  return lines;
}

/** Wrapped lines are about equally long, and each is so full that the first word of the next line would not have fit. */
function isWrapped(text: string, lines: readonly Span[]): boolean {
  const contents = lines.map((line) => text.slice(line.start, line.end).trim());
  const longest = contents.reduce((max, line) => Math.max(max, line.length), 0);
  if (longest > MAX_WRAPPED_CHARACTERS) return false;
  let fullLines = 0;
  let linePairs = 0;
  contents.forEach((line, index) => {
    const next = contents[index + 1];
    if (!line || !next) return;
    linePairs += 1;
    const firstWord = next.split(/\s/, 1)[0] ?? '';
    // Six characters of tolerance, as quoting and indenting shift the width at which a text is wrapped.
    if (line.length + 1 + firstWord.length > longest - 6) fullLines += 1;
  });
  return linePairs >= 2 && fullLines / linePairs >= 0.7;
}

function classifyParagraphs(text: string, spans: readonly Span[]): { blocks: Block[]; title: string | null } {
  const contents = spans.map((span) => text.slice(span.start, span.end));
  const kinds = contents.map((content): BlockKind => (isBoilerplate(content) ? 'boilerplate' : 'paragraph'));
  const title = markTitle(contents, kinds);
  const hasEndMarks = usesEndMarks(contents);
  contents.forEach((content, index) => {
    if (kinds[index] !== 'paragraph' || !hasEndMarks || endsSentence(content) || content.includes('\n')) return;
    const words = countWords(content);
    if (words > MAX_HEADING_WORDS && words <= MAX_CAPTION_WORDS && startsWithCapital(content))
      kinds[index] = 'boilerplate';
    else if (words <= MAX_HEADING_WORDS && isHeadingAt(index, contents, kinds)) kinds[index] = 'heading';
  });
  return { blocks: spans.map((span, index) => ({ ...span, kind: kinds[index] ?? 'paragraph' })), title };
}

function isBoilerplate(content: string): boolean {
  return boilerplateRule(content) !== null || parseDateLine(content) !== null;
}

/**
 * Marks the title and its repetitions in `kinds`.
 *
 * @returns The title, or null if the text begins with its first paragraph.
 */
function markTitle(contents: readonly string[], kinds: BlockKind[]): string | null {
  const first = kinds.indexOf('paragraph');
  const candidate = contents[first];
  if (candidate === undefined || candidate.includes('\n')) return null;
  const hasBodyBelow = kinds.indexOf('paragraph', first + 1) !== -1;
  const looksLikeTitle = hasBodyBelow && countWords(candidate) <= MAX_TITLE_WORDS && !/[.,;:]["”’)]?$/.test(candidate);
  if (!looksLikeTitle) return null;
  contents.forEach((content, index) => {
    if (kinds[index] === 'paragraph' && oneLine(content) === oneLine(candidate)) {
      kinds[index] = index === first ? 'title' : 'boilerplate';
    }
  });
  return oneLine(candidate);
}

/** Only in a text with end marks does a missing end mark tell a caption or heading from body text. */
function usesEndMarks(contents: readonly string[]): boolean {
  const long = contents.filter((content) => countWords(content) >= MAX_HEADING_WORDS);
  return long.length >= 3 && long.filter(endsSentence).length / long.length >= 0.7;
}

function isHeadingAt(index: number, contents: readonly string[], kinds: readonly BlockKind[]): boolean {
  const next = contents[index + 1];
  return (
    startsWithCapital(contents[index] ?? '') &&
    kinds[index + 1] === 'paragraph' &&
    next !== undefined &&
    endsSentence(next)
  );
}

/** A full stop, exclamation mark or closing quotation mark ends a sentence. "…" and "?" do not count: headings end with them too. */
function endsSentence(content: string): boolean {
  return /[.!:;,。！？।؟]["”’»)\]]*$|[”"»]$/u.test(content.replace(/(?:\.\.\.|…)$/, ''));
}

function startsWithCapital(content: string): boolean {
  return /^["“‘'«(]*[\p{Lu}\p{N}]/u.test(content);
}
