import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/answering/answer.js';
import { type AnsweringDeps, answerQuestion } from '../../src/answering/answer-question.js';
import { type EarlierAnswer, earlierFrom, mayFollowUp } from '../../src/answering/follow-up.js';
import { decisionWeights } from './decision-weights.js';
import { rankedBy, type SmallArticle, smallLibrary } from './small-library.js';

/** Confidence depends on the similarity of the first passage, and on how many content words of the question it has. */
const BY_FIRST = {
  decision: decisionWeights({ intercept: -4, similarity: 4.6, contentSimilarity: 4 }),
  thresholds: { answered: 0.7, closest: 0.3 },
};

describe('a question may be a follow-up:', () => {
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
    'Who else came there?',
    'What did the old council of that town pay for the new roof?',
    'Who was there?',
    // Nothing marks these, but they say little.
    'why though',
    'how long for',
    'can I pay cash',
    'how much is a small boat',
    // The first of several questions.
    'Who paid him? Where is the ferry to the islands of the north?',
  ])('%s', (question) => {
    expect(mayFollowUp(question)).toBe(true);
  });
});

describe('a question plainly stands alone:', () => {
  test.each([
    'Who met in the harbour of Reykjavik on Wednesday?',
    // It refers to something, but names it itself.
    'Why did Comey leave the bureau he had led?',
    // This "there" refers to nothing.
    'Is there a ferry from Oslo to Kiel on Sundays?',
    // It only starts with the same letters as an opener.
    'Andrea Bocelli sang where on Sunday?',
    // It is long enough, whatever it starts with.
    'So my printer prints grey stripes on every third page since yesterday, cleaning its rollers twice changed nothing?',
    'other question: who is he?',
    'ok thx, something else, who paid for it?',
    'Different topic - who paid for it?',
    'another question how much is it',
  ])('%s', (question) => {
    expect(mayFollowUp(question)).toBe(false);
  });
});

test.each(['What other questions did he ask?', 'Is something else in it?', 'other questions'])(
  'only the opener of a question changes the topic: %s',
  (question) => {
    expect(mayFollowUp(question)).toBe(true);
  },
);

describe('after an answer', () => {
  const BELLS_AND_SNOW = [
    { title: null, passages: [['Bells rang loudly.'], ['Bells rang in Oslo.']] },
    { title: null, passages: [['Snow fell today on it.']] },
  ];
  const RANG: EarlierAnswer = { question: 'Who heard bells rang?', articleIds: [] };

  test('a follow-up is read with the earlier question if that finds more of it, and a note says so', async () => {
    const answer = await askSure(BELLS_AND_SNOW, 'Why in Oslo?', { question: 'Bells rang?', articleIds: [] });
    expect(answer).toMatchObject({
      question: 'Why in Oslo?',
      searched: 'Bells rang Why in Oslo?',
      notes: [{ kind: 'follow-up', earlier: 'Bells rang?' }],
    });
    expect(cited(answer)).toEqual(['p2']);
  });

  test('a question about something else is read alone, even if it has a pronoun', async () => {
    const answer = await askSure(BELLS_AND_SNOW, 'And snow fell today on it?', RANG);
    expect(answer).toMatchObject({ searched: 'snow fell today on it?', notes: [], outcome: 'answered' });
    expect(cited(answer)).toEqual(['p3']);
  });

  test('a short question with a pronoun is only read alone if that finds far more of it', async () => {
    const searchedAfter = async (question: string): Promise<string> =>
      (await askSure(BELLS_AND_SNOW, 'And snow fell on it?', { question, articleIds: [] })).searched;
    // The similarity to "Snow fell today on it." is 4 / (2 * √5) = .89 alone, 4 / (3 * √5) = .60 together with five more words, and
    // 4 / (4 * √5) = .45 with ten more. Times 4.6, the second is more than 2 below.
    expect(await searchedAfter('Who heard zeppelin engines?')).toBe('Who heard zeppelin engines And snow fell on it?');
    expect(await searchedAfter('Who heard zeppelin engines and what did airship do?')).toBe('snow fell on it?');
  });

  test('a question that says that it is about something else is read alone, without what says so', async () => {
    const answer = await askSure(BELLS_AND_SNOW, 'Other question: why it?', RANG);
    expect(answer).toMatchObject({ searched: 'why it?', notes: [] });
  });

  test('what opens a question stays if nothing else is left', async () => {
    expect((await askSure(BELLS_AND_SNOW, 'So?', { question: 'zeppelin', articleIds: [] })).searched).toBe('So?');
  });

  test('a question that plainly stands alone is searched for as it is', async () => {
    const question = 'Which bells rang loudly near snow?';
    const answer = await askSure(BELLS_AND_SNOW, question, RANG);
    expect(answer).toMatchObject({ searched: question, topic: question, notes: [] });
  });

  test('the confidence is that of the reading that was taken', async () => {
    const alone = await askSure(BELLS_AND_SNOW, 'snow fell today on it?', null);
    expect((await askSure(BELLS_AND_SNOW, 'And snow fell today on it?', RANG)).confidence).toBe(alone.confidence);
    // Together, the passage is similar. But of what is asked now, "though", nothing is found.
    const answer = await askSure(BELLS_AND_SNOW, 'why though?', { question: 'Bells rang loudly?', articleIds: [] });
    const asOne = await askSure(BELLS_AND_SNOW, 'Bells rang loudly why though?', null);
    expect(answer.searched).toBe(asOne.searched);
    const confidence = (share: number): number => 1 / (1 + Math.exp(4 - 4.6 * (3 / Math.sqrt(15)) - 4 * share));
    expect(asOne.confidence).toBeCloseTo(confidence(3 / 4), 6);
    expect(answer.confidence).toBeCloseTo(confidence(0), 6);
    expect(answer.outcome).toBe('closest');
  });

  test('a detail takes the place of that of the earlier question', async () => {
    const answer = await askSure(BELLS_AND_SNOW, 'and in Oslo?', {
      question: 'Which bells rang in Bergen?',
      articleIds: [],
    });
    expect(answer).toMatchObject({
      searched: 'Which bells rang in Oslo?',
      topic: 'Which bells rang in Oslo?',
      notes: [{ kind: 'follow-up', earlier: 'Which bells rang in Bergen?' }],
    });
  });

  test('if both name a year, only that of the follow-up counts', async () => {
    const deps = depsFor(BELLS_AND_SNOW);
    const earlier = { question: 'Bells rang in 2021?', articleIds: [] };
    expect((await answerQuestion('why did they in 2017?', deps, { earlier })).searched).toBe(
      'Bells rang why did they in 2017?',
    );
    expect((await answerQuestion('why did they 2500?', deps, { earlier })).searched).toBe(
      'Bells rang in 2021 why did they 2500?',
    );
  });

  test('a chain of follow-ups stays about the last question that stood alone', async () => {
    const asked: string[] = [];
    let earlier = earlierFrom(await askSure(BELLS_AND_SNOW, 'Which bells rang?', null));
    for (const question of ['why though?', 'who did?', 'and snow fell today on it?', 'why though?']) {
      const answer = await askSure(BELLS_AND_SNOW, question, earlier);
      asked.push(answer.searched);
      earlier = earlierFrom(answer);
    }
    expect(asked).toEqual([
      'Which bells rang why though?',
      'Which bells rang who did?',
      'snow fell today on it?',
      'snow fell today on it why though?',
    ]);
  });

  test('that cited nothing, a follow-up still knows what was asked', async () => {
    const nothing = await askSure(BELLS_AND_SNOW, 'Whose zeppelin flew?', null);
    expect(earlierFrom(nothing)).toEqual({ question: 'Whose zeppelin flew?', articleIds: [] });
  });

  test('of a long question the last 300 characters are taken, from a whole word on', async () => {
    const searchedAfter = async (question: string): Promise<string> =>
      (await askSure(BELLS_AND_SNOW, 'why that?', { question, articleIds: [] })).searched;
    // One character over.
    expect(await searchedAfter(`snow ${'rang '.repeat(59)}x?`)).toBe(`${'rang '.repeat(59)}x why that?`);
    expect(await searchedAfter(`${'rang '.repeat(59)}bells?`)).toBe(`${'rang '.repeat(59)}bells why that?`);
  });

  test('two readings are embedded for a possible follow-up, and one for any other question', async () => {
    expect(await embeddedFor('why though?', RANG)).toEqual(['why though?', 'Who heard bells rang why though?']);
    expect(await embeddedFor('why though?', null)).toEqual(['why though?']);
    expect(await embeddedFor('Which bells rang loudly near snow?', RANG)).toHaveLength(1);
    expect(await embeddedFor('and in 2017?', { question: 'Who rang in 2016?', articleIds: [] })).toEqual([
      'Who rang in 2017?',
    ]);
  });

  async function embeddedFor(question: string, earlier: EarlierAnswer | null): Promise<string[]> {
    const embedded: string[] = [];
    const { encoder, ...deps } = depsFor(BELLS_AND_SNOW);
    const embedQuestion = (text: string): ReturnType<typeof encoder.embedQuestion> => {
      embedded.push(text);
      return encoder.embedQuestion(text);
    };
    await answerQuestion(question, { ...deps, encoder: { ...encoder, embedQuestion } }, { earlier });
    return embedded;
  }
});

describe('with a model that was not fitted', () => {
  test.each([
    // It has two words of its own.
    ['And bells rang?', 'bells rang?', []],
    ['And rang?', 'Snow And rang?', ['follow-up']],
    ['And why did they rang bells?', 'Snow And why did they rang bells?', ['follow-up']],
    ['And 17 rang?', 'Snow And 17 rang?', ['follow-up']],
  ])('"%s" is searched for as "%s"', async (question, searched, kinds) => {
    const articles = [{ title: null, passages: [['Bells rang.'], ['Snow fell.']] }];
    const deps = { ...smallLibrary(articles), coefficients: null };
    const answer = await answerQuestion(question, deps, { earlier: { question: 'Snow', articleIds: [] } });
    expect(answer.searched).toBe(searched);
    expect(answer.notes.map(({ kind }) => kind)).toEqual([...kinds, 'uncalibrated']);
  });
});

/** Every question is answered with the same confidence, so a follow-up is read alone. */
const SURE = { decision: decisionWeights({ intercept: 9 }) };

describe('the articles that were cited before', () => {
  const TIED = [
    { title: null, passages: [['Bells rang.']] },
    { title: null, passages: [['Bells rang here.'], ['Snow fell.']] },
  ];

  test('rank above equal ones', async () => {
    expect(cited(await ask(TIED, 'Bells and rang?', { question: 'Bells', articleIds: ['a1'] }))).toEqual(['p2', 'p1']);
  });

  test('have all their passages among the candidates, but those with nothing in common stay last', async () => {
    const apart = [
      { title: null, passages: [['Bells rang.']] },
      { title: null, passages: [['Snow fell.'], ['Rain.']] },
    ];
    expect((await ask(apart, 'Bells and rang?', { question: 'Bells', articleIds: [] })).trace.candidates).toBe(1);
    // p1 has two words of three, and 2/3 of 6 is more than 1.5.
    const after = await ask(apart, 'Bells and rang?', { question: 'Bells', articleIds: ['a1'] }, 6);
    expect(after.trace.candidates).toBe(3);
    expect(after.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p2', 'p3']);
  });

  test('do not rank higher if the years differ', async () => {
    const asked = async (question: string, earlier: string): Promise<string[]> =>
      cited(await ask(TIED, question, { question: earlier, articleIds: ['a1'] }));
    expect(await asked('Bells and rang in 2017?', 'Bells 2021')).toEqual(['p1', 'p2']);
    expect(await asked('Bells and rang in 2021?', 'Bells 2021')).toEqual(['p2', 'p1']);
    expect(await asked('Bells and rang in 2017?', 'Bells')).toEqual(['p2', 'p1']);
    expect(await asked('Bells and rang?', 'Bells 2021')).toEqual(['p2', 'p1']);
  });

  test('are ignored outside the scope', async () => {
    const library = smallLibrary([
      { title: null, collection: 'town', passages: [['Bells rang.'], ['Snow fell.']] },
      { title: null, collection: 'sea', passages: [['Bells rang here.']] },
      { title: null, collection: 'sea', passages: [['Bells rang there.'], ['Rain fell.']] },
    ]);
    const deps = { ...library, coefficients: rankedBy({ maxSim: 1 }, SURE) };
    const earlier = { question: 'Bells', articleIds: ['a0', 'a2'] };
    const answer = await answerQuestion('Bells and rang?', deps, { scope: { collections: ['sea'] }, earlier });
    expect(answer.ranking.map(({ passageId }) => passageId)).toEqual(['p4', 'p5', 'p3']);
    expect(cited(answer)).toEqual(['p4', 'p3']);
    const one = await answerQuestion('Bells and rang?', deps, { scope: { articleId: 'a1' }, earlier });
    expect(one.ranking.map(({ passageId }) => passageId)).toEqual(['p3']);
    const all = await answerQuestion('Bells and rang?', deps, { earlier });
    expect(all.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p4', 'p2', 'p5', 'p3']);
  });

  test('get a bonus of 1.5 in log-odds, so a clearly better passage stays ahead', async () => {
    const articles = [
      { title: null, passages: [['And bells rang.']] },
      { title: null, passages: [['Bells fell.']] },
    ];
    const earlier = { question: 'Bells', articleIds: ['a1'] };
    // Three words of three and one of three: ahead by 2/3 of the weight, which is 1.4 or 1.6.
    const near = await ask(articles, 'Bells and rang?', earlier, 2.1);
    expect(near.ranking.map(({ passageId }) => passageId)).toEqual(['p2', 'p1']);
    // Only the order changes, not the scores, so confidence still depends on what they match.
    expect(near.ranking[0]?.score).toBeCloseTo(0.7, 6);
    expect(near.ranking[1]?.score).toBeCloseTo(2.1, 6);
    expect(near.trace.passages.map(({ rank }) => rank)).toEqual([1, 2]);
    expect(near.trace.decision?.lead).toBeCloseTo(0.7 - 2.1, 6);
    const clear = await ask(articles, 'Bells and rang?', earlier, 2.4);
    expect(clear.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p2']);
  });

  test('get a bonus that changes neither the first confidence nor the other citations', async () => {
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
        const answer = await ask(articles, 'Bells and rang?', { question: 'Bells', articleIds }, factor);
        expect(answer.ranking[0]?.score).toBeCloseTo(factor, 6);
        expect([...cited(answer)].toSorted(), `${factor} after ${articleIds.join()}`).toEqual(expected);
      }
      const answer = await ask(articles, 'Bells and rang?', { question: 'Bells', articleIds: ['a0'] }, factor);
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
    const answer = await ask(articles, 'Bells and rang council ferry snow?', earlier, 7.5);
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
    const answer = await ask(articles, 'Bells and rang council ferry snow?', earlier, 6);
    expect(answer.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p2', 'p3']);
    expect(answer.trace.decision?.lead).toBeCloseTo(2, 6);
  });

  test('do not rank higher if the question says that it is about something else', async () => {
    const earlier = { question: 'Bells', articleIds: ['a1'] };
    expect(cited(await ask(TIED, 'Bells and rang?', earlier))).toEqual(['p2', 'p1']);
    expect(cited(await ask(TIED, 'Other question: bells and rang?', earlier))).toEqual(['p1', 'p2']);
  });

  test('are ignored if they were removed', async () => {
    const asked = async (...articleIds: string[]): Promise<string[]> =>
      cited(await ask(TIED, 'Bells and rang?', { question: 'Bells', articleIds }));
    expect(await asked('gone', 'a1')).toEqual(['p2', 'p1']);
    expect(await asked('gone')).toEqual(['p1', 'p2']);
  });

  test('do not rank higher with a model that was not fitted', async () => {
    const deps = { ...smallLibrary(TIED), coefficients: null };
    const answer = await answerQuestion('Bells rang?', deps, { earlier: { question: 'Bells', articleIds: ['a1'] } });
    expect(answer.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p2', 'p3']);
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

/** Asks with confidence by the first passage. */
function askSure(articles: readonly SmallArticle[], question: string, earlier: EarlierAnswer | null): Promise<Answer> {
  return answerQuestion(question, depsFor(articles), { earlier });
}

/** A weight that leaves only the best passage within reach of being cited. */
function depsFor(articles: readonly SmallArticle[]): AnsweringDeps {
  return { ...smallLibrary(articles), coefficients: rankedBy({ maxSim: 20 }, BY_FIRST) };
}

function cited({ citations }: Answer): string[] {
  return citations.map(({ passageId }) => passageId);
}
