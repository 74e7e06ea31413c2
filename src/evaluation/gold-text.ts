import { oneLine } from '../text/visible-text.js';
import { EXIT, UserError } from '../user-error.js';
import type { EvaluatedEngine } from './evaluated-engine.js';

/** A text that a right passage contains, and the articles that the passage may be in. */
export interface GoldText {
  /** What the set says of the article, for messages: a path or its start. */
  readonly file: string;
  readonly text: string;
  /** Whether an article may contain the text. Articles are named by their source, as in `JudgedPassage`. */
  isAbout(article: string): boolean;
  /** Whether a text contains it. */
  isIn(text: string): boolean;
}

/** What `checkGold` needs to know of a question. */
interface GoldQuestion {
  readonly id: string;
  readonly goldTexts?: readonly GoldText[];
}

const MAX_LISTED = 10;
const MAX_SHOWN_CHARACTERS = 100;

/** These scripts put no spaces between words, so a word may begin and end at each of their letters. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';

/** A number with its separators, such as "1,500" or "2.5"; a letter of a script without spaces; or another word. */
const WORD = new RegExp(`\\p{N}+(?:[.,'’]\\p{N}+)*|[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{M}])+`, 'gu');

/** In many languages, "1 500" is written with a space that does not break the line. */
const SPACE_IN_NUMBER = /(?<=\p{N})[\u00a0\u2009\u202f](?=\p{N}{3}(?!\p{N}))/gu;

/**
 * Reduces a text to its words and numbers in lower case, with one space between them, so that markup, punctuation and line breaks
 * don't matter. Of a number only the digits stay.
 */
export function foldText(text: string): string {
  const words = text.replace(SPACE_IN_NUMBER, '').normalize('NFKC').toLowerCase().match(WORD) ?? [];
  return words
    .map((word) => word.replace(/[^\p{L}\p{N}]+/gu, ''))
    .filter((word) => word !== '')
    .join(' ');
}

/**
 * Returns a function that tells whether a text contains the given one, compared by letters and digits only. It must begin and end
 * where words and numbers do: "5 days" is not in "15 days". Between them, spaces don't matter. A text without letters and digits
 * is in none.
 *
 * @param options.allowsPartsOfWords Whether it may begin and end within a word, though not within a number. Default: false.
 */
export function containsText(
  wanted: string,
  { allowsPartsOfWords = false }: { readonly allowsPartsOfWords?: boolean } = {},
): (text: string) => boolean {
  const letters = Array.from(foldText(wanted).replaceAll(' ', ''));
  if (letters.length === 0) return () => false;
  const isFree = (letter = ''): boolean => allowsPartsOfWords && !/\p{N}/u.test(letter);
  const start = isFree(letters[0]) ? '' : '(?:^| )';
  const end = isFree(letters.at(-1)) ? '' : '(?: |$)';
  const pattern = new RegExp(`${start}${letters.join(' ?')}${end}`, 'u');
  return (text) => pattern.test(foldText(text));
}

/**
 * Checks that every gold text is in an indexed article. One that is not would count as a miss forever.
 *
 * @throws {UserError} if some are not. It names the questions, the files and the texts.
 */
export function checkGold(questions: readonly GoldQuestion[], engine: Pick<EvaluatedEngine, 'articles'>): void {
  const unmatched = new Set(
    questions.flatMap(({ id, goldTexts = [] }) => goldTexts.map((gold) => ({ id, gold, isFileKnown: false }))),
  );
  if (unmatched.size === 0) return;
  for (const { source, text } of engine.articles()) {
    for (const one of unmatched) {
      if (!one.gold.isAbout(source)) continue;
      one.isFileKnown = true;
      if (one.gold.isIn(text)) unmatched.delete(one);
    }
  }
  rejectGold(
    [...unmatched].map(({ id, gold: { file, text }, isFileKnown }) => {
      const quoted = `"${shorten(oneLine(text))}"`;
      return isFileKnown
        ? `Question ${id}: ${file} does not contain ${quoted}.`
        : `Question ${id}: there is no indexed article ${file}, for ${quoted}.`;
    }),
  );
}

function shorten(text: string): string {
  return text.length <= MAX_SHOWN_CHARACTERS ? text : `${text.slice(0, MAX_SHOWN_CHARACTERS)}…`;
}

/**
 * Rejects a set because of gold that matches nothing in its corpus.
 *
 * @param unmatched One sentence for each. The first ten are listed.
 * @throws {UserError} if there are any.
 */
function rejectGold(unmatched: readonly string[]): void {
  if (unmatched.length === 0) return;
  const more = unmatched.length - MAX_LISTED;
  throw new UserError('Some gold matches nothing in the corpus. Correct it, or add the articles.', {
    details: [...unmatched.slice(0, MAX_LISTED), ...(more > 0 ? [`and ${more} more`] : [])],
    exitCode: EXIT.usageError,
  });
}
