import { describe, expect, test } from 'vitest';
import { type AnswerOptions, answerInDetail } from '../../../src/answering/answer-question.js';
import type { PassageReason } from '../../../src/answering/explanation/reasons.js';
import type { RankingWeights } from '../../../src/answering/ranking/ranking.js';
import type { ContextRole } from '../../../src/corpus/block.js';
import { codesOf, rankedBy, type SmallArticle, type SmallLibrary, smallLibrary, wordVector } from '../small-library.js';

const SURE = { thresholds: { answered: 0, closest: 0 } };

test('words of the question that stand in the passage are named as they were asked', async () => {
  const reasons = await reasonsFor(
    [{ title: null, passages: [['The council sold bronze bells.']] }],
    'Who SOLD Bells?',
  );
  expect(reasons).toContainEqual({ kind: 'same-words', words: ['SOLD', 'Bells'] });
  expect(kindsOf(reasons)).not.toContain('missing-words');
});

test('a word that is close to another is named with it, as it stands in the passage', async () => {
  const library = smallLibrary([{ title: null, passages: [['Ministers Met in Reykjavik.']] }]);
  const reasons = await reasonsIn(withSynonym(library, 'meet', 'met'), 'Where did ministers meet?');
  expect(reasons).toContainEqual({ kind: 'same-words', words: ['ministers'] });
  expect(reasons).toContainEqual({ kind: 'similar-words', pairs: [{ question: 'meet', passage: 'Met' }] });
});

test('a word that stands in the passage is not missing, even if it means something else there', async () => {
  const library = smallLibrary([{ title: null, passages: [['The ferry sank.'], ['The bells rang.']] }]);
  const reasons = await reasonsIn(withSynonym(library, 'sank', 'bells'), 'ferry sank');
  expect(reasons).toContainEqual({ kind: 'same-words', words: ['ferry', 'sank'] });
});

test('only important words are missing, and each is named once', async () => {
  const articles = [{ title: null, passages: [['Bells rang.']] }];
  const reasons = await reasonsFor(articles, 'Why did the zeppelin and a zeppelin have bells?');
  expect(reasons).toContainEqual({ kind: 'missing-words', words: ['zeppelin'] });
});

describe('a word that only names the passage', () => {
  test('is found in the title', async () => {
    const reasons = await reasonsFor([{ title: 'Ferry Disasters', passages: [['Many sank.']] }], 'which ferry sank');
    expect(reasons).toContainEqual({ kind: 'named-words', part: 'title', words: ['ferry'] });
    expect(kindsOf(reasons)).not.toContain('missing-words');
  });

  test('is found in a heading that is part of the passage', async () => {
    const reasons = await reasonsFor([{ title: null, passages: [['# Ferry', 'Many sank.']] }], 'which ferry sank');
    expect(reasons).toContainEqual({ kind: 'named-words', part: 'heading', words: ['ferry'] });
    expect(reasons).toContainEqual({ kind: 'same-words', words: ['sank'] });
  });

  test('is found in a heading further up', async () => {
    const library = smallLibrary([{ title: 'Sea', passages: [['ferry'], ['Many sank.']] }]);
    const reasons = await reasonsIn(introduced(library, 'heading'), 'which ferry sank');
    expect(reasons).toContainEqual({ kind: 'named-words', part: 'heading', words: ['ferry'] });
  });

  test.each<ContextRole>(['lead-in', 'question', 'term', 'header-row', 'speaker', 'cell-above'])(
    'is found in the %s',
    async (role) => {
      const library = smallLibrary([{ title: 'Sea', passages: [['ferry'], ['Many sank.']] }]);
      const reasons = await reasonsIn(introduced(library, role), 'which ferry sank');
      expect(reasons).toContainEqual({ kind: 'named-words', part: role, words: ['ferry'] });
      expect(kindsOf(reasons)).not.toContain('missing-words');
    },
  );
});

describe('a title with words that the passage has too', () => {
  const passages = [['The ferry sank.']];
  const FERRY = { title: 'Ferry', passages };
  const named: PassageReason = { kind: 'named-words', part: 'title', words: ['ferry'] };

  test('is a reason if it puts the passage before others', async () => {
    const others = [
      { title: 'Snow', passages },
      { title: 'Ice', passages },
    ];
    expect(await reasonsFor([FERRY, ...others], 'ferry sank', { maxSim: 1, titleMaxSim: 3 })).toContainEqual(named);
  });

  test('is no reason if it hardly counts', async () => {
    const others = [
      { title: 'Snow', passages },
      { title: 'Ice', passages },
    ];
    const reasons = await reasonsFor([FERRY, ...others], 'ferry sank', { maxSim: 1, titleMaxSim: 1 });
    expect(reasons).not.toContainEqual(named);
  });

  test('is no reason if all the candidates have it', async () => {
    const reasons = await reasonsFor([FERRY, FERRY], 'ferry sank', { maxSim: 1, titleMaxSim: 5 });
    expect(reasons).not.toContainEqual(named);
  });
});

describe('which search found a passage:', () => {
  /** Twelve passages that have more of the question's words than the last one. */
  const crowd = Array.from({ length: 12 }, () => ['The old ferry sank.']);
  const last = 'p13';
  const sink = ['Old snow fell.'];
  const vectors = (keys: readonly number[]) => (library: SmallLibrary) => ({
    ...library,
    store: { ...library.store, searchVectors: () => keys.map((key) => ({ key, score: 0 })) },
  });

  test.each<[string, PassageReason & { kind: 'found' }, readonly string[], readonly number[]]>([
    ['words', { kind: 'found', by: 'words' }, ['Old ferry sank, ferry sank.'], []],
    ['meaning', { kind: 'found', by: 'meaning' }, ['Snow fell.'], [13]],
    ['neither, if it is far down in one and not in the other', { kind: 'found', by: 'neither' }, sink, []],
    ['meaning, if it is far down by words', { kind: 'found', by: 'meaning' }, sink, [13]],
    [
      'neither, if it is far down by meaning',
      { kind: 'found', by: 'neither' },
      sink,
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13],
    ],
  ])('%s', async (name, expected, passage, keys) => {
    const passages = name === 'words' ? [...crowd.slice(0, 3), passage] : [...crowd, passage];
    const library = vectors(keys)(smallLibrary([{ title: null, passages }]));
    const id = name === 'words' ? 'p4' : last;
    expect(await reasonsIn(library, 'old ferry sank', { id })).toContainEqual(expected);
  });

  test('both', async () => {
    const library = vectors([1])(smallLibrary([{ title: null, passages: [['The ferry sank.']] }]));
    expect(await reasonsIn(library, 'ferry')).toContainEqual({ kind: 'found', by: 'both' });
  });

  test('not words, if none of them is important', async () => {
    const library = vectors([1])(smallLibrary([{ title: null, passages: [['The snow fell.']] }]));
    expect(await reasonsIn(library, 'the ferry')).toContainEqual({ kind: 'found', by: 'meaning' });
  });
});

describe('an article that the answer before cites', () => {
  const articles = [
    { title: null, passages: [['The ferry sank.']] },
    { title: null, passages: [['The bells rang.']] },
  ];
  const options = { earlier: { question: 'Which ferry sank?', articleIds: ['a1'] } };

  test('counts more, which is a reason', async () => {
    const reasonsOf = (id: string) => reasonsIn(smallLibrary(articles), 'and the bells', { id, options });
    expect(kindsOf(await reasonsOf('p2'))).toContain('earlier-article');
    expect(kindsOf(await reasonsOf('p1'))).not.toContain('earlier-article');
  });

  test('does not count more for a model that was not fitted', async () => {
    const reasons = await reasonsIn(smallLibrary(articles), 'and the bells', { id: 'p2', options, weights: null });
    expect(kindsOf(reasons)).not.toContain('earlier-article');
  });
});

test('the place of a passage is its article, by its title or else its file, and the headings above its text', async () => {
  const trace = async (title: string | null) => {
    const library = introduced(smallLibrary([{ title, passages: [['ferry'], ['Many sank.']] }]), 'heading');
    const { answer } = await answerInDetail('sank', { ...library, coefficients: rankedBy({ maxSim: 1 }, SURE) });
    return answer.trace.passages[0];
  };
  expect(await trace('Sea')).toMatchObject({ article: 'Sea', headings: ['ferry'] });
  expect(await trace(null)).toMatchObject({ article: 'untitled-0.md', headings: ['ferry'] });
});

interface ReasonOptions {
  /** Default: the first passage of the ranking. */
  readonly id?: string;
  readonly options?: AnswerOptions;
  readonly weights?: Partial<RankingWeights> | null;
}

function reasonsFor(
  articles: readonly SmallArticle[],
  question: string,
  weights: Partial<RankingWeights> = { maxSim: 1 },
): Promise<readonly PassageReason[]> {
  return reasonsIn(smallLibrary(articles), question, { weights });
}

async function reasonsIn(
  library: SmallLibrary,
  question: string,
  { id, options = {}, weights = { maxSim: 1 } }: ReasonOptions = {},
): Promise<readonly PassageReason[]> {
  const coefficients = weights === null ? null : rankedBy(weights, SURE);
  const { answer } = await answerInDetail(question, { ...library, coefficients }, { limit: 50, ...options });
  const { passages } = answer.trace;
  const found = id === undefined ? passages[0] : passages.find(({ passageId }) => passageId === id);
  if (found === undefined) throw new Error('The passage was not found');
  return found.reasons;
}

function kindsOf(reasons: readonly PassageReason[]): string[] {
  return reasons.map(({ kind }) => kind);
}

/** The model takes one word of a question for another one. */
function withSynonym(library: SmallLibrary, word: string, meaning: string): SmallLibrary {
  return {
    ...library,
    encoder: {
      ...library.encoder,
      async embedQuestion(text) {
        const vocabulary = await library.encoder.vocabulary();
        const encoded = await library.encoder.embedQuestion(text);
        const tokenVectors = encoded.tokenVectors.map((vector, index) =>
          vocabulary[encoded.tokens[index] ?? -1] === word ? wordVector(vocabulary.indexOf(meaning)) : vector,
        );
        return { ...encoded, tokenVectors };
      },
    },
  };
}

/** Makes the first passage of the first article, which is one word, a heading or the context of the second, and no passage. */
function introduced(library: SmallLibrary, role: ContextRole): SmallLibrary {
  const { store } = library;
  const isHeading = role === 'heading';
  return {
    ...library,
    store: {
      ...store,
      candidates(keys) {
        const [first, second] = store.candidates([1, 2]);
        if (first === undefined || second === undefined) throw new Error('There are no two passages');
        const codes = codesOf(first.tokenIds);
        return keys.includes(2)
          ? [{ ...second, ...(isHeading ? { sectionCodes: codes } : { contextCodes: codes }) }]
          : [];
      },
      article(key) {
        const article = store.article(key);
        const [first, second] = article.blocks;
        if (first === undefined || second === undefined) throw new Error('There are no two blocks');
        const { start, end } = first;
        const blocks = isHeading
          ? [{ ...first, kind: 'heading' as const }, second]
          : [first, { ...second, context: [{ role, start, end }] }];
        return { ...article, blocks };
      },
    },
  };
}
