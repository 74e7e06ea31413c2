import type { Logger } from 'pino';
import type { Answer } from '../answering/answer.js';
import type { AnswerOptions } from '../answering/answer-question.js';
import type { Article, ListedArticle } from '../corpus/article.js';
import type { PassageInArticle } from '../corpus/passage.js';
import type { EarlierAnswers } from './earlier-answers.js';
import type { LookUp } from './look-up.js';

/** What the Discord side asks of the rest. */
export interface DiscordParts {
  readonly ask: (question: string, options?: Pick<AnswerOptions, 'earlier'>) => Promise<Answer>;
  readonly earlierAnswers: EarlierAnswers;
  readonly articles: () => readonly ListedArticle[];
  readonly article: (id: string) => Article | null;
  readonly passage: (id: string) => PassageInArticle | null;
  /** Of the present generation of the library, or of the one before while it is built; empty at first. */
  readonly lookUp: () => LookUp;
  readonly passageCount: () => number;
  readonly version: string;
  readonly log: Logger;
}
