import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EXIT, UserError } from '../user-error.js';
import { foldText, type GoldText } from './gold-text.js';
import { readJsonLines } from './json-lines.js';
import type { JudgedPassage, JudgedQuestion, JudgedSet } from './judged-set.js';

const QUESTION = z
  .object({
    id: z.string().min(1),
    q: z.string(),
    /** The kind of passage that answers it, such as "table". Measures are reported for each kind. */
    kind: z.string().default('other'),
    answerable: z.boolean(),
    /** Alternatives: any of these texts answers the question. `file` is the article's path in `seeds/`. */
    gold: z.array(z.object({ file: z.string(), text: z.string() })).default([]),
    /** The id of the earlier question that this one follows up on. */
    after: z.string().nullish(),
    /** 0 for fitting, 1 for reporting. Default: {@link assignHalves} decides. */
    half: z.literal([0, 1]).nullish(),
  })
  .refine(({ answerable, gold }) => !answerable || gold.length > 0, {
    path: ['gold'],
    error: 'an answerable question needs at least one',
  });
type Question = z.infer<typeof QUESTION>;

/**
 * Reads a documents folder: articles of any format in `seeds/`, and `questions.jsonl`. A passage is right if it contains a gold
 * text and is in that text's file. Only letters and digits are compared.
 *
 * @throws {UserError} if a file is missing or a line cannot be used.
 */
export async function readDocumentsSet(folder: string, name: string): Promise<JudgedSet> {
  const seedsFolder = join(folder, 'seeds');
  if (!existsSync(seedsFolder)) throw new UserError(`${seedsFolder} is missing.`, { exitCode: EXIT.usageError });
  const file = join(folder, 'questions.jsonl');
  const questions = await readJsonLines(file, QUESTION);
  checkIds(questions, file);
  const halves = assignHalves(questions);
  return {
    name,
    bulk: null,
    sha256: null,
    seedsFolder,
    questions: questions.map((question) => judgedQuestion(question, halves.get(question.id) ?? 0)),
  };
}

function checkIds(questions: readonly Question[], file: string): void {
  const ids = new Set<string>();
  for (const { id, after } of questions) {
    if (ids.has(id)) throw unusable(file, `two questions have the id "${id}".`);
    if (after != null && !ids.has(after))
      throw unusable(file, `question "${id}" comes after "${after}", but no earlier question has that id.`);
    ids.add(id);
  }
}

function unusable(file: string, problem: string): UserError {
  return new UserError(`${file} cannot be used: ${problem}`, { exitCode: EXIT.usageError });
}

/**
 * Files alternate between the halves, in sorted order, so all questions about a file are in one half. Only a follow-up may be
 * about a file of the other half: it needs the answer before it, so it stays with the question that it follows. A question that
 * names its half is in that one.
 */
function assignHalves(questions: readonly Question[]): Map<string, 0 | 1> {
  const files = [...new Set(questions.flatMap(({ gold: [first] }) => first?.file ?? []))].toSorted();
  const positions = new Map(files.map((file, position) => [file, position]));
  const halves = new Map<string, 0 | 1>();
  for (const [index, { id, gold, after, half }] of questions.entries()) {
    const position = positions.get(gold[0]?.file ?? '') ?? index;
    halves.set(id, half ?? halves.get(after ?? '') ?? ((position % 2) as 0 | 1));
  }
  return halves;
}

function judgedQuestion({ id, q, kind, answerable, gold, after }: Question, half: 0 | 1): JudgedQuestion {
  const goldTexts = gold.map(goldText);
  const isRight = ({ article, text }: JudgedPassage): boolean =>
    answerable && goldTexts.some((one) => one.isAbout(article) && one.isIn(text));
  return {
    id,
    text: q,
    isAnswerable: answerable,
    // The gold texts are alternatives, so all together count as one unit.
    relevantGrades: answerable ? [1] : [],
    half,
    judge: (passage) =>
      isRight(passage) ? { unit: 'gold', grade: 1 } : { unit: `${passage.article} ${passage.start}`, grade: 0 },
    judgeSentence: null,
    judgeShown: isRight,
    kind,
    ...(after != null && { after }),
    goldTexts,
  };
}

function goldText({ file, text }: Question['gold'][number]): GoldText {
  const folded = foldText(text);
  return {
    file,
    text,
    // An article of a bulk file is named by its id alone.
    isAbout: (article) => article === file || file.toLowerCase().endsWith(`.jsonl#${article.toLowerCase()}`),
    isIn: (other) => folded !== '' && foldText(other).includes(folded),
  };
}
