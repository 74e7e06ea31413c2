import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256Hex } from '../storage/sha256.js';
import { EXIT, UserError } from '../user-error.js';
import { rejectGold } from './gold-text.js';
import { readJsonValues, readText } from './json-lines.js';
import type { BeirSplit, JudgedQuestion, JudgedSet } from './judged-set.js';

const ID = z.union([z.string(), z.number()]).transform(String);
const DOCUMENT = z.object({ _id: ID, title: z.string().nullish(), text: z.string() });
const QUERY = z.object({ _id: ID, text: z.string() });

/** Grades by document id. */
type Grades = ReadonlyMap<string, number>;

/**
 * Reads a BEIR folder: `corpus.jsonl`, `queries.jsonl` and `qrels/<split>.tsv`. Its documents become articles, and a document
 * ranks where its best passage ranks.
 *
 * As in trec_eval, questions without judgements are not asked. A question is unanswerable if none of its judgements is
 * positive.
 *
 * @throws {UserError} if a file is missing, a line cannot be used, or a judged document is not in the corpus.
 */
export async function readBeirSet(folder: string, name: string, split: BeirSplit): Promise<JudgedSet> {
  const qrelsFile = join(folder, 'qrels', `${split}.tsv`);
  if (!existsSync(qrelsFile))
    throw new UserError(`${qrelsFile} is missing. Choose another split with --split.`, { exitCode: EXIT.usageError });
  const documents = await readJsonValues(join(folder, 'corpus.jsonl'), DOCUMENT);
  const queries = await readJsonValues(join(folder, 'queries.jsonl'), QUERY);
  const gradesByQuestion = readQrels(await readText(qrelsFile), qrelsFile);
  const documentIndices = new Map(documents.map(({ _id }, index) => [_id, index]));
  const bulk = documents
    // A document without text consists of its title.
    .map(({ _id: id, title, text }) => JSON.stringify({ id, title, text: text.trim() === '' ? (title ?? '') : text }))
    .join('\n');
  const questions = queries.flatMap(({ _id: id, text }, index): JudgedQuestion[] => {
    const grades = gradesByQuestion.get(id);
    if (grades === undefined) return [];
    const about = documentOf(grades);
    const position = about === undefined ? index : (documentIndices.get(about) ?? index);
    return [judgedQuestion(id, text, grades, (position % 2) as 0 | 1)];
  });
  const unknown = queries.flatMap(({ _id: id }) =>
    [...(gradesByQuestion.get(id)?.keys() ?? [])]
      .filter((document) => !documentIndices.has(document))
      .map(
        (document) => `Question ${id}: ${qrelsFile} names the document "${document}", which is not in corpus.jsonl.`,
      ),
  );
  rejectGold(unknown);
  return { name, bulk, sha256: sha256Hex(bulk), questions };
}

/** Returns the first relevant document, or else the first judged one: the document that the question is about. */
function documentOf(grades: Grades): string | undefined {
  const [firstRelevant] = [...grades].find(([, grade]) => grade > 0) ?? [];
  return firstRelevant ?? [...grades.keys()][0];
}

function judgedQuestion(id: string, text: string, grades: Grades, half: 0 | 1): JudgedQuestion {
  const relevantGrades = [...grades.values()].filter((grade) => grade > 0);
  return {
    id,
    text,
    isAnswerable: relevantGrades.length > 0,
    relevantGrades,
    half,
    judge: ({ article }) => ({ unit: article, grade: Math.max(0, grades.get(article) ?? 0) }),
    judgeSentence: null,
  };
}

/** Returns the grades of each question. The first line may be a header: query-id, corpus-id, score. */
function readQrels(text: string, file: string): Map<string, Map<string, number>> {
  const gradesByQuestion = new Map<string, Map<string, number>>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || (index === 0 && line.startsWith('query-id\t'))) continue;
    const [question, document, grade] = line.trimEnd().split('\t');
    if (question === undefined || document === undefined || !/^-?\d+$/.test(grade ?? ''))
      throw new UserError(
        `${file} line ${index + 1} cannot be used: expected a query id, a document id and a whole number, separated by tabs.`,
        { exitCode: EXIT.usageError },
      );
    const grades = gradesByQuestion.get(question) ?? new Map<string, number>();
    gradesByQuestion.set(question, grades.set(document, Number(grade)));
  }
  return gradesByQuestion;
}
