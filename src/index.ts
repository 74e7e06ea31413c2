/**
 * Footnote as a library: index a folder of articles, ask questions and cite passages, without the terminal or Discord.
 *
 * @module
 */
import type { Answer } from './answering/answer.js';
import { type PublicAnswer, toPublicAnswer } from './answering/public-answer.js';
import type { ArticleReference, ListedArticle } from './corpus/article.js';
import type { Engine } from './engine.js';
import type { IndexReport } from './indexing/index-articles.js';
import type { UpdateProgress } from './indexing/update-library.js';
import { parseSettings, type Settings } from './settings.js';
import { toUserError } from './storage/storage-errors.js';
import { sliceOf } from './text/span.js';

export type {
  PublicAnswer as Answer,
  PublicCitation as Citation,
  PublicNote as Note,
  PublicRank as RankedPassage,
} from './answering/public-answer.js';
export { QuestionError } from './answering/question/question.js';
export type { SmallTalk } from './answering/question/small-talk.js';
export type { ArticleReference, ListedArticle } from './corpus/article.js';
export type { IndexReport } from './indexing/index-articles.js';
export type { UpdateProgress as IndexProgress } from './indexing/update-library.js';
export { NothingIndexedError } from './library/nothing-indexed-error.js';
export { DamagedIndexError, type DamagedPart } from './storage/damaged-index-error.js';
export { UserError } from './user-error.js';

/** Where things are, and which model to use. Relative paths start from the working folder. */
export interface FootnoteOptions {
  /** Folder of the built index. Default: `index`. */
  readonly index?: string;
  /** A sentence embedding model. Default: the one that comes with Footnote. */
  readonly model?: string;
  /** Folder that holds the models, each in owner/name. Default: the one that comes with Footnote. */
  readonly models?: string;
  /** Called with what a person should know, one line each: a rebuilt snapshot, a model process that was restarted. */
  readonly onNotice?: (notice: string) => void;
}

/** How to build or update an index. */
export interface IndexOptions extends FootnoteOptions {
  /** Folder of the articles, or several files and folders. Default: `seeds`. */
  readonly seeds?: string | readonly string[];
  /** Builds a new index and replaces the current one. Default: false. */
  readonly rebuild?: boolean;
  /** Model processes, 1 to 16. Default: one per core. */
  readonly workers?: number;
  /** Stops within a few seconds, except while an earlier version is upgraded; what was done is kept. */
  readonly signal?: AbortSignal;
  /** Called as indexing goes on. */
  readonly onProgress?: (progress: UpdateProgress) => void;
}

/** How to ask a question. */
export interface AskOptions {
  /** Asks only the articles of one collection: a folder in the seeds folder. */
  readonly collection?: string;
  /** Passages in `ranking`, 5 by default. */
  readonly limit?: number;
  /** The answer that this question follows up on: "and in 2017?". It must come from the same `Footnote`. */
  readonly after?: PublicAnswer;
}

/** A passage, word for word, with its source. */
export interface CitedPassage {
  readonly passageId: string;
  readonly article: ArticleReference;
  /** The slice `start` to `end` (UTF-16 code units) of the article's text. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** An open index. Close it when you are done: it owns a model process. */
export interface Footnote {
  /**
   * Answers a question.
   *
   * @throws {QuestionError} if it is empty, too long, has no words, or is only small talk.
   * @throws {UserError} if the collection doesn't exist.
   */
  ask(question: string, options?: AskOptions): Promise<PublicAnswer>;
  /** A passage by its id; null if it is not in the index. */
  cite(passageId: string): CitedPassage | null;
  /** All articles, by collection and file. */
  articles(): ListedArticle[];
  /** The names of the collections. */
  collections(): string[];
  /** Closes the index and ends the model process. */
  close(): Promise<void>;
}

/**
 * Builds an index, or updates it with what has changed in the articles.
 *
 * @throws {UserError} if there are no articles, another process is indexing, or the disk is full.
 */
export async function indexArticles(options: IndexOptions = {}): Promise<IndexReport> {
  const { seeds = 'seeds', rebuild = false, signal, onProgress, onNotice } = options;
  const { indexFolder, model, workers } = settingsOf(options);
  const { indexArticles: run } = await import('./indexing/index-articles.js');
  return run({
    paths: typeof seeds === 'string' ? [seeds] : seeds,
    indexFolder,
    model,
    workers,
    rebuild,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
    ...(onNotice && { onNotice }),
  });
}

/**
 * Opens an index that was built before and starts the model.
 *
 * @throws {NothingIndexedError} if nothing is indexed there.
 * @throws {UserError} if the index doesn't fit the model.
 */
export async function openFootnote(options: FootnoteOptions = {}): Promise<Footnote> {
  const settings = settingsOf(options);
  const { openPinnedEngine } = await import('./pinned-engine.js');
  return createFootnote(await openPinnedEngine(settings, options), settings);
}

function createFootnote(engine: Engine, { indexFolder }: Settings): Footnote {
  const { library } = engine;
  // Follow-ups need the whole answer; the public one is a part of it.
  const answers = new WeakMap<PublicAnswer, Answer>();
  const reading = <Result>(read: () => Result): Result => {
    try {
      return read();
    } catch (error) {
      throw toUserError(error, indexFolder);
    }
  };
  return {
    async ask(question, { collection = null, limit, after } = {}) {
      engine.requireCollection(collection);
      const { earlierFrom } = await import('./answering/follow-up.js');
      const earlier = after === undefined ? undefined : answers.get(after);
      try {
        library.refresh();
        const answer = await engine.ask(question, {
          scope: collection === null ? null : { collections: [collection] },
          ...(limit !== undefined && { limit }),
          ...(earlier && { earlier: earlierFrom(earlier) }),
        });
        const shown = toPublicAnswer(answer);
        answers.set(shown, answer);
        return shown;
      } catch (error) {
        throw toUserError(error, indexFolder);
      }
    },
    cite(passageId) {
      const found = reading(() => library.passageById(passageId));
      if (found === null) return null;
      const { start, end } = found.passage;
      const { id, title, url, publisher, published, file, collection } = found.article;
      const article = { id, title, url, publisher, published, file, collection };
      return { passageId, article, text: sliceOf(found.article.text, { start, end }), start, end };
    },
    articles: () => reading(() => library.articles()),
    collections: () => reading(() => library.collections()),
    close: () => engine.close(),
  };
}

const OPTION_NAMES = {
  FOOTNOTE_INDEX: 'index',
  FOOTNOTE_MODEL: 'model',
  FOOTNOTE_MODELS: 'models',
  FOOTNOTE_WORKERS: 'workers',
};

/** The environment and .env are for the programs: a library does what it is told. */
function settingsOf({ index, model, models, workers }: FootnoteOptions & Pick<IndexOptions, 'workers'>): Settings {
  const stated = {
    FOOTNOTE_INDEX: index,
    FOOTNOTE_MODEL: model,
    FOOTNOTE_MODELS: models,
    FOOTNOTE_WORKERS: workers === undefined ? undefined : String(workers),
  };
  return parseSettings(stated, process.cwd(), OPTION_NAMES);
}
