import {
  ARTICLES,
  CONTRACTIONS,
  HOW_TO,
  HOW_TO_OPENERS,
  PHRASE_PREPOSITIONS,
  QUESTION_OPENERS,
} from '../../text/english.js';
import { withoutCourtesies } from '../question/courtesies.js';

/** A word of a question, with what its punctuation says. */
interface QuestionWord {
  /** In lower case, without the punctuation around it. */
  readonly text: string;
  /** Whether it is followed by a mark, such as a comma. */
  readonly endsClause: boolean;
  readonly isCapitalised: boolean;
}

/** Marks in front of a word, and behind it. What is inside a word, as in "1.2" or "c++", belongs to it. */
const OPENING_MARKS = new Set(`"'\`“”‘„‚«»‹›([{¿¡`);
const CLOSING_MARKS = new Set(`"'\`”’“‘»«›‹)]}.,;:!?…`);
const CLAUSE_MARK = /[.,;:!?…]/;
/** Signs that may stand between two parts of a sentence. */
const DASHES = new Set(['-', '–', '—']);

/** A phrase that stands in front of a question has hardly ever more words. */
const MAX_PHRASE_WORDS = 8;

/**
 * Folds a question to what decides what it asks. Two questions with the same folded form are the same question: they differ at most
 * in capitals, marks, spaces, articles, greetings and thanks, contractions, in "how do I" and "how to", and in where a phrase such
 * as "on Linux," stands.
 *
 * It leaves everything else as it is, above all numbers, signs, negations, small words and their order. What it lets pass was
 * measured on the pairs of test/answering/pins: similar vectors, or the same words in any order, cannot tell "from 1.8 to 1.9" from
 * "from 1.9 to 1.8".
 *
 * @param question A question from `readMessage` or `readWords`.
 */
export function foldQuestion(question: string): string {
  const words = inUsualOrder(wordsIn(withoutCourtesy(question)));
  const asked = words
    .filter((word, index) => !isArticle(word, index, words.length))
    .map(({ text }) => CONTRACTIONS.get(text) ?? text)
    .join(' ');
  // A question of nothing but such words is only like itself.
  return asked === '' ? question.toLowerCase() : withUsualOpener(asked);
}

/** Leaves out greetings, thanks and the like, unless nothing else is left. */
function withoutCourtesy(question: string): string {
  const rest = withoutCourtesies(question);
  return 'question' in rest ? rest.question : question;
}

function wordsIn(question: string): QuestionWord[] {
  const parts = question.normalize('NFC').replaceAll('’', "'").replaceAll('\u{fe0f}', '').split(/\s+/);
  return parts.flatMap((part): QuestionWord[] => {
    const { start, end } = insideMarks(part);
    if (start >= end || DASHES.has(part)) return [];
    const word = part.slice(start, end);
    const endsClause = CLAUSE_MARK.test(part.slice(end));
    // The options of a command differ in their capitals: "-v" and "-V".
    const text = word.startsWith('-') ? word : word.toLowerCase();
    return [{ text, endsClause, isCapitalised: /^\p{Lu}/u.test(word) }];
  });
}

/** Where a word begins and ends within the marks around it. */
function insideMarks(part: string): { start: number; end: number } {
  let start = 0;
  let end = part.length;
  while (start < end && OPENING_MARKS.has(part.charAt(start))) start += 1;
  while (end > start && CLOSING_MARKS.has(part.charAt(end - 1)) && !isUnit(part, end - 1)) end -= 1;
  return { start, end };
}

/** Whether a quotation mark stands for feet, inches, minutes or seconds: 5'. */
function isUnit(part: string, at: number): boolean {
  return /["']/.test(part.charAt(at)) && /\d/.test(part.charAt(at - 1));
}

const OPENER = new RegExp(`^(?:${QUESTION_OPENERS.join('|')})$`);

/** Puts a phrase in front of a question behind it: "On Linux, how do I install it?" becomes "how do I install it on Linux". */
function inUsualOrder(words: readonly QuestionWord[]): readonly QuestionWord[] {
  if (!PHRASE_PREPOSITIONS.has(words[0]?.text ?? '')) return words;
  const asked = words.findIndex((word, index) => words[index - 1]?.endsClause === true && OPENER.test(word.text));
  return asked < 2 || asked > MAX_PHRASE_WORDS ? words : [...words.slice(asked), ...words.slice(0, asked)];
}

function isArticle({ text, isCapitalised }: QuestionWord, index: number, count: number): boolean {
  if (!ARTICLES.has(text)) return false;
  const isName = text === 'a' && ((isCapitalised && index > 0) || index === count - 1);
  return !isName;
}

function withUsualOpener(asked: string): string {
  const opener = HOW_TO_OPENERS.find((words) => asked.startsWith(`${words} `));
  return opener === undefined ? asked : `${HOW_TO}${asked.slice(opener.length)}`;
}
