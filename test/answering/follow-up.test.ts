import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/answering/answer.js';
import { answerQuestion } from '../../src/answering/answer-question.js';
import { changesYear, completeFollowUp, type EarlierAnswer, isFollowUp } from '../../src/answering/follow-up.js';
import { decisionWeights } from './decision-weights.js';
import { rankedBy, type SmallArticle, smallLibrary } from './small-library.js';

/** Every question is answered, so that tests see the citations. */
const SURE = { decision: decisionWeights({ intercept: 9 }) };

describe('a question is a follow-up:', () => {
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
    'Who else?',
    'What other talks?',
    'Who else came there?',
  ])('%s', (question) => {
    expect(isFollowUp(question)).toBe(true);
  });
});

describe('a question stands alone:', () => {
  test.each([
    'Who met in Reykjavik?',
    // It refers to something, but names it itself.
    'What did Trump say about his own party in 2017?',
    'Why did Comey leave the bureau he had led?',
    // It only starts with the same letters as an opener.
    'Andrea Bocelli sang where?',
    'Soviet Union collapse',
    'Butter prices in Oslo',
    'Thence to Rome?',
    // The pronoun is part of another word.
    'Who heard the hermit?',
    'Why?',
    // This "there" refers to nothing.
    'Is there a ferry to Oslo?',
    'Are there seals in Iceland?',
    'Were there any bells?',
    'How many seats are there?',
  ])('%s', (question) => {
    expect(isFollowUp(question)).toBe(false);
  });
});

test('a question in which "there" is a place is a follow-up', () => {
  expect(isFollowUp('Who was there?')).toBe(true);
});

test.each([
  ['why did he leave?', 'Who was fired in 2017?', 'Who was fired in 2017 why did he leave?'],
  ['and in 2017?', 'Who met in 2021?', 'Who met and in 2017?'],
  ['and in 1899?', 'Who met in 2021 and 2022?', 'Who met and and in 1899?'],
  ['and in 2017?', 'Who won the 2021 election?', 'Who won the election and in 2017?'],
  ['and then in 2017?', '2021?', 'and then in 2017?'],
  // Any number of end marks.
  ['and Bout?', 'Who met?? ', 'Who met and Bout?'],
  ['and Bout?', 'They met.', 'They met and Bout?'],
  // No year in the follow-up, or a number that is not a year.
  ['and in May?', 'Who met in 2021?', 'Who met in 2021 and in May?'],
  ['and 999 more?', 'Who sold 2500 bells in 2021?', 'Who sold 2500 bells in 2021 and 999 more?'],
  ['and 20170?', 'Who met in 2021?', 'Who met in 2021 and 20170?'],
  ['and in 2017?', 'Who sold 2500 bells in 2021?', 'Who sold 2500 bells and in 2017?'],
  // Numbers and words that refer back do not make a question stand alone.
  ['and 2500 of 1900 bells?', 'Who sold?', 'Who sold and 2500 of 1900 bells?'],
  ['and when was he arrested in Oslo?', 'Who met?', 'Who met and when was he arrested in Oslo?'],
  ['and who else signed the treaty?', 'Who met?', 'Who met and who else signed the treaty?'],
  ['and which other bells rang?', 'Who met?', 'Who met and which other bells rang?'],
])('"%s" after "%s" is searched for as "%s"', (question, earlier, completed) => {
  expect(completeFollowUp(question, earlier)).toBe(completed);
});

test.each(['in', 'of', 'from', 'since', 'until', 'by', 'during', 'During'])(
  'the year of the earlier question is dropped with its preposition: %s',
  (word) => {
    expect(completeFollowUp('and in 2017?', `Who won ${word} 2021 in Oslo?`)).toBe('Who won in Oslo and in 2017?');
  },
);

test.each([
  ['and when was Bout arrested?', 'when was Bout arrested?'],
  ['But who paid the ferry?', 'who paid the ferry?'],
  ['What about the ferry to Oslo?', 'the ferry to Oslo?'],
  ['and how many seats are there now?', 'how many seats are there now?'],
  // Nothing is taken from the earlier question.
  ['and who sold bells in 2017?', 'who sold bells in 2017?'],
])('"%s" stands alone and is searched for as "%s"', (question, alone) => {
  expect(completeFollowUp(question, 'Who met in 2021?')).toBe(alone);
});

test('a follow-up that stands alone loses the comma after its opener', () => {
  expect(completeFollowUp('Also, who paid the ferry?', 'Who met in 2021?')).toBe('who paid the ferry?');
});

describe('an earlier question', () => {
  test('of more than 300 characters is cut to the last 300, starting with a whole word', () => {
    const earlier = `${'long '.repeat(99)}question?`;
    // 503 characters without the end mark. The last 300 start with the end of a word and a space.
    const lastWords = earlier
      .slice(0, -1)
      .slice(-300)
      .replace(/^\S*\s/, '');
    const completed = completeFollowUp('and then?', earlier);
    expect(completed).toBe(`${lastWords} and then?`);
    expect(completed).toMatch(/^(?:long ){58}question and then\?$/);
  });

  test('of fewer than 300 characters is used whole', () => {
    const earlier = `${'x '.repeat(149)}y?`;
    expect(completeFollowUp('and then?', earlier)).toBe(`${earlier.slice(0, -1)} and then?`);
  });

  test('of exactly 300 characters is used whole', () => {
    const earlier = `${'x '.repeat(149)}yz?`;
    expect(completeFollowUp('and then?', earlier)).toBe(`${earlier.slice(0, -1)} and then?`);
  });
});

test.each([
  ['and in 2017?', 'Who met in 2021?', true],
  ['and in 2021?', 'Who met in 2021?', false],
  ['and in May?', 'Who met in 2021?', false],
  ['and in 2017?', 'Who met?', false],
  // These numbers are not years.
  ['and 2500?', 'Who sold 2600 bells?', false],
])('whether "%s" after "%s" asks about another year: %s', (question, earlier, changes) => {
  expect(changesYear(question, earlier)).toBe(changes);
});

describe('after an answer', () => {
  const TIED = [
    { title: null, passages: [['Bells rang.']] },
    { title: null, passages: [['Bells rang here.'], ['Snow fell.']] },
  ];

  test('a follow-up is read with the earlier question, and a note says so', async () => {
    const answer = await ask(TIED, 'And  rang?', { question: 'Bells', articleIds: [] });
    expect(answer).toMatchObject({
      question: 'And rang?',
      searched: 'Bells And rang?',
      notes: [{ kind: 'follow-up', earlier: 'Bells' }],
    });
    expect(cited(answer)).toEqual(['p1', 'p2']);
  });

  test('a follow-up that stands alone is searched for alone, and a note says so', async () => {
    const answer = await ask(TIED, 'And bells rang?', { question: 'Snow', articleIds: [] });
    expect(answer).toMatchObject({
      question: 'And bells rang?',
      searched: 'bells rang?',
      notes: [{ kind: 'follow-up', earlier: 'Snow' }],
    });
  });

  test('a follow-up that is searched for as it was asked gets no note', async () => {
    const answer = await ask(TIED, 'And rang in 2017?', { question: '2021', articleIds: [] });
    expect(answer).toMatchObject({ searched: 'And rang in 2017?', notes: [] });
  });

  test('a passage of a cited article ranks above an equal one', async () => {
    expect(cited(await ask(TIED, 'And rang?', { question: 'Bells', articleIds: ['a1'] }))).toEqual(['p2', 'p1']);
  });

  test('all passages of a cited article are candidates, but those with nothing in common stay last', async () => {
    const apart = [
      { title: null, passages: [['Bells rang.']] },
      { title: null, passages: [['Snow fell.'], ['Rain.']] },
    ];
    expect((await ask(apart, 'And rang?', { question: 'Bells', articleIds: [] })).trace.candidates).toBe(1);
    // p1 has two words of three, and 2/3 of 6 is more than 1.5.
    const after = await ask(apart, 'And rang?', { question: 'Bells', articleIds: ['a1'] }, 6);
    expect(after.trace.candidates).toBe(3);
    expect(after.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p2', 'p3']);
  });

  test('the cited articles do not rank higher if the years differ', async () => {
    const asked = async (question: string, earlier: string): Promise<string[]> =>
      cited(await ask(TIED, question, { question: earlier, articleIds: ['a1'] }));
    expect(await asked('And rang in 2017?', 'Bells 2021')).toEqual(['p1', 'p2']);
    expect(await asked('And rang in 2021?', 'Bells 2021')).toEqual(['p2', 'p1']);
    expect(await asked('And rang in 2017?', 'Bells')).toEqual(['p2', 'p1']);
    expect(await asked('And rang?', 'Bells 2021')).toEqual(['p2', 'p1']);
  });

  test('cited articles outside the scope are ignored', async () => {
    const library = smallLibrary([
      { title: null, collection: 'town', passages: [['Bells rang.'], ['Snow fell.']] },
      { title: null, collection: 'sea', passages: [['Bells rang here.']] },
      { title: null, collection: 'sea', passages: [['Bells rang there.'], ['Rain fell.']] },
    ]);
    const deps = { ...library, coefficients: rankedBy({ maxSim: 1 }, SURE) };
    const earlier = { question: 'Bells', articleIds: ['a0', 'a2'] };
    const answer = await answerQuestion('And rang?', deps, { scope: { collections: ['sea'] }, earlier });
    expect(answer.ranking.map(({ passageId }) => passageId)).toEqual(['p4', 'p5', 'p3']);
    expect(cited(answer)).toEqual(['p4', 'p3']);
    const one = await answerQuestion('And rang?', deps, { scope: { articleId: 'a1' }, earlier });
    expect(one.ranking.map(({ passageId }) => passageId)).toEqual(['p3']);
    const all = await answerQuestion('And rang?', deps, { earlier });
    expect(all.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p4', 'p2', 'p5', 'p3']);
  });

  test('the bonus is 1.5 in log-odds, so a clearly better passage stays ahead', async () => {
    const articles = [
      { title: null, passages: [['And bells rang.']] },
      { title: null, passages: [['Bells fell.']] },
    ];
    const earlier = { question: 'Bells', articleIds: ['a1'] };
    // Three words of three and one of three: ahead by 2/3 of the weight, which is 1.4 or 1.6.
    const near = await ask(articles, 'And rang?', earlier, 2.1);
    expect(near.ranking.map(({ passageId }) => passageId)).toEqual(['p2', 'p1']);
    // Only the order changes, not the scores, so confidence still depends on what they match.
    expect(near.ranking[0]?.score).toBeCloseTo(0.7, 6);
    expect(near.ranking[1]?.score).toBeCloseTo(2.1, 6);
    expect(near.trace.passages.map(({ rank }) => rank)).toEqual([1, 2]);
    expect(near.trace.decision?.lead).toBeCloseTo(0.7 - 2.1, 6);
    const clear = await ask(articles, 'And rang?', earlier, 2.4);
    expect(clear.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p2']);
  });

  test('a bonus for the first passage changes neither its confidence nor the other citations', async () => {
    const articles = [
      { title: null, passages: [['And bells rang.']] },
      { title: null, passages: [['Bells rang far away.']] },
      { title: null, passages: [['Bells fell.']] },
    ];
    // p1 is ahead of p2 by a third of the weight, of p3 by two thirds.
    for (const [factor, expected] of [
      [6.6, ['p1', 'p2', 'p3']],
      [6.9, ['p1', 'p2']],
    ] as const) {
      for (const articleIds of [[], ['a0'], ['a0', 'a2']]) {
        const answer = await ask(articles, 'And rang?', { question: 'Bells', articleIds }, factor);
        expect(answer.ranking[0]?.score).toBeCloseTo(factor, 6);
        expect([...cited(answer)].toSorted(), `${factor} after ${articleIds.join()}`).toEqual(expected);
      }
      const answer = await ask(articles, 'And rang?', { question: 'Bells', articleIds: ['a0'] }, factor);
      expect(answer.trace.decision?.lead).toBeCloseTo(factor / 3, 6);
    }
  });

  test('a passage lifted by the bonus, but too weak to be cited, does not hide another source', async () => {
    const articles = [
      { title: null, passages: [['And bells rang council ferry snow.'], ['Bells rang council.']] },
      { title: null, passages: [['Bells council ferry snow far away.']] },
    ];
    // Six of six words, three and four. With a weight of 7.5 the gaps are 3.75 and 2.5, and the bonus lifts the second
    // above the third.
    const earlier = { question: 'Bells council ferry snow', articleIds: ['a0'] };
    const answer = await ask(articles, 'And rang?', earlier, 7.5);
    expect(answer.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p2', 'p3']);
    expect(cited(answer)).toEqual(['p1', 'p3']);
  });

  test('the lead is the distance to the best passage of another article, even if the bonus lifts a weaker one above it', async () => {
    const articles = [
      { title: null, passages: [['And bells rang council ferry snow.']] },
      { title: null, passages: [['Bells rang council.']] },
      { title: null, passages: [['Bells council ferry snow far away.']] },
    ];
    const earlier = { question: 'Bells council ferry snow', articleIds: ['a0', 'a1'] };
    const answer = await ask(articles, 'And rang?', earlier, 6);
    expect(answer.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p2', 'p3']);
    expect(answer.trace.decision?.lead).toBeCloseTo(2, 6);
  });

  test('a question that stands alone is searched for as it is', async () => {
    const answer = await ask(TIED, 'Bells rang?', { question: 'Snow', articleIds: [] });
    expect(answer).toMatchObject({ searched: 'Bells rang?', notes: [] });
    expect(cited(answer)).toEqual(['p1', 'p2']);
  });

  test('cited articles that were removed are ignored', async () => {
    const answer = await ask(TIED, 'And rang?', { question: 'Bells', articleIds: ['gone', 'a1'] });
    expect(cited(answer)).toEqual(['p2', 'p1']);
    expect(cited(await ask(TIED, 'And rang?', { question: 'Bells', articleIds: ['gone'] }))).toEqual(['p1', 'p2']);
  });

  test('a follow-up is never split into several questions', async () => {
    const answer = await ask(TIED, 'And who rang bells? Where is the snow?', { question: 'Bells', articleIds: [] });
    expect(answer.notes.map(({ kind }) => kind)).toEqual(['follow-up']);
    expect(answer.searched).toBe('who rang bells? Where is the snow?');
  });

  test('with a model that was not fitted, cited articles do not rank higher', async () => {
    const deps = { ...smallLibrary(TIED), coefficients: null };
    const answer = await answerQuestion('And rang?', deps, { earlier: { question: 'Bells', articleIds: ['a1'] } });
    expect(answer.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p2', 'p3']);
    expect(answer.notes.map(({ kind }) => kind)).toEqual(['follow-up', 'uncalibrated']);
  });
});

test('what looks like a follow-up is searched for as it is if nothing was asked before', async () => {
  const answer = await ask([{ title: null, passages: [['Bells rang.']] }], 'And the bells?', null);
  expect(answer).toMatchObject({ searched: 'And the bells?', notes: [] });
});

/** Asks with passages ranked by evenly weighted MaxSim times a factor. Every question is answered. */
function ask(
  articles: readonly SmallArticle[],
  question: string,
  earlier: EarlierAnswer | null,
  factor = 1,
): Promise<Answer> {
  const coefficients = rankedBy({ maxSim: factor }, SURE);
  return answerQuestion(question, { ...smallLibrary(articles), coefficients }, { earlier });
}

function cited({ citations }: Answer): string[] {
  return citations.map(({ passageId }) => passageId);
}

test('a question that names what it refers to stands alone', () => {
  expect(isFollowUp('Who is Antonov and what did he do?')).toBe(false);
  expect(isFollowUp('what did he do?')).toBe(true);
});
