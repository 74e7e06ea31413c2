import { STOP_WORDS } from '../../text/english.js';
import { WORD } from '../../text/words.js';
import { isStackFrame } from './pasted-line.js';

/** How often words occur in the library, for finding the rare ones of a pasted text. */
export interface WordStatistics {
  /**
   * Returns the number of passages that contain a word; 0 if none does. It may stop counting at a tenth of all passages:
   * the word is common then.
   *
   * @param word In lower case.
   */
  wordFrequency(word: string): number;
}

/** What differs each time a program prints the same message, so that no article has it. */
const CHANGING_PARTS = [
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
  /\b(?:https?|ftp|wss?):\/\/[^\s"'<>]+/gi,
  // Times.
  /\b\d{4}[-/.]\d{2}[-/.]\d{2}(?:[T _]\d{2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?/g,
  /\b\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:[\d:]+(?: [+-]\d{4})?/g,
  /\b\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?/g,
  // IP addresses, with their port.
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g,
  // Paths, from the root, a drive or a folder.
  /(?<![\w.])(?:~|\.{1,2}|[A-Za-z]:)?(?:[/\\][\w.@+$-]+){2,}[/\\]?(?::\d+){0,2}/g,
  /(?<![\w.@+-])(?:[\w.@+-]+\/){2,}[\w.@+-]*(?::\d+){0,2}/g,
  // Lines and columns.
  /(?<=[\w)\]]):\d+(?::\d+)?\b/g,
  /\b(?:line|col|column)[ :=]{1,3}\d+/gi,
  // Hashes.
  /\b[0-9a-f]{16,}\b/gi,
];

/** The model cuts a word that it does not know into pieces of about three characters. */
const CHARACTERS_PER_TOKEN = 3;

/**
 * Chooses the words of a pasted text that it can be found by: those that the library has, the rarest first.
 *
 * @param maxTokens Most tokens that the words may have. A word counts as a token for every three characters.
 * @returns The words in lower case and in the order of the text, each once.
 */
export function rareWords(pasted: string, maxTokens: number, statistics: WordStatistics): string[] {
  const lines = pasted.split('\n');
  const messages = wordsIn(lines.filter((line) => !isStackFrame(line)));
  const words = messages.size > 0 ? messages : wordsIn(lines);
  const frequencies = new Map([...words].flatMap(([word, written]) => knownForms(word, written, statistics)));
  let tokens = 0;
  const chosen = new Set<string>();
  for (const [word] of [...frequencies].toSorted(([, a], [, b]) => a - b)) {
    tokens += Math.ceil(word.length / CHARACTERS_PER_TOKEN);
    if (tokens > maxTokens) break;
    chosen.add(word);
  }
  return [...frequencies.keys()].filter((word) => chosen.has(word));
}

/** A word that the library has, and the number of passages that contain it. */
type KnownWord = readonly [word: string, frequency: number];

/** A word if the library has it, or else those of its parts that it has: "DecryptException" is about an exception. */
function knownForms(word: string, written: string, statistics: WordStatistics): KnownWord[] {
  const frequency = statistics.wordFrequency(word);
  if (frequency > 0) return [[word, frequency]];
  const parts = written.split(/(?<=\p{Ll})(?=\p{Lu})/u);
  return parts.length === 1 ? [] : parts.flatMap((part) => knownForms(part.toLowerCase(), part, statistics));
}

/** The words of some lines that can be searched for, in lower case, each as it was first written. */
function wordsIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const text = CHANGING_PARTS.reduce((remaining, pattern) => remaining.replace(pattern, ' '), lines.join('\n'));
  const words = new Map<string, string>();
  for (const [written] of text.normalize('NFC').matchAll(WORD)) {
    const word = written.toLowerCase();
    if (word.length > 1 && !STOP_WORDS.has(word) && !words.has(word)) words.set(word, written);
  }
  return words;
}
