import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256Hex } from '../reading/read-articles.js';
import { EXIT, UserError } from '../user-error.js';

/** A stretch of one article that is right for a question. */
export interface JudgedStretch {
  /** The article's given id in the bulk file that is made of the set. */
  readonly article: string;
  readonly start: number;
  readonly end: number;
}

export interface JudgedQuestion {
  readonly id: string;
  readonly text: string;
  readonly isAnswerable: boolean;
  /** Any one of them answers; none for a question that the articles do not answer. */
  readonly gold: readonly JudgedStretch[];
  /** 0 or 1, by article: fitting uses the questions of half 0, reports those of half 1. */
  readonly half: 0 | 1;
}

/** Articles and questions with relevance judgements. */
export interface JudgedSet {
  readonly name: string;
  /** The articles, one JSON object a line as bulk files have them. */
  readonly bulk: string;
  readonly questions: readonly JudgedQuestion[];
  /** All judged stretches of each article, by its given id, in order. */
  readonly stretches: ReadonlyMap<string, readonly JudgedStretch[]>;
  /** SHA-256 of the articles: what is indexed once can be asked again. */
  readonly sha256: string;
}

const PASSAGE = z.object({
  id: z.string(),
  article: z.string().nullish(),
  title: z.string().nullish(),
  text: z.string(),
});
const QUERY = z.object({
  id: z.string(),
  q: z.string(),
  gold: z.array(z.string()),
  near_miss: z.array(z.string()).optional(),
  answerable: z.boolean().default(true),
});

/**
 * Reads a folder with `passages.jsonl` (id, article, title, text) and `queries.jsonl` (id, q, gold: passage ids, near_miss,
 * answerable). Passages of one article become its paragraphs, so that they are read and cut like any other article.
 *
 * @throws {UserError} when the folder is not of this form.
 */
export async function readJudgedSet(folder: string): Promise<JudgedSet> {
  const passages = await readLines(join(folder, 'passages.jsonl'), PASSAGE);
  const queries = await readLines(join(folder, 'queries.jsonl'), QUERY);
  const articles = new Map<string, { title: string | null; text: string; stretches: JudgedStretch[] }>();
  const stretchOf = new Map<string, JudgedStretch>();
  for (const passage of passages) {
    // A passage of no named article is one of its own.
    const id = passage.article ?? passage.id;
    const article = articles.get(id) ?? { title: passage.title ?? passage.article ?? null, text: '', stretches: [] };
    articles.set(id, article);
    if (article.text !== '') article.text += '\n\n';
    const stretch = { article: id, start: article.text.length, end: article.text.length + passage.text.length };
    article.text += passage.text;
    article.stretches.push(stretch);
    stretchOf.set(passage.id, stretch);
  }
  const order = new Map([...articles.keys()].map((id, index) => [id, index]));
  const bulk = [...articles].map(([id, { title, text }]) => JSON.stringify({ id, title, text })).join('\n');
  return {
    name: folder.replace(/\/+$/, '').split('/').at(-1) ?? folder,
    bulk,
    sha256: sha256Hex(bulk),
    stretches: new Map([...articles].map(([id, { stretches }]) => [id, stretches])),
    questions: queries.map((query, index) => {
      const gold = query.gold.flatMap((id) => stretchOf.get(id) ?? []);
      const about =
        gold[0] ?? (query.near_miss ?? []).map((id) => stretchOf.get(id)).find((stretch) => stretch !== undefined);
      const place = about === undefined ? index : (order.get(about.article) ?? index);
      return {
        id: query.id,
        text: query.q,
        isAnswerable: query.answerable && gold.length > 0,
        gold,
        half: (place % 2) as 0 | 1,
      };
    }),
  };
}

async function readLines<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.infer<Schema>[]> {
  if (!existsSync(file)) {
    throw new UserError(
      `${file} is missing. An evaluation folder has passages.jsonl and queries.jsonl.`,
      EXIT.wrongUse,
    );
  }
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [schema.parse(JSON.parse(line))];
    } catch (error) {
      const what = error instanceof z.ZodError ? z.prettifyError(error).replace(/\s+/g, ' ') : String(error);
      throw new UserError(`${file} line ${index + 1} cannot be used: ${what}`, EXIT.wrongUse, { cause: error });
    }
  });
}
