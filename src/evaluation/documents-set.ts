import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { EXIT, UserError } from '../user-error.js';
import type { Remedies } from './field-problems.js';
import { FILLED, object, WORDS } from './fields.js';
import { judgedByGold } from './gold-question.js';
import { containsText, type GoldText } from './gold-text.js';
import { type JsonLine, readJsonLines } from './json-lines.js';
import type { JudgedQuestion, JudgedSet } from './judged-set.js';
import { type LineProblem, rejectLines, repeatedIds } from './line-problems.js';

const QUESTION = v.pipe(
  object({
    id: FILLED,
    q: WORDS,
    /** The kind of passage that answers it, such as "table". Measures are reported for each kind. */
    kind: v.optional(v.string(), 'other'),
    answerable: v.boolean(),
    /**
     * Alternatives: any of these texts answers the question. `file` is the article's path in `seeds/`, with `#id` or `#line` for
     * an article of a bulk file.
     */
    gold: v.optional(v.array(object({ file: FILLED, text: WORDS })), []),
    /** The id of the earlier question that this one follows up on. */
    after: v.nullish(v.string()),
    /** 0 for fitting, 1 for reporting. Default: {@link assignHalves} decides. */
    half: v.nullish(v.picklist([0, 1])),
  }),
  v.forward(
    v.check(({ answerable, gold }) => !answerable || gold.length > 0, 'has no text, but "answerable" is true'),
    ['gold'],
  ),
);
const REMEDIES: Remedies = {
  '': 'Write an object with "id", "q", "answerable" and "gold".',
  id: 'Give each question an id of its own, such as "q7".',
  q: 'Write the question.',
  kind: 'Write a word for the kind of passage, such as "table", or leave it out.',
  answerable: 'Write true if the articles answer the question, otherwise false.',
  gold: 'List the texts that answer the question, such as [{"file": "guide.md", "text": "at six"}]. Where nothing answers it, set "answerable" to false.',
  'gold[]': 'Write an object such as {"file": "guide.md", "text": "at six"}.',
  'gold[].file': 'Write the path of the article in seeds/.',
  'gold[].text': 'Copy words of the article that answer the question.',
  after: 'Write the id of the question before, or leave it out.',
};
type Question = v.InferOutput<typeof QUESTION>;

/**
 * Reads a documents folder: articles of any format in `seeds/`, and `questions.jsonl`. A passage is right if it contains a gold
 * text and is in that text's file. Texts are compared as in {@link containsText}.
 *
 * @throws {UserError} if a file is missing or a line cannot be used.
 */
export async function readDocumentsSet(folder: string, name: string): Promise<JudgedSet> {
  const seedsFolder = join(folder, 'seeds');
  if (!existsSync(seedsFolder)) throw new UserError(`${seedsFolder} is missing.`, { exitCode: EXIT.usageError });
  const file = join(folder, 'questions.jsonl');
  const lines = await readJsonLines(file, QUESTION, REMEDIES);
  rejectLines(
    file,
    repeatedIds(lines, ({ id }) => id),
  );
  rejectLines(file, orderProblems(lines));
  const questions = lines.map(({ value }) => value);
  const halves = assignHalves(questions);
  return {
    name,
    bulk: null,
    sha256: null,
    seedsFolder,
    questions: questions.map((question) => judgedQuestion(question, halves.get(question.id) ?? 0)),
  };
}

type Line = JsonLine<Question>;

/** A follow-up is asked after the question that it follows, so it has to be further down. */
function orderProblems(lines: readonly Line[]): LineProblem[] {
  const all = new Map(lines.map((line) => [line.value.id, line]));
  const earlier = new Set<string>();
  return lines.flatMap(({ lineNumber, value: { id, after } }) => {
    const isInOrder = after == null || earlier.has(after);
    earlier.add(id);
    return isInOrder ? [] : [{ lineNumber, problem: orderProblem(id, after, all) }];
  });
}

function orderProblem(id: string, after: string, all: ReadonlyMap<string, Line>): string {
  const previous = all.get(after);
  if (previous === undefined)
    return `question "${id}" comes after "${after}", but no question has that id. Correct "after".`;
  if (after === id) return `question "${id}" comes after itself. Leave "after" out.`;
  return isAfter(after, id, all)
    ? `questions "${id}" and "${after}" come after each other. Leave "after" out of the first one.`
    : `question "${id}" comes after "${after}", which is on line ${previous.lineNumber}. Move it below that line.`;
}

/** Whether a question comes after another one, directly or with others between them. */
function isAfter(id: string, other: string, all: ReadonlyMap<string, Line>): boolean {
  const visited = new Set<string>();
  for (let next = all.get(id)?.value.after; next != null && !visited.has(next); next = all.get(next)?.value.after) {
    if (next === other) return true;
    visited.add(next);
  }
  return false;
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
  const question = judgedByGold({ id, text: q, isAnswerable: answerable, half, goldTexts: gold.map(goldText) });
  return {
    ...question,
    kind,
    ...(after != null && { after }),
  };
}

function goldText({ file, text }: Question['gold'][number]): GoldText {
  return { file, text, isAbout: (article) => article === file, isIn: containsText(text) };
}
