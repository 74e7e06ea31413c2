import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256Hex } from '../storage/sha256.js';
import { EXIT, UserError } from '../user-error.js';
import { readJsonLines, readText } from './json-lines.js';
import type { BeirSplit, JudgedQuestion, JudgedSet } from './judged-set.js';

const ID = z.union([z.string(), z.number()]).transform(String);
const DOCUMENT = z.object({ _id: ID, title: z.string().nullish(), text: z.string() });
const QUERY = z.object({ _id: ID, text: z.string() });

/**
 * Reads a BEIR folder. Its documents become articles, and a ranking of passages becomes one of documents by each one's best
 * passage. As in trec_eval, questions without any judgement are not asked; one of which nothing is judged relevant counts as
 * not answerable.
 */
export async function readBeirSet(folder: string, name: string, split: BeirSplit): Promise<JudgedSet> {
  const qrelsFile = join(folder, 'qrels', `${split}.tsv`);
  if (!existsSync(qrelsFile))
    throw new UserError(`${qrelsFile} is missing. Name another part with --split.`, { exitCode: EXIT.wrongUse });
  const documents = await readJsonLines(join(folder, 'corpus.jsonl'), DOCUMENT);
  const queries = await readJsonLines(join(folder, 'queries.jsonl'), QUERY);
  const judged = readQrels(await readText(qrelsFile), qrelsFile);
  const order = new Map(documents.map(({ _id }, index) => [_id, index]));
  const bulk = documents
    // A document of a title alone is that title.
    .map(({ _id: id, title, text }) => JSON.stringify({ id, title, text: text.trim() === '' ? (title ?? '') : text }))
    .join('\n');
  const questions = queries.flatMap(({ _id: id, text }, index): JudgedQuestion[] => {
    const grades = judged.get(id);
    if (grades === undefined) return [];
    const relevant = [...grades].filter(([, grade]) => grade > 0);
    const [about] = relevant[0] ?? [...grades.keys()];
    const place = about === undefined ? index : (order.get(about) ?? index);
    return [
      {
        id,
        text,
        isAnswerable: relevant.length > 0,
        relevantGrades: relevant.map(([, grade]) => grade),
        half: (place % 2) as 0 | 1,
        judge: ({ article }) => ({ unit: article, grade: Math.max(0, grades.get(article) ?? 0) }),
        judgeSentence: null,
      },
    ];
  });
  return { name, bulk, sha256: sha256Hex(bulk), questions };
}

/** Grades by document, by question. The first line is a heading: query-id, corpus-id, score. */
function readQrels(text: string, file: string): Map<string, Map<string, number>> {
  const judged = new Map<string, Map<string, number>>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || (index === 0 && line.startsWith('query-id\t'))) continue;
    const [question, document, grade] = line.trimEnd().split('\t');
    if (question === undefined || document === undefined || !/^-?\d+$/.test(grade ?? ''))
      throw new UserError(
        `${file} line ${index + 1} cannot be used: it must be a query id, a document id and a whole number, with tabs between.`,
        { exitCode: EXIT.wrongUse },
      );
    const grades = judged.get(question) ?? new Map<string, number>();
    judged.set(question, grades.set(document, Number(grade)));
  }
  return judged;
}
