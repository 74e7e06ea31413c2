import { z } from 'zod';
import { oneLine } from '../text/visible-text.js';
import type { GoldText } from './gold-text.js';
import { parseJson, readText } from './json-lines.js';
import type { JudgedPassage, JudgedQuestion, JudgedSet } from './judged-set.js';

const QUESTION = z.object({
  id: z.string(),
  q: z.string(),
  /** Pairs of the start of an article's path or file name, and a text that a right passage contains. */
  gold: z.array(z.tuple([z.string(), z.string()])).default([]),
  answerable: z.boolean().default(true),
});
const QUESTIONS = z.object({ questions: z.array(QUESTION) });

/**
 * Reads a JSON file of questions about the articles in the seeds folder. A passage is right if it contains a gold text and its
 * article's path or file name starts as given. Any whitespace equals any other.
 *
 * @throws {UserError} if the file is missing or cannot be used.
 */
export async function readTextSet(file: string, name: string): Promise<JudgedSet> {
  const { questions } = parseJson(await readText(file), QUESTIONS, file);
  return {
    name,
    bulk: null,
    sha256: null,
    questions: questions.map((question, index) => judgedQuestion(question, (index % 2) as 0 | 1)),
  };
}

function judgedQuestion({ id, q, gold, answerable }: z.infer<typeof QUESTION>, half: 0 | 1): JudgedQuestion {
  const isAnswerable = answerable && gold.length > 0;
  const goldTexts = gold.map(goldText);
  const isRight = ({ article, text }: JudgedPassage): boolean =>
    isAnswerable && goldTexts.some((one) => one.isAbout(article) && one.isIn(text));
  return {
    id,
    text: q,
    isAnswerable,
    // Any gold text answers the question, and several may be in one passage, so all together count as one unit.
    relevantGrades: isAnswerable ? [1] : [],
    half,
    judge: (passage) =>
      isRight(passage) ? { unit: 'gold', grade: 1 } : { unit: `${passage.article} ${passage.start}`, grade: 0 },
    judgeSentence: null,
    goldTexts,
  };
}

function goldText([file, text]: readonly [string, string]): GoldText {
  const wanted = oneLine(text);
  return {
    file,
    text,
    isAbout: (article) => startsWith(article, file),
    isIn: (other) => wanted !== '' && oneLine(other).includes(wanted),
  };
}

/** Whether a path, or the file name in it, starts with this text. */
function startsWith(path: string, start: string): boolean {
  return path.startsWith(start) || (path.split('/').at(-1) ?? '').startsWith(start);
}
