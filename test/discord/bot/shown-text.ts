// Reads Markdown as Discord shows it. It follows Discord's rules and shares no code with the bot, so that a mistake in
// the bot's escaping is not repeated here.

/** Characters that start Markdown, a mention, a link or an emoji anywhere in a line. */
const ACTIVE = '*_~`|<>#[]()@:';

/** Markdown that only works at the start of a line: lists, headings, small print, block quotes. */
const ACTIVE_AT_LINE_START = /^\s*(?:[-+*]\s|\d+\.\s|-?#{1,3}\s|>)/;

/** A text as people read it. */
export interface ShownText {
  readonly text: string;
  /** Whether it ended with an ellipsis, which is not part of `text`. One at its start is left out too. */
  readonly isCut: boolean;
}

/** A line that opens a code block, with the language or without. */
const FENCE = /^```[a-z\d+#-]{0,20}$/;

/**
 * The text of a block quote, without `>`, backslashes and the marks of bold words, struck words and code blocks. Code is
 * returned as it stands, since nothing in it is formatted.
 *
 * @throws {Error} if a line is not part of the quote, or contains anything else that Discord would format or link.
 */
export function readBlockQuote(markdown: string): ShownText {
  const lines = markdown.split('\n').map((line) => {
    // Discord removes the trailing space from an empty last line.
    if (line !== '>' && !line.startsWith('> ')) throw new Error(`Not part of the quote: ${JSON.stringify(line)}`);
    return line.slice(2);
  });
  const text = splitAtFences(lines)
    .map(({ isCode, lines: own }) => (isCode ? own.join('\n') : readEscaped(own.join('\n'), { isQuote: true })))
    .join('\n');
  // Beside a code block, an ellipsis stands on a line of its own.
  const own = text.replace(/^…[ \n]/, '');
  return /[ \n]…$/.test(own) ? { text: own.slice(0, -2), isCut: true } : { text: own, isCut: false };
}

/** Separates code blocks from the text around them. @throws {Error} if Discord would not take one for a code block. */
function splitAtFences(lines: readonly string[]): { readonly isCode: boolean; readonly lines: string[] }[] {
  const parts: { isCode: boolean; lines: string[] }[] = [];
  let isCode = false;
  for (const line of lines) {
    if (isCode ? line === '```' : FENCE.test(line)) {
      if (isCode && (parts.at(-1)?.lines.join('').trim() ?? '') === '')
        throw new Error('An empty code block does not end');
      isCode = !isCode;
      parts.push({ isCode, lines: [] });
    } else {
      if (isCode && line.includes('```')) throw new Error(`Ends the code block: ${JSON.stringify(line)}`);
      if (parts.length === 0) parts.push({ isCode, lines: [] });
      parts.at(-1)?.lines.push(line);
    }
  }
  if (isCode) throw new Error('A code block is not closed');
  return parts.filter((part) => part.lines.length > 0);
}

/**
 * Escaped text as it is shown, without backslashes and bold marks.
 *
 * @param options.isQuote Whether words may be struck out, whose marks are left out too, and each line may have one colon before a
 *   space, as in `header: cell`. Default: false.
 * @throws {Error} if it contains anything else that Discord would format or link.
 */
export function readEscaped(markdown: string, { isQuote = false } = {}): string {
  for (const line of markdown.split('\n')) {
    if (ACTIVE_AT_LINE_START.test(line)) throw new Error(`Starts a list, heading or quote: ${JSON.stringify(line)}`);
  }
  let text = '';
  let boldMarks = 0;
  let struckMarks = 0;
  let hasColon = false;
  for (let index = 0; index < markdown.length; index++) {
    const character = markdown[index] ?? '';
    if (character === '\\') {
      const next = markdown[++index] ?? '';
      // Discord shows a backslash that does not precede punctuation.
      if (!/[!-/:-@[-`{-~]/.test(next)) throw new Error(`A backslash before ${JSON.stringify(next)} would be shown`);
      text += next;
    } else if (markdown.startsWith('**', index)) {
      boldMarks += 1;
      index += 1;
    } else if (isQuote && markdown.startsWith('~~', index)) {
      struckMarks += 1;
      index += 1;
    } else if (isQuote && !hasColon && markdown.startsWith(': ', index)) {
      text += character;
      hasColon = true;
    } else if (ACTIVE.includes(character)) {
      throw new Error(
        `${character} is not escaped: ${JSON.stringify(markdown.slice(Math.max(0, index - 20), index + 20))}`,
      );
    } else {
      text += character;
      if (character === '\n') hasColon = false;
    }
  }
  if (boldMarks % 2 !== 0) throw new Error('A bold mark is not closed');
  if (struckMarks % 2 !== 0) throw new Error('A mark of struck words is not closed');
  return text;
}

/**
 * The characters of a text that Discord may treat as Markdown, in order. A card with somebody else's words in it must
 * have no more of them than the same card with harmless words.
 */
export function activeIn(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => {
      const opener = ACTIVE_AT_LINE_START.exec(line)?.[0] ?? '';
      const unescaped = line.slice(opener.length).replace(/\\[!-/:-@[-`{-~]/g, '');
      return (
        opener +
        Array.from(unescaped)
          .filter((character) => `${ACTIVE}\\`.includes(character))
          .join('')
      );
    })
    .join('\n');
}

/** The text of an article as it may be shown: without control characters, direction overrides and space around lines. */
export function asShown(text: string): string {
  const visible = text
    .replaceAll('\t', ' ')
    .replace(/[^\P{Cc}\n]/gu, '')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
  return trimLines(visible);
}

/** Removes the whitespace at both ends of each line. */
export function trimLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}

/** Discord shows the moment in the language and time zone of the reader; this shows it as in `2021-05-19`. */
export function shownDates(markdown: string): string {
  return markdown.replaceAll(/<t:(-?\d+):D>/g, (_, seconds: string) =>
    new Date(Number(seconds) * 1000).toISOString().slice(0, 10),
  );
}
