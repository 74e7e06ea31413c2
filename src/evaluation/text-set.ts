import * as v from 'valibot';
import type { Remedies } from './field-problems.js';
import { FILLED, object, tuple, WORDS } from './fields.js';
import { judgedByGold } from './gold-question.js';
import { containsText, type GoldText } from './gold-text.js';
import { readJsonFile } from './json-lines.js';
import type { JudgedQuestion, JudgedSet } from './judged-set.js';

const QUESTION = object({
  id: FILLED,
  q: WORDS,
  /** Pairs of the start of an article's path or file name, and a text that a right passage contains. */
  gold: v.optional(v.array(tuple([v.string(), WORDS])), []),
  answerable: v.optional(v.boolean(), true),
});
const QUESTIONS = object({ questions: v.array(QUESTION) });
const REMEDIES: Remedies = {
  '': 'Write an object with a list "questions".',
  questions: 'Write a list of objects with "id", "q" and "gold".',
  'questions[].id': 'Give each question an id of its own, such as "q7".',
  'questions[].q': 'Write the question.',
  'questions[].gold':
    'List pairs such as ["guide", "at six"]: the start of a file\'s name and a text in the passage. Leave it out where nothing answers.',
  'questions[].gold[]':
    'Write a pair such as ["guide", "at six"]: the start of a file\'s name and a text in the passage.',
  'questions[].answerable': 'Write true if the articles answer the question, otherwise false.',
};

/**
 * Reads a JSON file of questions about the articles in the seeds folder. A passage is right if it contains a gold text and its
 * article's path or file name starts as given. Texts are compared as in
 * {@link containsText}, and may begin and end within a word.
 *
 * @throws {UserError} if the file is missing or cannot be used.
 */
export async function readTextSet(file: string, name: string): Promise<JudgedSet> {
  const { questions } = await readJsonFile(file, QUESTIONS, REMEDIES);
  return {
    name,
    bulk: null,
    sha256: null,
    questions: questions.map((question, index) => judgedQuestion(question, (index % 2) as 0 | 1)),
  };
}

function judgedQuestion({ id, q, gold, answerable }: v.InferOutput<typeof QUESTION>, half: 0 | 1): JudgedQuestion {
  const isAnswerable = answerable && gold.length > 0;
  return judgedByGold({ id, text: q, isAnswerable, half, goldTexts: gold.map(goldText) });
}

function goldText([file, text]: readonly [string, string]): GoldText {
  return {
    file,
    text,
    isAbout: (article) => startsWith(article, file),
    isIn: containsText(text, { allowsPartsOfWords: true }),
  };
}

/** Whether a path, or the file name in it, starts with this text. After the name of a bulk file, "#id" names an article of it. */
function startsWith(path: string, start: string): boolean {
  const [file = ''] = /^.*?\.jsonl(?=#)/is.exec(path) ?? [path];
  return path.startsWith(start) || path.slice(file.lastIndexOf('/') + 1).startsWith(start);
}
