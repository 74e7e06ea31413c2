import { type APIMessage, ComponentType, MessageFlags } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type BotProcess, startBot } from '../bot/bot-process.js';
import { chooseSetting } from '../bot/choose-setting.js';
import {
  answerTo,
  type IndexedFolder,
  indexSeeds,
  type RunningBot,
  readPassages,
  runBot,
  type StoredPassage,
} from '../bot/running-bot.js';
import { ANSWERED_QUESTION, REYKJAVIK, writeSeed, writeSeeds } from '../bot/seeds.js';
import { controlOf, textOf } from '../bot/shown-message.js';
import { asShown, readBlockQuote, readEscaped } from '../bot/shown-text.js';
import type { AutocompleteChoice } from '../fake/people/interaction-handle.js';

/** More than a page of the list of articles. */
const CHRONICLES = 12;
const ARTICLES = CHRONICLES + 6;

/** Short passages with all that Discord would obey, in sections. */
const ALMANAC = `---
title: "Almanac of *winds* & @everyone"
publisher: "Weather [Office]"
published: 2003-03-03
url: https://example.org/almanac
---

${Array.from(
  { length: 7 },
  (_, index) => `## Wind ${index + 1}

The \\*\\*wind\\*\\* of number ${index + 1} comes over the hills in the \\_evening\\_, says \\<@1>, and nobody in the valley shuts a window
before the bells of the lower church have rung: > twice || or \\~\\~three\\~\\~ times @everyone, 1. - [x](y) :bell:.`,
).join('\n\n')}
`;

/** Long passages, below a heading that leaves little room for them. */
const LEDGER = `---
title: The ledger of ${'everything that was ever written down '.repeat(5)}
publisher: ${'The Quay Press and Sons '.repeat(4)}
url: https://example.org/${'path/'.repeat(50)}
---

${Array.from({ length: 5 }, (_, part) =>
  Array.from(
    { length: 10 },
    (__, line) => `Line ${line} of part ${part} tells of _cargo_, weather, wages and the quarrels in the harbour town.`,
  ).join(' '),
).join('\n\n')}

The list of ${Array.from({ length: 700 }, (_, index) => `rope${index}`).join(', ')} ends here.

After the list a clerk wrote in another hand that he had counted the ropes twice in the cold of January, that no rope was
missing, and that he would not count them again.
`;

let folder: IndexedFolder;
let running: RunningBot;
let passages: StoredPassage[];
let restarted: BotProcess | undefined;

beforeAll(async () => {
  folder = await indexSeeds((seeds) => {
    writeSeeds(seeds);
    for (let number = 1; number <= CHRONICLES; number++) {
      writeSeed(
        seeds,
        `chronicle/${number}.md`,
        `---
title: Quay Chronicle ${number}
publisher: Quay Press
published: ${1990 + number}-01-31
---

In year ${number} the harbour froze and nobody came across the water for many weeks, until the ice broke with a noise like
thunder and all the ships sailed again.
`,
      );
    }
    writeSeed(seeds, 'long/almanac.md', ALMANAC);
    writeSeed(seeds, 'long/ledger.md', LEDGER);
  });
  passages = readPassages(folder);
  running = await runBot(folder, { env: { FOOTNOTE_PERSON_LIMIT: '1000' } });
});

afterEach(() => {
  expect(running.fake.violations).toEqual([]);
});

afterAll(async () => {
  await restarted?.stop();
  await running?.end();
  folder?.remove();
});

interface In {
  readonly channelId?: string;
  readonly direct?: boolean;
}

/** Looks something up and sees that nobody else reads it. */
async function lookUp(name: 'find' | 'sources' | 'article', typed?: string, where: In = {}): Promise<APIMessage> {
  const option = name === 'article' ? 'article' : 'words';
  const options = typed === undefined ? {} : { [option]: typed };
  const response = await running.fake.slash({ name, options, ...where }).response();
  expect(response.flags).toBe(MessageFlags.Ephemeral | MessageFlags.IsComponentsV2);
  return response;
}

function choices(
  name: 'find' | 'article' | 'ask',
  typed: string,
  where: In = {},
): Promise<readonly AutocompleteChoice[]> {
  const focused = name === 'find' ? 'words' : 'article';
  return running.fake.autocomplete({ name, options: { [focused]: typed }, focused, ...where }).choices();
}

/** The control that turns a page, or null where it can only be seen. */
function turnOf({ components = [] }: APIMessage, direction: 'b' | 'f'): string | null {
  const buttons = components.flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []));
  const turn = buttons.find((one) => 'custom_id' in one && one.custom_id.endsWith(`:${direction}`));
  if (turn?.type !== ComponentType.Button || !('custom_id' in turn)) return null;
  return turn.disabled === true ? null : turn.custom_id;
}

async function turn(message: APIMessage, direction: 'b' | 'f'): Promise<APIMessage> {
  const customId = turnOf(message, direction);
  if (customId === null) throw new Error(`No page ${direction} of ${textOf(message)}`);
  const turned = await running.fake.pressButton({ messageId: message.id, customId }).response();
  expect(turned.id).toBe(message.id);
  return turned;
}

/** All pages from the first one, as they are when one turns to the next. */
async function pagesFrom(first: APIMessage): Promise<APIMessage[]> {
  const pages = [first];
  for (let page = first; turnOf(page, 'f') !== null; ) {
    page = await turn(page, 'f');
    pages.push(page);
  }
  return pages;
}

/** What stands in the list below a message. */
function listedIn({ components = [] }: APIMessage): { value: string; label: string; description?: string }[] {
  const lists = components.flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []));
  return lists.flatMap((list) => (list.type === ComponentType.StringSelect ? list.options : []));
}

async function chooseFrom(message: APIMessage, value: string): Promise<APIMessage> {
  const press = { messageId: message.id, customId: controlOf(message, 'show'), values: [value] };
  const shown = await running.fake.selectOption(press).response();
  expect(shown.id).not.toBe(message.id);
  expect(shown.flags).toBe(MessageFlags.Ephemeral | MessageFlags.IsComponentsV2);
  return shown;
}

/** The block quotes of a message, with other text between them. */
function quotesIn(message: APIMessage): { text: string; isCut: boolean }[] {
  const quotes = textOf(message).match(/^>.*(?:\n>.*)*/gm) ?? [];
  return quotes.map((quote) => readBlockQuote(quote));
}

/** The text displays that are block quotes and nothing else, also where one follows the other. */
function quotesOnPage({ components = [] }: APIMessage): { text: string; isCut: boolean }[] {
  const inside = components.flatMap((one) => (one.type === ComponentType.Container ? one.components : []));
  return inside.flatMap((one) =>
    one.type === ComponentType.TextDisplay && one.content.startsWith('> ') ? [readBlockQuote(one.content)] : [],
  );
}

function articleIdOf(file: string): string {
  return passages.find(({ article }) => article.file === file)?.article.id ?? '';
}

function passageOf(file: string, index = 0): StoredPassage {
  const passage = passages.filter(({ article }) => article.file === file)[index];
  if (passage === undefined) throw new Error(`No passage ${index} of ${file}`);
  return passage;
}

/** White space is where lines were wrapped, and where what was cut goes on. */
function spaced(text: string): string {
  return asShown(text).replace(/\s+/g, ' ').trim();
}

describe('while somebody types after /find', () => {
  test('titles come before passages, and a passage says which article it is of', async () => {
    const found = await choices('find', 'reyk');

    expect(found[0]).toEqual({ name: REYKJAVIK.title, value: `article:${articleIdOf(REYKJAVIK.file)}` });
    expect(found.map(({ value }) => String(value).split(':')[0])).toEqual(['article', 'passage', 'passage']);
    expect(found[1]?.name).toMatch(/^The summit in Reykjavik › Antony Blinken and Sergey Lavrov met/);
  });

  test('and nothing yet, the latest articles come first and those without a date last', async () => {
    const found = await choices('find', '');

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

describe('what was chosen after /find', () => {
  test('is an article, shown by pages', async () => {
    const [choice] = await choices('find', 'almanac');
    const first = await lookUp('find', String(choice?.value));

    expect(textOf(first)).toContain('7 passages · Page 1 of 3');
    expect(await pagesFrom(first)).toHaveLength(3);
  });

  test('is a passage, shown word for word with its source', async () => {
    const choice = (await choices('find', 'antony')).find(({ value }) => String(value).startsWith('passage:'));
    const shown = await lookUp('find', String(choice?.value));

    expect(choice?.value).toBe(`passage:${passageOf(REYKJAVIK.file).id}`);
    expect(quotesIn(shown)).toEqual([{ text: passageOf(REYKJAVIK.file).text, isCut: false }]);
    expect(textOf(shown)).toMatch(
      /\*\*The summit in Reykjavik\*\* · Example News · 2021-05-19 · \[read it at the source\]\(<https:\/\/example\.org\/2021\/reykjavik#:~:text=Antony/,
    );
    const context = { messageId: shown.id, customId: controlOf(shown, 'context') };
    expect(textOf(await running.fake.pressButton(context).response())).toContain('The police had closed the streets');
  });

  test.each([
    ['find', 'article:aaaaaaaaaa', 'That article is no longer in the index. Please look it up again.'],
    ['find', 'passage:aaaaaaaaaa', 'That passage is no longer in the index. Please look it up again.'],
    ['article', 'article:aaaaaaaaaa', 'That article is no longer in the index. Please look it up again.'],
  ] as const)('with /%s and is gone (%s) is refused with the remedy', async (name, value, says) => {
    expect(textOf(await lookUp(name, value))).toBe(says);
  });
});

describe('words that nobody chose from the list', () => {
  test('give pages of passages, each passage once, the best one first', async () => {
    const pages = await pagesFrom(await lookUp('find', 'the harbour froze'));
    const listed = pages.map((page) => listedIn(page));

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

  test('show what the list offers, in the same order', async () => {
    const page = await lookUp('find', 'volcanic sand and rye dough');
    const titles = [...textOf(page).matchAll(/^\*\*(.+)\*\* · /gm)].map(([, title = '']) => readEscaped(title));

    expect(titles[0]).toBe('Rye bread baked in hot ground');
    for (const [index, { label }] of listedIn(page).entries())
      expect(titles[index]?.startsWith(label.replace(/…$/, ''))).toBe(true);
  });

  test('open a passage that is chosen below, for who chose only', async () => {
    const page = await lookUp('find', 'volcanic sand and rye dough');
    const shown = await chooseFrom(page, passageOf('kitchen/rye-bread.md').id);

    expect(quotesIn(shown)).toEqual([{ text: passageOf('kitchen/rye-bread.md').text, isCut: false }]);
  });

  test('turn pages forth and back', async () => {
    const first = await lookUp('find', 'the harbour froze');
    const second = await turn(first, 'f');
    const again = await turn(second, 'b');

    expect(turnOf(first, 'b')).toBeNull();
    expect(textOf(second)).not.toBe(textOf(first));
    expect(textOf(again)).toBe(textOf(first));
  });

  test('that are too many to be shown have pages that go on from the first', async () => {
    const words = `${'The harbour froze and the ships stayed away. '.repeat(11)} Rye dough in hot volcanic sand.`;
    const first = await lookUp('find', words);
    const second = await turn(first, 'f');

    const values = [first, second].flatMap((page) => listedIn(page).map(({ value }) => value));
    expect(new Set(values).size).toBe(values.length);
    expect(textOf(await turn(second, 'b'))).toBe(textOf(first));
  });

  test.each(['passage:short', 'article:AAAAAAAAAA', '**bold** @everyone <@1> [a](https://example.org)', '- # > 1. x'])(
    'are shown as they were written, whatever they look like: %s',
    async (words) => {
      const [, shown = ''] = /^\*\*(.+)\*\*$/m.exec(textOf(await lookUp('find', words))) ?? [];

      expect(readEscaped(shown)).toBe(words);
    },
  );

  test('and are no words are refused with the remedy', async () => {
    expect(textOf(await lookUp('find', '???'))).toContain('Ask in a few words');
  });

  test('are looked up in direct messages too', async () => {
    expect(listedIn(await lookUp('find', 'rye dough', { direct: true }))[0]?.label).toMatch(/^Rye bread/);
  });
});

describe('/sources', () => {
  test('lists every article once, ten a page, the latest first and the undated last', async () => {
    const pages = await pagesFrom(await lookUp('sources'));
    const listed = pages.map((page) => listedIn(page));

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

  test('says publisher, date and number of passages', async () => {
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
    ['several of them', 'weather alm', ['Almanac of *winds* & @everyone']],
  ])('finds by the words of %s', async (_, words, titles) => {
    const page = await lookUp('sources', words);

    expect(listedIn(page).map(({ label }) => label)).toEqual(titles);
    expect(textOf(page)).toContain('**1 article** matching “');
  });

  test('keeps to the words on every page', async () => {
    const pages = await pagesFrom(await lookUp('sources', 'chronicle'));

    expect(textOf(pages[1] as APIMessage)).toContain(`**${CHRONICLES} articles** matching “chronicle” · Page 2 of 2`);
    expect(pages.flatMap((page) => listedIn(page)).map(({ label }) => label)).toEqual(
      Array.from({ length: CHRONICLES }, (_, index) => `Quay Chronicle ${CHRONICLES - index}`),
    );
  });

  test('says when there is none, with the words as they were written', async () => {
    const page = await lookUp('sources', 'xylophone *@everyone*');

    expect(listedIn(page)).toEqual([]);
    expect(textOf(page)).toContain(
      'No article has “xylophone \\*\\@everyone\\*” in its title, publisher or collection.',
    );
  });

  test('opens an article that is chosen below, for who chose only', async () => {
    const shown = await chooseFrom(await lookUp('sources'), articleIdOf('long/almanac.md'));

    expect(textOf(shown)).toContain('7 passages · Page 1 of 3');
    expect(await pagesFrom(shown)).toHaveLength(3);
  });
});

describe('/article', () => {
  test('offers articles only', async () => {
    const found = await choices('article', 'harbour');
    const all = await choices('article', '');

    expect(found).toEqual([]);
    expect(all.map(({ value }) => String(value).split(':')[0])).toEqual(Array(ARTICLES).fill('article'));
  });

  test.each(['long/almanac.md', 'long/ledger.md', REYKJAVIK.file, 'chronicle/1.md'])(
    'shows every passage of %s once, in order and word for word',
    async (file) => {
      const pages = await pagesFrom(await lookUp('article', `article:${articleIdOf(file)}`));
      const written = passages.filter(({ article }) => article.file === file);
      // A passage that is longer than a page goes on on the next one.
      const read = pages.flatMap((page) => quotesOnPage(page));
      const joined: string[] = [];
      let isOpen = false;
      for (const { text, isCut } of read) {
        if (isOpen) joined.push(`${joined.pop()} ${text}`);
        else joined.push(text);
        isOpen = isCut;
      }

      expect(joined.map(spaced)).toEqual(written.map(({ text }) => spaced(text)));
      for (const page of pages) expect(quotesOnPage(page).length).toBeGreaterThan(0);
    },
  );

  test('names the article and the page on each page', async () => {
    const pages = await pagesFrom(await lookUp('article', `article:${articleIdOf('long/almanac.md')}`));

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

describe('a channel that asks some collections only', () => {
  test('offers, finds, lists and answers from these only, in its threads too', async () => {
    const { fake } = running;
    const [elsewhere = '', channelId = ''] = fake.channelIds;
    await chooseSetting(running, { channelId, setting: 'collections', choices: ['kitchen', 'chronicle'] });
    const { threadId } = fake.startThread({ channelId, name: 'Of bread' });
    const isInside = (file = ''): boolean => /^(?:kitchen|chronicle)\//.test(file);
    const fileOf = (value: string | number): string | undefined => {
      const id = String(value).replace(/^\w+:/, '');
      return passages.find(({ id: passageId, article }) => passageId === id || article.id === id)?.article.file;
    };

    for (const where of [{ channelId }, { channelId: threadId }]) {
      for (const name of ['find', 'article', 'ask'] as const) {
        expect(await choices(name, 'summit', where)).toEqual([]);
        const offered = await choices(name, '', where);
        expect(offered.length).toBeGreaterThan(CHRONICLES);
        expect(offered.filter(({ value }) => !isInside(fileOf(value)))).toEqual([]);
      }

      const found = await pagesFrom(await lookUp('find', 'Blinken and Lavrov met in the harbour', where));
      const values = found.flatMap((page) => listedIn(page).map(({ value }) => value));
      expect(values.length).toBeGreaterThan(5);
      expect(values.filter((value) => !isInside(fileOf(value)))).toEqual([]);

      const sources = await pagesFrom(await lookUp('sources', undefined, where));
      expect(sources.flatMap((page) => listedIn(page))).toHaveLength(CHRONICLES + 1);
      expect(textOf(sources[0] as APIMessage)).toContain(`**${CHRONICLES + 1} articles** · Page 1 of 2`);
      expect(listedIn(await lookUp('sources', 'summit', where))).toEqual([]);

      const asked = { name: 'ask', options: { question: ANSWERED_QUESTION, private: true }, ...where };
      expect(textOf(await fake.slash(asked).response())).not.toContain('Harpa');
      const mention = fake.say({ ...where, content: ANSWERED_QUESTION, mentionsBot: true });
      expect(textOf(await answerTo(running, mention))).not.toContain('Harpa');
    }

    expect((await choices('find', 'summit', { channelId: elsewhere }))[0]?.name).toBe(REYKJAVIK.title);
    const asked = { name: 'ask', options: { question: ANSWERED_QUESTION, private: true }, channelId: elsewhere };
    expect(textOf(await fake.slash(asked).response())).toContain('Harpa');
  });

  test('refuses to ask one article of another collection alone', async () => {
    const { fake } = running;
    const options = { question: ANSWERED_QUESTION, article: `article:${articleIdOf(REYKJAVIK.file)}`, private: true };
    const [, channelId = ''] = fake.channelIds;

    expect(textOf(await fake.slash({ name: 'ask', options, channelId }).response())).toContain('Look it up again');
  });
});

describe('after a restart of the bot', () => {
  test('the pages of what was looked up before can be turned, and the lists chosen from', async () => {
    const { fake, bot } = running;
    const [found, sources, article] = [
      await lookUp('find', 'the harbour froze'),
      await lookUp('sources', 'chronicle'),
      await lookUp('article', `article:${articleIdOf('long/almanac.md')}`),
    ];
    const foundBefore = textOf(found);
    await bot.stop();
    restarted = await startBot({ fake, seeds: folder.seeds, index: folder.index });
    await restarted.ready();

    const second = await turn(found, 'f');
    expect(textOf(second)).toContain('**the harbour froze**\n-# The closest passages · Page 2 of');
    expect(quotesIn(await chooseFrom(second, listedIn(second)[0]?.value ?? ''))).toHaveLength(1);
    expect(textOf(await turn(second, 'b'))).toBe(foundBefore);
    expect(textOf(await turn(sources, 'f'))).toContain('with “chronicle” · Page 2 of 2');
    expect(textOf(await turn(article, 'f'))).toContain('7 passages · Page 2 of 3');
  });
});
