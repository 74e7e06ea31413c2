import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/answering/answer.js';
import { type AnswerOptions, answerQuestion } from '../../src/answering/answer-question.js';
import { type FindPin, pinFinder } from '../../src/answering/pins/find-pin.js';
import { FoldedQuestions } from '../../src/answering/pins/folded-questions.js';
import type { PinnedLibrary } from '../../src/answering/pins/locate-pin.js';
import type { Pin } from '../../src/answering/pins/pin.js';
import { toPublicAnswer } from '../../src/answering/public-answer.js';
import type { Article } from '../../src/corpus/article.js';
import { decisionWeights } from './decision-weights.js';
import { rankedBy, type SmallLibrary, smallLibrary } from './small-library.js';

const SURE = { decision: decisionWeights({ intercept: 9 }) };

const LIBRARY = smallLibrary([
  {
    title: 'Bells',
    collection: 'town',
    published: '1890-05-01',
    passages: [['The council sold bronze bells in 1890.']],
  },
  { title: 'Ferry', collection: 'sea', published: '1931-05-01', passages: [['The council sold the ferry in 1931.']] },
  { title: 'Lamp', collection: 'sea', passages: [['Sailors saw the lamp.'], ['It came from Paris.']] },
]);

const QUESTION = 'What has the council sold?';

/** Reads the small library as a catalog: what pins need of it. */
function catalogOf({ store }: SmallLibrary): PinnedLibrary {
  const articleOf = (id: string) => {
    const key = store.articleKey(id);
    return key === null ? null : { key, ...store.article(key) };
  };
  return {
    articleById(id) {
      const found = articleOf(id);
      if (found === null) return null;
      const { reference, text, blocks, marks } = found;
      return { ...reference, text, blocks, marks, sha256: '', language: null, omitted: [] } satisfies Article;
    },
    passagesOf(id) {
      const keys = store.passagesOfArticle(articleOf(id)?.key ?? -1, '', 100);
      return store.candidates(keys).map(({ id: passageId, ...passage }, ordinal) => ({
        ...passage,
        id: passageId,
        articleId: id,
        ordinal,
        context: [],
      }));
    },
  };
}

const LAMP: Pin = { question: QUESTION, articleId: 'a2', text: 'Sailors saw the lamp.', start: 0 };

function findPin(...lists: readonly (readonly Pin[])[]): FindPin {
  return pinFinder({ lists: () => lists, library: () => catalogOf(LIBRARY), folded: new FoldedQuestions() });
}

function ask(question: string, options: AnswerOptions = {}, weights = SURE): Promise<Answer> {
  const coefficients = rankedBy({ maxSim: 30 }, weights);
  return answerQuestion(question, { ...LIBRARY, coefficients }, options);
}

const quotesOf = ({ citations }: Answer): string[] => citations.map(({ quote }) => quote);

describe('what is pinned to a question', () => {
  test('comes first, word for word, and the answer counts as answered without a confidence', async () => {
    const plain = await ask(QUESTION);
    const answer = await ask(QUESTION, { findPin: findPin([LAMP]) });
    expect(quotesOf(plain)).toEqual(['The council sold bronze bells in 1890.', 'The council sold the ferry in 1931.']);
    expect(quotesOf(answer)).toEqual(['Sailors saw the lamp.', ...quotesOf(plain)]);
    expect(answer.citations[0]).toMatchObject({
      passageId: 'p3',
      start: 0,
      end: 21,
      article: { id: 'a2', title: 'Lamp' },
    });
    expect(Object.keys(answer.citations[0]?.article ?? {})).toEqual(Object.keys(plain.citations[0]?.article ?? {}));
    expect([answer.outcome, answer.confidence]).toEqual(['answered', null]);
    expect(answer.ranking).toEqual(plain.ranking);
    expect(answer.trace).toEqual({ ...plain.trace, questions: [] });
  });

  test('answers a question that the articles do not answer', async () => {
    const unsure = { decision: { ...SURE.decision, intercept: -9 } };
    expect((await ask(QUESTION, {}, unsure)).outcome).toBe('not-found');
    const answer = await ask(QUESTION, { findPin: findPin([LAMP]) }, unsure);
    expect([answer.outcome, quotesOf(answer)]).toEqual(['answered', ['Sailors saw the lamp.']]);
  });

  test('is marked, in place of notes about the other sources', async () => {
    const plain = await ask(QUESTION);
    expect(plain.notes.map(({ kind }) => kind)).toEqual(['years-apart']);
    const answer = await ask('hi, what has the council sold', { findPin: findPin([LAMP]) });
    expect(answer.notes).toEqual([{ kind: 'pinned', question: QUESTION, passageId: 'p3' }]);
    expect(toPublicAnswer(answer).notes[0]?.text).toBe(
      'Pinned: a person chose the first source for the question “What has the council sold?”.',
    );
  });

  test('takes the place of its passage among the other sources', async () => {
    const bells = { question: QUESTION, articleId: 'a0', text: 'sold bronze bells', start: 12 };
    const answer = await ask(QUESTION, { findPin: findPin([bells]) });
    expect(quotesOf(answer)).toEqual(['sold bronze bells', 'The council sold the ferry in 1931.']);
    expect(answer.citations[0]).toMatchObject({ passageId: 'p1', passage: 'The council sold bronze bells in 1890.' });
    // The words of the question are marked in it.
    expect(answer.citations[0]?.highlights).toEqual([{ start: 0, end: 4 }]);
  });

  test('leaves room for two other sources', async () => {
    const many = smallLibrary(['A', 'B', 'C', 'D'].map((title) => ({ title, passages: [['council sold bells']] })));
    const pin = { question: QUESTION, articleId: 'a3', text: 'bells', start: 13 };
    const find = pinFinder({ lists: () => [[pin]], library: () => catalogOf(many), folded: new FoldedQuestions() });
    const answer = await answerQuestion(QUESTION, { ...many, coefficients: null }, { findPin: find });
    expect(answer.citations.map(({ article }) => article.id)[0]).toBe('a3');
    expect(answer.citations.length).toBeLessThanOrEqual(3);
    expect(answer.notes.map(({ kind }) => kind)).toEqual(['pinned']);
  });
});

describe('nothing is pinned', () => {
  test('to another question, and the answer is the same as ever', async () => {
    const other = 'What has the council not sold?';
    expect(await ask(other, { findPin: findPin([LAMP]) })).toEqual(await ask(other));
  });

  test('where the article is not searched', async () => {
    const scope = { collections: ['town'] };
    expect(await ask(QUESTION, { scope, findPin: findPin([LAMP]) })).toEqual(await ask(QUESTION, { scope }));
    expect((await ask(QUESTION, { scope: { collections: ['sea'] }, findPin: findPin([LAMP]) })).notes[0]?.kind).toBe(
      'pinned',
    );
  });

  test('once the words are gone, and the pin of the next list counts', async () => {
    const gone = { ...LAMP, text: 'Sailors saw nothing.' };
    expect(await ask(QUESTION, { findPin: findPin([gone]) })).toEqual(await ask(QUESTION));
    const answer = await ask(QUESTION, { findPin: findPin([gone], [LAMP]) });
    expect(quotesOf(answer)[0]).toBe('Sailors saw the lamp.');
  });
});

test('the pin of the first list counts more', async () => {
  const paris = { ...LAMP, text: 'It came from Paris.', start: 23 };
  expect(quotesOf(await ask(QUESTION, { findPin: findPin([paris], [LAMP]) }))[0]).toBe('It came from Paris.');
});
