import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { MAX_QUESTION_CHARACTERS } from '../answering/question.js';
import { EXIT, UserError } from '../user-error.js';
import { readBeirSet } from './beir-set.js';
import type { BeirSplit, JudgedQuestion, JudgedSet } from './judged-set.js';
import { readPassageSet } from './passage-set.js';
import { readTextSet } from './text-set.js';

/**
 * Reads an evaluation, in the form that it has:
 * - a BEIR folder (Thakur et al. 2021): `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`; its documents become articles;
 * - passage judgements: a folder with `passages.jsonl` and `queries.jsonl`;
 * - a JSON file of questions about the articles of the seeds folder, answered by a passage that contains a text.
 *
 * @throws {UserError} when it is none of them or a line cannot be used.
 */
export async function readJudgedSet(path: string, split: BeirSplit = 'test'): Promise<JudgedSet> {
  const set = await readForm(path, basename(resolve(path)).replace(/\.json$/, ''), split);
  if (set.questions.length === 0)
    throw new UserError(`${path} has no questions that are judged.`, { exitCode: EXIT.wrongUse });
  return { ...set, questions: set.questions.map(askable) };
}

/** Some sets ask with whole paragraphs: as much of one is asked as is read. */
function askable(question: JudgedQuestion): JudgedQuestion {
  if (!/[\p{L}\p{N}]/u.test(question.text))
    throw new UserError(`Question ${question.id} has no words in it: correct it or leave it out.`, {
      exitCode: EXIT.wrongUse,
    });
  return { ...question, text: question.text.slice(0, MAX_QUESTION_CHARACTERS) };
}

function readForm(path: string, name: string, split: BeirSplit): Promise<JudgedSet> {
  if (path.endsWith('.json')) return readTextSet(path, name);
  if (existsSync(join(path, 'corpus.jsonl'))) return readBeirSet(path, name, split);
  if (existsSync(join(path, 'passages.jsonl'))) return readPassageSet(path, name);
  throw new UserError(
    `${path} is not an evaluation. Give a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv (BEIR), one with passages.jsonl and queries.jsonl, or a .json file of questions about the articles in the seeds folder.`,
    { exitCode: EXIT.wrongUse },
  );
}
