import { expect, test } from 'vitest';
import type { AnsweringDeps } from '../../../src/answering/answer-question.js';
import { type FoundSources, findSources, MAX_CLAIMS } from '../../../src/answering/claims/find-sources.js';
import { MAX_MESSAGE_CHARACTERS } from '../../../src/answering/claims/message-claims.js';
import { UserError } from '../../../src/user-error.js';
import { decisionWeights } from '../decision-weights.js';
import { rankedBy, type SmallArticle, type SmallLibrary, smallLibrary } from '../small-library.js';

/** Something is always found, so only the words decide between `same` and `related`. */
const FOUND = { decision: decisionWeights({ intercept: 9 }) };
/** Nothing is ever close enough. */
const NOT_FOUND = { decision: decisionWeights({ intercept: -9 }) };

const BELLS: SmallArticle = {
  title: 'Bells',
  passages: [['In May 1912 the council of Vardo sold three bronze bells to Anna Berg.', 'Olaf Lund was away.']],
};

async function find(
  text: string,
  articles: readonly SmallArticle[] = [BELLS],
  changed: Partial<AnsweringDeps> = {},
): Promise<FoundSources> {
  const library: SmallLibrary = smallLibrary(articles);
  return findSources(text, { ...library, coefficients: rankedBy({ maxSim: 1 }, FOUND), ...changed });
}

async function verdictOf(text: string, articles?: readonly SmallArticle[]): Promise<string> {
  const { sources } = await find(text, articles);
  return sources.map(({ verdict, difference }) => (difference === null ? verdict : `${verdict}: ${difference}`)).join();
}

test('a sentence in nearly the same words counts as the same and cites its article', async () => {
  const claim = 'The council of Vardo sold 3 bells to Anna Berg.';
  const { sources, leftOut } = await find(claim);
  expect(leftOut).toBe(0);
  expect(sources).toMatchObject([{ claim, verdict: 'same', difference: null, citation: { passageId: 'p1' } }]);
  expect(sources[0]?.citation?.quote).toContain('sold three bronze bells');
});

test.for([
  ['a different number', 'The council of Vardo sold four bronze bells to Anna Berg.', 'numbers'],
  ['a different month', 'In June 1912 the council of Vardo sold three bronze bells.', 'dates'],
  ['a different name', 'The council of Bergen sold three bronze bells to Anna Berg.', 'names'],
  ['a name from the next sentence', 'The council of Vardo sold three bronze bells to Olaf Lund.', 'names'],
  ['swapped roles', 'Anna Berg sold Vardo three bronze bells.', 'roles'],
  ['a denial', 'The council of Vardo never sold three bronze bells to Anna Berg.', 'denial'],
  ['few words in common', 'Perhaps people said that Vardo had some fine old harbour.', 'words'],
  ['a question mark', 'The council of Vardo sold three bronze bells to Anna Berg?', 'asks'],
] as const)('a claim with %s is only related', async ([, claim, difference]) => {
  expect(await verdictOf(claim)).toBe(`related: ${difference}`);
});

test('a claim below the lowest threshold is not found and has no citation', async () => {
  const { sources } = await find('The council of Vardo sold bells.', [BELLS], {
    coefficients: rankedBy({ maxSim: 1 }, NOT_FOUND),
  });
  expect(sources).toEqual([
    { claim: 'The council of Vardo sold bells.', verdict: 'nothing', citation: null, difference: null },
  ]);
});

test('with a model that was not fitted, or in another language, nothing counts as the same', async () => {
  const claim = 'The council of Vardo sold three bronze bells to Anna Berg.';
  const unmeasured = await find(claim, [BELLS], { coefficients: null });
  expect(unmeasured.sources).toMatchObject([{ verdict: 'related', difference: 'unmeasured' }]);
  const foreign = await find(claim, [BELLS], { compareLanguages: () => ({ asked: 'no', written: 'en' }) });
  expect(foreign.sources).toMatchObject([{ verdict: 'related', difference: 'language' }]);
});

test('a passage that says the same thing wins over a closer one that does not', async () => {
  const articles: SmallArticle[] = [
    { title: 'A', passages: [['Vardo sold four bronze bells quickly.']] },
    { title: 'B', passages: [['Vardo sold three bronze bells.']] },
  ];
  // The first has four words of five in common, but a different number.
  const { sources } = await find('Vardo sold three bells quickly.', articles);
  expect(sources).toMatchObject([{ verdict: 'same', citation: { passageId: 'p2' } }]);
});

test('a sentence that refers back is searched for together with the one before it', async () => {
  const articles: SmallArticle[] = [
    { title: 'A', passages: [['Anna Berg bought bells.']] },
    { title: 'B', passages: [['Olaf Lund melted bells.']] },
  ];
  const { sources } = await find('Olaf Lund had bells. He melted them.', articles);
  expect(sources.map(({ claim }) => claim)).toEqual(['Olaf Lund had bells.', 'He melted them.']);
  expect(sources[1]?.citation?.passageId).toBe('p2');
});

test('at most five sentences are searched for; short ones are skipped, and the rest are counted', async () => {
  const sentence = 'The council sold bells.';
  const { sources, leftOut } = await find(`Oh no! ${Array(7).fill(sentence).join(' ')} Thank you.`);
  expect(sources).toHaveLength(MAX_CLAIMS);
  expect(sources.every(({ claim }) => claim === sentence)).toBe(true);
  expect(leftOut).toBe(2);
});

test('each line of a message is a sentence, unless it continues in lower case', async () => {
  const { sources } = await find('- The council sold bells\n- Anna Berg\nbought them all');
  expect(sources.map(({ claim }) => claim)).toEqual(['The council sold bells', 'Anna Berg\nbought them all']);
});

test('links, mentions, emoji and formatting are not searched for, but the claim is shown as written', async () => {
  const searched: string[] = [];
  const library = smallLibrary([BELLS]);
  const encoder = {
    ...library.encoder,
    embedQuestion(text: string) {
      searched.push(text);
      return library.encoder.embedQuestion(text);
    },
  };
  const text =
    '> <@123> **The council** of [Vardo](https://example.org/a_b) sold <:bell:42> __three__ bells https://example.com/x?y=1 @everyone.\n```\nconst no = claim at all;\n```';
  const { sources } = await find(text, [BELLS], { ...library, encoder });
  expect(searched).toEqual(['The council of Vardo sold three bells .']);
  const claim = sources[0]?.claim ?? '';
  expect(text).toContain(claim);
  expect(claim).toMatch(/^\*\*The council\*\*.*@everyone\.$/);
});

test.for([
  ['nothing', ''],
  ['whitespace', ' \n\t '],
  ['two words', 'Thank you!'],
  ['a link', 'https://example.org/three/words/here'],
  ['formatting marks', '*** ~~~ ||| ???'],
  ['code', '```\nthree words here\n```'],
  ['too many characters', 'word '.repeat(MAX_MESSAGE_CHARACTERS / 5 + 1)],
] as const)('a message of %s is refused with a UserError', async ([, text]) => {
  await expect(find(text)).rejects.toBeInstanceOf(UserError);
});

test.for([
  ['lone surrogates', 'The council \ud800 sold bells \udfff.'],
  ['marks that open and never close', `The council sold bells ${'[](<@```**__||'.repeat(200)}`],
  ['one long sentence', `The council ${'sold bells '.repeat(350)}`],
  ['many short lines', 'a b c\n'.repeat(600)],
  ['emoji and other scripts', 'Совет продал три колокола 🔔🔔. 議会は 鐘を 三つ 売った。'],
])('a message with %s can be read, and each claim is a slice of it', async ([, text = '']) => {
  const { sources } = await find(text);
  expect(sources.length).toBeGreaterThan(0);
  for (const { claim } of sources) expect(text).toContain(claim);
});
