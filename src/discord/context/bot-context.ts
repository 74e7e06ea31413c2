import type { Client, REST, Snowflake } from 'discord.js';
import type { Logger } from 'pino';
import type { Answer } from '../../answering/answer.js';
import type { AnswerOptions } from '../../answering/answer-question.js';
import type { FoundSources } from '../../answering/claims.js';
import type { Scope } from '../../answering/scope.js';
import type { Community } from '../../community/community.js';
import type { Article, ListedArticle } from '../../corpus/article.js';
import type { PassageInArticle, PassageOpening } from '../../corpus/passage.js';
import type { Suggestions } from '../autocomplete/suggestions.js';
import type { Latencies } from './latencies.js';
import type { RateLimits } from './rate-limits.js';
import type { RecentAnswers } from './recent-answers.js';

/** A library that can be asked, as far as the bot needs it. */
export interface ServedEngine {
  ask(question: string, options?: AnswerOptions): Promise<Answer>;
  findSources(text: string, options?: { readonly scope?: Scope }): Promise<FoundSources>;
  /** Unit vectors of texts: the more alike two texts are, the nearer to 1 is the dot product. */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
  readonly library: {
    readonly articleCount: number;
    readonly passageCount: number;
    readonly isReplaced: boolean;
    readonly modelId: string;
    /** When the index was last changed. */
    readonly changedAt: Date;
    articles(): ListedArticle[];
    eachArticle(): Iterable<ListedArticle>;
    collections(): string[];
    articleById(id: string): Article | null;
    passageById(id: string): PassageInArticle | null;
    passagesOf(articleId: string): PassageInArticle['passage'][];
    passageOpenings(maxCharacters: number): Iterable<PassageOpening>;
    refresh(): boolean;
  };
  close(): Promise<void>;
}

/** What the commands, buttons and messages are answered with. */
export interface BotContext {
  /** Of the present generation of the library. */
  readonly engine: () => ServedEngine;
  readonly suggestions: () => Suggestions;
  readonly community: Community;
  readonly recentAnswers: RecentAnswers;
  readonly rateLimits: RateLimits;
  readonly latencies: Latencies;
  /** What the last people who used a command read, by their id: messages do not say it. */
  readonly locales: Map<Snowflake, string>;
  /** The present connection: a stuck one is replaced. */
  readonly client: () => Client<true>;
  readonly rest: () => REST;
  /** For answers to interactions only. */
  readonly interactionRest: REST;
  /** Whether Discord shows the bot messages that do not mention it. */
  readonly readsMessages: boolean;
  readonly startedAt: Date;
  readonly version: string;
  readonly log: Logger;
}
