import { expect, test } from 'vitest';
import { judgementSet, type VotedPassage } from '../../src/evaluation/judgement-set.js';

const QUAY = { file: 'harbour.md', text: 'The quay is behind the church.' };
const FERRY = { file: 'ferry.md', text: 'The ferry leaves at six.' };

function votes(question: string, passage: VotedPassage['passage'], right: number, wrong: number): VotedPassage {
  return { question, passage, right, wrong };
}

test('a passage is right if more people voted it right than wrong', () => {
  const { questions } = judgementSet([
    votes('Where is the quay?', QUAY, 3, 1),
    votes('Where is the quay?', FERRY, 1, 2),
    votes('When does it leave?', FERRY, 1, 1),
  ]);
  expect(questions.map(({ text, isAnswerable }) => [text, isAnswerable])).toEqual([
    ['Where is the quay?', true],
    ['When does it leave?', false],
  ]);
  const judge = ({ file, text }: typeof QUAY) =>
    questions[0]?.judge({ article: file, start: 0, end: text.length, text }).grade;
  expect(judge(QUAY)).toBe(1);
  expect(judge(FERRY)).toBe(0);
  // The same words in another article were not voted on.
  expect(judge({ ...QUAY, file: 'other.md' })).toBe(0);
});

test('questions that differ in capitals and punctuation are one, and their votes add up', () => {
  const { questions } = judgementSet([
    votes('where is the quay', QUAY, 1, 0),
    votes('Where is the quay?!', QUAY, 0, 2),
  ]);
  expect(questions.map(({ isAnswerable }) => isAnswerable)).toEqual([false]);
});

test('a passage that is gone from the index says nothing', () => {
  const { questions } = judgementSet([votes('Where is the quay?', null, 5, 0)]);
  expect(questions).toMatchObject([{ isAnswerable: false, goldTexts: [] }]);
});
