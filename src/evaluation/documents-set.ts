import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EXIT, UserError } from '../user-error.js';
import { judgedByGold } from './gold-question.js';
import { containsText, foldText, type GoldText } from './gold-text.js';
import { type JsonLine, readJsonLines } from './json-lines.js';
import type { JudgedQuestion, JudgedSet } from './judged-set.js';

const QUESTION = z
  .object({
    id: z.string().min(1, 'it is empty'),
    q: z.string(),
    /** The kind of passage that answers it, such as "table". Measures are reported for each kind. */
    kind: z.string().default('other'),
    answerable: z.boolean(),
    /**
     * Alternatives: any of these texts answers the question. `file` is the article's path in `seeds/`, with `#id` or `#line` for
     * an article of a bulk file.
     */
    gold: z
      .array(
        z.object({
          file: z.string().min(1, 'it is empty'),
          text: z.string().refine((text) => foldText(text) !== '', 'it has no letters or digits'),
        }),
      )
      .default([]),
    /** The id of the earlier question that this one follows up on. */
    after: z.string().nullish(),
  })
  .refine(({ answerable, gold }) => !answerable || gold.length > 0, {
    path: ['gold'],
    error: 'an answerable question needs at least one',
  });
type Question = z.infer<typeof QUESTION>;

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
  const lines = await readJsonLines(file, QUESTION);
  checkIds(lines, file);
  checkOrder(lines, file);
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

function checkIds(lines: readonly Line[], file: string): void {
  const lineOfId = new Map<string, number>();
  for (const line of lines) {
    const { id } = line.value;
    const earlier = lineOfId.get(id);
    if (earlier !== undefined) throw unusable(file, line, `line ${earlier} has the same id "${id}".`);
    lineOfId.set(id, line.lineNumber);
  }
}

/** A follow-up is asked after the question that it follows, so it has to be further down. */
function checkOrder(lines: readonly Line[], file: string): void {
  const all = new Map(lines.map((line) => [line.value.id, line]));
  const earlier = new Set<string>();
  for (const line of lines) {
    const { id, after } = line.value;
    if (after != null && !earlier.has(after)) throw unusable(file, line, orderProblem(id, after, all));
    earlier.add(id);
  }
}

function orderProblem(id: string, after: string, all: ReadonlyMap<string, Line>): string {
  const previous = all.get(after);
  if (previous === undefined) return `question "${id}" comes after "${after}", but no question has that id.`;
  if (after === id) return `question "${id}" comes after itself.`;
  return isAfter(after, id, all)
    ? `questions "${id}" and "${after}" come after each other. Only one of them can be first.`
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

function unusable(file: string, { lineNumber }: Line, problem: string): UserError {
  return new UserError(`${file} line ${lineNumber} cannot be used: ${problem}`, { exitCode: EXIT.usageError });
}

/**
 * Files alternate between the halves, in sorted order, so all questions about a file are in one half. Only a follow-up may be
 * about a file of the other half: it needs the answer before it, so it stays with the question that it follows.
 */
function assignHalves(questions: readonly Question[]): Map<string, 0 | 1> {
  const files = [...new Set(questions.flatMap(({ gold: [first] }) => first?.file ?? []))].toSorted();
  const positions = new Map(files.map((file, position) => [file, position]));
  const halves = new Map<string, 0 | 1>();
  for (const [index, { id, gold, after }] of questions.entries()) {
    const position = positions.get(gold[0]?.file ?? '') ?? index;
    halves.set(id, halves.get(after ?? '') ?? ((position % 2) as 0 | 1));
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
