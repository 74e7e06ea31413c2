import type { APIMessage } from 'discord-api-types/v10';
import { beforeAll, describe, expect, test } from 'vitest';
import { passageIn, readPassages, type StoredPassage } from '../bot/indexed-folder.js';
import { ANSWERED_QUESTION, REYKJAVIK } from '../bot/seeds.js';
import { choose, openSettings } from '../bot/settings-card.js';
import { optionsOf, quotesIn, textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';
import { CHRONICLES, lookUpsOn, writeShelf } from './look-ups.js';

const bot = useBot({ seeds: writeShelf });
const { lookUp, suggestions, turnPage, pagesFrom, chooseFrom } = lookUpsOn(bot);
let passages: StoredPassage[];

beforeAll(() => {
  passages = readPassages(bot.folder);
});

describe('a channel that is limited to some collections', () => {
  test('suggests, finds, lists and answers only from these, even in its threads', async () => {
    const { fake } = bot;
    const [elsewhere = '', channelId = ''] = fake.channelIds;
    await choose(fake, await openSettings(fake, { channel: channelId }), 'collections', 'kitchen', 'chronicle');
    const { threadId } = fake.startThread({ channelId, name: 'About bread' });
    const isInside = (file = ''): boolean => /^(?:kitchen|chronicle)\//.test(file);
    const fileOf = (value: string | number): string | undefined => {
      const id = String(value).replace(/^\w+:/, '');
      return passages.find(({ id: passageId, article }) => passageId === id || article.id === id)?.article.file;
    };

    for (const where of [{ channelId }, { channelId: threadId }]) {
      for (const name of ['find', 'article', 'ask'] as const) {
        expect(await suggestions(name, 'summit', where)).toEqual([]);
        const suggested = await suggestions(name, '', where);
        expect(suggested.length).toBeGreaterThan(CHRONICLES);
        expect(suggested.filter(({ value }) => !isInside(fileOf(value)))).toEqual([]);
      }

      const found = await pagesFrom(await lookUp('find', 'Blinken and Lavrov met in the harbour', where));
      const values = found.flatMap((page) => optionsOf(page).map(({ value }) => value));
      expect(values.length).toBeGreaterThan(5);
      expect(values.filter((value) => !isInside(fileOf(value)))).toEqual([]);

      const sources = await pagesFrom(await lookUp('sources', undefined, where));
      expect(sources.flatMap((page) => optionsOf(page))).toHaveLength(CHRONICLES + 1);
      expect(textOf(sources[0] as APIMessage)).toContain(`**${CHRONICLES + 1} articles** · Page 1 of 2`);
      expect(optionsOf(await lookUp('sources', 'summit', where))).toEqual([]);

      const asked = { name: 'ask', options: { question: ANSWERED_QUESTION, private: true }, ...where };
      expect(textOf(await fake.slash(asked).response())).not.toContain('Harpa');
      const mention = fake.say({ ...where, content: ANSWERED_QUESTION, mentionsBot: true });
      expect(textOf(await bot.answerTo(mention))).not.toContain('Harpa');
    }

    expect((await suggestions('find', 'summit', { channelId: elsewhere }))[0]?.name).toBe(REYKJAVIK.title);
    const asked = { name: 'ask', options: { question: ANSWERED_QUESTION, private: true }, channelId: elsewhere };
    expect(textOf(await fake.slash(asked).response())).toContain('Harpa');
  });

  test('refuses a question to an article from another collection', async () => {
    const { fake } = bot;
    const options = {
      question: ANSWERED_QUESTION,
      article: `article:${passageIn(bot.folder, REYKJAVIK.file).article.id}`,
      private: true,
    };
    const [, channelId = ''] = fake.channelIds;

    expect(textOf(await fake.slash({ name: 'ask', options, channelId }).response())).toContain('look it up again');
  });
});

describe('after a restart of the bot', () => {
  test('earlier pages can still be turned, and their lists still work', async () => {
    const [found, sources, article] = [
      await lookUp('find', 'the harbour froze'),
      await lookUp('sources', 'chronicle'),
      await lookUp('article', `article:${passageIn(bot.folder, 'long/almanac.md').article.id}`),
    ];
    const foundBefore = textOf(found);
    await bot.restart();

    const second = await turnPage(found, 'next');
    expect(textOf(second)).toContain('**the harbour froze**\n-# The closest passages · Page 2 of');
    expect(quotesIn(await chooseFrom(second, optionsOf(second)[0]?.value ?? ''))).toHaveLength(1);
    expect(textOf(await turnPage(second, 'previous'))).toBe(foundBefore);
    expect(textOf(await turnPage(sources, 'next'))).toContain('matching “chronicle” · Page 2 of 2');
    expect(textOf(await turnPage(article, 'next'))).toContain('7 passages · Page 2 of 3');
  });
});
