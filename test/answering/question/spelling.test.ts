import { expect, test } from 'vitest';
import { answerQuestion } from '../../../src/answering/answer-question.js';
import { correctSpelling } from '../../../src/answering/question/spelling.js';
import { prepareQuestion } from '../../../src/answering/ranking/rank-question.js';
import { rankedBy, smallLibrary } from '../small-library.js';

/** The nearest word in the articles for each misspelt word. */
const NEAR: Readonly<Record<string, string>> = {
  rekjavik: 'reykjavik',
  lavrof: 'lavrov',
  lyon: 'lion',
  lyons: 'lions',
  '12345a': '12345b',
  straße: 'strasse',
};

const spelling = { nearestWord: (word: string) => NEAR[word] ?? null };

test('a misspelt word is read as the nearest word in the articles', () => {
  expect(correctSpelling('Who met in Rekjavik?', new Set(), spelling)).toEqual({
    question: 'Who met in reykjavik?',
    changes: [{ typed: 'rekjavik', read: 'reykjavik' }],
  });
});

test('everything else stays as it was typed', () => {
  const { question } = correctSpelling('  “REKJAVIK”, rekjavik’s—Lavrof!  ', new Set(), spelling);
  expect(question).toBe('  “reykjavik”, reykjavik’s—lavrov!  ');
});

test('a word that is typed twice counts as one change', () => {
  const { question, changes } = correctSpelling('Lavrof lavrof LAVROF', new Set(), spelling);
  expect(question).toBe('lavrov lavrov lavrov');
  expect(changes).toEqual([{ typed: 'lavrof', read: 'lavrov' }]);
});

test('a word that the model knows is not corrected, even if no article contains it', () => {
  expect(correctSpelling('Who met in Rekjavik?', new Set(['rekjavik']), spelling)).toEqual({
    question: 'Who met in Rekjavik?',
    changes: [],
  });
});

test('a word with fewer than five letters is not corrected', () => {
  expect(correctSpelling('Lyon and Lyons', new Set(), spelling)).toEqual({
    question: 'Lyon and lions',
    changes: [{ typed: 'lyons', read: 'lions' }],
  });
});

test('a word with digits is not corrected', () => {
  expect(correctSpelling('What is 12345a?', new Set(), spelling).changes).toEqual([]);
});

test('a name is not corrected if the articles contain it, or contain nothing similar', () => {
  expect(correctSpelling('Sergey Lavrov Zeppelin', new Set(), spelling)).toEqual({
    question: 'Sergey Lavrov Zeppelin',
    changes: [],
  });
});

test('letters of any language count as letters', () => {
  expect(correctSpelling('Welche Straße?', new Set(), spelling).question).toBe('Welche strasse?');
});

test('composed and decomposed letters are the same', () => {
  const composed = { nearestWord: (word: string) => (word === 'z\u00fcrih' ? 'z\u00fcrich' : null) };
  expect(correctSpelling('Where is Zu\u0308rih?', new Set(), composed)).toEqual({
    question: 'Where is z\u00fcrich?',
    changes: [{ typed: 'z\u00fcrih', read: 'z\u00fcrich' }],
  });
});

test('part of a word is not replaced', () => {
  expect(correctSpelling('lavrofs rekjavik', new Set(), spelling).question).toBe('lavrofs reykjavik');
});

test('the corrected words are searched for, and notes say what was corrected', async () => {
  const library = smallLibrary([{ title: null, passages: [['Council met in Reykjavik.']] }]);
  const store = { ...library.store, ...spelling };
  const answer = await answerQuestion('Lavrof met in Rekjavik?', {
    ...library,
    store,
    coefficients: rankedBy({ maxSim: 1 }),
  });
  expect(answer).toMatchObject({
    question: 'Lavrof met in Rekjavik?',
    searched: 'lavrov met in reykjavik?',
    notes: [
      { kind: 'spelling', typed: 'lavrof', read: 'lavrov' },
      { kind: 'spelling', typed: 'rekjavik', read: 'reykjavik' },
    ],
  });
  // Three words of four: "met", "in" and "reykjavik".
  expect(answer.ranking[0]?.score).toBeCloseTo(0.75, 6);
});

test('a word that is misspelt in two questions of one message gets only one note', async () => {
  const library = smallLibrary([{ title: null, passages: [['Lavrov met someone.']] }]);
  const answer = await answerQuestion('Who met Lavrof? When came Lavrof home?', {
    ...library,
    store: { ...library.store, ...spelling },
    coefficients: rankedBy({ maxSim: 1 }),
  });
  expect(answer.notes.filter(({ kind }) => kind === 'spelling')).toEqual([
    { kind: 'spelling', typed: 'lavrof', read: 'lavrov' },
  ]);
  expect(answer.searched).toBe('Who met lavrov? When came lavrov home?');
});

test.each([
  // A token that continues a word is not a word itself.
  ['WordPiece', ['who', 'lavrof', 'rek', '##javik', '##rekjavik'], 'lavrof reykjavik'],
  ['WordPiece without a whole word', ['lav', '##rof'], 'lavrov reykjavik'],
  ['SentencePiece', ['▁who', '▁Lavrof', 'rekjavik', '▁rek'], 'lavrof reykjavik'],
])('which words a model knows can be told from how its tokens begin: %s', async (_, vocabulary, read) => {
  const library = smallLibrary([{ title: null, passages: [['Bells rang.']] }]);
  const encoder = { ...library.encoder, vocabulary: () => Promise.resolve(vocabulary) };
  const store = { ...library.store, ...spelling };
  const { text } = await prepareQuestion('lavrof rekjavik', { store, encoder }, null);
  expect(text).toBe(read);
});
