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

/** Reduces a text to its letters and digits, so that markup, punctuation, spaces and line breaks don't matter. */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
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
export function rejectGold(unmatched: readonly string[]): void {
  if (unmatched.length === 0) return;
  const more = unmatched.length - MAX_LISTED;
  throw new UserError(
    [
      'Some gold matches nothing in the corpus. Correct it, or add the articles.',
      ...unmatched.slice(0, MAX_LISTED),
      ...(more > 0 ? [`and ${more} more`] : []),
    ].join('\n'),
    { exitCode: EXIT.usageError },
  );
}
