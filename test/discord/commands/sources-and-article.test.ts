import type { APIMessage } from 'discord-api-types/v10';
import { beforeAll, describe, expect, test } from 'vitest';
import { passageIn, readPassages, type StoredPassage } from '../bot/indexed-folder.js';
import { REYKJAVIK } from '../bot/seeds.js';
import { optionsOf, textOf } from '../bot/shown-message.js';
import { asShown, readEscaped } from '../bot/shown-text.js';
import { useBot } from '../bot/use-bot.js';
import { ARTICLES, CHRONICLES, lookUpsOn, quotesOnPage, writeShelf } from './look-ups.js';

const bot = useBot({ seeds: writeShelf });
const { lookUp, suggestions, pagesFrom, chooseFrom } = lookUpsOn(bot);
let passages: StoredPassage[];

beforeAll(() => {
  passages = readPassages(bot.folder);
});

describe('/sources', () => {
  test('lists every article once, ten per page, the latest first and undated ones last', async () => {
    const pages = await pagesFrom(await lookUp('sources'));
    const listed = pages.map((page) => optionsOf(page));

    expect(listed.map(({ length }) => length)).toEqual([10, ARTICLES - 10]);
    expect(new Set(listed.flat().map(({ value }) => value))).toEqual(
      new Set(passages.map(({ article }) => article.id)),
    );
    expect(textOf(pages[0] as APIMessage)).toContain(`**${ARTICLES} articles** · Page 1 of 2`);
    const dates = pages.flatMap((page) => [...textOf(page).matchAll(/ · (\d{4}-\d\d-\d\d|undated) · /g)]);
    const shown = dates.map(([, date]) => date);
    expect(shown).toHaveLength(ARTICLES);
    expect(shown[0]).toBe(REYKJAVIK.published);
    const dated = shown.slice(0, shown.indexOf('undated'));
    expect(dated).toHaveLength(CHRONICLES + 2);
    expect(dated).toEqual(dated.toSorted((a = '', b = '') => b.localeCompare(a)));
    expect(new Set(shown.slice(dated.length))).toEqual(new Set(['undated']));
  });

  test('shows the publisher, the date and the number of passages', async () => {
    const lines = textOf(await lookUp('sources')).split('\n');

    expect(lines).toContain('**The summit in Reykjavik** · Example News · 2021-05-19 · 2 passages');
    expect(lines).toContain('**Quay Chronicle 12** · Quay Press · 2002-01-31 · 1 passage');
    const almanac = lines.find((line) => line.startsWith('**Almanac')) ?? '';
    expect(readEscaped(almanac)).toBe('Almanac of *winds* & @everyone · Weather [Office] · 2003-03-03 · 7 passages');
  });

  test.each([
    ['a title', 'REYKJAVÍK summ', [REYKJAVIK.title]],
    ['a publisher', 'harbour post', ['The old ferry sails again']],
    ['a collection', 'kitchen', ['Rye bread baked in hot ground']],
    ['a publisher and a title', 'weather alm', ['Almanac of *winds* & @everyone']],
  ])('finds articles by %s', async (_, words, titles) => {
    const page = await lookUp('sources', words);

    expect(optionsOf(page).map(({ label }) => label)).toEqual(titles);
    expect(textOf(page)).toContain('**1 article** matching “');
  });

  test('stays limited to the typed words on every page', async () => {
    const pages = await pagesFrom(await lookUp('sources', 'chronicle'));

    expect(textOf(pages[1] as APIMessage)).toContain(`**${CHRONICLES} articles** matching “chronicle” · Page 2 of 2`);
    expect(pages.flatMap((page) => optionsOf(page)).map(({ label }) => label)).toEqual(
      Array.from({ length: CHRONICLES }, (_, index) => `Quay Chronicle ${CHRONICLES - index}`),
    );
  });

  test('says so if no article matches, with the words as they were written', async () => {
    const page = await lookUp('sources', 'xylophone *@everyone*');

    expect(optionsOf(page)).toEqual([]);
    expect(textOf(page)).toContain(
      'No article has “xylophone \\*\\@everyone\\*” in its title, publisher or collection.',
    );
  });

  test('lets people open an article from the list, privately', async () => {
    const shown = await chooseFrom(await lookUp('sources'), passageIn(bot.folder, 'long/almanac.md').article.id);

    expect(textOf(shown)).toContain('7 passages · Page 1 of 3');
    expect(await pagesFrom(shown)).toHaveLength(3);
  });
});

describe('/article', () => {
  test('suggests only articles', async () => {
    const found = await suggestions('article', 'harbour');
    const all = await suggestions('article', '');

    expect(found).toEqual([]);
    expect(all.map(({ value }) => String(value).split(':')[0])).toEqual(Array(ARTICLES).fill('article'));
  });

  test.each(['long/almanac.md', 'long/ledger.md', REYKJAVIK.file, 'chronicle/1.md'])(
    'shows every passage of %s once, in order and word for word',
    async (file) => {
      const pages = await pagesFrom(await lookUp('article', `article:${passageIn(bot.folder, file).article.id}`));
      const written = passages.filter(({ article }) => article.file === file);
      // A passage that is longer than a page continues on the next one.
      const read = pages.flatMap((page) => quotesOnPage(page));
      const joined: string[] = [];
      let isOpen = false;
      for (const { text, isCut } of read) {
        if (isOpen) joined.push(`${joined.pop()} ${text}`);
        else joined.push(text);
        isOpen = isCut;
      }

      expect(joined.map(withSingleSpaces)).toEqual(written.map(({ text }) => withSingleSpaces(text)));
      for (const page of pages) expect(quotesOnPage(page).length).toBeGreaterThan(0);
    },
  );

  test('names the article and the page on each page', async () => {
    const pages = await pagesFrom(
      await lookUp('article', `article:${passageIn(bot.folder, 'long/almanac.md').article.id}`),
    );

    for (const [index, page] of pages.entries()) {
      const [heading = '', count] = textOf(page).split('\n');
      expect(readEscaped(heading.replace(/ · \[read it at the source\].*/, ''))).toBe(
        'Almanac of *winds* & @everyone · Weather [Office] · 2003-03-03',
      );
      expect(count).toBe(`-# 7 passages · Page ${index + 1} of 3`);
    }
  });

  test.each(['the summit in Reykjavik', 'article:', 'passage:aaaaaaaaaa'])(
    'refuses what was not chosen from the list: %s',
    async (typed) => {
      expect(textOf(await lookUp('article', typed))).toBe(
        'Pick an article from the list that appears as you type, or browse `/sources`.',
      );
    },
  );
});

/** A text with single spaces, because lines are wrapped and passages are cut at whitespace. */
function withSingleSpaces(text: string): string {
  return asShown(text).replace(/\s+/g, ' ').trim();
}
