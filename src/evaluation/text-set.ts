import { z } from 'zod';
import { oneLine } from '../text/visible-text.js';
import { parseJson, readText } from './json-lines.js';
import type { JudgedPassage, JudgedQuestion, JudgedSet } from './judged-set.js';

const QUESTIONS = z.object({
  questions: z.array(
    z.object({
      id: z.string(),
      q: z.string(),
      /** How the path of the article's file begins, or the file's own name, and a text that the passage contains. */
      gold: z.array(z.tuple([z.string(), z.string()])).default([]),
      answerable: z.boolean().default(true),
    }),
  ),
});

/**
 * Reads questions about the articles of the seeds folder. A passage is right when its article's file begins with the name
 * given and it contains the text; white space counts the same however it is written.
 */
export async function readTextSet(file: string, name: string): Promise<JudgedSet> {
  const { questions } = parseJson(await readText(file), QUESTIONS, file);
  return {
    name,
    bulk: null,
    sha256: null,
    questions: questions.map(({ id, q, gold, answerable }, index): JudgedQuestion => {
      const isRight = (passage: JudgedPassage): boolean =>
        gold.some(([start, text]) => isOf(passage.article, start) && oneLine(passage.text).includes(oneLine(text)));
      const isAnswerable = answerable && gold.length > 0;
      return {
        id,
        text: q,
        isAnswerable,
        // Any one of them answers; which of the others are in the same passage is not said.
        relevantGrades: isAnswerable ? [1] : [],
        half: (index % 2) as 0 | 1,
        judge: (passage) => {
          const isGold = isAnswerable && isRight(passage);
          return { unit: isGold ? 'gold' : `${passage.article} ${passage.start}`, grade: isGold ? 1 : 0 };
        },
        judgeSentence: null,
      };
    }),
  };
}

function isOf(file: string, start: string): boolean {
  return file.startsWith(start) || (file.split('/').at(-1) ?? '').startsWith(start);
}
