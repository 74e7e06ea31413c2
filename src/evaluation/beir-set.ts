import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { sha256Hex } from '../storage/sha256.js';
import { EXIT, UserError } from '../user-error.js';
import type { Remedies } from './field-problems.js';
import { object } from './fields.js';
import { foldText } from './gold-text.js';
import { type JsonLine, readJsonLines, readText } from './json-lines.js';
import type { BeirSplit, JudgedQuestion, JudgedSet } from './judged-set.js';
import { type LineProblem, rejectLines, repeatedIds } from './line-problems.js';

/** A text or a number. JSON can hold 1e999, which is read as Infinity. */
const ID = v.pipe(v.union([v.string(), v.pipe(v.number(), v.finite())]), v.transform(String));
const DOCUMENT = object({ _id: ID, title: v.nullish(v.string()), text: v.string() });
const DOCUMENT_REMEDIES: Remedies = {
  '': 'Write an object with "_id", "title" and "text".',
  _id: 'Give each document an id of its own, such as "d7".',
  title: 'Write the title of the document, or leave it out.',
  text: 'Write the text of the document.',
};
const QUERY = object({ _id: ID, text: v.string() });
type Query = v.InferOutput<typeof QUERY>;
const QUERY_REMEDIES: Remedies = {
  '': 'Write an object with "_id" and "text".',
  _id: 'Give each question an id of its own, such as "q7".',
  text: 'Write the question.',
};

/** A line of the judgements. */
interface JudgedDocument {
  readonly grade: number;
  readonly lineNumber: number;
}

/** The judgements of a question, by document id. */
type Grades = ReadonlyMap<string, JudgedDocument>;

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
  const corpusFile = join(folder, 'corpus.jsonl');
  const documents = await readJsonLines(corpusFile, DOCUMENT, DOCUMENT_REMEDIES);
  rejectLines(
    corpusFile,
    repeatedIds(documents, ({ _id }) => _id),
  );
  const queriesFile = join(folder, 'queries.jsonl');
  const queries = await readJsonLines(queriesFile, QUERY, QUERY_REMEDIES);
  const gradesByQuestion = readQrels(await readText(qrelsFile), qrelsFile);
  const gradesOf = ({ value: { _id: id } }: JsonLine<Query>): Grades | null => gradesByQuestion.get(id) ?? null;
  rejectLines(queriesFile, queries.filter((query) => gradesOf(query) !== null).flatMap(wordless));
  const documentIndices = new Map(documents.map(({ value: { _id: id } }, index) => [id, index]));
  const unknown = queries.flatMap((query) => unknownDocuments(gradesOf(query), documentIndices));
  rejectLines(qrelsFile, unknown);
  const bulk = documents.map(({ value }) => bulkLine(value)).join('\n');
  const questions = queries.flatMap((query, index): JudgedQuestion[] => {
    const grades = gradesOf(query);
    if (grades === null) return [];
    const position = documentIndices.get(documentOf(grades) ?? '') ?? index;
    return [judgedQuestion(query.value, grades, (position % 2) as 0 | 1)];
  });
  return { name, bulk, sha256: sha256Hex(bulk), questions };
}

/** A document without text consists of its title. */
function bulkLine({ _id: id, title, text }: v.InferOutput<typeof DOCUMENT>): string {
  return JSON.stringify({ id, title, text: text.trim() === '' ? (title ?? '') : text });
}

/** Only questions that are asked need words. */
function wordless({ lineNumber, value }: JsonLine<Query>): LineProblem[] {
  return foldText(value.text) === ''
    ? [{ lineNumber, problem: 'text has no letters or digits. Write the question.' }]
    : [];
}

function unknownDocuments(grades: Grades | null, documents: ReadonlyMap<string, number>): LineProblem[] {
  return [...(grades ?? [])]
    .filter(([document]) => !documents.has(document))
    .map(([document, { lineNumber }]) => ({
      lineNumber,
      problem: `the document "${document}" is not in corpus.jsonl. Add it there, or remove the line.`,
    }));
}

/** Returns the first relevant document, or else the first judged one: the document that the question is about. */
function documentOf(grades: Grades): string | undefined {
  const [firstRelevant] = [...grades].find(([, { grade }]) => grade > 0) ?? [];
  return firstRelevant ?? [...grades.keys()][0];
}

function judgedQuestion({ _id: id, text }: Query, grades: Grades, half: 0 | 1): JudgedQuestion {
  const relevantGrades = [...grades.values()].map(({ grade }) => grade).filter((grade) => grade > 0);
  return {
    id,
    text,
    isAnswerable: relevantGrades.length > 0,
    relevantGrades,
    half,
    judge: ({ article }) => ({ unit: article, grade: Math.max(0, grades.get(article)?.grade ?? 0) }),
    judgeSentence: null,
  };
}

/** Returns the judgements of each question. The first line may be a header: query-id, corpus-id, score. */
function readQrels(text: string, file: string): Map<string, Map<string, JudgedDocument>> {
  const gradesByQuestion = new Map<string, Map<string, JudgedDocument>>();
  const problems: LineProblem[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || (index === 0 && line.startsWith('query-id\t'))) continue;
    const lineNumber = index + 1;
    const [question, document, grade] = line.trimEnd().split('\t');
    if (question === undefined || document === undefined || !/^-?\d+$/.test(grade ?? '')) {
      problems.push({
        lineNumber,
        problem: 'expected a query id, a document id and a whole number, separated by tabs.',
      });
      continue;
    }
    const grades = gradesByQuestion.get(question) ?? new Map<string, JudgedDocument>();
    gradesByQuestion.set(question, grades.set(document, { grade: Number(grade), lineNumber }));
  }
  rejectLines(file, problems);
  return gradesByQuestion;
}
