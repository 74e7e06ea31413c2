import { describe, expect, test } from 'vitest';
import type { Citation } from '../../src/corpus/citation.js';
import { type EvaluatedQuestion, evaluateSet } from '../../src/evaluation/evaluate.js';
import type { ArticleSpan, EvaluatedEngine, ScoredSpan } from '../../src/evaluation/evaluated-engine.js';
import type { JudgedPassage, JudgedQuestion, JudgedSet } from '../../src/evaluation/judged-set.js';
import { judgedQuestion } from './made-up-questions.js';

const TEXT = 'One is here. Two is there. Three is away.';
/** Three passages of one sentence each. The first two are in one article, the third in another with the same text. */
const PASSAGES: readonly ArticleSpan[] = [
  { key: 1, articleKey: 10, start: 0, end: 12 },
  { key: 2, articleKey: 10, start: 13, end: 26 },
  { key: 3, articleKey: 20, start: 27, end: 41 },
];

interface MadeUpAnswer {
  /** Passages, best first, each with the similarity of its best match for the two tokens of the question. */
  readonly ranking?: readonly (readonly [key: number, first: number, second: number])[];
  readonly terms?: readonly number[];
  readonly vectors?: readonly number[];
  readonly citations?: readonly Pick<Citation, 'quote' | 'start' | 'end'>[];
}

test('every question is asked once, and progress is reported after each', async () => {
  const asked: string[] = [];
  const progress: (readonly [number, number])[] = [];
  const set = setOf(['a', 'b', 'c'].map((id) => judgedQuestion({ id, text: `Is it ${id}?` })));
  const evaluated = await evaluateSet(set, engineOf({}, asked), {
    onProgress: (done, all) => progress.push([done, all]),
  });
  expect(asked).toEqual(['Is it a?', 'Is it b?', 'Is it c?']);
  expect(evaluated.map(({ question }) => question.id)).toEqual(['a', 'b', 'c']);
  expect(progress).toEqual([
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
});

test('a follow-up is asked with the topic and the cited articles of the question before it', async () => {
  const earlier: unknown[] = [];
  const set = setOf([
    judgedQuestion({ id: 'a', text: 'Is it a?' }),
    judgedQuestion({ id: 'b', after: 'a' }),
    judgedQuestion({ id: 'c' }),
    judgedQuestion({ id: 'd', after: 'left-out' }),
  ]);
  await evaluateSet(set, engineOf({ citations: [{ quote: 'Two', start: 13, end: 16 }] }, [], earlier));
  expect(earlier).toEqual([null, { question: 'Is it a?', articleIds: ['article'] }, null, null]);
  const nothingCited: unknown[] = [];
  await evaluateSet(set, engineOf({}, [], nothingCited));
  expect(nothingCited).toEqual([null, { question: 'Is it a?', articleIds: [] }, null, null]);
});

test('what is shown of each citation is judged, with its article and place', async () => {
  const citations = [
    { quote: 'One is here.', start: 0, end: 12 },
    { quote: 'Two', start: 13, end: 16 },
  ];
  const judged: JudgedPassage[] = [];
  const judgeShown = (shown: JudgedPassage): boolean => {
    judged.push(shown);
    return shown.text === 'Two';
  };
  expect((await evaluateOne({ citations }, { judgeShown })).shown).toEqual([false, true]);
  expect(judged).toEqual([
    { article: 'source-10', start: 0, end: 12, text: 'One is here.' },
    { article: 'source-10', start: 13, end: 16, text: 'Two' },
  ]);
  // Without a judge of its own, it is judged like a passage.
  expect((await evaluateOne({ citations })).shown).toEqual([false, false]);
});

test('with a half, only its questions are asked', async () => {
  const set = setOf(['a', 'b', 'c'].map((id, index) => judgedQuestion({ id, half: index === 1 ? 0 : 1 })));
  const idsOf = async (half?: 0 | 1): Promise<string[]> =>
    (await evaluateSet(set, engineOf({}), half === undefined ? {} : { half })).map(({ question }) => question.id);
  expect(await idsOf(0)).toEqual(['b']);
  expect(await idsOf(1)).toEqual(['a', 'c']);
  expect(await idsOf()).toEqual(['a', 'b', 'c']);
});

describe('quotes', () => {
  const wrongQuotes = async (
    citations: MadeUpAnswer['citations'],
  ): Promise<readonly [number, number, string | null]> => {
    const { quotes, wrongQuotes: wrong, quote } = await evaluateOne({ citations: citations ?? [] });
    return [quotes, wrong, quote];
  };

  test('are right if they equal the slice of the article that they claim to be', async () => {
    const citations = [
      { quote: 'One is here.', start: 0, end: 12 },
      { quote: 'Two', start: 13, end: 16 },
    ];
    expect(await wrongQuotes(citations)).toEqual([2, 0, 'One is here.']);
    expect(await wrongQuotes([])).toEqual([0, 0, null]);
  });

  test.each([
    ['is off by one character', { quote: 'One is here.', start: 1, end: 13 }],
    ['was changed', { quote: 'One was here.', start: 0, end: 12 }],
    ['was shortened', { quote: 'One is', start: 0, end: 12 }],
    ['is empty', { quote: '', start: 5, end: 5 }],
    ['is beyond the end of the text', { quote: 'away.', start: 1000, end: 1005 }],
  ])('count as wrong if one %s', async (_, citation) => {
    expect(await wrongQuotes([{ quote: 'Two', start: 13, end: 16 }, citation])).toEqual([2, 1, 'Two']);
  });
});

describe('the stages', () => {
  const judge: JudgedQuestion['judge'] = ({ article, start }) => ({
    unit: `${article} ${start}`,
    grade: start === 27 ? 1 : 0,
  });

  test('are the rankings of the retrievers, their fusion, late interaction alone and the final ranking', async () => {
    const { runs } = await evaluateOne(
      {
        terms: [1, 3],
        vectors: [2, 3, 1],
        ranking: [
          [2, 0.1, 0.1],
          [1, 0.6, 0.6],
          [3, 0.9, 0.1],
        ],
      },
      { judge },
    );
    const gradesOf = Object.fromEntries(Object.entries(runs).map(([stage, { grades }]) => [stage, grades]));
    expect(gradesOf).toEqual({
      bm25: [0, 1],
      vectors: [0, 1, 0],
      // 1/61 + 1/63 for the first passage, 1/61 for the second, and 1/62 + 1/62 for the third, which is just below the first.
      fusion: [0, 1, 0],
      // The means of both tokens are .6, .5 and .1.
      'late interaction': [0, 1, 0],
      shipped: [0, 0, 1],
    });
    for (const { relevantGrades } of Object.values(runs)) expect(relevantGrades).toEqual([1]);
  });

  test('judge a passage by the source of its article, its offsets and its text', async () => {
    const judged = new Set<string>();
    await evaluateOne(
      { terms: [1, 2, 3] },
      {
        judge: (passage) => {
          judged.add(JSON.stringify(passage));
          return { unit: 'one', grade: 0 };
        },
      },
    );
    expect([...judged].map((each) => JSON.parse(each) as object)).toEqual([
      { article: 'source-10', start: 0, end: 12, text: 'One is here.' },
      { article: 'source-10', start: 13, end: 26, text: 'Two is there.' },
      { article: 'source-20', start: 27, end: 41, text: 'Three is away.' },
    ]);
  });

  test('are empty if nothing was found, and no sentence is judged', async () => {
    const { runs, candidates, isSentenceRight } = await evaluateOne({}, { judgeSentence: () => true });
    expect(Object.values(runs).map(({ grades }) => grades)).toEqual([[], [], [], [], []]);
    expect(candidates).toEqual([]);
    expect(isSentenceRight).toBeNull();
  });
});

describe('the key sentence', () => {
  const ranking: MadeUpAnswer['ranking'] = [
    [1, 0.9, 0.9],
    [2, 0.5, 0.5],
  ];
  const judge: JudgedQuestion['judge'] = ({ start }) => ({ unit: String(start), grade: start === 13 ? 1 : 0 });

  test('is judged in the first right passage, even if that is not ranked first', async () => {
    const sentences: string[] = [];
    const { isSentenceRight } = await evaluateOne(
      { ranking },
      {
        judge,
        judgeSentence: ({ text }) => {
          sentences.push(text);
          return true;
        },
      },
    );
    expect(isSentenceRight).toBe(true);
    expect(sentences).toEqual(['Two is there.']);
  });

  test('is not judged without a right passage, or if the set does not judge sentences', async () => {
    expect((await evaluateOne({ ranking }, { judgeSentence: () => true })).isSentenceRight).toBeNull();
    expect((await evaluateOne({ ranking }, { judge, judgeSentence: null })).isSentenceRight).toBeNull();
    expect((await evaluateOne({ ranking }, { judge, judgeSentence: () => false })).isSentenceRight).toBe(false);
  });
});

/** Evaluates one question that gets this answer. */
async function evaluateOne(answer: MadeUpAnswer, question: Partial<JudgedQuestion> = {}): Promise<EvaluatedQuestion> {
  const [evaluated] = await evaluateSet(setOf([judgedQuestion(question)]), engineOf(answer));
  if (evaluated === undefined) throw new Error('Nothing was evaluated.');
  return evaluated;
}

function setOf(questions: readonly JudgedQuestion[]): JudgedSet {
  return { name: 'made up', bulk: '', sha256: '', questions };
}

/** An engine that returns only what an evaluation looks at. */
function engineOf(
  { ranking = [], terms = [], vectors = [], citations = [] }: MadeUpAnswer,
  asked: string[] = [],
  earlierAnswers: unknown[] = [],
): EvaluatedEngine {
  const passageOf = (key: number): ArticleSpan => {
    const passage = PASSAGES.find((one) => one.key === key);
    if (passage === undefined) throw new Error(`There is no passage ${key}`);
    return passage;
  };
  // Best first.
  const scored = (key: number, index: number): ScoredSpan => ({ ...passageOf(key), score: -index });
  const ranked = ranking.map(([key, first, second], index) => {
    const { start, end, articleKey } = passageOf(key);
    const matches = { tokens: [0, 0], similarities: [first, second] };
    return {
      passage: { key, articleKey, start, end, sentences: [{ start, end, isLabel: false, tokens: 10 }] },
      score: -index,
      similarity: 0,
      features: {},
      weightsBeyondTitle: [0.5, 0.5],
      matches,
      sentenceMatches: [matches],
      contextMatches: null,
    };
  });
  const decision = { outcome: 'closest', confidence: 0.5, features: null };
  const engine = {
    ask: (question: string, earlier: unknown) => {
      asked.push(question);
      earlierAnswers.push(earlier);
      return Promise.resolve({
        answer: {
          outcome: 'closest',
          confidence: 0.5,
          tookMs: 1,
          searched: question,
          topic: question,
          citations: citations.map((citation) => ({ ...citation, context: [], article: { id: 'article' } })),
        },
        results: [{ prepared: { weights: { even: [0.5, 0.5], idf: [0.5, 0.5] } }, ranking: ranked, decision }],
        ranking: ranked,
      });
    },
    retrieve: () => ({ terms: terms.map(scored), vectors: vectors.map(scored) }),
    article: (articleKey: number) => ({ source: `source-${articleKey}`, text: TEXT }),
    articleById: () => ({ source: 'source-10', text: TEXT }),
  };
  return engine as unknown as EvaluatedEngine;
}
