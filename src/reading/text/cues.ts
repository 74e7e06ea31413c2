import { oneLine } from '../../text/visible-text.js';

/** One caption: the text shown during a period of time. */
export interface Cue {
  /** In seconds. */
  readonly start: number;
  readonly end: number;
  /** What is shown, without tags. */
  readonly lines: readonly string[];
  /** Who speaks, if the captions say so. */
  readonly voice: string | null;
  /** What names the speaker in front of the lines: "Anna: ". Empty if a cue before names the speaker, or nothing does. */
  readonly label: string;
}

/** "00:00:06,000 --> 00:00:11,500", with or without hours, and perhaps followed by settings. */
const TIMING =
  /^\s*((?:\d{1,3}:)?\d{1,2}:\d{2}(?:[,.]\d{1,3})?)\s*-->\s*((?:\d{1,3}:)?\d{1,2}:\d{2}(?:[,.]\d{1,3})?)(?:\s.*)?$/;
/** A text with fewer cues may only quote them. */
const MIN_CUES = 3;
const VOICE = /<v(?:\.[^\s<>]*)?\s+([^<>]+)>/i;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  lrm: '',
  rlm: '',
  quot: '"',
};

/** Returns the cues of a text that looks like a caption file (SubRip or WebVTT), or null for any other text. */
export function captionsIn(text: string): Cue[] | null {
  // For nearly all texts, the first lines decide.
  const opening = text.slice(0, 4000);
  if (!opening.includes('-->') || !/^\ufeff?\s*(?:WEBVTT|\d+[ \t]*\n[^\n]*-->|[\d:.,]+\s*-->)/.test(opening))
    return null;
  const cues = cuesOf(text);
  return cues.length >= MIN_CUES ? cues : null;
}

/** Reads all cues of a caption file, in order. Notes, styles and settings are left out. */
export function cuesOf(text: string): Cue[] {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const cues: Cue[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const timing = TIMING.exec(lines[index] ?? '');
    if (timing === null) continue;
    const shown: string[] = [];
    for (index += 1; index < lines.length; index += 1) {
      const line = lines[index] ?? '';
      const isEnd = line.trim() === '' || TIMING.test(line) || isNumberBeforeTiming(line, lines[index + 1]);
      if (isEnd) break;
      shown.push(line);
    }
    index -= 1;
    const times = { start: secondsOf(timing[1] ?? ''), end: secondsOf(timing[2] ?? '') };
    cues.push(...byVoice({ ...times, lines: shown, voice: null, label: '' }));
  }
  return cues;
}

/** Splits a cue in which two people speak. */
function byVoice(cue: Cue): Cue[] {
  const cues: (Cue & { readonly lines: string[] })[] = [];
  for (const line of cue.lines) {
    const named = VOICE.exec(line)?.[1];
    const shown = withoutTags(line);
    if (shown === '') continue;
    const last = cues.at(-1);
    const voice = named === undefined ? (last?.voice ?? cue.voice) : oneLine(withoutEntities(named));
    if (last !== undefined && last.voice === voice) last.lines.push(shown);
    else cues.push({ ...cue, voice, label: voice === null ? '' : `${voice}: `, lines: [shown] });
  }
  return cues;
}

function isNumberBeforeTiming(line: string, next: string | undefined): boolean {
  return /^\s*\d+\s*$/.test(line) && next !== undefined && TIMING.test(next);
}

function withoutTags(line: string): string {
  // Timestamps within a cue look like tags.
  const bare = line.replace(/<\/?[a-z0-9][^<>]{0,200}>/gi, '').replace(/\{\\[^{}]{0,200}\}/g, '');
  return oneLine(withoutEntities(bare));
}

function withoutEntities(text: string): string {
  return text.replace(/&([a-z]{2,5});/g, (entity, name: string) => ENTITIES[name] ?? entity);
}

function secondsOf(time: string): number {
  const [seconds = 0, minutes = 0, hours = 0] = time.replace(',', '.').split(':').map(Number).toReversed();
  return seconds + 60 * minutes + 3600 * hours;
}
