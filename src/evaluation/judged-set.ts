import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { MAX_QUESTION_CHARACTERS } from '../answering/question.js';
import { EXIT, UserError } from '../user-error.js';
import { readBeirSet } from './beir-set.js';
import { readPassageSet } from './passage-set.js';
import { readTextSet } from './text-set.js';

/** A passage as a judgement sees it. */
export interface JudgedPassage {
  /** Where its article comes from: for an article of a bulk file its given id, else its path below the seeds folder. */
  readonly article: string;
  /** Its place in the article's text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a judgement says of a passage. */
export interface Judgement {
  /** What was judged: a document, a stretch of one or a passage. Several passages of one count once, at the first's rank. */
  readonly unit: string;
  /** 0 for not relevant or not judged. */
  readonly grade: number;
}

export interface JudgedQuestion {
  readonly id: string;
  readonly text: string;
  readonly isAnswerable: boolean;
  /** The positive grades of all that is relevant. Empty when nothing is. */
  readonly relevantGrades: readonly number[];
  /** 0 or 1, by article where the judgements name one: fitting uses the questions of half 0, reports those of half 1. */
  readonly half: 0 | 1;
  judge(passage: JudgedPassage): Judgement;
  /** Whether a sentence of a relevant passage is one that answers; null where sentences are not judged. */
  readonly judgeSentence: ((sentence: JudgedPassage) => boolean) | null;
}

/** Articles and questions with relevance judgements. */
export interface JudgedSet {
  readonly name: string;
  /** The articles: one JSON object a line as bulk files have them, or null where they are those of the seeds folder. */
  readonly bulk: string | null;
  /** SHA-256 of the bulk; null without one. */
  readonly sha256: string | null;
  readonly questions: readonly JudgedQuestion[];
}

/** Which relevance judgements of a BEIR folder are used. */
export type BeirSplit = 'test' | 'dev' | 'train';

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
  if (set.questions.length === 0) throw new UserError(`${path} has no questions that are judged.`, EXIT.wrongUse);
  return { ...set, questions: set.questions.map(askable) };
}

/** Some sets ask with whole paragraphs: as much of one is asked as is read. */
function askable(question: JudgedQuestion): JudgedQuestion {
  if (!/[\p{L}\p{N}]/u.test(question.text))
    throw new UserError(`Question ${question.id} has no words in it: correct it or leave it out.`, EXIT.wrongUse);
  return { ...question, text: question.text.slice(0, MAX_QUESTION_CHARACTERS) };
}

function readForm(path: string, name: string, split: BeirSplit): Promise<JudgedSet> {
  if (path.endsWith('.json')) return readTextSet(path, name);
  if (existsSync(join(path, 'corpus.jsonl'))) return readBeirSet(path, name, split);
  if (existsSync(join(path, 'passages.jsonl'))) return readPassageSet(path, name);
  throw new UserError(
    `${path} is not an evaluation. Give a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv (BEIR), one with passages.jsonl and queries.jsonl, or a .json file of questions about the articles in the seeds folder.`,
    EXIT.wrongUse,
  );
}
