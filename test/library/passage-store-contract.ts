import { beforeAll, describe, expect, test } from 'vitest';
import type { CandidatePassage, PassageKey, PassageStore } from '../../src/answering/ports/passage-store.js';
import type { EncodedQuestion } from '../../src/answering/question/question-encoder.js';
import type { Scope } from '../../src/answering/question/scope.js';
import { codeBytes } from '../../src/vectors/sign-codes.js';
import type { SmallArticle } from '../answering/small-library.js';

/** A store with the articles of the contract. */
export interface StoreUnderTest {
  readonly store: PassageStore;
  /** The id of each article, in the order of {@link CONTRACT_ARTICLES}. */
  readonly articleIds: readonly string[];
  /** Encodes a question with the model that the passages were embedded with. */
  readonly encode: (question: string) => Promise<EncodedQuestion>;
  /** Removes an article behind the store's back, as another process would. Null if nothing can. */
  readonly removeArticle: ((id: string) => void) | null;
}

/** Parts of the contract that a store may leave out on purpose. */
export type ContractPart = 'searchVectors' | 'best passages of a long article' | 'nearestWord' | 'changes from outside';

/**
 * The articles that each store in the suite has. All their words are different, except a few that the tests search for.
 */
export const CONTRACT_ARTICLES: readonly SmallArticle[] = [
  {
    title: 'Harbour',
    collection: 'coast',
    published: '2021-05-19',
    passages: [
      ['# Timetable', 'The ferry leaves every morning.'],
      ['Another ferry carries salt. Barrels of salt, mostly.'],
      ['A lighthouse keeper counts ships.'],
    ],
  },
  { title: null, collection: 'hills', passages: [['Copper lies below the town.'], ['Bats sleep in empty shafts.']] },
  { title: 'Town', passages: [['One ferry ticket costs two barrels of copper.']] },
];

const HARBOUR = 0;
const HILLS = 1;
const TOWN = 2;
/** No store has this many passages or articles. */
const UNKNOWN_KEY = 1_000_000;

/**
 * Declares the tests of what `src/answering/ports/passage-store.ts` promises. Every store that answering is used or tested with runs
 * them.
 *
 * @param open Makes a store with {@link CONTRACT_ARTICLES}.
 * @param exceptions What the store leaves out, with the reason.
 */
export function describePassageStore(
  name: string,
  open: () => Promise<StoreUnderTest>,
  exceptions: Readonly<Partial<Record<ContractPart, string>>> = {},
): void {
  describe(name, () => {
    const subject = new Subject(open, exceptions);
    beforeAll(() => subject.start());
    declareSearchTerms(subject);
    declareSearchVectors(subject);
    declareSearchArticles(subject);
    declareScopes(subject);
    declarePassagesOfArticle(subject);
    declareCandidates(subject);
    declareTokenStatistics(subject);
    declareWordStatistics(subject);
    declareArticleTexts(subject);
    declarePassagePlaces(subject);
    declareNearestWord(subject);
    declareReadConsistently(subject);
  });
}

/** A store that the tests share, with the names of the contract's articles for what is in it. */
class Subject {
  readonly #exceptions: Readonly<Partial<Record<ContractPart, string>>>;
  #opened: StoreUnderTest | null = null;

  constructor(
    /** Makes another store, for a test that changes it. */
    readonly open: () => Promise<StoreUnderTest>,
    exceptions: Readonly<Partial<Record<ContractPart, string>>>,
  ) {
    this.#exceptions = exceptions;
  }

  async start(): Promise<void> {
    this.#opened = await this.open();
  }

  get store(): PassageStore {
    return this.#started().store;
  }

  encode(question: string): Promise<EncodedQuestion> {
    return this.#started().encode(question);
  }

  /** Declares a test of a part that a store may leave out. */
  testPart(part: ContractPart, title: string, run: () => Promise<void> | void): void {
    test(title, async ({ skip }) => {
      const reason = this.#exceptions[part];
      if (reason !== undefined) skip(reason);
      await run();
    });
  }

  idOf(article: number): string {
    return this.#started().articleIds[article] ?? '';
  }

  keyOf(article: number): number {
    const key = this.store.articleKey(this.idOf(article));
    if (key === null) throw new Error(`The store has no article ${this.idOf(article)}`);
    return key;
  }

  expectedIds(articles: readonly number[]): string[] {
    return articles.map((article) => this.idOf(article)).toSorted();
  }

  passagesOf(article: number): PassageKey[] {
    return this.store.passagesOfArticle(this.keyOf(article), '', 100);
  }

  textOf(passage: CandidatePassage | undefined): string {
    return passage === undefined ? '' : this.store.article(passage.articleKey).text.slice(passage.start, passage.end);
  }

  textsOf(found: readonly { readonly key: PassageKey }[]): string[] {
    return this.store.candidates(found.map(({ key }) => key)).map((passage) => this.textOf(passage));
  }

  idsOf(found: readonly { readonly articleKey: number }[]): string[] {
    return found.map(({ articleKey }) => this.store.article(articleKey).reference.id);
  }

  /** The ids of the articles that passages are from, each once, sorted. */
  articlesOf(found: readonly { readonly key: PassageKey }[]): string[] {
    return [...new Set(this.idsOf(this.store.candidates(found.map(({ key }) => key))))].toSorted();
  }

  #started(): StoreUnderTest {
    if (this.#opened === null) throw new Error('The store is not open yet');
    return this.#opened;
  }
}

function declareSearchTerms(subject: Subject): void {
  describe('searchTerms', () => {
    test('ranks the passage with more of the words first', () => {
      expect(subject.textsOf(subject.store.searchTerms('salt ferry', 10, null))[0]).toContain('ferry carries salt');
    });

    test('returns every passage with at least one of the words, with descending scores', () => {
      const found = subject.store.searchTerms('ferry lighthouse', 10, null);
      expect(found).toHaveLength(4);
      expectDescending(found);
    });

    test('returns only the best if there are more than the limit', () => {
      const all = subject.store.searchTerms('ferry salt', 10, null);
      expect(subject.store.searchTerms('ferry salt', 1, null)).toEqual(all.slice(0, 1));
      expect(subject.store.searchTerms('ferry salt', 0, null)).toEqual([]);
    });

    test('returns nothing for unknown words and for a question without words', () => {
      for (const question of ['zeppelin', '', '?! …'])
        expect(subject.store.searchTerms(question, 10, null)).toEqual([]);
    });

    test('ignores capitals, punctuation, repetition and the syntax of query languages', () => {
      const expected = subject.store.searchTerms('ferry', 10, null);
      expect(expected).toHaveLength(3);
      for (const question of ['FERRY', 'Ferry?', 'ferry ferry', '"ferry*', '-ferry^2 ('])
        expect(subject.store.searchTerms(question, 10, null), question).toEqual(expected);
    });

    test('does not search titles', () => {
      expect(subject.store.searchTerms('harbour', 10, null)).toEqual([]);
    });
  });
}

function declareSearchVectors(subject: Subject): void {
  describe('searchVectors', () => {
    subject.testPart('searchVectors', 'returns the most similar passages first, with their similarity', async () => {
      const { vector } = await subject.encode('A lighthouse keeper counts ships.');
      const found = subject.store.searchVectors(vector, 3, null);
      expect(subject.textsOf(found)[0]).toBe('A lighthouse keeper counts ships.');
      expect(found[0]?.score).toBeCloseTo(1, 4);
      expectDescending(found);
    });

    subject.testPart(
      'searchVectors',
      'returns all passages if there are fewer than the limit, and none more than it',
      async () => {
        const { vector } = await subject.encode('ferry');
        expect(subject.store.searchVectors(vector, 100, null)).toHaveLength(subject.store.passageCount);
        expect(subject.store.searchVectors(vector, 2, null)).toHaveLength(2);
        expect(subject.store.searchVectors(vector, 0, null)).toEqual([]);
      },
    );
  });
}

function declareSearchArticles(subject: Subject): void {
  describe('searchArticles', () => {
    test('searches titles and texts, and ranks the article with more of the words first', () => {
      expect(subject.idsOf(subject.store.searchArticles('harbour', 10, null))).toEqual([subject.idOf(HARBOUR)]);
      expect(subject.idsOf(subject.store.searchArticles('copper bats', 10, null))).toEqual([
        subject.idOf(HILLS),
        subject.idOf(TOWN),
      ]);
      expectDescending(subject.store.searchArticles('copper bats', 10, null));
    });

    test('returns only the best if there are more than the limit', () => {
      expect(subject.idsOf(subject.store.searchArticles('copper bats', 1, null))).toEqual([subject.idOf(HILLS)]);
    });

    test('returns nothing for unknown words and for a question without words', () => {
      for (const question of ['zeppelin', '', '?!'])
        expect(subject.store.searchArticles(question, 10, null)).toEqual([]);
    });
  });
}

/** Every search finds what is in its scope, and nothing else. */
function declareScopes(subject: Subject): void {
  describe.each<[string, () => Scope, readonly number[]]>([
    ['everything', () => null, [HARBOUR, HILLS, TOWN]],
    ['one collection', () => ({ collections: ['coast'] }), [HARBOUR]],
    ['several collections', () => ({ collections: ['hills', 'coast', 'hills'] }), [HARBOUR, HILLS]],
    ['no collection', () => ({ collections: [] }), []],
    ['an unknown collection', () => ({ collections: ['sea'] }), []],
    ['everything but a collection', () => ({ collections: null, withoutCollections: ['coast'] }), [HILLS, TOWN]],
    [
      'everything but an article',
      () => ({ collections: null, withoutArticles: [subject.idOf(TOWN)] }),
      [HARBOUR, HILLS],
    ],
    [
      'some collections, without an article and a collection',
      () => ({
        collections: ['coast', 'hills'],
        withoutCollections: ['hills'],
        withoutArticles: [subject.idOf(TOWN)],
      }),
      [HARBOUR],
    ],
    ['one article', () => ({ articleId: subject.idOf(TOWN) }), [TOWN]],
    ['an unknown article', () => ({ articleId: 'unknown' }), []],
  ])('in the scope of %s', (_, scopeOf, articles) => {
    // Every article has one of these words, and so does every passage.
    const question = 'every ferry lighthouse copper bats';

    test('searchTerms finds the passages of these articles only', () => {
      expect(subject.articlesOf(subject.store.searchTerms(question, 100, scopeOf()))).toEqual(
        subject.expectedIds(articles),
      );
    });

    test('searchArticles finds these articles only', () => {
      expect(subject.idsOf(subject.store.searchArticles(question, 100, scopeOf())).toSorted()).toEqual(
        subject.expectedIds(articles),
      );
    });

    subject.testPart('searchVectors', 'searchVectors finds the passages of these articles only', async () => {
      const { vector } = await subject.encode(question);
      expect(subject.articlesOf(subject.store.searchVectors(vector, 100, scopeOf()))).toEqual(
        subject.expectedIds(articles),
      );
    });
  });
}

function declarePassagesOfArticle(subject: Subject): void {
  describe('passagesOfArticle', () => {
    test('returns all passages in the order of the text', () => {
      const passages = subject.store.candidates(subject.passagesOf(HARBOUR));
      expect(passages).toHaveLength(3);
      expect(passages.map(({ start }) => start)).toEqual(passages.map(({ start }) => start).toSorted((a, b) => a - b));
    });

    test('returns no more than the limit', () => {
      expect(subject.store.passagesOfArticle(subject.keyOf(HARBOUR), 'ferry', 2)).toHaveLength(2);
    });

    subject.testPart(
      'best passages of a long article',
      'returns those that match the terms best if there are more than the limit',
      () => {
        const [best] = subject.store.passagesOfArticle(subject.keyOf(HARBOUR), 'lighthouse', 1);
        expect(best).toBe(subject.passagesOf(HARBOUR)[2]);
      },
    );

    test('returns nothing for an unknown article', () => {
      expect(subject.store.passagesOfArticle(UNKNOWN_KEY, 'ferry', 10)).toEqual([]);
    });
  });
}

function declareCandidates(subject: Subject): void {
  describe('candidates', () => {
    test('returns passages in the order of the keys', () => {
      const keys = subject.passagesOf(HARBOUR).toReversed();
      expect(subject.store.candidates(keys).map(({ key }) => key)).toEqual(keys);
      expect(subject.store.candidates([])).toEqual([]);
    });

    test('leaves out unknown keys', () => {
      const [first = 0, second = 0] = subject.passagesOf(HARBOUR);
      const found = subject.store.candidates([first, UNKNOWN_KEY, second]);
      expect(found.map(({ key }) => key)).toEqual([first, second]);
    });

    test('returns the span, the sentences and the article of a passage', () => {
      const [passage] = subject.store.candidates(subject.passagesOf(HARBOUR));
      expect(passage?.articleKey).toBe(subject.keyOf(HARBOUR));
      expect(subject.textOf(passage)).toBe('# Timetable The ferry leaves every morning.');
      expect(passage?.sentences.map(({ isLabel }) => isLabel)).toEqual([true, false]);
      const { text } = subject.store.article(subject.keyOf(HARBOUR));
      const sentences = passage?.sentences.map(({ start, end }) => text.slice(start, end));
      expect(sentences).toEqual(CONTRACT_ARTICLES[0]?.passages[0]);
    });

    test('returns a unit vector, and one token and one sign code for each token of the sentences', () => {
      for (const { vector, tokenIds, codes, sentences } of subject.store.candidates(subject.passagesOf(HARBOUR))) {
        expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
        expect(tokenIds).toHaveLength(sentences.reduce((total, { tokens }) => total + tokens, 0));
        expect(codes).toHaveLength(tokenIds.length * codeBytes(vector.length));
      }
    });

    test('returns the sign codes of the title, and none if there is no title', () => {
      const [inHarbour] = subject.store.candidates(subject.passagesOf(HARBOUR));
      expect(inHarbour?.titleCodes).toHaveLength(codeBytes(inHarbour?.vector.length ?? 0));
      expect(subject.store.candidates(subject.passagesOf(HILLS))[0]?.titleCodes).toEqual(new Uint8Array());
    });
  });
}

function declareTokenStatistics(subject: Subject): void {
  describe('token statistics', () => {
    test('count all passages', () => {
      expect(subject.store.passageCount).toBe(6);
    });

    test('count the passages that contain a token, each of them once', async () => {
      const { tokens } = await subject.encode('ferry salt copper');
      expect([...tokens].map((token) => subject.store.tokenFrequency(token))).toEqual([3, 1, 2]);
    });

    test('are zero for unknown tokens', () => {
      expect(subject.store.tokenFrequency(UNKNOWN_KEY)).toBe(0);
    });
  });
}

function declareWordStatistics(subject: Subject): void {
  describe('word statistics', () => {
    test('count the passages that contain a word, each of them once', () => {
      expect(['ferry', 'salt', 'copper'].map((word) => subject.store.wordFrequency(word))).toEqual([3, 1, 2]);
    });

    test('are zero for a word that no passage has', () => {
      expect(['zeppelin', 'ferr', 'or'].map((word) => subject.store.wordFrequency(word))).toEqual([0, 0, 0]);
    });
  });
}

function declarePassagePlaces(subject: Subject): void {
  describe('passage places', () => {
    test('number the passages of an article, and name its collection', () => {
      const placesOf = (article: number) => subject.passagesOf(article).map((key) => subject.store.passagePlace(key));
      expect(placesOf(HARBOUR)).toEqual([0, 1, 2].map((ordinal) => ({ collection: 'coast', ordinal, recency: 0.5 })));
      expect(placesOf(HILLS)).toEqual([0, 1].map((ordinal) => ({ collection: 'hills', ordinal, recency: 0.5 })));
      expect(placesOf(TOWN)).toEqual([{ collection: null, ordinal: 0, recency: 0.5 }]);
    });

    test('are null for unknown keys', () => {
      expect(subject.store.passagePlace(UNKNOWN_KEY)).toBeNull();
    });
  });
}

function declareArticleTexts(subject: Subject): void {
  describe('article texts', () => {
    test('articleKey returns null for unknown ids', () => {
      expect(subject.store.articleKey('unknown')).toBeNull();
      expect(subject.store.articleKey('')).toBeNull();
    });

    test('article returns the text and what a citation says about the article', () => {
      const { reference, text } = subject.store.article(subject.keyOf(HARBOUR));
      expect(reference).toMatchObject({
        id: subject.idOf(HARBOUR),
        title: 'Harbour',
        collection: 'coast',
        published: '2021-05-19',
        url: null,
        publisher: null,
      });
      expect(text).toContain('A lighthouse keeper counts ships.');
      expect(subject.store.article(subject.keyOf(HILLS)).reference.title).toBeNull();
      expect(subject.store.article(subject.keyOf(TOWN)).reference.collection).toBeNull();
    });

    test('article throws for unknown keys', () => {
      expect(() => subject.store.article(UNKNOWN_KEY)).toThrow();
    });

    test('passageBefore returns the end and the sentences of the passage before', () => {
      const [first, second] = subject.store.candidates(subject.passagesOf(HARBOUR));
      expect(subject.store.passageBefore(second?.key ?? UNKNOWN_KEY)).toMatchObject({
        end: first?.end,
        sentences: first?.sentences,
      });
    });

    test('passageBefore returns null for the first passage of each article and for unknown keys', () => {
      for (const article of [HARBOUR, HILLS, TOWN]) {
        const [first = UNKNOWN_KEY] = subject.passagesOf(article);
        expect(subject.store.passageBefore(first)).toBeNull();
      }
      expect(subject.store.passageBefore(UNKNOWN_KEY)).toBeNull();
    });
  });
}

function declareNearestWord(subject: Subject): void {
  describe('nearestWord', () => {
    test('returns null for a word that is in the articles, and for one that is near none of them', () => {
      expect(subject.store.nearestWord('lighthouse')).toBeNull();
      expect(subject.store.nearestWord('zeppelin')).toBeNull();
    });

    subject.testPart('nearestWord', 'returns the word in the articles that a misspelt one stands for', () => {
      expect(subject.store.nearestWord('lihgthouse')).toBe('lighthouse');
      expect(subject.store.nearestWord('harbor')).toBe('harbour');
    });
  });
}

function declareReadConsistently(subject: Subject): void {
  describe('readConsistently', () => {
    test('returns what the function returns, and can be nested', () => {
      expect(
        subject.store.readConsistently(() => subject.store.readConsistently(() => subject.store.passageCount)),
      ).toBe(6);
    });

    test('passes on errors, and the store stays usable', () => {
      const fail = (): never => {
        throw new RangeError('out of range');
      };
      expect(() => subject.store.readConsistently(fail)).toThrow(RangeError);
      expect(subject.store.readConsistently(() => subject.store.candidates(subject.passagesOf(HILLS)))).toHaveLength(2);
    });

    subject.testPart(
      'changes from outside',
      'sees one state while an article is removed, and the change afterwards',
      async () => {
        const own = await subject.open();
        const id = own.articleIds[0] ?? '';
        const articleKey = own.store.articleKey(id) ?? UNKNOWN_KEY;
        const keys = own.store.passagesOfArticle(articleKey, '', 100);
        own.store.readConsistently(() => {
          expect(own.store.candidates(keys)).toHaveLength(3);
          own.removeArticle?.(id);
          expect(own.store.candidates(keys)).toHaveLength(3);
          expect(own.store.article(articleKey).reference.id).toBe(id);
          expect(own.store.articleKey(id)).toBe(articleKey);
        });
        expect(own.store.candidates(keys)).toEqual([]);
        expect(own.store.articleKey(id)).toBeNull();
      },
    );
  });
}

function expectDescending(found: readonly { readonly score: number }[]): void {
  const scores = found.map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
}
