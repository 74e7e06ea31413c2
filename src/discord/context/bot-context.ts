import type { Client, REST, Snowflake } from 'discord.js';
import type { Logger } from 'pino';
import type { Answer } from '../../answering/answer.js';
import type { AnswerOptions } from '../../answering/answer-question.js';
import type { FindSourcesOptions, FoundSources } from '../../answering/claims/find-sources.js';
import type { FoldedQuestions } from '../../answering/pins/folded-questions.js';
import type { Community } from '../../community/community.js';
import type { Article, ListedArticle } from '../../corpus/article.js';
import type { PassageInArticle } from '../../corpus/passage.js';
import type { SuggestedLibrary } from '../autocomplete/live-suggestions.js';
import type { Suggestions } from '../autocomplete/suggestions.js';
import type { FollowedThreads } from './followed-threads.js';
import type { HelpShown } from './help-shown.js';
import type { Latencies } from './latencies.js';
import type { Members } from './members.js';
import type { QueueState } from './question-queue.js';
import type { RateLimits } from './rate-limits.js';
import type { RecentAnswers } from './recent-answers.js';
import type { RefusedChannels } from './refused-channels.js';
import type { WordDrafts } from './word-drafts.js';

/** What answers questions. It runs in a thread of its own, so nothing here keeps the bot from answering Discord. */
export interface AskedEngine {
  /** Answers a question. */
  ask(question: string, options?: AnswerOptions): Promise<Answer>;
  /** Finds the passages that each sentence of a text can be traced to. */
  findSources(text: string, options?: FindSourcesOptions): Promise<FoundSources>;
  /** Returns one unit vector per text. The dot product of two vectors is the similarity of their texts. */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
}

/** The open library, read directly for listings and look-ups by id. */
export interface ServedLibrary extends SuggestedLibrary {
  readonly articleCount: number;
  readonly passageCount: number;
  /** Whether another process has replaced the index, so it has to be opened again. */
  readonly isReplaced: boolean;
  readonly modelId: string;
  /** When the index last changed. */
  readonly changedAt: Date;
  articles(): ListedArticle[];
  collections(): string[];
  articlesMarked(mark: string): { readonly id: string; readonly collection: string; readonly file: string }[];
  articleById(id: string): Article | null;
  passageById(id: string): PassageInArticle | null;
  passagesOf(articleId: string): PassageInArticle['passage'][];
  /** Reads what other processes have written. Returns whether anything changed. */
  refresh(): boolean;
}

/** What has failed and was started again since the engine was opened. */
export interface EngineHealth {
  /** Model processes that died or hung. */
  readonly replacedModels: number;
  /** Answering threads that died or hung. */
  readonly replacedThreads: number;
  /** When something was last replaced; null if nothing was. */
  readonly replacedAt: Date | null;
}

/** The engine of an index, with the library that it answers from. */
export interface ServedEngine extends AskedEngine {
  readonly library: ServedLibrary;
  readonly health: EngineHealth;
  close(): Promise<void>;
}

/** An article that was added and cannot be read. */
export interface UnreadableAddition {
  /** Id of the added article. */
  readonly id: string;
  readonly reason: string;
}

/** Brings the index in line with what people have added. */
export interface AddedFiles {
  /**
   * Resolves when what is stored now is indexed. If nothing has changed, nothing is done.
   *
   * @param options `isForced`: look at the index in any case. Default: false.
   * @returns what cannot be read.
   */
  sync(community: Pick<Community, 'added'>, options?: { readonly isForced?: boolean }): Promise<UnreadableAddition[]>;
}

/** Articles of the index that people have added, by their collection. */
export type AddedIndex = ReadonlyMap<string, readonly { readonly id: string; readonly file: string }[]>;

/** Everything that commands, buttons and messages need for their answers. There is one per running bot. */
export interface BotContext {
  /** The library of the current index. Do not store it: it changes when the index is rebuilt. */
  readonly library: () => ServedLibrary;
  /** The engine of the current index for one person, who waits for their turn. Throws a `TransientError` if too many wait. */
  readonly engineFor: (personId: Snowflake) => AskedEngine;
  /** Engine failures and the state of the queue. */
  readonly engineState: () => EngineHealth & QueueState;
  /** Autocomplete for the current index. May lag behind {@link library} for a moment after an update. */
  readonly suggestions: () => Suggestions;
  /** Looks at once whether the index has changed, instead of within seconds. */
  readonly refreshLibrary: () => Promise<void>;
  /** What people have added, as it is in the index. */
  readonly addedIndex: () => AddedIndex;
  readonly addedFiles: AddedFiles;
  /** Votes, settings, unanswered questions, pins and added articles. */
  readonly community: Community;
  /** The folded forms of pinned questions. */
  readonly foldedQuestions: FoldedQuestions;
  readonly recentAnswers: RecentAnswers;
  readonly rateLimits: RateLimits;
  readonly followedThreads: FollowedThreads;
  readonly helpShown: HelpShown;
  readonly members: Members;
  /** What people have typed as their server's own words and not saved yet. */
  readonly wordDrafts: WordDrafts;
  readonly refusedChannels: RefusedChannels;
  readonly latencies: Latencies;
  /** The locale of people who recently used a command, by user id. Discord does not send it with messages. */
  readonly locales: Map<Snowflake, string>;
  /** The current client. Do not store it: a stuck connection is replaced. */
  readonly client: () => Client<true>;
  /** The current client's REST connection. */
  readonly rest: () => REST;
  /** Only for responses to interactions; see `createInteractionRest`. */
  readonly interactionRest: REST;
  /** Whether the bot can read messages that do not mention it. Needs the Message Content intent. */
  readonly readsMessages: boolean;
  readonly startedAt: Date;
  readonly version: string;
  readonly log: Logger;
}
