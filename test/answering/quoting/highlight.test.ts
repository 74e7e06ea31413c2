import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerQuestion } from '../../../src/answering/answer-question.js';
import { chooseHighlight, keySentence } from '../../../src/answering/quoting/highlight.js';
import { prepareQuestion, rankQuestion } from '../../../src/answering/ranking/rank-question.js';
import type { RankedPassage } from '../../../src/answering/ranking/ranking.js';
import type { Citation } from '../../../src/corpus/citation.js';
import { decisionWeights } from '../decision-weights.js';
import { rankedBy, type SmallArticle, smallLibrary } from '../small-library.js';

/** Every question is answered, so that there is a quote. */
const SURE = { decision: decisionWeights({ intercept: 9 }) };

describe('within a passage', () => {
  test('the sentence that has the words of the question is highlighted alone', async () => {
    // The second sentence has all of "bells rang", so a neighbour adds nothing.
    expect(await highlightOf(['Snow fell.', 'Bells rang.', 'Nobody came.'], 'bells rang')).toBe('Bells rang.');
  });

  test('two neighbours with half of the question each are highlighted together', async () => {
    expect(await highlightOf(['Snow fell.', 'Bells rang.', 'Council met.'], 'bells council')).toBe(
      'Bells rang. Council met.',
    );
  });

  test('the sentence before can be added just like the one after', async () => {
    // The second sentence has two words of three, the first has the other.
    expect(await highlightOf(['Council met.', 'Bells rang.', 'Snow fell.'], 'bells rang council')).toBe(
      'Council met. Bells rang.',
    );
  });

  test('the neighbour that matches more is added first, and the one after if they tie', async () => {
    const weights = { council: 0.2, bells: 0.5, ferry: 0.3 };
    expect(await highlightOf(['Council met.', 'Bells rang.', 'Ferry sank.'], weights)).toBe(
      'Council met. Bells rang. Ferry sank.',
    );
    const four = ['Council met.', 'Bells rang.', 'Ferry sank.', 'Roof leaked.'];
    // At most three: the third is the one after.
    expect(await highlightOf(four, { council: 0.1, bells: 0.5, ferry: 0.2, roof: 0.2 })).toBe(
      'Bells rang. Ferry sank. Roof leaked.',
    );
    expect(await highlightOf(four, { council: 0.3, bells: 0.4, ferry: 0.1, roof: 0.2 })).toBe(
      'Council met. Bells rang. Ferry sank.',
    );
    expect(await highlightOf(four, { council: 0.1, bells: 0.6, ferry: 0.1, roof: 0.2 })).toBe(
      'Bells rang. Ferry sank. Roof leaked.',
    );
  });

  test('a neighbour that adds nothing ends the highlight, whatever follows it', async () => {
    expect(await highlightOf(['Bells rang.', 'Snow fell.', 'Council met.'], 'bells council')).toBe('Bells rang.');
  });

  test('at most three sentences are highlighted', async () => {
    const sentences = ['Bells rang.', 'Council met.', 'Ferry sank.', 'Roof leaked.'];
    // Each has one word of four, so the first three are highlighted.
    expect(await highlightOf(sentences, 'bells council ferry roof')).toBe('Bells rang. Council met. Ferry sank.');
  });

  test('a further sentence must be worth its cost', async () => {
    const sentences = ['Bells rang.', 'Council met.'];
    // A further sentence costs 0.04.
    expect(await highlightOf(sentences, { bells: 0.97, council: 0.03 })).toBe('Bells rang.');
    expect(await highlightOf(sentences, { bells: 0.95, council: 0.05 })).toBe('Bells rang. Council met.');
  });

  test('weights beyond the title count twice as much as idf', async () => {
    const sentences = ['Bells rang.', 'Council met.'];
    const byBoth = (beyond: number, idf: number): Promise<string> =>
      highlightOf(sentences, { bells: 1 - beyond, council: beyond }, { bells: 1 - idf, council: idf });
    // (2 * .045 + 0) / 3 = .03 and (2 * .075 + 0) / 3 = .05; (0 + .09) / 3 = .03 and (0 + .15) / 3 = .05.
    expect(await byBoth(0.045, 0)).toBe('Bells rang.');
    expect(await byBoth(0.075, 0)).toBe('Bells rang. Council met.');
    expect(await byBoth(0, 0.09)).toBe('Bells rang.');
    expect(await byBoth(0, 0.15)).toBe('Bells rang. Council met.');
  });

  test('a word in the title counts less than other words', async () => {
    const [article] = [{ title: 'The bells', passages: [['The bells rang.', 'Snow fell.', 'They cost crowns.']] }];
    const { ranked, idf, textOf } = await rankedFirst(article, 'bells crowns');
    // Both words are in the only passage, so each has an idf weight of 1/2. Beyond the title, only "crowns" counts:
    // (2 * 0 + .5) / 3 for the first sentence, (2 * 1 + .5) / 3 for the last.
    expect(ranked.weightsBeyondTitle.map((weight) => Math.round(weight * 1000) / 1000)).toEqual([0, 1]);
    expect(keySentence(ranked, idf, textOf)).toBe(2);
  });

  test('if no sentence has any of the words, the first is highlighted', async () => {
    expect(await highlightOf(['Snow fell.', 'Bells rang.'], 'zeppelin')).toBe('Snow fell.');
  });

  test('a heading is never highlighted, not even before a sentence that refers back', async () => {
    expect(await highlightOf(['# Bronze bells', 'They sold ferry tickets.'], 'bronze bells')).toBe(
      'They sold ferry tickets.',
    );
    expect(await highlightOf(['Snow fell.', '# Bells', 'Bells rang.'], 'snow bells')).toBe('Snow fell.');
  });

  test('a passage of nothing but headings is highlighted whole', async () => {
    const ranked = await rankedFirst({ title: null, passages: [['Bells rang.']] }, 'bells');
    const headings = ranked.ranked.passage.sentences.map((sentence) => ({ ...sentence, isLabel: true }));
    const passage = { ...ranked.ranked.passage, sentences: headings };
    expect(chooseHighlight({ ...ranked.ranked, passage }, ranked.idf, ranked.textOf)).toMatchObject({
      start: 0,
      end: 11,
    });
    expect(keySentence({ ...ranked.ranked, passage }, ranked.idf, ranked.textOf)).toBeNull();
  });

  test('a highlight has the best partner of each question token', async () => {
    const { ranked, idf, textOf } = await rankedFirst(
      { title: null, passages: [['Snow fell here.', 'Bells rang.', 'Snow again.', 'Snow bells melted.']] },
      'bells',
    );
    // "Bells" is the fourth token, and the ninth in the last sentence.
    expect(chooseHighlight(ranked, idf, textOf).matches).toEqual({ tokens: [3], similarities: [1] });
  });
});

describe('among sentences that match nearly equally', () => {
  const SEVEN = 'in a town of some other people';
  const EIGHT = 'in a town of some other people there';

  test('one with fewer than eight tokens must match 0.09 better', async () => {
    // Eight tokens with "bells" and seven with "council".
    const sentences = [`Bells ${EIGHT.slice(0, -' there'.length)}.`, `Council ${SEVEN.slice(0, -' people'.length)}.`];
    expect(await keyOf(sentences, { bells: 0.46, council: 0.54 })).toBe(0);
    expect(await keyOf(sentences, { bells: 0.45, council: 0.55 })).toBe(1);
    // Nine and eight tokens: neither is short.
    const longer = [`Bells ${EIGHT}.`, `Council ${SEVEN}.`];
    expect(await keyOf(longer, { bells: 0.49, council: 0.51 })).toBe(1);
  });

  test('a question must match 0.03 better', async () => {
    for (const end of ['?', '?”', '?"', '?’)', '?]']) {
      const sentences = [`Bells ${EIGHT}.`, `Council ${EIGHT}${end}`];
      expect(await keyOf(sentences, { bells: 0.49, council: 0.51 }), end).toBe(0);
      expect(await keyOf(sentences, { bells: 0.48, council: 0.52 }), end).toBe(1);
    }
    const stated = [`Bells ${EIGHT}.`, `Council? ${EIGHT}.`];
    expect(await keyOf(stated, { bells: 0.49, council: 0.51 })).toBe(1);
  });

  test('the first of equal ones is chosen', async () => {
    expect(await keyOf([`Snow ${EIGHT}.`, `Bells ${EIGHT}.`, `Bells ${EIGHT}.`], { bells: 1 })).toBe(1);
  });
});

describe('a sentence that is a question', () => {
  test.each(['Who sold bells?', '“Who sold bells?”'])(
    'is highlighted with the sentence after it: %s',
    async (asking) => {
      expect(await highlightOf(['Snow fell.', asking, 'Council met.', 'Ferry sank.'], 'bells')).toBe(
        `${asking} Council met.`,
      );
    },
  );

  test('has to end with a question mark', async () => {
    expect(await highlightOf(['Snow fell.', 'Who? Bells rang.', 'Council met.'], 'bells')).toBe('Who? Bells rang.');
  });

  test('is highlighted with those it refers back to first, then with the one after it, up to three in all', async () => {
    expect(await highlightOf(['Lavrov came.', 'He sold bells?', 'Council met.', 'Ferry sank.'], 'bells')).toBe(
      'Lavrov came. He sold bells? Council met.',
    );
    expect(await highlightOf(['Lavrov came.', 'He sat.', 'He sold bells?', 'Council met.'], 'bells')).toBe(
      'Lavrov came. He sat. He sold bells?',
    );
  });

  test('gets the sentence after it before a neighbour that matches more', async () => {
    expect(
      await highlightOf(['Ferry sank.', 'Who sold bells?', 'Snow fell.', 'Roof leaked.'], { bells: 0.6, ferry: 0.4 }),
    ).toBe('Ferry sank. Who sold bells? Snow fell.');
  });

  test('stands alone before a heading and at the end of a passage', async () => {
    expect(await highlightOf(['Snow fell.', 'Who sold bells?', '# Sales', 'Council met.'], 'bells')).toBe(
      'Who sold bells?',
    );
    expect(await highlightOf(['Snow fell.', 'Who sold bells?'], 'bells')).toBe('Who sold bells?');
  });

  test('gets only one sentence after it, even if that is a question too', async () => {
    expect(await highlightOf(['Who sold bells?', 'Who met?', 'Council met.'], 'bells')).toBe(
      'Who sold bells? Who met?',
    );
  });
});

describe('a sentence that refers back to the one before it', () => {
  test.each([
    'He sold bells.',
    'she sold bells.',
    '“They sold bells.”',
    '(It sold bells.)',
    'Their bells rang.',
    'But bells rang.',
    'However, bells rang.',
    'These bells rang.',
    'Such bells rang.',
  ])('is highlighted with it: %s', async (second) => {
    expect(await highlightOf(['Lavrov came.', second], 'bells')).toBe(`Lavrov came. ${second}`);
  });

  test.each(['Hers were bells.', 'Butter and bells.', 'Thistles and bells.', 'Lavrov said he sold bells.'])(
    'does so only if its whole first word says so: %s',
    async (alone) => {
      expect(await highlightOf(['Lavrov came.', alone], 'bells')).toBe(alone);
    },
  );

  test('is highlighted with one that refers back too, up to three in all', async () => {
    expect(await highlightOf(['Snow fell.', 'Lavrov came.', 'He met someone.', 'He sold bells.'], 'bells')).toBe(
      'Lavrov came. He met someone. He sold bells.',
    );
    expect(await highlightOf(['Lavrov came.', 'He sat.', 'He met someone.', 'He sold bells.'], 'bells')).toBe(
      'He sat. He met someone. He sold bells.',
    );
  });

  test('gets the sentence before it before any is added after it', async () => {
    expect(
      await highlightOf(['Lavrov came.', 'He sold bells.', 'Council met.', 'Ferry sank.'], 'bells council ferry'),
    ).toBe('Lavrov came. He sold bells. Council met.');
  });

  test('is not added before the best one, because it would need yet another', async () => {
    expect(await highlightOf(['Snow fell.', 'He met council.', 'Bells rang loud.'], 'bells rang council')).toBe(
      'Bells rang loud.',
    );
  });
});

describe('across passages', () => {
  test('a sentence that refers back reaches into the passage before', async () => {
    expect(
      await cited(
        [
          ['Snow fell.', 'Lavrov came.'],
          ['He sold bells.', 'Nobody came.'],
        ],
        'bells',
      ),
    ).toMatchObject({
      passageId: 'p2',
      highlight: 'Lavrov came.\n\nHe sold bells.',
      passage: 'He sold bells. Nobody came.',
      passageStart: 25,
    });
  });

  test('a highlight still has at most three sentences', async () => {
    const passages = [
      ['Snow fell.', 'Lavrov came.', 'He sat.'],
      ['He met someone.', 'He sold bells.'],
    ];
    expect((await cited(passages, 'bells')).highlight).toBe('He sat.\n\nHe met someone. He sold bells.');
    const two = [['Lavrov came.', 'He sat.'], ['He sold bells.']];
    expect((await cited(two, 'bells')).highlight).toBe('Lavrov came. He sat.\n\nHe sold bells.');
  });

  test('a highlight reaches into the passage right before, not further', async () => {
    expect((await cited([['Lavrov came.'], ['He sat.'], ['He sold bells.']], 'bells')).highlight).toBe(
      'He sat.\n\nHe sold bells.',
    );
  });

  test('a sentence in the passage before is not added for its words', async () => {
    expect((await cited([['Council met.'], ['Bells rang loud.']], 'bells rang council')).highlight).toBe(
      'Bells rang loud.',
    );
  });

  test('a highlight does not reach across boilerplate, a heading or the beginning of an article', async () => {
    const split = [['Lavrov came.'], ['~ Share this'], ['He sold bells.']];
    expect((await cited(split, 'bells')).highlight).toBe('He sold bells.');
    const heading = [['Lavrov came.', '# Sales'], ['He sold bells.']];
    expect((await cited(heading, 'bells')).highlight).toBe('He sold bells.');
    const ownHeading = [['Lavrov came.'], ['# Sales', 'He sold bells.']];
    expect((await cited(ownHeading, 'bells')).highlight).toBe('He sold bells.');
    const { answer } = await ask(
      [
        { title: null, passages: [['Lavrov came.']] },
        { title: null, passages: [['He sold bells.']] },
      ],
      'bells',
    );
    expect(answer.map(highlighted)[0]).toBe('He sold bells.');
  });
});

test('a highlight is always one to three whole neighbouring sentences without headings', async () => {
  const words = ['bells', 'council', 'ferry', 'snow', 'roof', 'he', 'they', 'but'];
  const sentence = fc
    .tuple(
      fc.constantFrom('', '', '', '', '# '),
      fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 10 }),
      fc.constantFrom('.', '.', '?', '!'),
    )
    .map(([mark, chosen, end]) => `${mark}${chosen.join(' ')}${end}`);
  const passage = fc.oneof(
    { weight: 5, arbitrary: fc.array(sentence, { minLength: 1, maxLength: 6 }) },
    { weight: 1, arbitrary: fc.constant(['~ share this']) },
  );
  const article = fc.record({
    title: fc.option(fc.constantFrom(...words)),
    passages: fc.array(passage, { minLength: 1, maxLength: 4 }),
  });
  const question = fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(article, { minLength: 1, maxLength: 3 }), question, async (articles, asked) => {
      const { answer, texts } = await ask(articles, asked.join(' '));
      for (const citation of answer) {
        const articleKey = Number(citation.article.id.slice(1));
        expect(texts[articleKey]?.slice(citation.start, citation.end)).toBe(citation.quote);
        const sentences = (articles[articleKey]?.passages ?? []).flat();
        expect(runsOf(sentences)).toContain(highlighted(citation).replaceAll('\n\n', ' '));
      }
    }),
    { numRuns: 300 },
  );
});

/** All runs of one to three neighbouring sentences, none of which is a heading or boilerplate. */
function runsOf(sentences: readonly string[]): string[] {
  return sentences.flatMap((_, from) =>
    [1, 2, 3].flatMap((count) => {
      const run = sentences.slice(from, from + count);
      return run.some((sentence) => /^[#~] /.test(sentence)) ? [] : [run.join(' ')];
    }),
  );
}

/** A weight for each word, or words with even weights. */
type Weights = string | Readonly<Record<string, number>>;

async function highlightOf(sentences: readonly string[], beyond: Weights, idf: Weights = beyond): Promise<string> {
  const { ranked, textOf } = await rankedFirst({ title: null, passages: [sentences] }, wordsOf(beyond));
  const weighted = { ...ranked, weightsBeyondTitle: weightsOf(beyond) };
  return textOf(chooseHighlight(weighted, weightsOf(idf), textOf));
}

async function keyOf(sentences: readonly string[], weights: Weights): Promise<number | null> {
  const { ranked, textOf } = await rankedFirst({ title: null, passages: [sentences] }, wordsOf(weights));
  return keySentence({ ...ranked, weightsBeyondTitle: weightsOf(weights) }, weightsOf(weights), textOf);
}

function wordsOf(weights: Weights): string {
  return typeof weights === 'string' ? weights : Object.keys(weights).join(' ');
}

function weightsOf(weights: Weights): number[] {
  if (typeof weights !== 'string') return Object.values(weights);
  const count = weights.split(' ').length;
  return Array.from({ length: count }, () => 1 / count);
}

/** Ranks an article with one passage for a question. */
async function rankedFirst(
  article: SmallArticle,
  question: string,
): Promise<{
  ranked: RankedPassage;
  idf: readonly number[];
  textOf: (span: { readonly start: number; readonly end: number }) => string;
}> {
  const library = smallLibrary([article]);
  const prepared = await prepareQuestion(question, library, null);
  // The passage is a candidate for any question.
  const store = { ...library.store, searchVectors: () => [{ key: 1, score: 0 }] };
  const options = { weights: rankedBy({ maxSim: 1 }).ranking, scope: null, earlierArticles: [] };
  const [ranked] = rankQuestion(prepared, store, options);
  if (ranked === undefined) throw new Error('No passage was ranked');
  const { text } = store.article(0);
  return { ranked, idf: prepared.weights.idf, textOf: ({ start, end }) => text.slice(start, end) };
}

async function ask(
  articles: readonly SmallArticle[],
  question: string,
): Promise<{ answer: readonly Citation[]; texts: readonly string[] }> {
  const library = smallLibrary(articles);
  const { citations } = await answerQuestion(question, { ...library, coefficients: rankedBy({ maxSim: 1 }, SURE) });
  return { answer: citations, texts: articles.map((_, articleKey) => library.store.article(articleKey).text) };
}

/** The first citation from an article with these passages, and what is highlighted in it. */
async function cited(
  passages: readonly (readonly string[])[],
  question: string,
): Promise<Citation & { readonly highlight: string }> {
  const { answer } = await ask([{ title: null, passages }], question);
  const [citation] = answer;
  if (citation === undefined) throw new Error('Nothing is cited');
  return { ...citation, highlight: highlighted(citation) };
}

function highlighted({ quote, highlights }: Citation): string {
  return highlights.map(({ start, end }) => quote.slice(start, end)).join(' … ');
}
