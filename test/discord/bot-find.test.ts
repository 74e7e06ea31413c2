import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AutocompleteChoice } from './interactions.js';
import {
  type IndexedFolder,
  indexSeeds,
  type RunningBot,
  readPassages,
  runBot,
  type StoredPassage,
} from './running-bot.js';
import { REYKJAVIK, writeSeed, writeSeeds } from './seeds.js';

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

describe('what somebody chose is shown:', () => {
  test('a passage, whole, with its source', async () => {
    const choice = (await type('antony')).find(({ value }) => String(value).startsWith('passage:'));
    const passage = passages.find(({ id }) => choice?.value === `passage:${id}`);
    const response = await find(String(choice?.value));

    expect(response.embeds[0]?.title).toBe(REYKJAVIK.title);
    expect(response.embeds[0]?.url).toMatch(/^https:\/\/example\.org\/2021\/reykjavik#:~:text=Antony%20Blinken/);
    expect(response.embeds[0]?.footer?.text).toBe('Example News · 2021-05-19');
    expect(response.embeds[0]?.description).toBe(`> ${passage?.text}`);
  });

  test('an article, with the number of its passages and how it begins', async () => {
    const [choice] = await type('summit');
    const response = await find(String(choice?.value));

    expect(choice?.value).toMatch(/^article:/);
    expect(response.content).toBe('2 passages. It begins:');
    expect(response.embeds[0]?.description).toContain('Antony Blinken and Sergey Lavrov');
  });

  test.each([
    ['article:aaaaaaaaaa', 'That article is no longer in the index. Look it up again.'],
    ['passage:aaaaaaaaaa', 'That passage is no longer in the index. Look it up again.'],
  ])('or, of an id that is gone (%s), that it is gone', async (words, says) => {
    const response = await find(words);

    expect(response.content.replaceAll('\\', '')).toBe(says);
    expect(response.embeds).toEqual([]);
  });
});

describe('words that nobody chose from the list', () => {
  test('give the passages that come closest, best first', async () => {
    const response = await find('volcanic sand and rye dough');

    expect(response.content).toBe('Passages that come closest to “volcanic sand and rye dough”');
    expect(response.embeds[0]?.description).toMatch(/^\*\*Rye bread baked in hot ground\*\*\nBakers near the lake/);
  });

  test.each(['passage:short', 'article:AAAAAAAAAA', 'passage:aaaaaaaaaa ', 'https://example.org/x', '**bold** @here'])(
    'that look like something else are words: %s',
    async (words) => {
      const response = await find(words);

      expect(response.content.replaceAll('\\', '')).toBe(`Passages that come closest to “${words.trim()}”`);
      expect(response.content).not.toMatch(/(?<!\\)[@*]/);
    },
  );

  test('of punctuation only are refused with the remedy', async () => {
    expect((await find('???')).content).toContain('no words in it');
  });

  test('of 2,000 characters are shortened in the heading', async () => {
    const response = await find('harbour '.repeat(250).trim());

    expect(response.content.length).toBeLessThan(200);
    expect(response.content).toContain('…”');
  });
});

function isWellFormed(text = ''): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
