import { setImmediate as nextTurn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListedArticle } from '../../../src/corpus/article.js';
import type { PassageOpening } from '../../../src/corpus/passage.js';
import { parseTarget, Suggestions, type SuggestOptions } from '../../../src/discord/autocomplete/suggestions.js';

/** An article with the openings of its passages. */
interface SampleArticle {
  readonly title: string | null;
  readonly file?: string;
  readonly collection?: string | null;
  /** `YYYY-MM-DD`. */
  readonly published?: string | null;
  readonly openings?: readonly string[];
}

describe('suggestions', () => {
  test('contain every typed word as the beginning of a word, in any order', async () => {
    const suggestions = await suggestionsFor([
      { title: 'The summit in Reykjavík', openings: ['Two ministers met.', 'Rain fell on the harbour.'] },
      { title: 'Summits of the Alps', openings: ['The highest is in Italy.'] },
    ]);
    for (const typed of ['reyk', 'REYKJAVIK', 'rey sum', 'in the summit', '"Reykjavík," (the)'])
      expect(titlesOf(suggestions, typed), typed).toEqual(['The summit in Reykjavík']);
    expect(namesOf(suggestions, 'har')).toEqual(['The summit in Reykjavík › Rain fell on the harbour.']);
    // One word is in the title, the other in the passage.
    expect(namesOf(suggestions, 'alps ital')).toEqual(['Summits of the Alps › The highest is in Italy.']);
    for (const typed of ['eykjavik', 'reykjaviks', 'reyk alps', 'x'])
      expect(suggestions.suggest(typed), typed).toEqual([]);
  });

  test('are found with and without accents, composed or not', async () => {
    const suggestions = await suggestionsFor([
      { title: 'Übergänge: naïve Öfen', openings: ['Ελλάδα, ЁЛКА, हिन्दी, 北京 и Łódź'] },
    ]);
    for (const typed of [
      'ubergange',
      'Übergänge',
      'u\u0308bergange',
      'NAIVE ofen',
      'ελλαδα',
      'елка',
      'हिन्दी',
      'हिन',
      '北',
    ])
      expect(suggestions.suggest(typed), typed).not.toEqual([]);
  });

  test('list articles first, those whose titles start with the typed words before the others, and then passages in order', async () => {
    const suggestions = await suggestionsFor([
      { title: 'On the sea bed', openings: ['The sea bed is deep.'] },
      { title: 'Sea bedrock', openings: ['Stone.'] },
      { title: 'Bed of the sea', openings: ['Nothing of it.', 'Sea, then bed.'] },
      { title: 'The Sea Bed', openings: [] },
    ]);
    expect(namesOf(suggestions, 'sea bed')).toEqual([
      'Sea bedrock',
      'On the sea bed',
      'Bed of the sea',
      'The Sea Bed',
      'On the sea bed › The sea bed is deep.',
      'Sea bedrock › Stone.',
      'Bed of the sea › Nothing of it.',
      'Bed of the sea › Sea, then bed.',
    ]);
  });

  test('include a title that starts with the typed words, however many others match', async () => {
    const others = Array.from({ length: 60 }, (_, number) => ({
      title: `The old bell ${number}`,
      openings: ['Rang.'],
    }));
    const suggestions = await suggestionsFor([...others, { title: 'Bell founding', openings: ['Rang.'] }]);
    const names = namesOf(suggestions, 'bell');
    expect(names).toHaveLength(25);
    expect(names.slice(0, 2)).toEqual(['Bell founding', 'The old bell 0']);
  });

  test('list the latest articles if nothing is typed, undated ones last, and then passages', async () => {
    const suggestions = await suggestionsFor([
      { title: 'Undated', openings: ['One.'] },
      { title: 'Old', published: '1999-12-31' },
      { title: 'New', published: '2026-01-02', openings: ['Two.'] },
      { title: 'Also undated' },
      { title: 'Newer', published: '2026-01-10' },
    ]);
    for (const typed of ['', ' ', '*', '…', '🦓'])
      expect(namesOf(suggestions, typed), typed).toEqual([
        'Newer',
        'New',
        'Old',
        'Undated',
        'Also undated',
        'Undated › One.',
        'New › Two.',
      ]);
  });

  test('can be limited to kinds and collections', async () => {
    const suggestions = await suggestionsFor([
      { title: 'Bells', collection: 'town', openings: ['Bells of the town.'] },
      { title: 'Bells', collection: 'sea', openings: ['Bells of the sea.'] },
      { title: 'Bells', openings: ['Bells of nowhere.'] },
    ]);
    const found = (options: SuggestOptions): string[] =>
      suggestions.suggest('bells', options).map(({ value }) => value);
    expect(found({})).toEqual(['a0', 'a1', 'a2', 'p0', 'p1', 'p2'].map(choiceValue));
    expect(found({ kinds: ['article'] })).toEqual(['a0', 'a1', 'a2'].map(choiceValue));
    expect(found({ kinds: ['passage'] })).toEqual(['p0', 'p1', 'p2'].map(choiceValue));
    expect(found({ kinds: [] })).toEqual([]);
    expect(found({ scope: { collections: ['sea'] } })).toEqual(['a1', 'p1'].map(choiceValue));
    expect(found({ scope: { collections: ['sea', 'town', 'air'] }, kinds: ['passage'] })).toEqual(
      ['p0', 'p1'].map(choiceValue),
    );
    expect(found({ scope: { collections: [] } })).toEqual([]);
    expect(found({ scope: null })).toHaveLength(6);
    expect(suggestions.suggest('', { scope: { collections: ['sea'] } }).map(({ value }) => value)).toEqual(
      ['a1', 'p1'].map(choiceValue),
    );
  });

  test('are empty if there are no articles', async () => {
    const suggestions = await Suggestions.build([], []);
    for (const typed of ['', 'a', 'a b']) expect(suggestions.suggest(typed)).toEqual([]);
  });

  test('use the title that comes with a passage if its article is not listed yet', async () => {
    const { openings } = catalogue([{ title: 'Zebras', openings: ['They graze.'] }]);
    const suggestions = await Suggestions.build([], openings);
    expect(namesOf(suggestions, 'zeb')).toEqual(['Zebras › They graze.']);
  });

  test('are the same if a word is repeated, and there are none for a word of 2,000 characters', async () => {
    const suggestions = await suggestionsFor([{ title: 'Bells', openings: ['Bronze bells rang.'] }]);
    expect(suggestions.suggest('bells '.repeat(333))).toHaveLength(2);
    expect(suggestions.suggest('b be bel bell bells br')).toHaveLength(1);
    expect(suggestions.suggest('x'.repeat(2000))).toEqual([]);
    expect(suggestions.suggest(Array.from({ length: 500 }, (_, number) => `b${number}`).join(' '))).toEqual([]);
  });
});

describe('a suggestion', () => {
  test.each<[string, string | null, string]>([
    ['without a title is named by its file', null, 'notes/a.txt'],
    ['with an empty title is named by its id', '', 'aaaaaaaaaa'],
    ['with an invisible title is named by its id', '\u200b\u202e\u0301 \u00a0', 'aaaaaaaaaa'],
    ['contains no direction overrides', '\u202egnp.exe\u202c \u2067ab', 'gnp.exe ab'],
    ['contains no control characters, and only single spaces', 'a\u0000 \u001b[31m\n\n b\tc', 'a [31m b c'],
    ['contains no half characters', 'a\ud83e b\udd93', 'a\ufffd b\ufffd'],
    ['keeps right-to-left letters', 'שלום עולם', 'שלום עולם'],
  ])('%s', async (_, title, expected) => {
    const suggestions = await suggestionsFor([{ title, file: 'notes/a.txt' }]);
    expect(namesOf(suggestions, '')).toEqual([expected]);
  });

  test('of a passage has up to 40 characters of the title and 100 in total, and is never cut within a visible character', async () => {
    const suggestions = await suggestionsFor([
      { title: '👩‍👩‍👧‍👦'.repeat(30), openings: ['🦓'.repeat(80), `A${'\u0301'.repeat(150)}`] },
    ]);
    const [, animals = '', accents = ''] = namesOf(suggestions, '');
    expect(animals).toMatch(/^(👩‍👩‍👧‍👦){3}… › (🦓)+…$/u);
    expect(animals.length).toBeLessThanOrEqual(100);
    expect(accents).toMatch(/^(👩‍👩‍👧‍👦){3}… ›…$/u);
  });

  test('always has a name of 1 to 100 characters, some of them visible, and a value that can be parsed', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.option(text), text, text, async (title, opening, typed) => {
        const suggestions = await suggestionsFor([{ title, openings: [opening] }]);
        for (const { name, value } of [...suggestions.suggest(''), ...suggestions.suggest(typed)]) {
          expect(name.length).toBeLessThanOrEqual(100);
          expect(name).toMatch(/[^\p{C}\p{M}\p{Z}]/u);
          expect(name).toBe(name.trim().toWellFormed());
          expect(parseTarget(value)).not.toBeNull();
        }
      }),
    );
  });
});

test('the suggestions are the same as those of a simple scan of everything', async () => {
  const word = fc.constantFrom(
    'a',
    'ab',
    'abc',
    'abd',
    'b',
    'Bell',
    'BÉLL',
    'bells',
    'b2',
    '2',
    'ß',
    'Ω',
    '𝒳',
    '\ud800',
    '-',
  );
  const text = fc.array(word, { maxLength: 5 }).map((words) => words.join(' '));
  const collection = fc.constantFrom(null, 'town', 'sea');
  const article = fc.record({
    title: fc.option(text),
    collection,
    published: fc.constantFrom(null, '2020-01-01', '2021-01-01'),
    openings: fc.array(text, { maxLength: 6 }),
  });
  const options = fc.record({
    kinds: fc.subarray(['article', 'passage'] as const),
    collections: fc.option(fc.subarray(['town', 'sea'])),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(article, { maxLength: 40 }),
      fc.array(fc.tuple(text, options), { minLength: 1, maxLength: 20 }),
      async (articles, asked) => {
        const suggestions = await suggestionsFor(articles);
        for (const [typed, chosen] of asked) {
          const { kinds, collections } = chosen;
          const suggested = suggestions.suggest(typed, { kinds, scope: collections === null ? null : { collections } });
          expect(suggested.map(({ value }) => value)).toEqual(scan(articles, typed, chosen));
        }
      },
    ),
    { numRuns: 200 },
  );
});

describe('building', () => {
  test('lets other events be handled at least once every hundred passages', async () => {
    let turns = 0;
    const building = { isOver: false };
    const counting = (async () => {
      for (; !building.isOver; turns++) await nextTurn();
    })();
    await suggestionsFor([
      { title: 'Long', openings: Array.from({ length: 3000 }, (_, number) => `Passage ${number}.`) },
    ]);
    building.isOver = true;
    await counting;
    // Thirty slices for the passages, and some for sorting.
    expect(turns).toBeGreaterThanOrEqual(30);
  });

  test('reads the passages one by one, and stops reading once it is aborted', async () => {
    let read = 0;
    let isClosed = false;
    function* endless(): Generator<PassageOpening> {
      const { openings } = catalogue([{ title: 'Endless', openings: ['On and on.'] }]);
      try {
        for (;;) {
          read += 1;
          yield* openings;
        }
      } finally {
        isClosed = true;
      }
    }
    const controller = new AbortController();
    const building = Suggestions.build([], endless(), { signal: controller.signal });
    await nextTurn();
    await nextTurn();
    expect(read).toBeGreaterThan(0);
    controller.abort(new Error('there is a newer library'));
    const readBefore = read;
    await expect(building).rejects.toThrow('there is a newer library');
    expect(read).toBe(readBefore);
    expect(isClosed).toBe(true);
  });

  test('fails if reading fails', async () => {
    function* broken(): Generator<PassageOpening> {
      yield* catalogue([{ title: 'A', openings: ['One.'] }]).openings;
      throw new Error('the disk is gone');
    }
    await expect(Suggestions.build([], broken())).rejects.toThrow('the disk is gone');
  });
});

/** What `suggest` should return, computed in the simplest way. */
function scan(
  articles: readonly SampleArticle[],
  typed: string,
  {
    kinds = [],
    collections = null,
  }: Pick<SuggestOptions, 'kinds'> & { readonly collections?: readonly string[] | null },
): string[] {
  const words = folded(typed).split(' ').filter(Boolean);
  const fits = (text: string): boolean => words.every((word) => ` ${folded(text)}`.includes(` ${word}`));
  const numbered = articles.map((article, number) => ({ ...article, number, name: article.title ?? fileOf(number) }));
  const offered = numbered.filter(
    ({ collection = null }) => collections === null || (collection !== null && collections.includes(collection)),
  );
  const isOffered = new Set(offered.map(({ number }) => number));
  const passages = numbered
    .flatMap(({ name, number, openings = [] }) => openings.map((opening) => ({ text: `${name} ${opening}`, number })))
    .map((passage, position) => ({ ...passage, value: `p${position}` }))
    .filter(({ number }) => isOffered.has(number))
    .filter(({ text }) => fits(text));
  const titles = offered.filter(({ name }) => fits(name));
  const ordered =
    words.length === 0
      ? titles.toSorted((a, b) => (b.published ?? '').localeCompare(a.published ?? ''))
      : [true, false].flatMap((begins) =>
          titles.filter(({ name }) => folded(name).startsWith(words.join(' ')) === begins),
        );
  return [
    ...(kinds.includes('article') ? ordered.map(({ number }) => `a${number}`) : []),
    ...(kinds.includes('passage') ? passages.map(({ value }) => value) : []),
  ]
    .slice(0, 25)
    .map(choiceValue);
}

function folded(text: string): string {
  const letters = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return (letters.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

function suggestionsFor(articles: readonly SampleArticle[]): Promise<Suggestions> {
  const { listed, openings } = catalogue(articles);
  return Suggestions.build(listed, openings);
}

/** Articles a0, a1 and so on with passages p0, p1 and so on. */
function catalogue(articles: readonly SampleArticle[]): { listed: ListedArticle[]; openings: PassageOpening[] } {
  const listed = articles.map(({ title, file, collection = null, published = null, openings = [] }, number) => ({
    id: idOf(`a${number}`),
    title,
    url: null,
    publisher: null,
    published,
    file: file ?? fileOf(number),
    collection,
    passages: openings.length,
  }));
  const openings = articles.flatMap((article, number) =>
    (article.openings ?? []).map((opening) => ({ opening, number })),
  );
  return {
    listed,
    openings: openings.flatMap(({ opening, number }, position) => {
      const article = listed[number];
      if (article === undefined) return [];
      const { id: articleId, title, file, collection } = article;
      return [{ passageId: idOf(`p${position}`), articleId, title, file, collection, opening }];
    }),
  };
}

function fileOf(number: number): string {
  return `${number}.txt`;
}

/** The id of an article or a passage in ten letters: `a0` becomes `aaaaaaaaaa`, `p12` becomes `paaaaaaabc`. */
function idOf(name: string): string {
  const digits = name.slice(1).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
  return `${name[0]}${digits.padStart(9, 'a')}`;
}

function choiceValue(name: string): string {
  return `${name.startsWith('a') ? 'article' : 'passage'}:${idOf(name)}`;
}

function namesOf(suggestions: Suggestions, typed: string): string[] {
  return suggestions.suggest(typed).map(({ name }) => name);
}

function titlesOf(suggestions: Suggestions, typed: string): string[] {
  return suggestions.suggest(typed, { kinds: ['article'] }).map(({ name }) => name);
}
