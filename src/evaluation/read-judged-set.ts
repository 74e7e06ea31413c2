import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { MAX_QUESTION_CHARACTERS } from '../answering/question/question.js';
import { EXIT, UserError } from '../user-error.js';
import { readBeirSet } from './beir-set.js';
import { readDocumentsSet } from './documents-set.js';
import type { BeirSplit, JudgedSet } from './judged-set.js';
import { readPassageSet } from './passage-set.js';
import { readTextSet } from './text-set.js';

/**
 * Reads a judged set in one of four formats:
 *
 * - a BEIR folder (Thakur et al. 2021): `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`. Its documents become articles.
 * - a folder of passage judgements: `passages.jsonl` and `queries.jsonl`.
 * - a documents folder: articles of any format in `seeds/`, and `questions.jsonl`.
 * - a JSON file of questions about the articles in the seeds folder. A question is answered by passages with a given text.
 *
 * The set is named after its folder or file. Questions are cut to the length that the bot accepts.
 *
 * @param split Which judgements of a BEIR folder to use.
 * @throws {UserError} if it has none of these formats, has no questions, or a line cannot be used.
 */
export async function readJudgedSet(path: string, split: BeirSplit = 'test'): Promise<JudgedSet> {
  const set = await readFormat(path, basename(resolve(path)).replace(/\.json$/, ''), split);
  if (set.questions.length === 0)
    throw new UserError(`${path} has no judged questions.`, { exitCode: EXIT.usageError });
  // Some sets have whole paragraphs as questions. Only the part that the bot would accept is asked.
  const questions = set.questions.map((one) => ({ ...one, text: one.text.slice(0, MAX_QUESTION_CHARACTERS) }));
  return { ...set, questions };
}

function readFormat(path: string, name: string, split: BeirSplit): Promise<JudgedSet> {
  if (path.endsWith('.json')) return readTextSet(path, name);
  if (existsSync(join(path, 'corpus.jsonl'))) return readBeirSet(path, name, split);
  if (existsSync(join(path, 'passages.jsonl'))) return readPassageSet(path, name);
  if (existsSync(join(path, 'questions.jsonl'))) return readDocumentsSet(path, name);
  throw new UserError(
    `${path} is not an evaluation set. Use a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv (BEIR), a folder with passages.jsonl and queries.jsonl, a documents folder with seeds/ and questions.jsonl, or a .json file of questions about the articles in the seeds folder.`,
    { exitCode: EXIT.usageError },
  );
}
