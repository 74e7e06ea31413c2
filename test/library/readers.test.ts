import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { answerQuestion } from '../../src/answering/answer-question.js';
import type { Scope } from '../../src/answering/question/scope.js';
import type { ListedArticle } from '../../src/corpus/article.js';
import type { Library } from '../../src/library/library.js';
import { FakeEmbedder } from './fake-embedder.js';
import { indexFolder, openLibrary } from './fake-library.js';
import { writeArticle, writeMadeUpArticles } from './made-up-articles.js';
import { createFolder, temporaryFolder } from './temporary-folder.js';

const ZEPPELIN =
  'A zeppelin named Marigold moored at the grain silo in October and took eleven passengers across the estuary, among them the mayor, who had never flown before.';

const SCOPES: readonly Scope[] = [
  null,
  { collections: ['collection-1'] },
  { collections: ["'; DROP TABLE passages; --"] },
  { articleId: "'; DROP TABLE passages; --" },
];

let folder: string;
let common: Library;

beforeAll(async () => {
  folder = createFolder();
  writeMadeUpArticles(join(folder, 'seeds'), 30);
  await indexFolder(join(folder, 'seeds'), join(folder, 'index'), new FakeEmbedder());
  common = await openLibrary(join(folder, 'index'));
});

afterAll(() => {
  common.close();
  rmSync(folder, { recursive: true, force: true });
});

test('an open reader finds new articles after it refreshes', async () => {
  const { seeds, index, library } = await ownLibrary();
  const before = library.passageCount;
  expect(library.refresh()).toBe(false);

  writeArticle(seeds, 'collection-9/zeppelin.md', ZEPPELIN);
  await indexFolder(seeds, index, new FakeEmbedder());
  expect(library.refresh()).toBe(true);
  expect(library.refresh()).toBe(false);
  expect(library.passageCount).toBe(before + 1);
  expect(library.collections()).toContain('collection-9');
  expect(textsOf(library, library.searchTerms('zeppelin', 5, null))).toEqual([ZEPPELIN]);
  const vector = await new FakeEmbedder().vectorOf(ZEPPELIN);
  expect(textsOf(library, library.searchVectors(vector, 1, null))).toEqual([ZEPPELIN]);
  expect(textsOf(library, library.searchVectors(vector, 1, { collections: ['collection-9'] }))).toEqual([ZEPPELIN]);
});

test('an open reader stops finding removed articles, and their tokens no longer count', async () => {
  const { seeds, index, library } = await ownLibrary();
  writeArticle(seeds, 'zeppelin.md', ZEPPELIN);
  await indexFolder(seeds, index, new FakeEmbedder());
  library.refresh();
  const [tokens = new Uint32Array()] = await new FakeEmbedder().tokenize(['Marigold']);
  const marigold = tokens[0] ?? 0;
  expect(library.tokenFrequency(marigold)).toBe(1);

  rmSync(join(seeds, 'zeppelin.md'));
  await indexFolder(seeds, index, new FakeEmbedder());
  expect(library.refresh()).toBe(true);
  expect(library.tokenFrequency(marigold)).toBe(0);
  expect(library.searchTerms('zeppelin', 5, null)).toEqual([]);
  const vector = await new FakeEmbedder().vectorOf(ZEPPELIN);
  expect(textsOf(library, library.searchVectors(vector, 10, null))).not.toContain(ZEPPELIN);
});

test('through ten updates, an open reader finds the same as a newly opened one', async () => {
  const { seeds, index, library } = await ownLibrary();
  const question = await new FakeEmbedder().vectorOf('the harbour master sold two bronze bells');
  for (let update = 0; update < 10; update++) {
    writeMadeUpArticles(seeds, 8 + update, update % 3);
    await indexFolder(seeds, index, new FakeEmbedder());
    library.refresh();
    const fresh = await openLibrary(index);
    const textsNear = (reader: Library): string[] =>
      textsOf(reader, reader.searchVectors(question, 15, null)).toSorted();
    expect(textsNear(library)).toEqual(textsNear(fresh));
    expect(library.passageCount).toBe(fresh.passageCount);
    fresh.close();
  }
});

test('eachArticle yields the same articles as articles', () => {
  expect([...common.eachArticle()]).toEqual(common.articles());
});

test('openingsOf lists the beginning of every passage of an article', () => {
  const openings = common.changesSince(new Set()).added.flatMap((key) => common.openingsOf(key, 40));
  expect(openings).toHaveLength(common.passageCount);
  for (const { passageId, articleId, title, file, collection, opening } of openings) {
    const { article, passage } = common.passageById(passageId) ?? {};
    expect(article).toMatchObject({ id: articleId, title, file, collection });
    const first = passage?.sentences.find(({ isLabel }) => !isLabel);
    expect(opening).toBe(article?.text.slice(first?.start, (first?.start ?? 0) + 40));
  }
});

test('candidates leaves out passages that were just removed', async () => {
  const { seeds, index, library } = await ownLibrary();
  const found = library.searchTerms('bells', 50, null).map(({ key }) => key);
  rmSync(join(seeds, 'collection-0'), { recursive: true });
  await indexFolder(seeds, index, new FakeEmbedder());
  const remaining = library.candidates(found);
  expect(remaining.length).toBeLessThan(found.length);
  expect(remaining.length).toBeGreaterThan(0);
});

test('a question is answered while another process replaces an article', async () => {
  const { seeds, index, library } = await ownLibrary();
  writeArticle(seeds, 'zeppelin.md', ZEPPELIN);
  await indexFolder(seeds, index, new FakeEmbedder());
  library.refresh();
  const embedder = new FakeEmbedder();
  let calls = 0;
  const encoder = {
    async embedQuestion(text: string) {
      const [tokens = new Uint32Array()] = await embedder.tokenize([text]);
      const vector = await embedder.vectorOf(text);
      return { vector, tokens, tokenVectors: Array.from(tokens, () => vector) };
    },
    // The last thing that answering waits for before it reads the library.
    async vocabulary() {
      calls += 1;
      writeArticle(seeds, 'zeppelin.md', ZEPPELIN.replace('eleven', calls % 2 === 0 ? 'twelve' : 'thirteen'));
      await indexFolder(seeds, index, embedder);
      return [];
    },
  };
  const answer = await answerQuestion('Who took the zeppelin named Marigold?', {
    store: library,
    encoder,
    clock: () => 0,
    coefficients: null,
  });
  expect(answer.ranking.length).toBeGreaterThan(0);
});

describe('every search finds everything in its scope and nothing else', () => {
  test('in one or several collections, in any order', () => {
    for (const collections of [
      ['collection-0'],
      ['collection-1'],
      ['collection-2', 'collection-0'],
      ['collection-0', 'collection-2'],
      ['collection-1', 'none', 'collection-1'],
    ])
      expectScope({ collections }, ({ collection }) => collections.includes(collection ?? ''));
  });

  test('in one article', () => {
    for (const { id } of common.articles()) expectScope({ articleId: id }, (article) => article.id === id);
  });

  test.each<[string, Scope]>([
    ['in an empty list of collections', { collections: [] }],
    ['in an unknown collection', { collections: ['collection-9'] }],
    [
      'in collections whose names are SQL or JSON syntax',
      { collections: ["x') OR 1=1 --", '"]', '%', '\ud800', '\u0000'] },
    ],
    ['in an unknown article', { articleId: 'aaaaaaaaaa' }],
    ['in an article whose id is SQL syntax', { articleId: "' OR 1=1 --" }],
  ])('%s', (_, scope) => {
    expectScope(scope, () => false);
  });

  test('in many articles one after another, and in the first ones again', () => {
    const ids = common.articles().map(({ id }) => id);
    for (const id of [...ids, ...ids.slice(0, 3)]) expectScope({ articleId: id }, (article) => article.id === id);
  });

  function expectScope(scope: Scope, isInScope: (article: ListedArticle) => boolean): void {
    const expected = common.articles().filter(isInScope);
    const passages = expected.reduce((sum, article) => sum + article.passages, 0);
    const idsOf = (keys: readonly number[]): string[] =>
      [...new Set(keys)].map((key) => common.article(key).reference.id).toSorted();
    const found = common.searchVectors(new Float32Array(64).fill(0.125), 1000, scope).map(({ key }) => key);
    expect(new Set(found).size).toBe(passages);
    const ofPassages = common.candidates(found).map(({ articleKey }) => articleKey);
    expect(idsOf(ofPassages)).toEqual(expected.map(({ id }) => id).toSorted());
    // Every article has these words.
    const byTerms = common.searchTerms('the of story', 1000, scope).map(({ key }) => key);
    expect(idsOf(common.candidates(byTerms).map(({ articleKey }) => articleKey))).toEqual(idsOf(ofPassages));
    const articles = common.searchArticles('story', 1000, scope).map(({ articleKey }) => articleKey);
    expect(idsOf(articles)).toEqual(idsOf(ofPassages));
  }
});

test('FTS5 syntax in a question is read as plain words', () => {
  const plain = keysFor('bronze bells');
  expect(plain.length).toBeGreaterThan(0);
  for (const question of [
    '"bronze bells"',
    '"bronze" "bells',
    'bronze* bells*',
    '-bronze +bells',
    '^bronze bells',
    'text:bronze {text}:bells',
    '(bronze bells',
    'bronze; bells --',
    "bronze' bells''",
    'bronze\u0000 bells',
    'bronze/bells?!',
  ]) {
    expect(keysFor(question.replace('text', '')), question).toEqual(plain);
  }
  // OR, AND, NOT and NEAR are searched for like other words, and exclude nothing.
  for (const question of ['bronze AND bells', 'bronze NOT bells', 'NEAR(bronze bells, 2)', 'bronze OR bells'])
    expect(keysFor(question).length, question).toBeGreaterThanOrEqual(plain.length);
});

test('no question makes a search throw', () => {
  const syntax = fc.constantFrom(
    '"',
    "'",
    '*',
    '-',
    '^',
    '(',
    ')',
    ':',
    '{',
    '}',
    '+',
    ',',
    '\\',
    ';',
    '\u0000',
    'NEAR',
    'OR',
    'AND',
    'NOT',
    'bells',
    'NEAR/2',
    '�',
    '́',
  );
  const question = fc.oneof(
    fc.array(syntax, { maxLength: 12 }).map((parts) => parts.join(' ')),
    fc.array(syntax, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
  );
  fc.assert(
    fc.property(question, fc.constantFrom(...SCOPES), (text, scope) => {
      common.searchTerms(text, 10, scope);
      const [best] = common.searchArticles(text, 10, scope);
      if (best !== undefined) common.passagesOfArticle(best.articleKey, text, 1);
    }),
    { numRuns: 250 },
  );
  expect(common.passageCount).toBeGreaterThan(0);
});

test('a question of two thousand characters is searched within half a second', () => {
  const words = Array.from({ length: 400 }, (_, index) => `w${index}`).join(' ');
  const startedAt = performance.now();
  expect(common.searchTerms(words, 10, null)).toEqual([]);
  expect(performance.now() - startedAt).toBeLessThan(500);
});

test('a search by terms ignores accents, capitals and endings', () => {
  for (const question of ['BELL', 'bells', 'bëlls', 'Belling'])
    expect(keysFor(question), question).toEqual(keysFor('bells'));
});

test('passagesOfArticle returns all passages of a short article in order, and the best matches in a long one', () => {
  const [article] = common.searchArticles('bells', 1, null);
  const key = article?.articleKey ?? 0;
  const all = common.passagesOfArticle(key, 'bells', 40);
  expect(common.candidates(all).map(({ start }) => start)).toEqual(
    common
      .candidates(all)
      .map(({ start }) => start)
      .toSorted((a, b) => a - b),
  );
  const best = common.passagesOfArticle(key, 'bells', 1);
  expect(best).toHaveLength(1);
  expect(
    textsOf(
      common,
      best.map((passage) => ({ key: passage })),
    )[0],
  ).toContain('bells');
});

function keysFor(question: string): number[] {
  return common.searchTerms(question, 1000, null).map(({ key }) => key);
}

async function ownLibrary(): Promise<{ seeds: string; index: string; library: Library }> {
  const root = temporaryFolder();
  const seeds = join(root, 'seeds');
  const index = join(root, 'index');
  writeMadeUpArticles(seeds, 8);
  await indexFolder(seeds, index, new FakeEmbedder());
  const library = await openLibrary(index);
  onTestFinished(() => library.close());
  return { seeds, index, library };
}

function textsOf(library: Library, found: readonly { readonly key: number }[]): string[] {
  return library
    .candidates(found.map(({ key }) => key))
    .map(({ articleKey, start, end }) => library.article(articleKey).text.slice(start, end));
}
