import type { Mark } from '../corpus/block.js';
import { endsWithEndMark } from '../text/sentences.js';
import type { Span } from '../text/span.js';
import { countWords } from '../text/words.js';
import { composeBlocks, type SourceBlock } from './compose.js';
import { type SourceArticle, UnreadableFile } from './source-article.js';
import { nameSpeakers } from './text/cue-speakers.js';
import { type Cue, cuesOf } from './text/cues.js';

/** At the next end of a sentence, a paragraph with this many words is complete. */
const PARAGRAPH_WORDS = 60;
/** Without ends of sentences, a paragraph ends here. */
const MAX_PARAGRAPH_WORDS = 150;
/** A screen shows fewer lines. */
const MAX_ROLLED_LINES = 20;
/** After a pause of this many seconds someone speaks of something else. */
const LONG_PAUSE_SECONDS = 10;

/**
 * Reads captions (.srt or .vtt) as running text: sentences go on over cues, and numbers and times are left out. Where each cue
 * begins is marked.
 *
 * @param text With `\n` line endings.
 * @throws {UnreadableFile} if there are no captions in it.
 */
export function readCaptions(text: string): SourceArticle {
  const cues = cuesOf(text);
  if (cues.length === 0) throw new UnreadableFile('has no captions with times: save it as .txt if it is a text');
  return captionsArticle(cues);
}

/** Returns the article that captions make. */
export function captionsArticle(cues: readonly Cue[]): SourceArticle {
  const blocks = paragraphsOf(nameSpeakers(withoutRepeats(cues))).map(blockOf);
  return {
    ...composeBlocks(blocks, null),
    title: null,
    url: null,
    publisher: null,
    published: null,
    language: null,
    warnings: [],
  };
}

/** Captions that roll up show each line again below the next: only what is new in a cue is kept. */
function withoutRepeats(cues: readonly Cue[]): Cue[] {
  const kept: Cue[] = [];
  let shown: readonly string[] = [];
  let endedAt = Number.NEGATIVE_INFINITY;
  for (const cue of cues) {
    // A line that is said again later is not a repetition.
    const before = cue.start - endedAt <= 1 ? shown : [];
    const lines = cue.lines.slice(repeatedLines(before, cue.lines));
    shown = cue.lines;
    endedAt = cue.end;
    if (lines.length > 0) kept.push({ ...cue, lines });
  }
  return kept;
}

/** The number of lines at the top of a cue that were the last lines of the cue before. */
function repeatedLines(before: readonly string[], lines: readonly string[]): number {
  for (let count = Math.min(before.length, lines.length, MAX_ROLLED_LINES); count > 0; count -= 1) {
    if (before.slice(-count).every((line, index) => line === lines[index])) return count;
  }
  return 0;
}

function paragraphsOf(cues: readonly Cue[]): Cue[][] {
  const paragraphs: Cue[][] = [];
  let words = 0;
  let previous: Cue | undefined;
  for (const cue of cues) {
    const paragraph = paragraphs.at(-1);
    if (paragraph === undefined || previous === undefined || isNewParagraph(previous, cue, words)) {
      paragraphs.push([cue]);
      words = 0;
    } else paragraph.push(cue);
    words += countWords(cue.lines.join(' '));
    previous = cue;
  }
  return paragraphs;
}

function isNewParagraph(previous: Cue, cue: Cue, words: number): boolean {
  if (cue.voice !== previous.voice) return true;
  if (cue.start - previous.end >= LONG_PAUSE_SECONDS || words >= MAX_PARAGRAPH_WORDS) return true;
  return words >= PARAGRAPH_WORDS && endsWithEndMark(previous.lines.at(-1) ?? '');
}

/** What someone says. Only the first paragraph of it has the name in front. */
function blockOf(cues: readonly Cue[]): SourceBlock {
  const { voice = null, label: name = '' } = cues[0] ?? {};
  let text = name;
  const at = voice === null ? -1 : name.indexOf(voice);
  const speaker: Span | null = voice === null || at === -1 ? null : { start: at, end: at + voice.length };
  const marks: Mark[] = [];
  for (const [index, cue] of cues.entries()) {
    if (index > 0) text += ' ';
    marks.push({ kind: 'time', start: text.length, end: text.length, value: timeOf(cue.start) });
    text += cue.lines.join(' ');
  }
  return { kind: voice === null ? 'paragraph' : 'turn', text, marks, ...(speaker !== null && { speaker }) };
}

/** Seconds as `H:MM:SS`. */
function timeOf(seconds: number): string {
  const whole = Math.floor(seconds);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
}
