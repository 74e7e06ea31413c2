import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIMessage, GatewayIntentBits } from 'discord-api-types/v10';
import { beforeAll, describe, expect, test } from 'vitest';
import { passageIn, readPassages } from '../bot/indexed-folder.js';
import { NOT_FOUND_QUESTION, REYKJAVIK, writeSeed } from '../bot/seeds.js';
import { setInChannel } from '../bot/settings-card.js';
import { controlOf, isPrivate, quotesIn, textOf } from '../bot/shown-message.js';
import { readEscaped } from '../bot/shown-text.js';
import { useBot } from '../bot/use-bot.js';

const RYE = 'kitchen/rye-bread.md';
const FERRY = 'news/ferry.md';

/** Words that lead to the passage about bread, and to the one about the ferry. */
const RYE_WORDS = '[[rye dough in hot volcanic sand]]';
const FERRY_WORDS = '[[the island ferry sails again]]';

const bot = useBot({
  fake: { grantedIntents: GatewayIntentBits.MessageContent },
  env: { DISCORD_MESSAGE_CONTENT: 'on' },
});
/** The channel where [[words]] are cited. */
let citingChannel: string;
/** A channel where they are not. */
let otherChannel: string;

beforeAll(async () => {
  [otherChannel = '', citingChannel = ''] = bot.fake.channelIds;
  await setInChannel(bot.fake, citingChannel, 'inlineCiting', 'on');
});

function cite(options: Readonly<Record<string, string>>, where: { direct?: boolean; userInstalled?: boolean } = {}) {
  return bot.fake.slash({ name: 'cite', options, ...where }).response();
}

function quotesOf(message: APIMessage): string[] {
  return quotesIn(message).map(({ text }) => text);
}

describe('/cite', () => {
  test('suggests only passages, before and while somebody types', async () => {
    for (const typed of ['', 'summit', 'bakers']) {
      const focused = { name: 'cite', options: { passage: typed }, focused: 'passage' };
      const choices = await bot.fake.autocomplete(focused).choices();

      expect(choices.length).toBeGreaterThan(0);
      for (const { name, value } of choices) {
        expect(value).toMatch(/^passage:/);
        expect(name).toContain(' › ');
      }
    }
  });

  test('shows everybody a passage word for word, with its source and who cited it', async () => {
    const cited = await cite({ passage: `passage:${passageIn(bot.folder, REYKJAVIK.file).id}` });

    expect(isPrivate(cited)).toBe(false);
    expect(bot.fake.messagesIn(otherChannel).map(({ id }) => id)).toContain(cited.id);
    expect(quotesOf(cited)).toEqual([passageIn(bot.folder, REYKJAVIK.file).text]);
    expect(textOf(cited)).toContain(`Cited by <@${bot.fake.reader.id}>:`);
    expect(textOf(cited)).toMatch(
      /\*\*The summit in Reykjavik\*\* · Example News · 2021-05-19 · \[read it at the source\]\(<https:\/\/example\.org\/2021\/reykjavik#/,
    );
    expect(bot.fake.pinged(cited.id)).toEqual([]);
  });

  test('lets anybody open the context, privately', async () => {
    const { fake } = bot;
    const cited = await cite({ passage: `passage:${passageIn(bot.folder, REYKJAVIK.file).id}` });
    const press = { messageId: cited.id, customId: controlOf(cited, 'context'), userId: fake.otherReader.id };
    const context = await fake.pressButton(press).response();

    expect(isPrivate(context)).toBe(true);
    expect(textOf(context)).toContain('The police had closed the streets');
  });

  test('pings the person it is for, and nobody else', async () => {
    const { fake } = bot;
    const cited = await cite({ passage: `passage:${passageIn(bot.folder, RYE).id}`, for: fake.otherReader.id });

    expect(textOf(cited)).toContain(`For <@${fake.otherReader.id}>`);
    expect(fake.pinged(cited.id)).toEqual([fake.otherReader.id]);
  });

  test.each([
    '**bold** __line__ ~~gone~~ `code` ||hidden|| # - > 1. x',
    '@everyone and @here, all of you',
    '[read this](https://example.org/bad) <https://example.org> :bell: <:bell:123456789012345678>',
    '> quoted',
    '- a list',
    '1. a list',
    '-# small',
  ])('shows a note as it was written: %s', async (note) => {
    const cited = await cite({ passage: `passage:${passageIn(bot.folder, RYE).id}`, note });
    const lines = textOf(cited).split('\n');

    expect(readEscaped(lines[1] ?? '')).toBe(note);
    expect(bot.fake.pinged(cited.id)).toEqual([]);
  });

  test('pings nobody mentioned in the note, whether or not it is for somebody', async () => {
    const { fake } = bot;
    const third = fake.addUser('ada');
    const note = `<@${third.id}> <@!${fake.reader.id}> <@&${fake.guildId}> @everyone <#${otherChannel}>`;
    const cited = await cite({ passage: `passage:${passageIn(bot.folder, RYE).id}`, for: fake.otherReader.id, note });
    const alone = await cite({ passage: `passage:${passageIn(bot.folder, RYE).id}`, note });

    expect(fake.pinged(cited.id)).toEqual([fake.otherReader.id]);
    expect(fake.pinged(alone.id)).toEqual([]);
    expect(readEscaped(textOf(cited).split('\n')[2] ?? '')).toBe(note);
    expect(readEscaped(textOf(alone).split('\n')[1] ?? '')).toBe(note);
  });

  test('accepts the longest note, even if it is only punctuation', async () => {
    const note = '*'.repeat(300);
    const cited = await cite({ passage: `passage:${passageIn(bot.folder, RYE).id}`, note });

    expect(readEscaped(textOf(cited).split('\n')[1] ?? '')).toBe(note);
    expect(quotesOf(cited)).toEqual([passageIn(bot.folder, RYE).text]);
  });

  test.each([
    [
      'words that are not a suggestion',
      'the summit in Reykjavik',
      'Pick a passage from the list that appears as you type.',
    ],
    ['an article', 'article:aaaaaaaaaa', 'Pick a passage from the list that appears as you type.'],
    [
      'a passage that is gone',
      'passage:aaaaaaaaaa',
      'That passage is no longer in the index. Please look it up again.',
    ],
  ])('refuses %s, privately', async (_, passage, says) => {
    const { fake } = bot;
    const refused = await cite({ passage, for: fake.otherReader.id, note: 'look' });

    expect(isPrivate(refused)).toBe(true);
    expect(textOf(refused)).toContain(says);
    expect(textOf(refused)).not.toContain('look @');
    expect(fake.pinged(refused.id)).toEqual([]);
  });

  test.each([
    ['in direct messages', { direct: true }],
    ['where only the person has installed the bot', { userInstalled: true }],
  ])('works %s', async (_, where) => {
    const cited = await cite({ passage: `passage:${passageIn(bot.folder, RYE).id}`, note: 'as I said' }, where);

    expect(quotesOf(cited)).toEqual([passageIn(bot.folder, RYE).text]);
    expect(textOf(cited)).toContain('as I said');
  });
});

describe('[[words]] in a message', () => {
  function say(content: string, channelId = citingChannel): APIMessage {
    return bot.fake.say({ channelId, content });
  }

  /** Expects that the bot does not react to messages: it answers a later one, and nothing comes late. */
  async function expectSilence(said: readonly APIMessage[], channelId = citingChannel): Promise<void> {
    const { fake } = bot;
    const last = fake.say({ channelId, content: NOT_FOUND_QUESTION, mentionsBot: true });
    await fake.answersTo(last.id, { settleMs: 400 });
    for (const { id } of said) {
      const answers = await fake.answersTo(id, { count: 0 });
      expect(answers.map((answer) => textOf(answer))).toEqual([]);
    }
  }

  /** Waits until an answer contains some words. @returns The answer with these words. */
  async function untilAnswerSays(answer: APIMessage, words: string): Promise<APIMessage> {
    return bot.fake.waitFor(`an answer with ${words}`, () => {
      const current = bot.fake.message(answer.id);
      return current !== undefined && textOf(current).includes(words) ? current : undefined;
    });
  }

  async function untilGone({ id }: APIMessage): Promise<void> {
    await bot.fake.waitFor('the answer to be gone', () => (bot.fake.message(id) === undefined ? true : undefined));
  }

  test('are answered with the passage they mean, and ping nobody', async () => {
    const { fake } = bot;
    const said = say(`As they say: ${RYE_WORDS}, <@${fake.otherReader.id}>!`);
    const answer = await bot.answerTo(said);

    expect(quotesOf(answer)).toEqual([passageIn(bot.folder, RYE).text]);
    expect(textOf(answer)).toContain(`Cited by <@${fake.reader.id}>:`);
    expect(textOf(answer)).toContain('**Rye bread baked in hot ground**');
    expect(fake.pinged(answer.id)).toEqual([]);
  });

  test('are answered with several passages in the order of the message, each only once', async () => {
    const answer = await bot.answerTo(say(`${FERRY_WORDS} and ${RYE_WORDS}, or [[bakers near the lake, rye dough]]`));

    expect(quotesOf(answer)).toEqual([passageIn(bot.folder, FERRY).text, passageIn(bot.folder, RYE).text]);
    expect(bot.fake.pinged(answer.id)).toEqual([]);
  });

  test('are cited even if other words in the message lead nowhere', async () => {
    const answer = await bot.answerTo(say(`[[${NOT_FOUND_QUESTION}]] ${RYE_WORDS}`));

    expect(quotesOf(answer)).toEqual([passageIn(bot.folder, RYE).text]);
  });

  test('are cited in threads of the channel', async () => {
    const { threadId } = bot.fake.startThread({ channelId: citingChannel, name: 'About bread' });

    expect(quotesOf(await bot.answerTo(say(RYE_WORDS, threadId)))).toEqual([passageIn(bot.folder, RYE).text]);
  });

  test('are ignored in code, quotes and spoilers, when nothing matches, and from other bots', async () => {
    const { fake } = bot;
    const otherBot = fake.addUser('other-bot', { isBot: true });
    const said = [
      `\`${RYE_WORDS}\``,
      `\`\`\`\n${RYE_WORDS}\n\`\`\``,
      `> ${RYE_WORDS}`,
      `He wrote:\n>>> so\n${RYE_WORDS}`,
      `||${RYE_WORDS}||`,
      `[[${NOT_FOUND_QUESTION}]]`,
      '[[]] [[?!]] [[\u200b]] [[²]] [[½]] [[ª]] [[㍿]]',
      '[[x',
      '['.repeat(2_000),
      'No brackets at all',
    ].map((content) => say(content));
    const fromBot = fake.say({ channelId: citingChannel, authorId: otherBot.id, content: RYE_WORDS });

    await expectSilence([...said, fromBot]);
  });

  test('are ignored in channels where nobody has turned this on', async () => {
    await expectSilence([say(RYE_WORDS, otherChannel)], otherChannel);
  });

  test('are cited again after each edit of the message: different words, none, and some again', async () => {
    const { fake } = bot;
    const said = say(`So ${RYE_WORDS}.`);
    const answer = await bot.answerTo(said);

    fake.editMessage({ messageId: said.id, content: `So ${FERRY_WORDS}.` });
    const corrected = await untilAnswerSays(answer, 'The old ferry sails again');
    expect(quotesOf(corrected)).toEqual([passageIn(bot.folder, FERRY).text]);
    expect(fake.pinged(answer.id)).toEqual([]);

    fake.editMessage({ messageId: said.id, content: 'So what.' });
    await untilGone(answer);

    fake.editMessage({ messageId: said.id, content: `So ${RYE_WORDS}!` });
    const again = await bot.answerTo(said);
    expect(quotesOf(again)).toEqual([passageIn(bot.folder, RYE).text]);
  });

  test('are cited once an edit makes them match, until another edit makes them not match', async () => {
    const { fake } = bot;
    const said = say(`[[${NOT_FOUND_QUESTION}]]`);
    await expectSilence([said]);

    fake.editMessage({ messageId: said.id, content: RYE_WORDS });
    const answer = await bot.answerTo(said);
    expect(quotesOf(answer)).toEqual([passageIn(bot.folder, RYE).text]);

    fake.editMessage({ messageId: said.id, content: `[[${NOT_FOUND_QUESTION}]]` });
    await untilGone(answer);
  });

  test('lose their citation when the message is deleted', async () => {
    const said = say(RYE_WORDS);
    const answer = await bot.answerTo(said);
    bot.fake.deleteMessage(said.id);

    await untilGone(answer);
  });
});

describe('after text has been added to the article', () => {
  test('/cite still finds the passage that was suggested before', async () => {
    const { fake } = bot;
    const before = passageIn(bot.folder, RYE, 1);
    const focused = { name: 'cite', options: { passage: 'oldest recipe' }, focused: 'passage' };
    const [choice] = await fake.autocomplete(focused).choices();
    expect(choice?.value).toBe(`passage:${before.id}`);

    const path = join(bot.folder.seeds, RYE);
    const added =
      '## Before the bread\n\nBefore any of this, the lake was a meadow on which the first settlers let their sheep graze, and nobody thought of bread, because there was no grain at all on the island in those days.';
    const [first = '', second = ''] = readFileSync(path, 'utf8').split('\n## ');
    const more = [first, `${added}\n`, `## ${second}`, added.replaceAll('Before', 'After')];
    writeSeed(bot.folder.seeds, RYE, `${more.join('\n')}\n`);
    await bot.folder.update();
    await expect.poll(() => bot.process.stderr, { timeout: 20_000 }).toContain('index updated');

    const passages = readPassages(bot.folder).filter(({ article }) => article.file === RYE);
    expect(passages.findIndex(({ id }) => id === before.id)).toBe(2);
    expect(passages).toHaveLength(4);
    const cited = await cite({ passage: String(choice?.value) });
    expect(isPrivate(cited)).toBe(false);
    expect(quotesOf(cited)).toEqual([before.text]);
  });
});
