import type { Line } from './lines.js';

const QUESTION_LABEL = /^(?:(?:Q|Question|F|Frage)\s?\d{0,3}\s?:|Q\d{0,3}[.)]|(?:QUESTION|FRAGE)\s?\d{0,3}[.:])\s*/;
const ANSWER_LABEL = /^(?:(?:A|Answer|Antwort)\s?\d{0,3}\s?:|A\d{0,3}[.)]|(?:ANSWER|ANTWORT)\s?\d{0,3}[.:])\s*/;

/** Returns what the label of a line says it begins: a question ("Q:") or an answer ("A:"). Null if it has no such label. */
export function questionLabelOf({ content }: Pick<Line, 'content'>): 'question' | 'answer' | null {
  if (QUESTION_LABEL.test(content)) return 'question';
  return ANSWER_LABEL.test(content) ? 'answer' : null;
}

/** Whether a text has labelled questions, each with its answer below it. */
export function hasLabelledQuestions(lines: readonly Line[]): boolean {
  let questions = 0;
  let answered = 0;
  let previous: 'question' | 'answer' | null = null;
  for (const line of lines) {
    const label = questionLabelOf(line);
    if (label === null) continue;
    if (label === 'question') questions += 1;
    else if (previous === 'question') answered += 1;
    previous = label;
  }
  return answered >= 1 && answered >= questions * 0.7;
}

/** "Mrs. Okafor:" in front of what she says. At most five words, most of them capitalised. */
const SPEAKER_LABEL =
  /^(?:>>\s*)?((?:\p{Lu}|\d{1,2}\b)[\p{L}\p{N}.'’-]*(?:\s+(?:\p{Lu}[\p{L}\p{N}.'’-]*|\d{1,3}|of|the|de|da|van|von|der|and|für)){0,4})(?:\s*\([^()]{1,40}\))?\s*:\s+(?=\S)/u;

/**
 * Returns the speaker's name at the beginning of a line, where it starts in it, and the length of what stands in front of the
 * words; null if there is none.
 */
export function speakerOf({ content }: Pick<Line, 'content'>): { name: string; at: number; length: number } | null {
  const match = SPEAKER_LABEL.exec(content);
  const name = match?.[1];
  return match === null || name === undefined ? null : { name, at: content.indexOf(name), length: match[0].length };
}

/**
 * Returns the names of the speakers in a conversation: labels that recur and are in front of most paragraphs. In any other text,
 * "Note:" and "Address:" are not speakers.
 *
 * @param openings The first lines of the paragraphs.
 */
export function speakersOf(openings: readonly Line[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  let labelled = 0;
  for (const line of openings) {
    const name = speakerOf(line)?.name;
    if (name === undefined) continue;
    labelled += 1;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const recurring = [...counts].filter(([, count]) => count >= 2).map(([name]) => name);
  const isConversation = counts.size >= 2 && recurring.length >= 2 && labelled >= openings.length * 0.5;
  // Someone who speaks only once is a speaker too.
  return new Set(isConversation && counts.size <= Math.max(8, labelled * 0.6) ? counts.keys() : []);
}
