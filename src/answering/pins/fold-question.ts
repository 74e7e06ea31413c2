import {
  ARTICLES,
  CONTRACTIONS,
  GREETINGS,
  HOW_TO,
  HOW_TO_OPENERS,
  PHRASE_PREPOSITIONS,
  POLITE_WORDS,
  QUESTION_OPENERS,
  THANKS,
} from '../../text/english.js';

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
 * @param question A question from `readQuestion`.
 */
export function foldQuestion(question: string): string {
  const words = inUsualOrder(withoutCourtesy(wordsIn(question)));
  const asked = words
    .filter((word, index) => !isArticle(word, index, words.length))
    .map(({ text }) => CONTRACTIONS.get(text) ?? text)
    .join(' ');
  // A question of nothing but such words is only like itself.
  return asked === '' ? question.toLowerCase() : withUsualOpener(asked);
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

/** Leaves out a greeting before the question, thanks behind it, and "please" at either end. */
function withoutCourtesy(words: readonly QuestionWord[]): readonly QuestionWord[] {
  let rest = words;
  for (;;) {
    const leading = leadingCourtesy(rest);
    const trailing = trailingCourtesy(rest);
    if (leading + trailing === 0 || leading + trailing >= rest.length) return rest;
    rest = rest.slice(leading, rest.length - trailing);
  }
}

/** How many words of courtesy a question begins with. "Hello World" is no greeting: no mark and no question word follows. */
function leadingCourtesy(words: readonly QuestionWord[]): number {
  if (POLITE_WORDS.has(words[0]?.text ?? '')) return 1;
  return (
    [2, 1].find((count) => {
      const next = CONTRACTIONS.get(words[count]?.text ?? '')?.split(' ')[0] ?? words[count]?.text ?? '';
      const isClosed = words[count - 1]?.endsClause === true || OPENER.test(next);
      return isClosed && GREETINGS.has(textOf(words.slice(0, count)));
    }) ?? 0
  );
}

/** How many words of courtesy a question ends with. In "how do I say thanks" the word belongs to the question: no mark precedes. */
function trailingCourtesy(words: readonly QuestionWord[]): number {
  if (POLITE_WORDS.has(words.at(-1)?.text ?? '')) return 1;
  return (
    [2, 1].find((count) => words.at(-count - 1)?.endsClause === true && THANKS.has(textOf(words.slice(-count)))) ?? 0
  );
}

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

function textOf(words: readonly QuestionWord[]): string {
  return words.map(({ text }) => text).join(' ');
}
