import type { APIMessage } from 'discord-api-types/v10';
import { beforeAll, describe, expect, test } from 'vitest';
import { passageIn, readPassages, type StoredPassage } from '../bot/indexed-folder.js';
import { REYKJAVIK } from '../bot/seeds.js';
import { controlOf, optionsOf, pageButton, quotesIn, textOf } from '../bot/shown-message.js';
import { readEscaped } from '../bot/shown-text.js';
import { useBot } from '../bot/use-bot.js';
import { ARTICLES, lookUpsOn, writeShelf } from './look-ups.js';

const bot = useBot({ seeds: writeShelf });
const { lookUp, suggestions, turnPage, pagesFrom, chooseFrom } = lookUpsOn(bot);
let passages: StoredPassage[];

beforeAll(() => {
  passages = readPassages(bot.folder);
});

describe('the suggestions of /find', () => {
  test('show articles before passages, and name the article of a passage', async () => {
    const found = await suggestions('find', 'reyk');

    expect(found[0]).toEqual({
      name: REYKJAVIK.title,
      value: `article:${passageIn(bot.folder, REYKJAVIK.file).article.id}`,
    });
    expect(found.map(({ value }) => String(value).split(':')[0])).toEqual(['article', 'passage', 'passage']);
    expect(found[1]?.name).toMatch(/^The summit in Reykjavik › Antony Blinken and Sergey Lavrov met/);
  });

  test('start with the latest articles before anything is typed, undated ones last', async () => {
    const found = await suggestions('find', '');

    expect(found.slice(0, 4).map(({ name }) => name)).toEqual([
      REYKJAVIK.title,
      'Almanac of *winds* & @everyone',
      'Quay Chronicle 12',
      'Quay Chronicle 11',
    ]);
    expect(found).toHaveLength(25);
    const kinds = found.map(({ value }) => String(value).split(':')[0]);
    expect(kinds.lastIndexOf('article')).toBe(ARTICLES - 1);
    expect(kinds.indexOf('passage')).toBe(ARTICLES);
  });
});

describe('a chosen suggestion', () => {
  test('shows an article in pages', async () => {
    const [choice] = await suggestions('find', 'almanac');
    const first = await lookUp('find', String(choice?.value));

    expect(textOf(first)).toContain('7 passages · Page 1 of 3');
    expect(await pagesFrom(first)).toHaveLength(3);
  });

  test('shows a passage word for word with its source', async () => {
    const choice = (await suggestions('find', 'antony')).find(({ value }) => String(value).startsWith('passage:'));
    const shown = await lookUp('find', String(choice?.value));

    expect(choice?.value).toBe(`passage:${passageIn(bot.folder, REYKJAVIK.file).id}`);
    expect(quotesIn(shown)).toEqual([{ text: passageIn(bot.folder, REYKJAVIK.file).text, isCut: false }]);
    expect(textOf(shown)).toMatch(
      /\*\*The summit in Reykjavik\*\* · Example News · 2021-05-19 · \[read it at the source\]\(<https:\/\/example\.org\/2021\/reykjavik#:~:text=Antony/,
    );
    const context = { messageId: shown.id, customId: controlOf(shown, 'context') };
    expect(textOf(await bot.fake.pressButton(context).response())).toContain('The police had closed the streets');
  });

  test.each([
    ['find', 'article:aaaaaaaaaa', 'That article is no longer in the index. Please look it up again.'],
    ['find', 'passage:aaaaaaaaaa', 'That passage is no longer in the index. Please look it up again.'],
    ['article', 'article:aaaaaaaaaa', 'That article is no longer in the index. Please look it up again.'],
  ] as const)('of /%s is refused with advice if it no longer exists: %s', async (name, value, says) => {
    expect(textOf(await lookUp(name, value))).toBe(says);
  });
});

describe('words that are not a suggestion', () => {
  test('lead to pages of passages, each listed only once, the best first', async () => {
    const pages = await pagesFrom(await lookUp('find', 'the harbour froze'));
    const listed = pages.map((page) => optionsOf(page));

    expect(pages.length).toBeGreaterThan(2);
    expect(textOf(pages[0] as APIMessage)).toContain(
      `**the harbour froze**\n-# The closest passages · Page 1 of ${pages.length}`,
    );
    expect(listed[0]?.[0]?.label).toMatch(/^Quay Chronicle/);
    for (const page of listed.slice(0, -1)) expect(page).toHaveLength(5);
    const values = listed.flat().map(({ value }) => value);
    expect(new Set(values).size).toBe(values.length);
    expect(values.filter((value) => passages.some(({ id }) => id === value))).toEqual(values);
  });

  test('lead to passages in the same order as in the list below', async () => {
    const page = await lookUp('find', 'volcanic sand and rye dough');
    const titles = [...textOf(page).matchAll(/^\*\*(.+)\*\*(?: · [\d-]+)?\n(?!-# The closest)/gm)].map(
      ([, title = '']) => readEscaped(title),
    );

    expect(titles[0]).toBe('Rye bread baked in hot ground');
    expect(titles).toHaveLength(optionsOf(page).length);
    for (const [index, { label }] of optionsOf(page).entries())
      expect(titles[index]?.startsWith(label.replace(/…$/, ''))).toBe(true);
  });

  test('let people open a passage from the list, privately', async () => {
    const page = await lookUp('find', 'volcanic sand and rye dough');
    const shown = await chooseFrom(page, passageIn(bot.folder, 'kitchen/rye-bread.md').id);

    expect(quotesIn(shown)).toEqual([{ text: passageIn(bot.folder, 'kitchen/rye-bread.md').text, isCut: false }]);
  });

  test('let people turn the page and turn it back', async () => {
    const first = await lookUp('find', 'the harbour froze');
    const second = await turnPage(first, 'next');
    const again = await turnPage(second, 'previous');

    expect(pageButton(first, 'previous')).toBeUndefined();
    expect(textOf(second)).not.toBe(textOf(first));
    expect(textOf(again)).toBe(textOf(first));
  });

  test('have a second page that continues the first, even if there are too many words to show', async () => {
    const words = `${'The harbour froze and the ships stayed away. '.repeat(11)} Rye dough in hot volcanic sand.`;
    const first = await lookUp('find', words);
    const second = await turnPage(first, 'next');

    const values = [first, second].flatMap((page) => optionsOf(page).map(({ value }) => value));
    expect(new Set(values).size).toBe(values.length);
    expect(textOf(await turnPage(second, 'previous'))).toBe(textOf(first));
  });

  test.each(['passage:short', 'article:AAAAAAAAAA', '**bold** @everyone <@1> [a](https://example.org)', '- # > 1. x'])(
    'are shown as they were written: %s',
    async (words) => {
      const [, shown = ''] = /^\*\*(.+)\*\*$/m.exec(textOf(await lookUp('find', words))) ?? [];

      expect(readEscaped(shown)).toBe(words);
    },
  );

  test('are refused with advice if they are only punctuation', async () => {
    expect(textOf(await lookUp('find', '???'))).toContain('Ask in a few words');
  });

  test('work in direct messages too', async () => {
    expect(optionsOf(await lookUp('find', 'rye dough', { direct: true }))[0]?.label).toMatch(/^Rye bread/);
  });
});
