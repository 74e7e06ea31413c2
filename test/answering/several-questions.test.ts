import { describe, expect, test } from 'vitest';
import { answerInDetail, answerQuestion } from '../../src/answering/answer-question.js';
import { fullRanking } from '../../src/answering/question-result.js';
import { BELLS, depsFor, FERRY } from './bells-and-ferry.js';

describe('two questions in one message', () => {
  test('are both answered, and each citation names its question', async () => {
    const answer = await answerQuestion('Who sold bells? When ferry sank?', depsFor([FERRY, BELLS]));
    expect(answer.citations.map(({ question, quote }) => [question, quote])).toEqual([
      ['Who sold bells?', 'Who council sold bells.'],
      ['When ferry sank?', 'When ferry sank.'],
    ]);
    expect(answer).toMatchObject({
      question: 'Who sold bells? When ferry sank?',
      searched: 'Who sold bells? When ferry sank?',
      outcome: 'answered',
    });
    // All of both: 1 / (1 + e^-4).
    expect(answer.confidence).toBeCloseTo(0.982, 4);
  });

  test('are listed with their outcomes, and the lower confidence counts', async () => {
    const answer = await answerQuestion('Who sold bells? When ferry sank burnt?', depsFor([FERRY, BELLS]));
    // The second has two content words of three: -4 + 8 * 2/3 = 1.333; 1 / (1 + e^-1.333) = .7914.
    expect(answer).toMatchObject({ outcome: 'answered' });
    expect(answer.confidence).toBeCloseTo(0.7914, 4);
    expect(answer.notes).toEqual([
      {
        kind: 'parts',
        parts: [
          { question: 'Who sold bells?', outcome: 'answered', confidence: expect.closeTo(0.982, 4) as number },
          { question: 'When ferry sank burnt?', outcome: 'answered', confidence: expect.closeTo(0.7914, 4) as number },
        ],
        skipped: 0,
      },
    ]);
  });

  test('are partly answered if one of them is not found', async () => {
    // The second has one content word of three: -4 + 8/3 = -1.333; .2086. Nothing is cited for it.
    const half = await answerQuestion('Who sold bells? Where zeppelin burnt sank?', depsFor([FERRY, BELLS]));
    expect(half).toMatchObject({ outcome: 'partly' });
    // The confidence of the one that is answered.
    expect(half.confidence).toBeCloseTo(0.982, 4);
    expect(half.citations.map(({ question }) => question)).toEqual(['Who sold bells?']);
    expect(half.notes).toMatchObject([{ kind: 'parts', parts: [{ outcome: 'answered' }, { outcome: 'not-found' }] }]);
  });

  test('are partly answered if one of them only comes close', async () => {
    // The second has one content word of two: -4 + 8/2 = 0; .5.
    const near = await answerQuestion('Who sold bells? When zeppelin ferry?', depsFor([FERRY, BELLS]));
    expect(near).toMatchObject({
      outcome: 'partly',
      notes: [{ kind: 'parts', parts: [{ outcome: 'answered' }, { outcome: 'closest', confidence: 0.5 }] }],
    });
    expect(near.confidence).toBeCloseTo(0.982, 4);
    expect(near.citations).toHaveLength(2);
  });

  test('only come close if one of them does and none is answered', async () => {
    // One content word of two, and one of three: .5 and .2086.
    const answer = await answerQuestion('When zeppelin ferry? Where zeppelin burnt sank?', depsFor([FERRY, BELLS]));
    expect(answer).toMatchObject({
      outcome: 'closest',
      confidence: 0.5,
      notes: [{ parts: [{ outcome: 'closest' }, { outcome: 'not-found' }] }],
    });
    expect(answer.citations.map(({ question }) => question)).toEqual(['When zeppelin ferry?']);
  });

  test('are each answered, even if the second refers to the first', async () => {
    const articles = [
      { title: null, passages: [['Who council sold bells.'], ['Who sold bells rang.'], ['Snow fell.']] },
    ];
    const deps = depsFor(articles);
    const answer = await answerQuestion('Who sold bells? Why they rang?', deps);
    expect(answer.searched).toBe('Who sold bells? Who sold bells Why they rang?');
    expect(answer.citations.map(({ question, passageId }) => [question, passageId])).toEqual([
      ['Who sold bells?', 'p1'],
      ['Why they rang?', 'p2'],
    ]);
    // That they belong together can be seen, so only the parts are listed. A follow-up is about the first one.
    expect(answer.notes.map(({ kind }) => kind)).toEqual(['parts']);
    expect(answer.topic).toBe('Who sold bells?');
  });

  test('that follow up on an earlier one are both read with that', async () => {
    const articles = [{ title: null, passages: [['Bells rang loudly.'], ['Snow fell.']] }];
    const earlier = { question: 'Bells rang?', articleIds: [] };
    const answer = await answerQuestion('why though? and who else?', depsFor(articles), { earlier });
    expect(answer.searched).toBe('Bells rang why though? Bells rang and who else?');
    expect(answer.notes.map(({ kind }) => kind)).toEqual(['follow-up', 'parts']);
  });

  test('have the higher confidence if nothing is cited', async () => {
    // No content word of two, and one of three: -4 and -4 + 8/3; .018 and .2086.
    const answer = await answerQuestion('Who zeppelin flew? Where airship ferry burnt?', depsFor([FERRY, BELLS]));
    expect(answer).toMatchObject({ outcome: 'not-found', citations: [] });
    expect(answer.ranking.map(({ passageId }) => passageId)).toEqual(['p3', 'p2', 'p1']);
    expect(answer.confidence).toBeCloseTo(0.2086, 4);
  });

  test('are not found if neither is', async () => {
    const answer = await answerQuestion('Whose zeppelin flew? Which airship burnt?', depsFor([FERRY, BELLS]));
    expect(answer).toMatchObject({ outcome: 'not-found', confidence: 0, citations: [], ranking: [] });
    expect(answer.trace.decision).toBeNull();
    expect(answer.notes).toMatchObject([
      { kind: 'parts', parts: [{ outcome: 'not-found' }, { outcome: 'not-found' }] },
    ]);
  });

  test('share three citations and the ranking, starting with the best of each', async () => {
    const articles = [
      BELLS,
      { title: null, passages: [['Who council sold bells again.']] },
      FERRY,
      { title: null, passages: [['When ferry sank twice.']] },
    ];
    const deps = depsFor(articles);
    const { answer, results } = await answerInDetail('Who sold bells? When ferry sank?', deps, { limit: 2 });
    const ranking = fullRanking(results);
    expect(answer.citations.map(({ passageId }) => passageId)).toEqual(['p1', 'p4', 'p2']);
    expect(answer.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p4']);
    expect(answer.trace.passages.map(({ passageId }) => passageId)).toEqual(['p1', 'p4', 'p2']);
    expect(answer.trace.candidates).toBe(results.reduce((sum, part) => sum + part.ranking.length, 0));
    expect(results.map(({ question }) => question)).toEqual(['Who sold bells?', 'When ferry sank?']);
    // Each passage occurs once.
    expect(new Set(ranking.map(({ passage }) => passage.id)).size).toBe(ranking.length);
  });

  test('with the same best passage list it once and cite it twice', async () => {
    const both = { title: null, passages: [['Who council sold bells when ferry sank.']] };
    const answer = await answerQuestion('Who sold bells? When ferry sank?', depsFor([both]));
    expect(answer.citations.map(({ passageId, question }) => [passageId, question])).toEqual([
      ['p1', 'Who sold bells?'],
      ['p1', 'When ferry sank?'],
    ]);
    expect(answer.ranking).toHaveLength(1);
    // Each question has its own trace.
    expect(answer.trace.passages.map(({ question }) => question)).toEqual(['Who sold bells?', 'When ferry sank?']);
  });

  test('answered by two sentences of one passage quote both', async () => {
    const both = {
      title: null,
      passages: [['Who council sold bells.', 'Snow fell.', 'Rain fell.', 'Roof leaked.', 'When ferry sank.']],
    };
    const answer = await answerQuestion('Who sold bells? When ferry sank?', depsFor([both]));
    expect(answer.citations.map(({ passageId, question, quote }) => [passageId, question, quote])).toEqual([
      ['p1', 'Who sold bells?', 'Who council sold bells.'],
      ['p1', 'When ferry sank?', 'When ferry sank.'],
    ]);
    expect(answer.ranking).toHaveLength(1);
  });

  test('get no notes about dates and figures', async () => {
    const answer = await answerQuestion(
      'Who sold bells? When ferry sank?',
      depsFor([
        { ...BELLS, published: '1990-01-01' },
        { ...FERRY, published: '2020-01-01' },
      ]),
    );
    expect(answer.notes.map(({ kind }) => kind)).toEqual(['parts']);
  });
});

describe('more than three questions in one message', () => {
  const FOUR = 'Who sold bells? When ferry sank? Who sold bells again? When ferry burnt?';

  test('are not all looked up, and the answer says how many are not', async () => {
    const { answer, results } = await answerInDetail(FOUR, depsFor([FERRY, BELLS]));
    expect(results.map(({ question }) => question)).toEqual([
      'Who sold bells?',
      'When ferry sank?',
      'Who sold bells again?',
    ]);
    expect(answer).toMatchObject({ outcome: 'partly', notes: [{ kind: 'parts', skipped: 1 }] });
    expect(answer.citations).toHaveLength(3);
  });

  test('are not found if none of the first three is', async () => {
    const answer = await answerQuestion(
      `${'Whose zeppelin flew? '.repeat(3)}When ferry sank?`,
      depsFor([FERRY, BELLS]),
    );
    expect(answer).toMatchObject({ outcome: 'not-found', citations: [], notes: [{ skipped: 1 }] });
  });
});

test('with a single question, citations name no question and there is no list of parts', async () => {
  const answer = await answerQuestion('Who sold bells?', depsFor([BELLS]));
  expect(answer.citations.map(({ question }) => question)).toEqual([null]);
  expect(answer.notes).toEqual([]);
  expect(answer.searched).toBe('Who sold bells?');
});

test('a note says that the sources of one question are years apart', async () => {
  const answer = await answerQuestion(
    'Who sold bells?',
    depsFor([
      { ...BELLS, published: '1990-01-01' },
      { title: null, passages: [['Who council sold bells again.']], published: '2020-01-01' },
    ]),
  );
  expect(answer.notes).toEqual([{ kind: 'years-apart', published: ['1990-01-01', '2020-01-01'] }]);
});

test('a note says that similar passages give different figures', async () => {
  const figures = (first: string, second: string) =>
    depsFor([
      { title: null, passages: [[first]] },
      { title: null, passages: [[second]] },
    ]);
  const near = await answerQuestion('Who sold bells?', figures('Who sold bells 7.', 'Who sold bells 9.'));
  // Three words of four in common: 3/4.
  expect(near.notes).toEqual([
    {
      kind: 'figures-differ',
      figures: [
        { citation: 1, figures: ['7'] },
        { citation: 2, figures: ['9'] },
      ],
    },
  ]);
  // Three of eight: 3/8 is less than .55.
  const far = figures('Who sold bells 7 in a town yesterday.', 'Who sold bells 9 on an island today.');
  expect((await answerQuestion('Who sold bells?', far)).notes).toEqual([]);
});

test('figures in the question as it is searched for are not compared', async () => {
  const deps = depsFor([
    { title: null, passages: [['Who sold bells 40 7.']] },
    { title: null, passages: [['Who sold bells 40 9.']] },
  ]);
  const earlier = { question: 'Who sold bells 40?', articleIds: [] };
  const answer = await answerQuestion('And why did they?', deps, { earlier });
  expect(answer.searched).toBe('Who sold bells 40 And why did they?');
  expect(answer.notes).toEqual([
    { kind: 'follow-up', earlier: 'Who sold bells 40?' },
    {
      kind: 'figures-differ',
      figures: [
        { citation: 1, figures: ['7'] },
        { citation: 2, figures: ['9'] },
      ],
    },
  ]);
  // Here 40 is not in the question, but it is in both sources.
  expect((await answerQuestion('Who sold bells?', deps)).notes).toEqual([]);
});
