// Small answers, citations and libraries for the tests of cards.
import type { Answer } from '../../../src/answering/answer.js';
import { type ChannelSettings, SETTINGS } from '../../../src/community/setting-values.js';
import type { Article, ArticleReference } from '../../../src/corpus/article.js';
import type { Block, BlockKind } from '../../../src/corpus/block.js';
import type { Citation } from '../../../src/corpus/citation.js';
import type { Passage } from '../../../src/corpus/passage.js';
import { type AnswerView, NO_VOTES } from '../../../src/discord/cards/answer-card.js';
import type { AskedEngine, BotContext, ServedLibrary } from '../../../src/discord/context/bot-context.js';
import type { Location } from '../../../src/discord/context/location.js';
import { textsFor } from '../../../src/discord/locales/texts.js';
import { plainExcerpt } from '../../corpus/plain-excerpt.js';

/** The id of the person who asks. */
export const ASKER = '123456789012345678';

/** How an answer is shown in most tests: in English, its first page, without the question. */
export const VIEW: AnswerView = {
  texts: textsFor('en'),
  asker: ASKER,
  query: null,
  page: 0,
  passage: null,
  articleId: null,
  isPrivate: false,
  votes: NO_VOTES,
};

/** An article with its passages, as the library stores it. */
export interface StoredArticle {
  readonly article: Article;
  readonly passages: readonly Passage[];
}

/** An article before it is split into passages. */
export interface WrittenArticle extends ArticleReference {
  readonly paragraphs: readonly (readonly [text: string, kind: BlockKind])[];
}

/** Gives articles ids and makes a passage of each paragraph that is not a heading. */
export function articlesOf(all: readonly WrittenArticle[]): StoredArticle[] {
  return all.map(({ paragraphs: given, ...reference }, index) => {
    const id = idOf(index);
    const blocks: Block[] = [];
    let end = -2;
    for (const [text, kind] of given) {
      const start = end + 2;
      end = start + text.length;
      blocks.push({ start, end, kind });
    }
    const text = given.map(([own]) => own).join('\n\n');
    const passages = blocks
      .filter(({ kind }) => kind === 'paragraph')
      .map(({ start, end: until }, ordinal) => ({
        id: idOf(1_000 + index * 10 + ordinal),
        articleId: id,
        ordinal,
        start,
        end: until,
        sentences: [],
        context: [],
      }));
    return {
      article: { ...reference, id, text, sha256: '', language: null, blocks, marks: [], omitted: [] },
      passages,
    };
  });
}

function idOf(number: number): string {
  return String(number)
    .padStart(10, '0')
    .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
}

/** An engine that finds all passages for every question. */
export function served(articles: readonly StoredArticle[]): Pick<BotContext, 'library' | 'engineFor'> {
  const passages = articles.flatMap(({ article: one, passages: own }) =>
    own.map((passage) => ({ article: one, passage })),
  );
  const nothing = (): never => {
    throw new Error('No card needs this');
  };
  const engine: AskedEngine = {
    ask: (question) =>
      Promise.resolve({
        ...answerOf([]),
        question,
        ranking: passages.map(({ article: { text, id }, passage }) => ({
          passageId: passage.id,
          articleId: id,
          text: text.slice(passage.start, passage.end),
          score: 1,
        })),
      }),
    findSources: nothing,
    embed: nothing,
  };
  const library: ServedLibrary = {
    articleCount: articles.length,
    passageCount: passages.length,
    isReplaced: false,
    modelId: 'none',
    changedAt: new Date(0),
    articles: () => articles.map(({ article: one, passages: own }) => ({ ...one, passages: own.length })),
    changesSince: nothing,
    articleByKey: nothing,
    collections: () => [],
    articlesMarked: () => [],
    articleById: (id) => articles.find(({ article: one }) => one.id === id)?.article ?? null,
    passageById: (id) => passages.find(({ passage }) => passage.id === id) ?? null,
    passagesOf: (id) => [...(articles.find(({ article: one }) => one.id === id)?.passages ?? [])],
    openingsOf: nothing,
    refresh: () => false,
  };
  return { library: () => library, engineFor: () => engine };
}

/** A place without settings of its own. */
export const ANYWHERE: Location = {
  channelId: null,
  serverId: null,
  scope: null,
  settings: Object.fromEntries(
    Object.entries(SETTINGS).map(([name, { defaultValue }]) => [name, defaultValue]),
  ) as ChannelSettings,
};

/** An answer with these citations and a confidence of 90%. */
export function answerOf(citations: readonly Citation[]): Answer {
  return {
    question: 'q',
    searched: 'q',
    topic: 'q',
    outcome: 'answered',
    confidence: 0.9,
    notes: [],
    citations,
    ranking: [],
    trace: { candidates: 1, passages: [], decision: null, questions: [] },
    tookMs: 1,
  };
}

/** A citation of a whole passage. @param reference What is known about its article; by default only the file. */
export function citationOf(quote: string, reference: Partial<ArticleReference> = {}): Citation {
  const nothing = { title: null, url: null, publisher: null, published: null, collection: null };
  return {
    passageId: 'abcdefghij',
    article: { id: 'abcdefghij', file: 'file.md', ...nothing, ...reference },
    question: null,
    quote,
    start: 0,
    end: quote.length,
    passage: quote,
    passageStart: 0,
    highlights: [],
    context: [],
    location: { anchor: null, page: null, time: null },
    excerpt: plainExcerpt(quote),
  };
}
