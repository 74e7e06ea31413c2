import { join } from 'node:path';
import { z } from 'zod';
import { normaliseLineEnds } from '../reading/decode.js';
import { sha256Hex } from '../storage/sha256.js';
import type { Span } from '../text/span.js';
import { EXIT, UserError } from '../user-error.js';
import { readJsonLines } from './json-lines.js';
import type { JudgedPassage, JudgedQuestion, JudgedSet } from './judged-set.js';

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
  answers: z.array(z.string()).optional(),
  /** Where the first of `answers` begins in the first gold passage, with line ends of one character. */
  answer_start: z.number().optional(),
  gold_sentences: z.array(z.string()).optional(),
});
type Query = z.infer<typeof QUERY>;

/** A judged passage in the article that is made of all of one article: our passages may be parts of it. */
interface Stretch {
  readonly id: string;
  readonly article: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Reads `passages.jsonl` (id, article, title, text) and `queries.jsonl` (id, q, gold: ids of passages, near_miss, answerable,
 * and for sentences answers with answer_start, or gold_sentences). The passages of one article become its paragraphs, so that
 * they are read and cut like any other article.
 */
export async function readPassageSet(folder: string, name: string): Promise<JudgedSet> {
  const passages = await readJsonLines(join(folder, 'passages.jsonl'), PASSAGE);
  const queries = await readJsonLines(join(folder, 'queries.jsonl'), QUERY);
  const articles = new Map<string, { title: string | null; text: string; stretches: Stretch[] }>();
  const stretchOf = new Map<string, Stretch>();
  for (const { id, article: named, title, text: written } of passages) {
    // As the article will be stored.
    const text = normaliseLineEnds(written);
    // A passage of no named article is one of its own.
    const key = named ?? id;
    const article = articles.get(key) ?? { title: title ?? named ?? null, text: '', stretches: [] };
    articles.set(key, article);
    if (article.text !== '') article.text += '\n\n';
    const stretch = { id, article: key, start: article.text.length, end: article.text.length + text.length, text };
    article.text += text;
    article.stretches.push(stretch);
    stretchOf.set(id, stretch);
  }
  const order = new Map([...articles.keys()].map((id, index) => [id, index]));
  const bulk = [...articles].map(([id, { title, text }]) => JSON.stringify({ id, title, text })).join('\n');
  const stretchesOf = ({ article }: JudgedPassage): readonly Stretch[] => articles.get(article)?.stretches ?? [];
  const questions = queries.map((query, index): JudgedQuestion => {
    const gold = [...new Set(query.gold)].map((id) => {
      const stretch = stretchOf.get(id);
      if (stretch !== undefined) return stretch;
      throw new UserError(
        `Question ${query.id} names a passage "${id}" that is not in passages.jsonl: correct its gold.`,
        { exitCode: EXIT.wrongUse },
      );
    });
    const about = gold[0] ?? (query.near_miss ?? []).flatMap((id) => stretchOf.get(id) ?? [])[0];
    const place = about === undefined ? index : (order.get(about.article) ?? index);
    const goldIds = new Set(gold.map(({ id }) => id));
    const isAnswerable = query.answerable && gold.length > 0;
    return {
      id: query.id,
      text: query.q,
      isAnswerable,
      relevantGrades: isAnswerable ? gold.map(() => 1) : [],
      half: (place % 2) as 0 | 1,
      judge: (passage) => {
        // Short neighbours become one passage of ours, which is right for each of them that it holds.
        const held = gold.find((stretch) => stretch.article === passage.article && holdsMost(passage, stretch));
        const unit =
          (held ?? stretchWithMostOf(passage, stretchesOf(passage)))?.id ?? `${passage.article} ${passage.start}`;
        return { unit, grade: isAnswerable && goldIds.has(unit) ? 1 : 0 };
      },
      judgeSentence: sentenceJudge(query, gold),
    };
  });
  return { name, bulk, sha256: sha256Hex(bulk), questions };
}

/** Whether one of our passages holds the greater part of a judged one. */
function holdsMost(passage: JudgedPassage, stretch: Stretch): boolean {
  return 2 * overlap(passage, stretch) > stretch.end - stretch.start;
}

/** How many characters two spans share; below 0 where something lies between them. */
function overlap(a: Span, b: Span): number {
  return Math.min(a.end, b.end) - Math.max(a.start, b.start);
}

/** The judged passage that holds most of one of ours. */
function stretchWithMostOf(passage: JudgedPassage, stretches: readonly Stretch[]): Stretch | null {
  const best = stretches.reduce<Stretch | null>(
    (a, b) => (a === null || overlap(passage, b) > overlap(passage, a) ? b : a),
    null,
  );
  return best !== null && overlap(passage, best) > 0 ? best : null;
}

/** A sentence answers when it holds the answer, or is for its greater part a sentence that was marked. */
function sentenceJudge(
  { answer_start: answerStart, gold_sentences: goldSentences = [] }: Query,
  gold: readonly Stretch[],
): JudgedQuestion['judgeSentence'] {
  const [first] = gold;
  const marked = gold.flatMap(({ article, start, text }) =>
    goldSentences.flatMap((sentence) => {
      const at = text.indexOf(normaliseLineEnds(sentence));
      return at === -1 ? [] : [{ article, start: start + at, end: start + at + sentence.length }];
    }),
  );
  if (answerStart !== undefined && first !== undefined)
    marked.push({ article: first.article, start: first.start + answerStart, end: first.start + answerStart + 1 });
  if (marked.length === 0) return null;
  return (sentence) =>
    marked.some(
      (one) =>
        sentence.article === one.article &&
        2 * overlap(sentence, one) > Math.min(sentence.end - sentence.start, one.end - one.start),
    );
}
