import { describe, expect, test } from 'vitest';
import { type AnsweringDeps, answerInDetail, answerQuestion } from '../../src/answering/answer-question.js';
import { QuestionError, readQuestion, splitQuestions } from '../../src/answering/question/question.js';
import { fullRanking } from '../../src/answering/question-result.js';
import { EXIT } from '../../src/user-error.js';
import { rankedBy, type SmallArticle, smallLibrary } from './small-library.js';

describe('a question is refused with a reason', () => {
  test.each([
    ['', 'empty', 0, 'The question is empty. Ask something about the articles'],
    [' \n\t ', 'empty', 0, 'The question is empty.'],
    [' ?! ', 'no-words', 2, 'The question has no words in it. Ask in a few words or a sentence.'],
    ['🤷 。', 'no-words', 4, 'The question has no words in it.'],
    ['x'.repeat(2_001), 'too-long', 2_001, 'The question has 2,001 characters; the limit is 2,000. Ask one thing'],
  ] as const)('%j', (input, problem, characters, words) => {
    const refusal = refusalOf(input);
    expect(refusal).toMatchObject({ problem, characters, exitCode: EXIT.wrongUse });
    expect(refusal.message).toContain(words);
  });

  test('but white space does not count, and half a surrogate pair is accepted', () => {
    expect(readQuestion(`  ${'x '.repeat(999)}\n\n y  `)).toBe(`${'x '.repeat(999)}y`);
    expect(readQuestion('a\ud83d')).toBe('a\ufffd');
  });
});

describe('a message is split if each part is a question that stands alone:', () => {
  test.each([
    ['Who met in Reykjavik? Where is the Harpa hall?', ['Who met in Reykjavik?', 'Where is the Harpa hall?']],
    [
      'Where did they meet in 2021 and who was fired in 2017?',
      ['Where did they meet in 2021', 'who was fired in 2017?'],
    ],
    [
      'Where did they meet in 2021, and who was fired in 2017?',
      ['Where did they meet in 2021', 'who was fired in 2017?'],
    ],
    ['Who paid the ferry; when does the boat sail?', ['Who paid the ferry', 'when does the boat sail?']],
    ['who paid the ferry and when does the boat sail', ['who paid the ferry', 'when does the boat sail']],
    ['WHO PAID THE FERRY AND WHEN DOES THE BOAT SAIL?', ['WHO PAID THE FERRY', 'WHEN DOES THE BOAT SAIL?']],
    ['Who sold bells?? Where was the sale?', ['Who sold bells??', 'Where was the sale?']],
    [
      'Who sold bells? Was the roof repaired? In which town is the hall?',
      ['Who sold bells?', 'Was the roof repaired?', 'In which town is the hall?'],
    ],
    // This "there" refers to nothing, and one content word is enough for a sentence.
    ['Is there a ferry? Are there bells in Oslo?', ['Is there a ferry?', 'Are there bells in Oslo?']],
    ['Who met? Who left?', ['Who met?', 'Who left?']],
    ['Who owns the ferry and what is there to see in Oslo?', ['Who owns the ferry', 'what is there to see in Oslo?']],
    // Split at both sentences and clauses.
    [
      'Who sold bells? Who paid the ferry and when does the boat sail?',
      ['Who sold bells?', 'Who paid the ferry', 'when does the boat sail?'],
    ],
    // The first part has nothing before it that it could refer to.
    ['Who paid him? Where is the ferry now?', ['Who paid him?', 'Where is the ferry now?']],
  ])('%s', (message, parts) => {
    expect(splitQuestions(message)).toEqual(parts);
  });
});

describe('a message is one question if', () => {
  test.each([
    ['it asks one thing', 'Where did Blinken and Lavrov meet?'],
    ['a part refers back', 'Who met in Reykjavik and what did they say?'],
    ['a sentence refers back', 'Who met in Reykjavik? Where was it held?'],
    ['a part asks what else there is', 'Who met in Reykjavik? Who else was there?'],
    ['a part asks about other things', 'Who paid the ferry and which other boats sank?'],
    ['it asks four questions', 'Who sold bells? Where is Oslo? What is rye bread? How old is the ferry?'],
    ['"and" joins nouns', 'Who wrote the book and the play?'],
    ['"and" joins question words', 'Who met, when and where?'],
    ['"and" joins other words', 'What is the capital and largest city of Iceland?'],
    ['the first sentence is a statement', 'I like bells. Who sold the bells? Where was the sale?'],
    ['the first clause is a request', 'Tell me who met and where the summit was'],
    ['a sentence has no content word', 'What? Who sold the bells?'],
    ['a clause has only one content word', 'Who paid the ferry and who left?'],
    [
      'sentences and clauses add up to four',
      'Who sold bells? Who bought bells? Who paid the ferry and when does the boat sail?',
    ],
    ['only a question mark follows', 'Who sold the bells? ?'],
    ['a part is empty', 'Who sold the bells? ? Where is the ferry now?'],
    ['a question is quoted', 'Who said "why?" and left?'],
    ['no question word follows the semicolon', 'Who paid the ferry; the boat is old'],
    ['"and" is part of another word', 'Who owns the land whose ferry sank?'],
  ])('%s: %s', (_, message) => {
    expect(splitQuestions(message)).toEqual([message]);
  });
});

/** Confidence depends only on how much of the question the best sentences contain: -4 + 8 times that, in log-odds. */
const BY_SENTENCES = {
  decision: { intercept: -4, beyondTitleMaxSim: 8, similarity: 0, lead: 0 },
  thresholds: { answered: 0.7, closest: 0.3 },
};

const BELLS = { title: null, passages: [['Who council sold bells.']] };
const FERRY = { title: null, passages: [['Snow fell.'], ['When ferry sank.']] };

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
    const answer = await answerQuestion('Who sold bells? When ferry burnt?', depsFor([FERRY, BELLS]));
    // The second has two words of three: -4 + 8 * 2/3 = 1.333; 1 / (1 + e^-1.333) = .7914.
    expect(answer).toMatchObject({ outcome: 'answered' });
    expect(answer.confidence).toBeCloseTo(0.7914, 4);
    expect(answer.notes).toEqual([
      {
        kind: 'parts',
        parts: [
          { question: 'Who sold bells?', outcome: 'answered' },
          { question: 'When ferry burnt?', outcome: 'answered' },
        ],
      },
    ]);
  });

  test('are closest if one of them is not found', async () => {
    // The second has one word of three: -4 + 8/3 = -1.333; .2086. Nothing is cited for it.
    const half = await answerQuestion('Who sold bells? Where zeppelin sank?', depsFor([FERRY, BELLS]));
    expect(half).toMatchObject({ outcome: 'closest' });
    // The confidence of the one that is cited.
    expect(half.confidence).toBeCloseTo(0.982, 4);
    expect(half.citations.map(({ question }) => question)).toEqual(['Who sold bells?']);
    expect(half.notes).toMatchObject([{ kind: 'parts', parts: [{ outcome: 'answered' }, { outcome: 'not-found' }] }]);
  });

  test('are closest if one of them only comes close', async () => {
    // The second has two words of four: -4 + 8/2 = 0; .5.
    const near = await answerQuestion('Who sold bells? When zeppelin ferry burnt?', depsFor([FERRY, BELLS]));
    expect(near).toMatchObject({
      outcome: 'closest',
      confidence: 0.5,
      notes: [{ kind: 'parts', parts: [{ outcome: 'answered' }, { outcome: 'closest' }] }],
    });
    expect(near.citations).toHaveLength(2);
  });

  test('have the higher confidence if nothing is cited', async () => {
    // One word of three and one of four: -4 + 8/3 and -4 + 8/4; .2086 and .1192.
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
    const { answer, found } = await answerInDetail('Who sold bells? When ferry sank?', deps, { limit: 2 });
    const ranking = fullRanking(found);
    expect(answer.citations.map(({ passageId }) => passageId)).toEqual(['p1', 'p4', 'p2']);
    expect(answer.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p4']);
    expect(answer.trace.passages.map(({ passageId }) => passageId)).toEqual(['p1', 'p4', 'p2']);
    expect(answer.trace.candidates).toBe(found.reduce((sum, part) => sum + part.ranking.length, 0));
    expect(found.map(({ question }) => question)).toEqual(['Who sold bells?', 'When ferry sank?']);
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
  const answer = await answerQuestion('And sold?', deps, { earlier });
  expect(answer.searched).toBe('Who sold bells 40 And sold?');
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

describe('a question in another language', () => {
  const written = { asked: 'de', written: 'en' };

  test('is at most closest, has no confidence, and gets a note', async () => {
    const asked: [string, string][] = [];
    const compareLanguages = (question: string, passages: string): typeof written => {
      asked.push([question, passages]);
      return written;
    };
    const answer = await answerQuestion('Who  sold bells?', { ...depsFor([BELLS, FERRY]), compareLanguages });
    expect(answer).toMatchObject({ outcome: 'closest', notes: [{ kind: 'language', ...written }] });
    expect(answer.confidence).toBeNull();
    expect(answer.citations).toHaveLength(1);
    expect(asked).toEqual([['Who sold bells?', 'Who council sold bells.']]);
  });

  test('is recognised by the best three passages of each part, however few are listed', async () => {
    const asked: [string, string][] = [];
    const compareLanguages = (question: string, passages: string): null => {
      asked.push([question, passages]);
      return null;
    };
    const articles = ['again', 'twice', 'loud', 'low'].flatMap((word) => [
      { title: null, passages: [[`Who sold bells ${word}.`]] },
      { title: null, passages: [[`When ferry sank ${word}.`]] },
    ]);
    const deps = { ...depsFor(articles), compareLanguages };
    await answerQuestion('Who sold bells?', deps, { limit: 1 });
    await answerQuestion('Who sold bells? When ferry sank?', deps, { limit: 1 });
    const bells = 'Who sold bells again. Who sold bells twice. Who sold bells loud.';
    expect(asked).toEqual([
      ['Who sold bells?', bells],
      [
        'Who sold bells? When ferry sank?',
        `${bells} When ferry sank again. When ferry sank twice. When ferry sank loud.`,
      ],
    ]);
  });

  test('that comes close stays closest, with the note and without confidence', async () => {
    const deps = { ...depsFor([BELLS]), compareLanguages: () => written };
    // Two words of four: -4 + 8/2 = 0; .5.
    expect(await answerQuestion('Who zeppelin bells burnt?', deps)).toMatchObject({
      outcome: 'closest',
      confidence: null,
      notes: [{ kind: 'language', ...written }],
    });
  });

  test('that is not found has no confidence', async () => {
    const deps = { ...depsFor([BELLS]), compareLanguages: () => written };
    expect((await answerQuestion('bells zeppelin flew here', deps)).confidence).toBeNull();
  });

  test('that is not found stays not-found, with the note', async () => {
    const deps = { ...depsFor([BELLS]), compareLanguages: () => written };
    const answer = await answerQuestion('bells zeppelin flew here', deps);
    // One word of four: -4 + 2; .12.
    expect(answer).toMatchObject({ outcome: 'not-found', citations: [], notes: [{ kind: 'language', ...written }] });
  });

  test('in two parts has no answered part', async () => {
    const deps = { ...depsFor([BELLS, FERRY]), compareLanguages: () => written };
    const answer = await answerQuestion('Who sold bells? When ferry sank?', deps);
    expect(answer).toMatchObject({ outcome: 'closest', confidence: null });
    expect(answer.notes).toMatchObject([
      { kind: 'parts', parts: [{ outcome: 'closest' }, { outcome: 'closest' }] },
      { kind: 'language' },
    ]);
  });

  test('in another script is recognised by its letters, without a language check', async () => {
    const compareLanguages = (): never => {
      throw new Error('The language must not be checked');
    };
    const articles = [{ title: null, passages: [['Harpa stands there.']] }];
    const answer = await answerQuestion('Где стоит Harpa?', { ...depsFor(articles), compareLanguages });
    expect(answer.notes).toEqual([{ kind: 'script', asked: 'Cyrillic', written: 'Latin' }]);
    expect(answer.outcome).toBe('not-found');
    const sure = { decision: { ...BY_SENTENCES.decision, intercept: 9 } };
    const coefficients = rankedBy({ maxSim: 1 }, sure);
    const cited = await answerQuestion('Где стоит Harpa?', { ...depsFor(articles), compareLanguages, coefficients });
    expect(cited).toMatchObject({ outcome: 'closest', confidence: null, notes: [{ kind: 'script' }] });
    expect(cited.citations).toHaveLength(1);
  });
});

function depsFor(articles: readonly SmallArticle[]): AnsweringDeps {
  return { ...smallLibrary(articles), coefficients: rankedBy({ maxSim: 1 }, BY_SENTENCES) };
}

function refusalOf(input: string): QuestionError {
  try {
    readQuestion(input);
  } catch (error) {
    if (error instanceof QuestionError) return error;
    throw error;
  }
  throw new Error(`Not refused: ${input}`);
}
