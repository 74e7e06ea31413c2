import type { PassagePlaces } from '../answering/ports/passage-store.js';
import { QuestionError } from '../answering/question/question.js';
import type { Scope } from '../answering/question/scope.js';
import type { QuestionResult } from '../answering/question-result.js';
import type { PlacedPassage } from '../answering/ranking/priors.js';
import type { JudgedPassage } from './judged-set.js';

/** The index that people ask, as learning uses it. */
export interface LearningIndex {
  /** All articles, one after the other. */
  articles(): Iterable<LearningArticle>;
  /**
   * Ranks the passages for a question as people would see them, without any priors, best first. Null if the text is no question,
   * or asks several.
   */
  rank(question: string, scope: Scope): Promise<readonly LearningPassage[] | null>;
}

/** An article of the index. */
export interface LearningArticle {
  /** Its path below the seeds folder, as in `JudgedPassage`. */
  readonly source: string;
  readonly text: string;
  readonly collection: string | null;
}

/** A ranked passage, to be judged. */
export type LearningPassage = PlacedPassage & JudgedPassage;

/** The part of a library that `createLearningIndex` uses. */
export interface LearningLibrary extends PassagePlaces {
  article(articleKey: number): {
    readonly reference: { readonly file: string; readonly collection: string | null };
    readonly text: string;
  };
  articleKey(id: string): number | null;
  eachArticle(): Iterable<{ readonly id: string }>;
}

/**
 * Makes the index that learning asks.
 *
 * @param ask Answers a question in detail, without priors.
 */
export function createLearningIndex(
  library: LearningLibrary,
  ask: (question: string, scope: Scope) => Promise<{ readonly results: readonly QuestionResult[] }>,
): LearningIndex {
  const article = articleReader(library);
  return {
    *articles() {
      for (const { id } of library.eachArticle()) {
        const key = library.articleKey(id);
        if (key === null) continue;
        yield article(key);
      }
    },
    async rank(question, scope) {
      const results = await ask(question, scope).then(
        (asked) => asked.results,
        (error: unknown) => {
          if (error instanceof QuestionError) return [];
          throw error;
        },
      );
      const [result] = results;
      return result === undefined || results.length > 1 ? null : passagesOf(result, library, article);
    },
  };
}

type ReadArticle = (articleKey: number) => LearningArticle;

/** Reads each article once: every candidate of every question needs one. */
function articleReader(library: LearningLibrary): ReadArticle {
  const articles = new Map<number, LearningArticle>();
  return (articleKey) => {
    const known = articles.get(articleKey);
    if (known !== undefined) return known;
    const { reference, text } = library.article(articleKey);
    const article = { source: reference.file, text, collection: reference.collection };
    articles.set(articleKey, article);
    return article;
  };
}

function passagesOf({ ranking }: QuestionResult, places: PassagePlaces, articleOf: ReadArticle): LearningPassage[] {
  return ranking.map(({ passage: { key, articleKey, start, end }, score, features }) => {
    const { source, text } = articleOf(articleKey);
    return {
      score,
      titleMaxSim: features.titleMaxSim,
      place: places.passagePlace(key),
      article: source,
      start,
      end,
      text: text.slice(start, end),
    };
  });
}
