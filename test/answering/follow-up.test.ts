import { describe, expect, test } from 'vitest';
import type { Answer } from '../../dist/answering/answer.js';
import { answerQuestion } from '../../dist/answering/answer-question.js';
import { completeFollowUp, type EarlierAnswer, isFollowUp } from '../../dist/answering/follow-up.js';
import { rankedBy, type SmallArticle, smallLibrary } from './small-library.js';

describe('a question goes on from the one before:', () => {
  test.each([
    'and in 2017?',
    'And who left?',
    'But why?',
    'So who won?',
    'then what',
    'Also, who paid?',
    'What about the ferry?',
    'how about Oslo?',
    'why did he leave?',
    'Where was it held?',
    'Why did she resign in 2017?',
    'Who signed that?',
    'What is theirs?',
  ])('%s', (question) => {
    expect(isFollowUp(question)).toBe(true);
  });
});

describe('a question stands alone:', () => {
  test.each([
    'Who met in Reykjavik?',
    // Refers, but to what it names itself.
    'What did Trump say about his own party in 2017?',
    'Why did Comey leave the bureau he had led?',
    // Only begins like a word that goes on.
    'Andrea Bocelli sang where?',
    'Soviet Union collapse',
    'Butter prices in Oslo',
    'Thence to Rome?',
    // Has a referring word in another.
    'Who heard the hermit?',
    'Why?',
  ])('%s', (question) => {
    expect(isFollowUp(question)).toBe(false);
  });
});

describe('a question with "there" or "it" that refers to nothing stands alone:', () => {
  test.fails.each(['Is there a ferry to Oslo?', 'Are there seals in Iceland?', 'Is it raining in Oslo?'])(
    '%s',
    (question) => {
      expect(isFollowUp(question)).toBe(false);
    },
  );
});

test.each([
  ['why did he leave?', 'Who was fired in 2017?', 'Who was fired in 2017? why did he leave?'],
  ['and in 2017?', 'Who met in 2021?', 'Who met in ? and in 2017?'],
  ['and in 1899?', 'Who met in 2021 and 2022?', 'Who met in and ? and in 1899?'],
  // No year, and a number that is none.
  ['and in May?', 'Who met in 2021?', 'Who met in 2021? and in May?'],
  ['and 999 more?', 'Who sold 2500 bells in 2021?', 'Who sold 2500 bells in 2021? and 999 more?'],
  ['and 20170?', 'Who met in 2021?', 'Who met in 2021? and 20170?'],
  ['and in 2017?', 'Who sold 2500 bells in 2021?', 'Who sold 2500 bells in ? and in 2017?'],
])('"%s" after "%s" is looked for as "%s"', (question, earlier, completed) => {
  expect(completeFollowUp(question, earlier)).toBe(completed);
});

describe('after an answer', () => {
  const TIED = [
    { title: null, passages: [['Bells rang.']] },
    { title: null, passages: [['Bells rang.'], ['Snow fell.']] },
  ];

  test('a follow-up is read with the question before, and says so', async () => {
    const answer = await ask(TIED, 'And  rang?', { question: 'Bells', articleIds: [] });
    expect(answer).toMatchObject({
      question: 'And rang?',
      searched: 'Bells And rang?',
      notes: [{ kind: 'follow-up', earlier: 'Bells' }],
    });
    expect(cited(answer)).toEqual(['p1', 'p2']);
  });

  test('a passage of an article that was cited is before one that is as good', async () => {
    expect(cited(await ask(TIED, 'And rang?', { question: 'Bells', articleIds: ['a1'] }))).toEqual(['p2', 'p1']);
  });

  test('of such articles all passages are candidates, and those with nothing in common stay last', async () => {
    const apart = [
      { title: null, passages: [['Bells rang.']] },
      { title: null, passages: [['Snow fell.'], ['Rain.']] },
    ];
    expect((await ask(apart, 'And rang?', { question: 'Bells', articleIds: [] })).trace.candidates).toBe(1);
    // Two words of three: 2/3 of 6 is more than 1.5.
    const after = await ask(apart, 'And rang?', { question: 'Bells', articleIds: ['a1'] }, 6);
    expect(after.trace.candidates).toBe(3);
    expect(after.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p2', 'p3']);
  });

  test('it weighs 1.5 in log-odds: less than a clearly better passage is ahead', async () => {
    const articles = [
      { title: null, passages: [['And bells rang.']] },
      { title: null, passages: [['Bells fell.']] },
    ];
    const earlier = { question: 'Bells', articleIds: ['a1'] };
    // Three of three words and one of three: ahead by 2/3 of the factor, 1.4 and 1.6.
    const near = await ask(articles, 'And rang?', earlier, 2.1);
    expect(near.ranking.map(({ passageId }) => passageId)).toEqual(['p2', 'p1']);
    expect(near.ranking[0]?.score).toBeCloseTo(0.7 + 1.5, 6);
    expect(near.ranking[1]?.score).toBeCloseTo(2.1, 6);
    expect(near.trace.passages.map(({ rank }) => rank)).toEqual([1, 2]);
    const clear = await ask(articles, 'And rang?', earlier, 2.4);
    expect(clear.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p2']);
  });

  test('a question that stands alone is looked for as it is', async () => {
    const answer = await ask(TIED, 'Bells rang?', { question: 'Snow', articleIds: [] });
    expect(answer).toMatchObject({ searched: 'Bells rang?', notes: [] });
    expect(cited(answer)).toEqual(['p1', 'p2']);
  });

  test('articles that have gone since are ignored', async () => {
    const answer = await ask(TIED, 'And rang?', { question: 'Bells', articleIds: ['gone', 'a1'] });
    expect(cited(answer)).toEqual(['p2', 'p1']);
    expect(cited(await ask(TIED, 'And rang?', { question: 'Bells', articleIds: ['gone'] }))).toEqual(['p1', 'p2']);
  });

  test('a follow-up is one question, whatever it has in it', async () => {
    const answer = await ask(TIED, 'And who rang bells? Where is the snow?', { question: 'Bells', articleIds: [] });
    expect(answer.notes.map(({ kind }) => kind)).toEqual(['follow-up']);
    expect(answer.searched).toBe('Bells And who rang bells? Where is the snow?');
  });

  test('where nothing was fitted for the model the earlier articles weigh no more', async () => {
    const parts = { ...smallLibrary(TIED), coefficients: null };
    const answer = await answerQuestion('And rang?', parts, { earlier: { question: 'Bells', articleIds: ['a1'] } });
    expect(answer.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p2', 'p3']);
    expect(answer.notes.map(({ kind }) => kind)).toEqual(['follow-up', 'uncalibrated']);
  });
});

test('a question that seems to go on is taken as it is where nothing was asked before', async () => {
  const answer = await ask([{ title: null, passages: [['Bells rang.']] }], 'And the bells?', null);
  expect(answer).toMatchObject({ searched: 'And the bells?', notes: [] });
});

/** Ranked by MaxSim with even weights times a factor, and always answered. */
function ask(
  articles: readonly SmallArticle[],
  question: string,
  earlier: EarlierAnswer | null,
  factor = 1,
): Promise<Answer> {
  const decision = { intercept: 9, beyondTitleMaxSim: 0, similarity: 0, lead: 0 };
  const coefficients = rankedBy({ maxSim: factor }, { decision });
  return answerQuestion(question, { ...smallLibrary(articles), coefficients }, { earlier });
}

function cited({ citations }: Answer): string[] {
  return citations.map(({ passageId }) => passageId);
}
