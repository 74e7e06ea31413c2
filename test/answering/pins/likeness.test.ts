import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldQuestion } from '../../../src/answering/pins/fold-question.js';
import { pinKeys } from '../../../src/answering/pins/pin-keys.js';
import { correctSpelling } from '../../../src/answering/question/spelling.js';
import type { Embedder } from '../../../src/embedding/embedder.js';
import { WordList } from '../../../src/library/word-list.js';
import { wordsOf } from '../../../src/text/words.js';
import { dotProduct } from '../../../src/vectors/dot-product.js';
import { openBundled } from '../../embedding/bundled-model.js';
import * as groups from '../../vectors/question-pairs.js';
import { LATER_AGAIN, LATER_APART } from './later-pairs.js';
import { ASKED_AGAIN, ASKED_APART, type AskedPair } from './pinned-pairs.js';

let embedder: Embedder;
let vocabulary: readonly string[];

beforeAll(async () => {
  embedder = await openBundled();
  vocabulary = await embedder.vocabulary();
});

afterAll(() => embedder.close());

/** The words of all pinned questions, as if the articles had them: the more words there are, the more is read as a slip. */
function wordsOfPins(): WordList {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE word_frequencies (word TEXT, articles INTEGER)');
  const insert = database.prepare('INSERT INTO word_frequencies VALUES (?, 1)');
  const pinned = [...ASKED_AGAIN, ...ASKED_APART, ...LATER_AGAIN, ...LATER_APART].map(([question]) => question);
  for (const word of new Set(pinned.flatMap(wordsOf))) insert.run(word);
  return new WordList(database);
}

function matchedOf(pairs: readonly AskedPair[]): AskedPair[] {
  const words = wordsOfPins();
  const known = new Set(vocabulary.filter((token) => !token.startsWith('##')));
  return pairs.filter(([pinned, asked]) => {
    const { changes } = correctSpelling(asked, known, { nearestWord: (word) => words.nearest(word) });
    return pinKeys(asked, { changes, vocabulary }).includes(foldQuestion(pinned));
  });
}

const secondHalf = (pairs: readonly AskedPair[]): AskedPair[] => pairs.filter((_, index) => index % 2 === 1);

describe('a pinned question', () => {
  test('is recognised when it is asked again in nearly the same words', () => {
    expect(matchedOf(ASKED_AGAIN)).toHaveLength(34);
    // The half that the rules were not written with.
    expect(matchedOf(secondHalf(ASKED_AGAIN))).toHaveLength(16);
    expect(ASKED_AGAIN).toHaveLength(40);
  });

  test('is never taken for another question, however like it that is', () => {
    expect(matchedOf(ASKED_APART)).toEqual([]);
    expect(matchedOf(ASKED_APART.map(([pinned, asked]) => [asked, pinned]))).toEqual([]);
    expect(ASKED_APART).toHaveLength(52);
    expect(matchedOf(groups.ASKED_APART)).toEqual([]);
  });

  test('is recognised as often in pairs that were written later, and is hardly ever taken for another question', () => {
    expect(matchedOf(LATER_AGAIN)).toHaveLength(24);
    expect(LATER_AGAIN).toHaveLength(30);
    const king: AskedPair = ['Who is the King?', 'Who is King?'];
    expect(matchedOf(LATER_APART)).toEqual([king]);
    expect(matchedOf(LATER_APART.map(([pinned, asked]) => [asked, pinned]))).toEqual([king.toReversed()]);
    expect(LATER_APART).toHaveLength(39);
  });

  test('could not be recognised by the similarity of vectors, which near misses have too', async () => {
    const similarities = (pairs: readonly AskedPair[]): Promise<number[]> =>
      Promise.all(
        pairs.map(async (pair) => {
          const [a, b] = await Promise.all(pair.map((text) => embedder.embedQuestion(text)));
          return dotProduct(a?.vector ?? new Float32Array(), b?.vector ?? new Float32Array());
        }),
      );
    const [again, apart] = await Promise.all([similarities(ASKED_AGAIN), similarities(ASKED_APART)]);
    // Emoji are one unknown token to the model, so two of these questions have the same vector.
    expect(Math.max(...apart)).toBeCloseTo(1, 5);
    expect(apart.filter((similarity) => similarity > 0.95).length).toBeGreaterThanOrEqual(10);
    expect(again.filter((similarity) => similarity > 0.95).length).toBeLessThan(matchedOf(ASKED_AGAIN).length);
  });
});
