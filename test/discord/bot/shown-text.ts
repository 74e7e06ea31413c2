// What a person sees of a text in Markdown. Written from Discord's rules and not from the bot's code, so that both can be wrong
// only independently.

/** Characters with which Markdown, mentions, links and emoji begin in the middle of a line. */
const ACTIVE = '*_~`|<>#[]()@:';

/** What has a meaning only where a line begins: lists, headings, small print, block quotes. */
const ACTIVE_AT_LINE_START = /^\s*(?:[-+*]\s|\d+\.\s|-?#{1,3}\s|>)/;

export interface ShownText {
  readonly text: string;
  /** Whether it ends with the sign that something was left out. */
  readonly isCut: boolean;
}

/**
 * The text of a block quote without the marks at the lines, the backslashes and the bold marks.
 *
 * @throws when a line is not part of the block quote, or a character is left that Discord would obey.
 */
export function readBlockQuote(description: string): ShownText {
  const lines = description.split('\n').map((line) => {
    // Discord takes the space off a last line that has nothing else.
    if (line !== '>' && !line.startsWith('> ')) throw new Error(`Not part of the quote: ${JSON.stringify(line)}`);
    return line.slice(2);
  });
  const text = readEscaped(lines.join('\n'));
  return text.endsWith(' …') ? { text: text.slice(0, -2), isCut: true } : { text, isCut: false };
}

/** Escaped text as it is shown: without backslashes and bold marks. @throws when something would be formatted or linked. */
export function readEscaped(markdown: string): string {
  for (const line of markdown.split('\n')) {
    if (ACTIVE_AT_LINE_START.test(line)) throw new Error(`Begins a list or the like: ${JSON.stringify(line)}`);
  }
  let text = '';
  let boldMarks = 0;
  for (let index = 0; index < markdown.length; index++) {
    const character = markdown[index] ?? '';
    if (character === '\\') {
      const next = markdown[++index] ?? '';
      // Before anything else a backslash is shown itself.
      if (!/[!-/:-@[-`{-~]/.test(next)) throw new Error(`A backslash before ${JSON.stringify(next)} would be shown`);
      text += next;
    } else if (markdown.startsWith('**', index)) {
      boldMarks += 1;
      index += 1;
    } else if (ACTIVE.includes(character)) {
      throw new Error(
        `${character} is not escaped: ${JSON.stringify(markdown.slice(Math.max(0, index - 20), index + 20))}`,
      );
    } else {
      text += character;
    }
  }
  if (boldMarks % 2 !== 0) throw new Error('A bold mark is not closed');
  return text;
}

/** What Discord may obey in a text, in order: words of others may add nothing to what our own words have. */
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

/** The text of an article as it may be shown: without control characters and direction overrides, and space around lines. */
export function asShown(text: string): string {
  const kept = text
    .replaceAll('\t', ' ')
    .replace(/[^\P{Cc}\n]/gu, '')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
  return trimLines(kept);
}

export function trimLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}
