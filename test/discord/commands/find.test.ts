import { beforeAll, describe, expect, test } from 'vitest';
import { readPassages, type StoredPassage } from '../bot/indexed-folder.js';
import { REYKJAVIK, writeSeed, writeSeeds } from '../bot/seeds.js';
import { paragraphsOf, readSource, readSourceLine } from '../bot/shown-answer.js';
import { textOf } from '../bot/shown-message.js';
import { readBlockQuote, readEscaped } from '../bot/shown-text.js';
import { useBot } from '../bot/use-bot.js';
import type { AutocompleteChoice } from '../fake/people/interaction-handle.js';

/** More articles than Discord shows suggestions, with titles that are too long for a suggestion. */
const SERIES = 30;

const bot = useBot({
  seeds: (folder) => {
    writeSeeds(folder);
    for (let number = 1; number <= SERIES; number++) {
      const title = `Harbour Chronicle ${number}: ${'of ships, ropes and people who wait '.repeat(4)}`;
      writeSeed(
        folder,
        `chronicle/${number}.md`,
        `---\ntitle: "${title}"\n---\n\nIn year ${number} the harbour froze.\n`,
      );
    }
    // A suggestion is cut inside a run of family emoji.
    writeSeed(
      folder,
      'emoji.md',
      `---\ntitle: Zebra ${'👩‍👩‍👧‍👦'.repeat(30)}\n---\n\nThe zebra came with the whole family.\n`,
    );
    // White space that a suggestion leaves out, then an emoji that straddles the passage's 160th character.
    writeSeed(
      folder,
      'gap.txt',
      `A gap\n\nQuagga${' '.repeat(153)}${'🦓'.repeat(20)} ran.\n\nIt ran on and on and on until the evening came.\n`,
    );
  },
});
let passages: StoredPassage[];

beforeAll(() => {
  passages = readPassages(bot.folder);
});

function type(words: string, direct = false): Promise<readonly AutocompleteChoice[]> {
  return bot.fake.autocomplete({ name: 'find', options: { words }, focused: 'words', direct }).choices();
}

function find(words: string) {
  return bot.fake.slash({ name: 'find', options: { words } }).response();
}

describe('the suggestions while somebody types', () => {
  test('list articles first, then passages', async () => {
    const choices = await type('reyk');

    expect(choices[0]?.name).toBe(REYKJAVIK.title);
    expect(choices.map(({ value }) => String(value).split(':')[0])).toEqual(['article', 'passage', 'passage']);
    expect(choices[1]?.name).toMatch(/^The summit in Reykjavik › Antony Blinken/);
  });

  test.each(['', ' ', 'h', 'harbour', 'the', '*', '-'])(
    'are up to 25, all different, with up to 100 characters each, for %j',
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

  test('ignore case, accents and the order of the words, and match the beginnings of words', async () => {
    for (const words of ['REYKJAVÍK SUMMIT', 'reykjavik the', 'sum rey', 'summit, "Reykjavik"!']) {
      expect((await type(words))[0]?.name).toBe(REYKJAVIK.title);
    }
  });

  test('are empty if nothing matches, and for 2,000 characters', async () => {
    expect(await type('xylophone')).toEqual([]);
    expect(await type('x'.repeat(2_000))).toEqual([]);
  });

  test('appear within half a second, even in direct messages', async () => {
    const typed = bot.fake.autocomplete({
      name: 'find',
      options: { words: 'fer' },
      focused: 'words',
      direct: true,
    });

    expect((await typed.acknowledged()).afterMs).toBeLessThan(500);
    expect((await typed.choices())[0]?.name).toBe('The old ferry sails again');
  });

  test('are never cut within a visible character', async () => {
    const [choice] = await type('zebra');

    expect(choice?.name).toMatch(/^Zebra (👩‍👩‍👧‍👦)+…$/u);
    expect(choice?.name.isWellFormed()).toBe(true);
  });

  test('contain no half emoji', async () => {
    const choices = await type('quagga');

    expect(choices).not.toHaveLength(0);
    for (const { name } of choices) expect(name.isWellFormed()).toBe(true);
  });
});

test('only the person who uses /find sees the result', async () => {
  const command = bot.fake.slash({ name: 'find', options: { words: 'ferry' } });

  expect((await command.acknowledged()).isEphemeral).toBe(true);
  expect(textOf(await command.response())).toContain('The old ferry sails again');
});

describe('a suggestion that was chosen', () => {
  test('shows the whole passage, with its source', async () => {
    const choice = (await type('antony')).find(({ value }) => String(value).startsWith('passage:'));
    const passage = passages.find(({ id }) => choice?.value === `passage:${id}`);
    const source = readSource(textOf(await find(String(choice?.value))));

    expect(source).toMatchObject({ above: null, number: null, title: REYKJAVIK.title });
    expect(source.facts).toBe('Example News · 2021-05-19');
    expect(source.url).toMatch(/^https:\/\/example\.org\/2021\/reykjavik#:~:text=Antony%20Blinken/);
    expect(source.quote).toEqual({ text: passage?.text, isCut: false });
  });

  test('shows an article with the number of its passages and the passages themselves', async () => {
    const [choice] = await type('summit');
    const [heading, count, ...quotes] = paragraphsOf(await find(String(choice?.value)));

    expect(choice?.value).toMatch(/^article:/);
    expect(readSourceLine(heading?.text ?? '')).toMatchObject({ title: REYKJAVIK.title, number: null });
    expect(count?.text).toBe('-# 2 passages');
    const own = passages.filter(({ article }) => article.title === REYKJAVIK.title);
    expect(quotes.map(({ text }) => readBlockQuote(text))).toEqual(own.map(({ text }) => ({ text, isCut: false })));
    expect(quotes[1]?.text).toContain(`> **${REYKJAVIK.heading}**\n`);
  });

  test.each([
    ['article:aaaaaaaaaa', 'That article is no longer in the index. Please look it up again.'],
    ['passage:aaaaaaaaaa', 'That passage is no longer in the index. Please look it up again.'],
  ])('is refused with advice if it no longer exists: %s', async (words, says) => {
    expect(textOf(await find(words))).toBe(says);
  });
});

describe('words that are not a suggestion', () => {
  test('show the closest passages, best first', async () => {
    const [query, heading, best] = paragraphsOf(await find('volcanic sand and rye dough'));

    expect(query?.text).toBe('**volcanic sand and rye dough**');
    expect(heading?.text).toMatch(/^-# The closest passages/);
    expect(best?.text).toMatch(/^\*\*Rye bread baked in hot ground\*\*\nBakers near the lake/);
  });

  test.each(['passage:short', 'article:AAAAAAAAAA', 'passage:aaaaaaaaaa ', 'https://example.org/x', '**bold** @here'])(
    'are searched for even if they look like something else: %s',
    async (words) => {
      const [query, heading] = paragraphsOf(await find(words));

      expect(readEscaped(/^\*\*(.*)\*\*$/.exec(query?.text ?? '')?.[1] ?? '')).toBe(words.trim());
      expect(query?.text.slice(2, -2)).not.toMatch(/(?<!\\)[@*:]/);
      expect(heading?.text).toContain('The closest passages');
    },
  );

  test('are searched for even if they would be small talk in a chat', async () => {
    expect(paragraphsOf(await find('thanks'))[1]?.text).toContain('The closest passages');
  });

  test('are refused with advice if they are only punctuation', async () => {
    expect(textOf(await find('???'))).toContain('no words in it');
  });

  test('are shortened above the list if they have 2,000 characters', async () => {
    const [query] = paragraphsOf(await find('harbour '.repeat(250).trim()));

    expect(query?.text.length).toBeLessThan(810);
    expect(query?.text).toMatch(/^\*\*harbour harbour.*…\*\*$/);
  });
});
