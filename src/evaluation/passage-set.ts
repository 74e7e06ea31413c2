import { join } from 'node:path';
import * as v from 'valibot';
import { sha256Hex } from '../storage/sha256.js';
import { normaliseLineEndings } from '../text/line-endings.js';
import type { Span } from '../text/span.js';
import type { Remedies } from './field-problems.js';
import { FILLED, object, WORDS } from './fields.js';
import { type JsonLine, readJsonLines } from './json-lines.js';
import type { JudgedPassage, JudgedQuestion, JudgedSet } from './judged-set.js';
import { type LineProblem, rejectLines, repeatedIds } from './line-problems.js';

const PASSAGE = object({
  id: FILLED,
  article: v.nullish(v.string()),
  title: v.nullish(v.string()),
  text: v.string(),
});
const PASSAGE_REMEDIES: Remedies = {
  '': 'Write an object with "id", "article", "title" and "text".',
  id: 'Give each passage an id of its own, such as "p7".',
  article: 'Write the name of the article that the passage is in, or leave it out.',
  title: 'Write the title of the article, or leave it out.',
  text: 'Write the text of the passage.',
};
const QUERY = object({
  id: FILLED,
  q: WORDS,
  gold: v.array(v.string()),
  near_miss: v.optional(v.array(v.string())),
  answerable: v.optional(v.boolean(), true),
  answers: v.optional(v.array(v.string())),
  /** Where the first of `answers` begins in the first gold passage, counting each line ending as one character. */
  answer_start: v.optional(v.config(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), { abortPipeEarly: true })),
  gold_sentences: v.optional(v.array(v.string())),
});
const QUERY_REMEDIES: Remedies = {
  '': 'Write an object with "id", "q" and "gold".',
  id: 'Give the question an id, such as "q7".',
  q: 'Write the question.',
  gold: 'List the ids of the passages that answer the question; [] if none does.',
  near_miss: 'List ids of passages, or leave it out.',
  answerable: 'Write true if the passages answer the question, otherwise false.',
  answers: 'List answers as texts, or leave it out.',
  answer_start: 'Write how many characters stand before the answer in the first gold passage, or leave it out.',
  gold_sentences: 'List sentences of the gold passages, or leave it out.',
};
type Query = v.InferOutput<typeof QUERY>;

/** A passage of the set and where it is in the article that is made of all passages of that article. */
interface SetPassage extends Span {
  readonly id: string;
  readonly article: string;
  readonly text: string;
}

/** The passages of one article, joined by blank lines. */
interface SetArticle {
  readonly title: string | null;
  text: string;
  readonly passages: SetPassage[];
}

/** All passages of a set, by id and by article. */
interface SetPassages {
  readonly byId: ReadonlyMap<string, SetPassage>;
  readonly articles: ReadonlyMap<string, SetArticle>;
}

/**
 * Reads a folder of passage judgements:
 *
 * - `passages.jsonl` with id, article, title and text. The passages of an article become its paragraphs, so they are read and
 *   cut into our own passages like those of any other article.
 * - `queries.jsonl` with id, q, gold (ids of passages), near_miss and answerable; to judge sentences also answers with
 *   answer_start, or gold_sentences.
 *
 * @throws {UserError} if a file is missing or a line cannot be used.
 */
export async function readPassageSet(folder: string, name: string): Promise<JudgedSet> {
  const passagesFile = join(folder, 'passages.jsonl');
  const passageLines = await readJsonLines(passagesFile, PASSAGE, PASSAGE_REMEDIES);
  rejectLines(
    passagesFile,
    repeatedIds(passageLines, ({ id }) => id),
  );
  const passages = arrangePassages(passageLines.map(({ value }) => value));
  const queriesFile = join(folder, 'queries.jsonl');
  const queryLines = await readJsonLines(queriesFile, QUERY, QUERY_REMEDIES);
  rejectLines(queriesFile, unknownGold(queryLines, passages));
  const queries = queryLines.map(({ value }) => value);
  const bulk = [...passages.articles].map(([id, { title, text }]) => JSON.stringify({ id, title, text })).join('\n');
  const articleIndices = new Map([...passages.articles.keys()].map((id, index) => [id, index]));
  const questions = queries.map((query, index): JudgedQuestion => {
    const gold = passagesWith(query.gold, passages);
    const about = gold[0] ?? passagesWith(query.near_miss ?? [], passages)[0];
    const position = about === undefined ? index : (articleIndices.get(about.article) ?? index);
    return judgedQuestion(query, gold, passages, (position % 2) as 0 | 1);
  });
  return { name, bulk, sha256: sha256Hex(bulk), questions };
}

function arrangePassages(passages: readonly v.InferOutput<typeof PASSAGE>[]): SetPassages {
  const byId = new Map<string, SetPassage>();
  const articles = new Map<string, SetArticle>();
  for (const { id, article: articleName, title, text: writtenText } of passages) {
    // Offsets count in the text as it will be stored.
    const text = normaliseLineEndings(writtenText);
    // A passage that names no article is an article of its own.
    const key = articleName ?? id;
    const article = articles.get(key) ?? { title: title ?? articleName ?? null, text: '', passages: [] };
    articles.set(key, article);
    if (article.text !== '') article.text += '\n\n';
    const passage = { id, article: key, start: article.text.length, end: article.text.length + text.length, text };
    article.text += text;
    article.passages.push(passage);
    byId.set(id, passage);
  }
  return { byId, articles };
}

function passagesWith(ids: readonly string[], { byId }: SetPassages): SetPassage[] {
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

function unknownGold(queries: readonly JsonLine<Query>[], { byId }: SetPassages): LineProblem[] {
  return queries.flatMap(({ lineNumber, value: { gold } }) =>
    gold
      .filter((id) => !byId.has(id))
      .map((id) => ({
        lineNumber,
        problem: `gold "${id}" is no passage in passages.jsonl. Write the id of one that is.`,
      })),
  );
}

function judgedQuestion(
  query: Query,
  gold: readonly SetPassage[],
  { articles }: SetPassages,
  half: 0 | 1,
): JudgedQuestion {
  const judgeSentence = createSentenceJudge(query, gold);
  const goldIds = new Set(gold.map(({ id }) => id));
  const isAnswerable = query.answerable && gold.length > 0;
  return {
    id: query.id,
    text: query.q,
    isAnswerable,
    relevantGrades: isAnswerable ? gold.map(() => 1) : [],
    half,
    judge(passage) {
      // Short neighbours are joined to one of our passages, which is then right for each gold passage that it contains.
      const judged =
        gold.find((one) => one.article === passage.article && containsMostOf(passage, one)) ??
        closestPassage(passage, articles.get(passage.article)?.passages ?? []);
      const unit = judged?.id ?? `${passage.article} ${passage.start}`;
      return { unit, grade: isAnswerable && goldIds.has(unit) ? 1 : 0 };
    },
    judgeSentence,
    ...(judgeSentence !== null && { judgeShown: judgeSentence }),
  };
}

/** Whether one of our passages contains more than half of a passage of the set. */
function containsMostOf(passage: JudgedPassage, setPassage: SetPassage): boolean {
  return 2 * sharedCharacters(passage, setPassage) > setPassage.end - setPassage.start;
}

/** Returns how many characters two spans share. It is negative if there is a gap between them. */
function sharedCharacters(a: Span, b: Span): number {
  return Math.min(a.end, b.end) - Math.max(a.start, b.start);
}

/** Returns the passage of the set that shares most with one of ours, or null if none shares anything. */
function closestPassage(passage: JudgedPassage, setPassages: readonly SetPassage[]): SetPassage | null {
  const closest = setPassages.reduce<SetPassage | null>(
    (a, b) => (a === null || sharedCharacters(passage, b) > sharedCharacters(passage, a) ? b : a),
    null,
  );
  return closest !== null && sharedCharacters(passage, closest) > 0 ? closest : null;
}

/** A sentence is right if it contains the start of the answer, or if it mostly coincides with a marked sentence. */
function createSentenceJudge(
  { answer_start: answerStart, gold_sentences: goldSentences = [] }: Query,
  gold: readonly SetPassage[],
): JudgedQuestion['judgeSentence'] {
  const [first] = gold;
  const marked = gold.flatMap(({ article, start, text }) =>
    goldSentences.flatMap((sentence) => {
      const offset = text.indexOf(normaliseLineEndings(sentence));
      return offset === -1 ? [] : [{ article, start: start + offset, end: start + offset + sentence.length }];
    }),
  );
  if (answerStart !== undefined && first !== undefined)
    marked.push({ article: first.article, start: first.start + answerStart, end: first.start + answerStart + 1 });
  if (marked.length === 0) return null;
  return (sentence) =>
    marked.some(
      (one) =>
        sentence.article === one.article &&
        2 * sharedCharacters(sentence, one) > Math.min(sentence.end - sentence.start, one.end - one.start),
    );
}
