import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type IndexedFolder,
  indexSeeds,
  type RunningBot,
  readPassages,
  runBot,
  type StoredPassage,
} from '../bot/running-bot.js';
import { REYKJAVIK, writeSeed, writeSeeds } from '../bot/seeds.js';
import { paragraphsOf, readSource, readSourceLine } from '../bot/shown-answer.js';
import { textOf } from '../bot/shown-message.js';
import { readEscaped } from '../bot/shown-text.js';
import type { AutocompleteChoice } from '../fake/people/interaction-handle.js';

/** More articles than a list of choices holds, with titles longer than a choice. */
const SERIES = 30;

let folder: IndexedFolder;
let running: RunningBot;
let passages: StoredPassage[];

beforeAll(async () => {
  folder = await indexSeeds((seeds) => {
    writeSeeds(seeds);
    for (let number = 1; number <= SERIES; number++) {
      const title = `Harbour Chronicle ${number}: ${'of ships, ropes and people who wait '.repeat(4)}`;
      writeSeed(
        seeds,
        `chronicle/${number}.md`,
        `---\ntitle: "${title}"\n---\n\nIn year ${number} the harbour froze.\n`,
      );
    }
    // A family emoji stands where a choice is cut.
    writeSeed(
      seeds,
      'emoji.md',
      `---\ntitle: Zebra ${'👩‍👩‍👧‍👦'.repeat(30)}\n---\n\nThe zebra came with the whole family.\n`,
    );
    // White space that a choice leaves out, then an emoji on both sides of the 160th character of the passage.
    writeSeed(
      seeds,
      'gap.txt',
      `A gap\n\nQuagga${' '.repeat(153)}${'🦓'.repeat(20)} ran.\n\nIt ran on and on and on until the evening came.\n`,
    );
  });
  passages = readPassages(folder);
  running = await runBot(folder);
});

afterEach(() => {
  expect(running.fake.violations).toEqual([]);
});

afterAll(async () => {
  await running?.end();
  folder?.remove();
});

function type(words: string, direct = false): Promise<readonly AutocompleteChoice[]> {
  return running.fake.autocomplete({ name: 'find', options: { words }, focused: 'words', direct }).choices();
}

function find(words: string) {
  return running.fake.slash({ name: 'find', options: { words } }).response();
}

describe('the choices while somebody types', () => {
  test('are titles first, then passages', async () => {
    const choices = await type('reyk');

    expect(choices[0]?.name).toBe(REYKJAVIK.title);
    expect(choices.map(({ value }) => String(value).split(':')[0])).toEqual(['article', 'passage', 'passage']);
    expect(choices[1]?.name).toMatch(/^The summit in Reykjavik › Antony Blinken/);
  });

  test.each(['', ' ', 'h', 'harbour', 'the', '*', '-'])(
    'are at most 25 of at most 100 characters, each a different one, for %j',
    async (words) => {
      const choices = await type(words);

      expect(choices.length).toBeGreaterThan(0);
      expect(choices.length).toBeLessThanOrEqual(25);
      expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length);
      for (const { name, value } of choices) {
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(100);
        expect(value).toMatch(/^(article|passage):[a-z2-7]{10}$/);
      }
    },
  );

  test('follow capitals, accents, the order of the words and their beginnings', async () => {
    for (const words of ['REYKJAVÍK SUMMIT', 'reykjavik the', 'sum rey', 'summit, "Reykjavik"!']) {
      expect((await type(words))[0]?.name).toBe(REYKJAVIK.title);
    }
  });

  test('are none where nothing fits, and for 2,000 characters', async () => {
    expect(await type('xylophone')).toEqual([]);
    expect(await type('x'.repeat(2_000))).toEqual([]);
  });

  test('come within half a second, in direct messages too', async () => {
    const typed = running.fake.autocomplete({
      name: 'find',
      options: { words: 'fer' },
      focused: 'words',
      direct: true,
    });

    expect((await typed.acknowledged()).afterMs).toBeLessThan(500);
    expect((await typed.choices())[0]?.name).toBe('The old ferry sails again');
  });

  test('are cut between characters as people see them', async () => {
    const [choice] = await type('zebra');

    expect(choice?.name).toMatch(/^Zebra (👩‍👩‍👧‍👦)+…$/u);
    expect(isWellFormed(choice?.name)).toBe(true);
  });

  test('hold no half of an emoji', async () => {
    const choices = await type('quagga');

    expect(choices).not.toHaveLength(0);
    for (const { name } of choices) expect(isWellFormed(name)).toBe(true);
  });
});

test('what is found is shown to who looks it up only', async () => {
  const looked = running.fake.slash({ name: 'find', options: { words: 'ferry' } });

  expect((await looked.acknowledged()).isEphemeral).toBe(true);
  expect(textOf(await looked.response())).toContain('The old ferry sails again');
});

describe('what somebody chose is shown:', () => {
  test('a passage, whole, with its source', async () => {
    const choice = (await type('antony')).find(({ value }) => String(value).startsWith('passage:'));
    const passage = passages.find(({ id }) => choice?.value === `passage:${id}`);
    const source = readSource(textOf(await find(String(choice?.value))));

    expect(source).toMatchObject({ above: null, number: null, title: REYKJAVIK.title });
    expect(source.facts).toBe('Example News · 2021-05-19');
    expect(source.url).toMatch(/^https:\/\/example\.org\/2021\/reykjavik#:~:text=Antony%20Blinken/);
    expect(source.quote).toEqual({ text: passage?.text, isCut: false });
  });

  test('an article, with the number of its passages, and they themselves', async () => {
    const [choice] = await type('summit');
    const [heading, count, ...quotes] = paragraphsOf(await find(String(choice?.value)));

    expect(choice?.value).toMatch(/^article:/);
    expect(readSourceLine(heading?.text ?? '')).toMatchObject({ title: REYKJAVIK.title, number: null });
    expect(count?.text).toBe('-# 2 passages');
    const own = passages.filter(({ article }) => article.title === REYKJAVIK.title);
    expect(quotes.map(({ text }) => text)).toEqual(own.map(({ text }) => `> ${text}`));
  });

  test.each([
    ['article:aaaaaaaaaa', 'That article is no longer in the index. Please look it up again.'],
    ['passage:aaaaaaaaaa', 'That passage is no longer in the index. Please look it up again.'],
  ])('or, of an id that is gone (%s), that it is gone', async (words, says) => {
    expect(textOf(await find(words))).toBe(says);
  });
});

describe('words that nobody chose from the list', () => {
  test('give the passages that come closest, best first', async () => {
    const [query, heading, best] = paragraphsOf(await find('volcanic sand and rye dough'));

    expect(query?.text).toBe('**volcanic sand and rye dough**');
    expect(heading?.text).toMatch(/^-# The closest passages/);
    expect(best?.text).toMatch(/^\*\*Rye bread baked in hot ground\*\* · undated\nBakers near the lake/);
  });

  test.each(['passage:short', 'article:AAAAAAAAAA', 'passage:aaaaaaaaaa ', 'https://example.org/x', '**bold** @here'])(
    'that look like something else are words: %s',
    async (words) => {
      const [query, heading] = paragraphsOf(await find(words));

      expect(readEscaped(/^\*\*(.*)\*\*$/.exec(query?.text ?? '')?.[1] ?? '')).toBe(words.trim());
      expect(query?.text.slice(2, -2)).not.toMatch(/(?<!\\)[@*:]/);
      expect(heading?.text).toContain('come closest');
    },
  );

  test('of punctuation only are refused with the remedy', async () => {
    expect(textOf(await find('???'))).toContain('no words in it');
  });

  test('of 2,000 characters are shortened above the list', async () => {
    const [query] = paragraphsOf(await find('harbour '.repeat(250).trim()));

    expect(query?.text.length).toBeLessThan(810);
    expect(query?.text).toMatch(/^\*\*harbour harbour.*…\*\*$/);
  });
});

function isWellFormed(text = ''): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
