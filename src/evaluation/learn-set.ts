import { resolve } from 'node:path';
import { scopeOf } from '../answering/question/scope.js';
import { pluralise } from '../text/pluralise.js';
import { escapeLineFeeds } from '../text/visible-text.js';
import { EXIT, UserError } from '../user-error.js';
import { checkGold } from './gold-text.js';
import type { JudgedQuestion, JudgedSet } from './judged-set.js';
import { type LearningQuestion, learnPriors, type PriorsReport } from './learn-priors.js';
import type { LearningIndex } from './learning-index.js';
import { readJudgedSet } from './read-judged-set.js';

/** Fewer questions hardly ever show a gain that is not chance. */
const MIN_QUESTIONS = 30;
/** Fewer articles cannot be divided into parts that stand for others. */
const MIN_ARTICLES = 5;

/** How many questions a set has about a collection. */
export interface CollectionQuestions {
  /** Null for the articles without a collection. */
  readonly collection: string | null;
  readonly questions: number;
  /** How many articles answer them. */
  readonly articles: number;
}

/** What the collections that a set asks about could learn from it. */
export interface LearnedSet {
  readonly set: string;
  /** By name; the articles without a collection come first. */
  readonly collections: readonly PriorsReport[];
  /** The collections with too few questions. */
  readonly tooFew: readonly CollectionQuestions[];
  /** Questions that nothing can be learned from: unanswerable ones, follow-ups, and several in one. */
  readonly leftOut: number;
}

/** Options of `learnSet`. */
export interface LearnOptions {
  /** Only this collection. Default: all that the set asks about. */
  readonly collection?: string | undefined;
  /** Called after each question. */
  readonly onAsking?: ((asked: number, all: number) => void) | undefined;
}

/**
 * Reads a set whose questions are about the articles of the seeds folder: a file of questions, or a documents folder whose `seeds/`
 * is the seeds folder.
 *
 * @throws {UserError} if it cannot be read, or has articles of its own.
 */
export async function readLearningSet(path: string, seedsFolder: string): Promise<JudgedSet> {
  const set = await readJudgedSet(path);
  const own = set.seedsFolder;
  if (set.bulk === null && (own === undefined || resolve(own) === resolve(seedsFolder))) return set;
  const remedy =
    own === undefined
      ? 'Write a .json file of questions about the articles in the seeds folder.'
      : `Index its articles and learn with \`--seeds ${own}\` and an \`--index\` of their own.`;
  throw new UserError(
    `${path} has articles of its own, but a collection learns from questions about itself. ${remedy}`,
    {
      exitCode: EXIT.usageError,
    },
  );
}

/**
 * Asks the questions of a set and fits the priors of each collection that they are about.
 *
 * @param index The index of the articles, which must not change meanwhile.
 * @throws {UserError} if gold matches nothing in the articles, or no collection has enough questions.
 */
export async function learnSet(
  set: Pick<JudgedSet, 'name' | 'questions'>,
  index: LearningIndex,
  { collection: only, onAsking = () => {} }: LearnOptions = {},
): Promise<LearnedSet> {
  const usable = set.questions.filter(({ isAnswerable, after }) => isAnswerable && after === undefined);
  checkGold(usable, index);
  const groups = groupQuestions(usable, index).filter(({ collection }) => only === undefined || collection === only);
  const asked = groups.filter(hasEnough);
  const all = asked.reduce((sum, { questions }) => sum + questions.length, 0);
  let count = 0;
  let unread = 0;
  const learned: Group<LearningQuestion>[] = [];
  for (const { collection, questions } of asked) {
    const found: LearningQuestion[] = [];
    for (const one of questions) {
      const candidates = await rankAndJudge(one.question, collection, index);
      if (candidates === null) unread++;
      else found.push({ article: one.article, candidates });
      onAsking(++count, all);
    }
    learned.push({ collection, questions: found });
  }
  const tooFew = [...groups.filter((group) => !hasEnough(group)), ...learned.filter((group) => !hasEnough(group))];
  const enough = learned.filter(hasEnough);
  if (enough.length === 0) throw tooFewQuestions(set.name, tooFew.map(countOf), only);
  return {
    set: set.name,
    collections: enough.map(({ collection, questions }) => learnPriors(collection, questions)),
    tooFew: tooFew.map(countOf),
    leftOut: set.questions.length - usable.length + unread,
  };
}

/** Questions about the articles of one collection. */
interface Group<Question extends { readonly article: string }> {
  readonly collection: string | null;
  readonly questions: readonly Question[];
}

/** A question and the first article that answers it. */
interface LocatedQuestion {
  readonly question: JudgedQuestion;
  readonly article: string;
}

function groupQuestions(questions: readonly JudgedQuestion[], index: LearningIndex): Group<LocatedQuestion>[] {
  const groups = new Map<string | null, LocatedQuestion[]>();
  const unlocated = new Set(questions);
  for (const { source, text, collection } of index.articles()) {
    for (const question of unlocated) {
      if (question.goldTexts?.some((gold) => gold.isAbout(source) && gold.isIn(text)) !== true) continue;
      unlocated.delete(question);
      const group = groups.get(collection) ?? [];
      group.push({ question, article: source });
      groups.set(collection, group);
    }
  }
  return [...groups]
    .map(([collection, located]) => ({ collection, questions: located }))
    .toSorted((a, b) => ((a.collection ?? '') < (b.collection ?? '') ? -1 : 1));
}

async function rankAndJudge(
  question: JudgedQuestion,
  collection: string | null,
  index: LearningIndex,
): Promise<LearningQuestion['candidates'] | null> {
  const passages = await index.rank(question.text, scopeOf(collection));
  if (passages === null) return null;
  return passages.map((passage) => {
    const { score, titleMaxSim, place } = passage;
    return { score, titleMaxSim, place, isRight: question.judge(passage).grade > 0 };
  });
}

function countOf({ collection, questions }: Group<{ readonly article: string }>): CollectionQuestions {
  return {
    collection,
    questions: questions.length,
    articles: new Set(questions.map(({ article }) => article)).size,
  };
}

function hasEnough(group: Group<{ readonly article: string }>): boolean {
  const { questions, articles } = countOf(group);
  return questions >= MIN_QUESTIONS && articles >= MIN_ARTICLES;
}

function tooFewQuestions(set: string, tooFew: readonly CollectionQuestions[], only: string | undefined): UserError {
  const none = only === undefined ? [] : [{ collection: only, questions: 0, articles: 0 }];
  const counts = (tooFew.length > 0 ? tooFew : none).map(describeCount);
  const found = counts.length > 0 ? counts : ['no answerable question'];
  return new UserError(
    `A collection learns from at least ${MIN_QUESTIONS} answerable questions about at least ${MIN_ARTICLES} of its articles, or the gain could be chance. There are too few in ${set}:`,
    {
      details: [...found, 'Add more questions: the more articles they are about, the better.'],
      exitCode: EXIT.usageError,
    },
  );
}

/** "news: 12 questions about 4 articles" */
export function describeCount({ collection, questions, articles }: CollectionQuestions): string {
  return `${nameOfCollection(collection)}: ${pluralise(questions, 'question')} about ${pluralise(articles, 'article')}`;
}

/** A collection's name, for messages. */
export function nameOfCollection(collection: string | null): string {
  return collection === null ? 'articles without a collection' : escapeLineFeeds(collection);
}
