import { NOTE_KINDS, SOUNDS } from '../../text/english.js';
import type { Cue } from './cues.js';
import { speakerOf } from './labels.js';

/** A name in front of a line. */
interface NameLabel {
  readonly name: string;
  /** What stands in front of the words, the spaces included: "[Anna] ". */
  readonly label: string;
}

/** "[Anna] Ready?", "(Anna): Ready?" At most four words, each with a capital. */
const BRACKETED_NAME = /^[[(](\p{Lu}[\p{L}\p{N}.'’-]*(?: \p{Lu}[\p{L}\p{N}.'’-]*){0,3})[\])]:?\s+(?=\S)/u;
/** What shows that someone else speaks. */
const CHANGE = /^(?:[-–—]\s*|>>+\s*)(?=\S)/;

/** Among more different names than this, most must recur. */
const MAX_FEW_NAMES = 8;
const MIN_RECURRING_SHARE = 0.6;
/** At least one of so many cues begins with a name: answers in an interview can be long. */
const MAX_CUES_PER_NAME = 40;
/** The first of the names comes before this share of the cues, or among the first few. */
const MAX_SHARE_BEFORE = 0.1;
const MAX_CUES_BEFORE = 5;

/**
 * Finds who speaks in captions that write it in front of the words: "ANNA: Ready?", "- Anna: Ready?" or "[Anna] Ready?". All
 * captions together decide whether they do: a few names recur from the beginning on. "Note:" and "[Music]" are no names.
 */
export function nameSpeakers(cues: readonly Cue[]): readonly Cue[] {
  if (cues.some(({ voice }) => voice !== null)) return cues;
  const names = namesIn(cues);
  if (names.size === 0) return cues;
  const named: Cue[] = [];
  let voice: string | null = null;
  for (const cue of cues) {
    let lines: string[] = [];
    for (const [index, line] of cue.lines.entries()) {
      const found = labelOf(line, cue.lines[index + 1]);
      const label = found !== null && names.has(found.name) ? found : null;
      const isChange = label !== null || CHANGE.test(line);
      if (isChange || index === 0) {
        if (isChange) voice = label?.name ?? null;
        lines = [];
        named.push({ ...cue, voice, label: label?.label ?? '', lines });
      }
      const words = line.slice(label?.label.length ?? 0);
      if (words !== '') lines.push(words);
    }
  }
  return named;
}

/** The names of the speakers; empty if the captions do not name them. */
function namesIn(cues: readonly Cue[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  let labels = 0;
  let first = cues.length;
  for (const [index, cue] of cues.entries()) {
    for (const [place, line] of cue.lines.entries()) {
      const name = labelOf(line, cue.lines[place + 1])?.name;
      if (name === undefined) continue;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      labels += 1;
      first = Math.min(first, index);
    }
  }
  const recurring = [...counts.values()].filter((count) => count >= 2);
  const isConversation =
    recurring.length >= 2 &&
    first < Math.max(MAX_CUES_BEFORE, cues.length * MAX_SHARE_BEFORE) &&
    labels * MAX_CUES_PER_NAME >= cues.length &&
    recurring.reduce((sum, count) => sum + count, 0) >= labels * MIN_RECURRING_SHARE &&
    counts.size <= Math.max(MAX_FEW_NAMES, labels * MIN_RECURRING_SHARE);
  // Someone who speaks only once is a speaker too.
  return new Set(isConversation ? counts.keys() : []);
}

/** @param below The next line. A name may stand on a line of its own. */
function labelOf(line: string, below = ''): NameLabel | null {
  const whole = /[:\])]$/.test(line) ? `${line} ${below}` : line;
  const change = CHANGE.exec(whole)?.[0] ?? '';
  const content = whole.slice(change.length);
  const bracketed = BRACKETED_NAME.exec(content);
  const found = bracketed === null ? speakerOf({ content }) : { name: bracketed[1] ?? '', length: bracketed[0].length };
  if (found === null || isNoName(found.name)) return null;
  return { name: found.name, label: whole.slice(0, change.length + found.length) };
}

function isNoName(name: string): boolean {
  const words = name.toLowerCase().split(' ');
  return NOTE_KINDS.has(words.join(' ')) || words.some((word) => SOUNDS.has(word)) || words[0] === 'in';
}
