import { expect, test } from 'vitest';
import type { QuestionResult } from '../../src/answering/question-result.js';
import { createEvaluatedEngine, type EvaluatedLibrary } from '../../src/evaluation/evaluated-engine.js';

const ARTICLES = new Map([
  [1, { id: 'aaaaaaaaaa', file: 'seeds/Articles.JSONL#d1', text: 'One.' }],
  [2, { id: 'bbbbbbbbbb', file: 'news/reykjavik.md', text: 'Two.' }],
]);

/** A library with one passage per article, which it finds for any question. */
function createLibrary(readKeys: number[] = []): EvaluatedLibrary {
  return {
    searchTerms: (_question, limit) => [{ key: 20, score: 3 }].slice(0, limit),
    searchVectors: (_vector, limit) =>
      [
        { key: 10, score: 0.9 },
        { key: 20, score: 0.5 },
      ].slice(0, limit),
    passageSpans: (keys) => keys.map((key) => ({ key, articleKey: key / 10, start: 0, end: 4 })),
    article(articleKey) {
      readKeys.push(articleKey);
      const { file = '', text = '' } = ARTICLES.get(articleKey) ?? {};
      return { reference: { file }, text };
    },
    eachArticle: () => ARTICLES.values(),
    articleKey: (id) => [...ARTICLES].find(([, article]) => article.id === id)?.[0] ?? null,
  };
}

const noQuestions = (): Promise<never> => Promise.reject(new Error('Nothing is asked here.'));

test('each retriever returns its passages with their scores, down to a depth', () => {
  const engine = createEvaluatedEngine(createLibrary(), noQuestions);
  const result = { prepared: { text: 'Who?', encoded: { vector: new Float32Array(2) } } } as unknown as QuestionResult;
  expect(engine.retrieve(result, 100)).toEqual({
    terms: [{ key: 20, articleKey: 2, start: 0, end: 4, score: 3 }],
    vectors: [
      { key: 10, articleKey: 1, start: 0, end: 4, score: 0.9 },
      { key: 20, articleKey: 2, start: 0, end: 4, score: 0.5 },
    ],
  });
  expect(engine.retrieve(result, 1).vectors.map(({ key }) => key)).toEqual([10]);
});

test('the source of an article is its path, with its id if it is in a bulk file', () => {
  const engine = createEvaluatedEngine(createLibrary(), noQuestions);
  expect([...engine.articles()]).toEqual([
    { source: 'seeds/Articles.JSONL#d1', text: 'One.' },
    { source: 'news/reykjavik.md', text: 'Two.' },
  ]);
});

test('the source of an article is its id if all are in one bulk file', () => {
  const engine = createEvaluatedEngine(createLibrary(), noQuestions, { isOneBulkFile: true });
  expect(engine.article(1)).toEqual({ source: 'd1', text: 'One.' });
  expect([...engine.articles()].map(({ source }) => source)).toEqual(['d1', 'news/reykjavik.md']);
});

test('each article is read once', () => {
  const readKeys: number[] = [];
  const engine = createEvaluatedEngine(createLibrary(readKeys), noQuestions);
  for (let count = 0; count < 3; count++) expect(engine.articleById('aaaaaaaaaa').text).toBe('One.');
  expect(engine.article(1).text).toBe('One.');
  expect(readKeys).toEqual([1]);
});

test('a citation of an article that is not in the library is a bug', () => {
  const engine = createEvaluatedEngine(createLibrary(), noQuestions);
  expect(() => engine.articleById('cccccccccc')).toThrow('Article cccccccccc is cited but not in the library.');
});
