import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/answering/answer.js';
import { answerInDetail, answerQuestion } from '../../src/answering/answer-question.js';
import type { Coefficients } from '../../src/answering/confidence/coefficients.js';
import type { Scope } from '../../src/answering/question/scope.js';
import { fullRanking } from '../../src/answering/question-result.js';
import { CANDIDATE_LIMITS } from '../../src/answering/ranking/candidates.js';
import type { RankedPassage } from '../../src/answering/ranking/ranking.js';
import { UserError } from '../../src/user-error.js';
import { decisionWeights } from './decision-weights.js';
import { rankedBy, type SmallLibrary, smallLibrary } from './small-library.js';

/** Every question is answered, so that tests see the citations. */
const SURE = { decision: decisionWeights({ intercept: 9 }) };

test('passages are ranked by how many words of the question they contain', async () => {
  const library = smallLibrary([
    { title: 'Fish', passages: [['The ferry sold fish.']] },
    { title: 'Bells', passages: [['The council sold bronze bells.']] },
    { title: 'Bridge', passages: [['Council repaired bridge.']] },
  ]);
  const ranking = await rank(library, 'council sold bells', rankedBy({ maxSim: 1 }));
  expect(ranking).toEqual([
    // All three words: 3/3.
    { id: 'p2', maxSim: 1 },
    // One word of three, "sold" in p1 and "council" in p3. They tie, so the older passage is first.
    { id: 'p1', maxSim: 0.333 },
    { id: 'p3', maxSim: 0.333 },
  ]);
});

test('a rare word decides the ranking with idf weights, but not with even weights', async () => {
  const library = smallLibrary([
    { title: 'A', passages: [['council met friday']] },
    { title: 'B', passages: [['council met monday']] },
    { title: 'C', passages: [['council met again']] },
    { title: 'D', passages: [['zeppelin flew']] },
  ]);
  // "council" and "met" are in three passages, "zeppelin" in one.
  // With even weights, A has two of three words. By idf, "zeppelin" weighs ln(1 + 3.5/1.5) = 1.204 and the other two
  // ln(1 + 1.5/3.5) = 0.357 each, so D has 1.204 / (1.204 + 2 * 0.357) = 0.628.
  const question = 'council met zeppelin';
  expect((await rank(library, question, rankedBy({ maxSim: 1 }))).map(({ id }) => id)).toEqual([
    'p1',
    'p2',
    'p3',
    'p4',
  ]);
  const byIdf = await rankingOf(library, question, rankedBy({ maxSimIdf: 1 }));
  expect(byIdf[0]?.passage.id).toBe('p4');
  expect(byIdf[0]?.features.maxSimIdf).toBeCloseTo(0.628, 3);
  expect(byIdf[1]?.features.maxSimIdf).toBeCloseTo(0.372, 3);
});

test('all passages of the three best-matching articles are candidates', async () => {
  const library = smallLibrary([
    { title: 'A', passages: [['bells council rang'], ['ferry sank']] },
    { title: 'B', passages: [['bells council fell'], ['roof leaked']] },
    { title: 'C', passages: [['bells council burnt'], ['snow melted']] },
    { title: 'D', passages: [['bells stood'], ['rain stopped']] },
  ]);
  const ranking = await rankingOf(library, 'bells council', rankedBy({ maxSim: 1 }));
  // D is the fourth article: only its passage with a word of the question is a candidate.
  expect(ranking.map(({ passage }) => passage.id)).toEqual(['p1', 'p3', 'p5', 'p7', 'p2', 'p4', 'p6']);
  expect(ranking.map(({ termShare }) => termShare)).toEqual([1, 1, 1, 0.5, 0, 0, 0]);
});

test('an article is as similar to the question as its best passage', async () => {
  const library = smallLibrary([
    { title: 'A', passages: [['bells rang'], ['ferry sank']] },
    { title: 'B', passages: [['bells fell down']] },
  ]);
  const ranking = await rankingOf(library, 'bells rang', rankedBy({ articleSimilarity: 1 }));
  // Passage 1 has the same words as the question: 1, which passage 2 of the same article shares. "bells fell down" has
  // one word in common with the question, three words against two: 1 / sqrt(2 * 3).
  expect(
    ranking.map(({ passage, features }) => [passage.id, Math.round(features.articleSimilarity * 1000) / 1000]),
  ).toEqual([
    ['p1', 1],
    ['p2', 1],
    ['p3', 0.408],
  ]);
});

test('every passage has a rank, and neighbours that rank high are one citation', async () => {
  const library = smallLibrary([
    { title: 'A', passages: [['bells rang in May.'], ['bells rang again.'], ['bells rang in June.']] },
    { title: 'B', passages: [['bells rang far away.']] },
  ]);
  const answer = await ask(library, 'bells rang', rankedBy({ maxSim: 1 }, SURE));
  expect(answer.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p2', 'p3', 'p4']);
  expect(cited(answer)).toEqual(['p1', 'p4']);
  expect(answer.citations[0]?.quote).toBe('bells rang in May.\n\nbells rang again.\n\nbells rang in June.');
});

test('several parts of one article can be cited, but not the same text twice', async () => {
  const library = smallLibrary([
    {
      title: 'A',
      passages: [['bells rang.'], ['~ Share this'], ['bells rang far away.'], ['~ Share'], ['bells rang.']],
    },
  ]);
  const answer = await ask(library, 'bells rang', rankedBy({ maxSim: 1 }, SURE));
  expect(answer.citations.map(({ quote }) => quote)).toEqual(['bells rang.', 'bells rang far away.']);
});

test('at most three articles are cited, and none that scores far below the first', async () => {
  const articles = ['A', 'B', 'C', 'D'].map((title) => ({ title, passages: [[`bells rang in ${title} town.`]] }));
  expect(cited(await ask(smallLibrary(articles), 'bells rang', rankedBy({ maxSim: 1 }, SURE)))).toEqual([
    'p1',
    'p2',
    'p3',
  ]);

  const uneven = smallLibrary([
    { title: 'A', passages: [['bells rang.']] },
    { title: 'B', passages: [['bells fell.']] },
  ]);
  // Half the words, so the gap is half the weight: 4.4 for 8.8 and 4.6 for 9.2. The limit is 3 times the temperature of 1.5.
  expect(cited(await ask(uneven, 'bells rang', rankedBy({ maxSim: 8.8 }, SURE)))).toEqual(['p1', 'p2']);
  expect(cited(await ask(uneven, 'bells rang', rankedBy({ maxSim: 9.2 }, SURE)))).toEqual(['p1']);
});

test('a reprinted story is not cited twice and does not count as a rival', async () => {
  const library = smallLibrary([
    { title: null, passages: [['Bells rang.']] },
    { title: null, passages: [['Bells rang.'], ['Bells rang far away.']] },
    { title: null, passages: [['Bells rang.']] },
    { title: null, passages: [['Bells fell.']] },
  ]);
  const answer = await ask(library, 'bells rang', rankedBy({ maxSim: 2 }, SURE));
  expect(answer.ranking.map(({ passageId }) => passageId)).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
  // The second article contributes the passage that is not a reprint, the third nothing.
  expect(cited(answer)).toEqual(['p1', 'p3', 'p5']);
  // p3 scores the same and is from another article.
  expect(answer.trace.decision?.lead).toBeCloseTo(0, 6);

  const alone = smallLibrary([
    { title: null, passages: [['Bells rang.']] },
    { title: null, passages: [['Bells rang.']] },
    { title: null, passages: [['Bells fell.']] },
  ]);
  // p3 has one word of two, half the weight of 2. The reprint above it does not count.
  expect((await ask(alone, 'bells rang', rankedBy({ maxSim: 2 }, SURE))).trace.decision?.lead).toBeCloseTo(1, 6);
});

test('a quote is the slice of the article at its offsets, and highlights are spans of the quote', async () => {
  const library = smallLibrary([
    { title: 'A', passages: [['Nothing here.'], ['It was cold.', 'The council sold bells.', 'Nobody bells.']] },
  ]);
  const [citation] = (await ask(library, 'Who sold bells?', rankedBy({ maxSim: 20 }, SURE))).citations;
  const { text } = library.store.article(0);
  expect(citation?.quote).toBe('The council sold bells. Nobody bells.');
  expect(text.slice(citation?.start, citation?.end)).toBe(citation?.quote);
  expect(text.slice(citation?.passageStart).startsWith(citation?.passage ?? '-')).toBe(true);
  expect(citation?.highlights.map(({ start, end }) => citation.quote.slice(start, end))).toEqual([
    'The council sold bells.',
  ]);
});

test('if no passage is close enough, nothing is cited, but the ranking is still returned', async () => {
  const library = smallLibrary([{ title: 'A', passages: [['bells rang.']] }]);
  const unsure = { decision: decisionWeights({ intercept: -9 }) };
  const answer = await ask(library, 'bells', rankedBy({ maxSim: 1 }, unsure));
  expect(answer).toMatchObject({ outcome: 'not-found', citations: [] });
  expect(answer.confidence).toBeCloseTo(0.0001, 4);
  expect(answer.ranking).toHaveLength(1);
});

test('if no search finds anything, the outcome is not-found', async () => {
  const library = smallLibrary([{ title: 'A', passages: [['bells rang.']] }]);
  expect(await ask(library, 'zeppelin', rankedBy({ maxSim: 1 }, SURE))).toMatchObject({
    outcome: 'not-found',
    confidence: 0,
    citations: [],
    ranking: [],
    trace: { candidates: 0, passages: [], decision: null },
  });
});

describe('a question is answered from its scope:', () => {
  const library = smallLibrary([
    { title: 'A', collection: 'town', passages: [['bells rang loud.']] },
    { title: 'B', collection: 'sea', passages: [['bells rang.']] },
    { title: 'C', passages: [['bells rang on.']] },
  ]);
  const deps = { ...library, coefficients: rankedBy({ maxSim: 1 }, SURE) };

  test.each<[string, Scope, string[]]>([
    ['everything', null, ['p1', 'p2', 'p3']],
    ['one collection', { collections: ['sea'] }, ['p2']],
    ['several collections', { collections: ['sea', 'town'] }, ['p1', 'p2']],
    ['a collection, ignoring one that does not exist', { collections: ['air', 'town', 'town'] }, ['p1']],
    ['one article', { articleId: 'a2' }, ['p3']],
  ])('%s', async (_, scope, expected) => {
    expect(cited(await answerQuestion('bells rang', deps, { scope }))).toEqual(expected);
  });

  test.each<[string, Scope]>([
    ['an empty list of collections', { collections: [] }],
    ['a collection that does not exist', { collections: ['air'] }],
    ['an article that does not exist', { articleId: 'a3' }],
  ])('%s finds nothing', async (_, scope) => {
    expect(await answerQuestion('bells rang', deps, { scope })).toMatchObject({ outcome: 'not-found', citations: [] });
  });
});

test('the limit applies to the listed ranking, not to the citations', async () => {
  const library = smallLibrary(
    ['A', 'B', 'C'].map((title) => ({ title, passages: [[`bells rang in ${title} town.`]] })),
  );
  const deps = { ...library, coefficients: rankedBy({ maxSim: 1 }, SURE) };
  const answer = await answerQuestion('bells', deps, { limit: 1 });
  expect(answer.ranking).toHaveLength(1);
  // Citations are explained however far down they rank.
  expect(answer.trace.passages.map((passage) => [passage.passageId, passage.rank])).toEqual([
    ['p1', 1],
    ['p2', 2],
    ['p3', 3],
  ]);
  expect(answer.trace.candidates).toBe(3);
  expect(cited(answer)).toEqual(['p1', 'p2', 'p3']);
});

test('below the limit only citations are explained', async () => {
  const library = smallLibrary([
    { title: null, passages: [['bells rang.'], ['bells rang loud.']] },
    { title: null, passages: [['bells rang far away.']] },
  ]);
  const deps = { ...library, coefficients: rankedBy({ maxSim: 1 }, SURE) };
  const answer = await answerQuestion('bells rang', deps, { limit: 1 });
  expect(answer.ranking.map(({ passageId }) => passageId)).toEqual(['p1']);
  expect(answer.trace.passages.map(({ passageId }) => passageId)).toEqual(['p1', 'p3']);
});

test('a candidate has a rank from each search that found it', async () => {
  const library = smallLibrary([
    { title: 'A', passages: [['bells rang.'], ['ferry sank.']] },
    { title: 'B', passages: [['bells rang loud.']] },
  ]);
  const store = {
    ...library.store,
    searchVectors: () => [
      { key: 3, score: 0.9 },
      { key: 1, score: 0.5 },
    ],
  };
  const answer = await ask({ ...library, store }, 'bells rang loud', rankedBy({ maxSim: 1 }, SURE));
  expect(
    answer.trace.passages.map((passage) => [passage.passageId, passage.rank, passage.termRank, passage.vectorRank]),
  ).toEqual([
    // Three words of three: first in both searches.
    ['p3', 1, 1, 1],
    // Two words: second in both.
    ['p1', 2, 2, 2],
    // Found by neither, only through its article.
    ['p2', 3, null, null],
  ]);
});

test('each search is asked for a limited number of candidates', async () => {
  const library = smallLibrary([{ title: 'A', passages: [['bells rang.']] }]);
  const asked: number[] = [];
  const store = {
    ...library.store,
    searchTerms: (question: string, limit: number, scope: Scope) => {
      asked.push(limit);
      return library.store.searchTerms(question, limit, scope);
    },
    searchVectors: (_vector: Float32Array, limit: number) => {
      asked.push(limit);
      return [];
    },
  };
  await rank({ ...library, store }, 'bells', rankedBy({ maxSim: 1 }));
  expect(asked).toEqual([CANDIDATE_LIMITS.terms, CANDIDATE_LIMITS.vectors]);
});

test('a passage that was removed after it was found is skipped', async () => {
  const library = smallLibrary([
    { title: 'A', passages: [['bells rang.']] },
    { title: 'B', passages: [['bells rang too.']] },
  ]);
  const store = {
    ...library.store,
    candidates: (keys: readonly number[]) => library.store.candidates(keys.filter((key) => key !== 1)),
  };
  expect(cited(await ask({ ...library, store }, 'bells rang', rankedBy({ maxSim: 1 }, SURE)))).toEqual(['p2']);
});

test('a question is trimmed and put on one line', async () => {
  const library = smallLibrary([{ title: 'A', passages: [['bells rang.']] }]);
  const answer = await ask(library, '  who\n rang \t the\u00a0bells? ', rankedBy({ maxSim: 1 }, SURE));
  expect(answer.question).toBe('who rang the bells?');
});

test('an empty, wordless or overlong question is refused with advice', async () => {
  const library = smallLibrary([{ title: 'A', passages: [['bells rang.']] }]);
  const refused: [string, RegExp][] = [
    ['', /The question is empty\. Ask about/],
    [' \n\t ', /The question is empty/],
    ['?!…', /The question has no words in it\. Ask in a few words/],
    ['🎉🎉', /There is no question in that/],
    ['word '.repeat(401), /The question has 2,004 characters; the limit is 2,000\. Ask one thing/],
  ];
  for (const [question, message] of refused) {
    const error: unknown = await ask(library, question, rankedBy({})).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(message);
  }
  // A truncated message may end in half a surrogate pair.
  expect((await ask(library, 'bells \ud83d', rankedBy({ maxSim: 1 }, SURE))).question).toBe('bells \ufffd');
});

test('tookMs is measured with the given clock', async () => {
  const library = smallLibrary([{ title: 'A', passages: [['bells rang.']] }]);
  let time = 100;
  const clock = (): number => (time += 7);
  expect((await ask({ ...library, clock }, 'bells', rankedBy({ maxSim: 1 }))).tookMs).toBe(7);
});

test('a passage of nothing but headings is not quoted', async () => {
  const library = smallLibrary([{ title: 'A', passages: [['It was cold.'], ['# Bronze bells']] }]);
  const answer = await ask(library, 'bronze bells', rankedBy({ maxSim: 1 }, SURE));
  expect(answer.citations.map(({ quote }) => quote)).not.toContain('# Bronze bells');
});

function ask(library: SmallLibrary, question: string, coefficients: Coefficients): Promise<Answer> {
  return answerQuestion(question, { ...library, coefficients });
}

async function rankingOf(
  library: SmallLibrary,
  question: string,
  coefficients: Coefficients,
): Promise<readonly RankedPassage[]> {
  return fullRanking((await answerInDetail(question, { ...library, coefficients })).results);
}

async function rank(
  library: SmallLibrary,
  question: string,
  coefficients: Coefficients,
): Promise<{ id: string; maxSim: number }[]> {
  const ranking = await rankingOf(library, question, coefficients);
  expect(ranking.map((one) => one.rank)).toEqual(ranking.map((_, index) => index + 1));
  return ranking.map(({ passage, features }) => ({
    id: passage.id,
    maxSim: Math.round(features.maxSim * 1000) / 1000,
  }));
}

function cited({ citations }: Answer): string[] {
  return citations.map(({ passageId }) => passageId);
}

describe('a long question', () => {
  const library = smallLibrary([
    { title: null, passages: [['The council sold bronze bells.']] },
    { title: null, passages: [['Snow fell on the ferry all winter.'], ['The ferry sold fish.']] },
  ]);
  const deps = { ...library, coefficients: rankedBy({ maxSim: 1 }, SURE) };
  const story = 'Snow fell on the ferry all winter. '.repeat(12);

  test('is answered by what it asks, and the answer says so', async () => {
    const { searched, question, notes, citations, trace } = await answerQuestion(
      `${story}Who sold bells? ${story}`,
      deps,
    );
    expect(searched).toBe('Who sold bells?');
    expect(question).toHaveLength(`${story}Who sold bells? ${story}`.trim().length);
    expect(notes).toContainEqual({ kind: 'shortened' });
    expect(citations[0]?.quote).toBe('The council sold bronze bells.');
    // The explanation is about the part that was searched for.
    expect(trace.passages[0]?.words).toEqual([
      { question: 'sold', passage: 'sold', similarity: 1 },
      { question: 'bells', passage: 'bells', similarity: 1 },
    ]);
  });

  test('is not said to be long if it is not', async () => {
    expect((await answerQuestion('Who sold bells?', deps)).notes).toEqual([]);
  });
});
