import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIMessage, GatewayIntentBits, MessageFlags } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chooseSetting } from '../bot/choose-setting.js';
import { answerTo, type IndexedFolder, indexSeeds, type RunningBot, readPassages, runBot } from '../bot/running-bot.js';
import { NOT_FOUND_QUESTION, REYKJAVIK, writeSeed, writeSeeds } from '../bot/seeds.js';
import { controlOf, textOf } from '../bot/shown-message.js';
import { readBlockQuote, readEscaped } from '../bot/shown-text.js';

const RYE = 'kitchen/rye-bread.md';
const FERRY = 'news/ferry.md';

/** Words that mean the passages about bread and about the ferry. */
const RYE_WORDS = '[[rye dough in hot volcanic sand]]';
const FERRY_WORDS = '[[the island ferry sails again]]';

let folder: IndexedFolder;
let running: RunningBot;
/** Where [[words]] are cited, and where nobody turned that on. */
let citingChannel: string;
let otherChannel: string;

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
  running = await runBot(folder, {
    fake: { grantedIntents: GatewayIntentBits.MessageContent },
    env: { DISCORD_MESSAGE_CONTENT: 'on', FOOTNOTE_PERSON_LIMIT: '1000' },
  });
  [otherChannel = '', citingChannel = ''] = running.fake.channelIds;
  await chooseSetting(running, { channelId: citingChannel, setting: 'inlineCiting', choices: ['on'] });
});

afterEach(() => {
  expect(running.fake.violations).toEqual([]);
});

afterAll(async () => {
  await running?.end();
  folder?.remove();
});

function passageIn(file: string): { id: string; text: string } {
  const found = readPassages(folder).find(({ article }) => article.file === file);
  if (found === undefined) throw new Error(`No passage of ${file}`);
  return found;
}

function cite(options: Readonly<Record<string, string>>, where: { direct?: boolean; userInstalled?: boolean } = {}) {
  return running.fake.slash({ name: 'cite', options, ...where }).response();
}

/** The block quotes of a message, as people read them. */
function quotesIn(message: APIMessage): string[] {
  return (textOf(message).match(/^>.*(?:\n>.*)*/gm) ?? []).map((quote) => readBlockQuote(quote).text);
}

function isPrivate({ flags }: APIMessage): boolean {
  return flags !== undefined && (flags & MessageFlags.Ephemeral) !== 0;
}

describe('/cite', () => {
  test('offers passages only, while somebody types and before', async () => {
    for (const typed of ['', 'summit', 'bakers']) {
      const focused = { name: 'cite', options: { passage: typed }, focused: 'passage' };
      const choices = await running.fake.autocomplete(focused).choices();

      expect(choices.length).toBeGreaterThan(0);
      for (const { name, value } of choices) {
        expect(value).toMatch(/^passage:/);
        expect(name).toContain(' › ');
      }
    }
  });

  test('shows a passage to everybody, word for word, with its source and who cites it', async () => {
    const cited = await cite({ passage: `passage:${passageIn(REYKJAVIK.file).id}` });

    expect(isPrivate(cited)).toBe(false);
    expect(running.fake.messagesIn(otherChannel).map(({ id }) => id)).toContain(cited.id);
    expect(quotesIn(cited)).toEqual([passageIn(REYKJAVIK.file).text]);
    expect(textOf(cited)).toContain(`<@${running.fake.reader.id}> cites:`);
    expect(textOf(cited)).toMatch(
      /\*\*The summit in Reykjavik\*\* · Example News · 2021-05-19 · \[read it at the source\]\(<https:\/\/example\.org\/2021\/reykjavik#/,
    );
    expect(running.fake.pinged(cited.id)).toEqual([]);
  });

  test('lets anybody see the surroundings, alone', async () => {
    const { fake } = running;
    const cited = await cite({ passage: `passage:${passageIn(REYKJAVIK.file).id}` });
    const press = { messageId: cited.id, customId: controlOf(cited, 'context'), userId: fake.otherReader.id };
    const context = await fake.pressButton(press).response();

    expect(isPrivate(context)).toBe(true);
    expect(textOf(context)).toContain('The police had closed the streets');
  });

  test('tells the person whom it is for, and nobody else', async () => {
    const { fake } = running;
    const cited = await cite({ passage: `passage:${passageIn(RYE).id}`, for: fake.otherReader.id });

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
    const cited = await cite({ passage: `passage:${passageIn(RYE).id}`, note });
    const lines = textOf(cited).split('\n');

    expect(readEscaped(lines[1] ?? '')).toBe(note);
    expect(running.fake.pinged(cited.id)).toEqual([]);
  });

  test('tells nobody who is mentioned in the note, also beside the person whom it is for', async () => {
    const { fake } = running;
    const third = fake.addUser('ada');
    const note = `<@${third.id}> <@!${fake.reader.id}> <@&${fake.guildId}> @everyone <#${otherChannel}>`;
    const cited = await cite({ passage: `passage:${passageIn(RYE).id}`, for: fake.otherReader.id, note });
    const alone = await cite({ passage: `passage:${passageIn(RYE).id}`, note });

    expect(fake.pinged(cited.id)).toEqual([fake.otherReader.id]);
    expect(fake.pinged(alone.id)).toEqual([]);
    expect(readEscaped(textOf(cited).split('\n')[2] ?? '')).toBe(note);
    expect(readEscaped(textOf(alone).split('\n')[1] ?? '')).toBe(note);
  });

  test('takes the longest note, of signs only', async () => {
    const note = '*'.repeat(300);
    const cited = await cite({ passage: `passage:${passageIn(RYE).id}`, note });

    expect(readEscaped(textOf(cited).split('\n')[1] ?? '')).toBe(note);
    expect(quotesIn(cited)).toEqual([passageIn(RYE).text]);
  });

  test.each([
    ['words that nobody chose', 'the summit in Reykjavik', 'Pick a passage from the list that appears as you type.'],
    ['an article', 'article:aaaaaaaaaa', 'Pick a passage from the list that appears as you type.'],
    [
      'a passage that is gone',
      'passage:aaaaaaaaaa',
      'That passage is no longer in the index. Please look it up again.',
    ],
  ])('refuses %s, and only who typed it sees that', async (_, passage, says) => {
    const { fake } = running;
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
    const cited = await cite({ passage: `passage:${passageIn(RYE).id}`, note: 'as I said' }, where);

    expect(quotesIn(cited)).toEqual([passageIn(RYE).text]);
    expect(textOf(cited)).toContain('as I said');
  });
});

describe('[[words]] in a message', () => {
  function say(content: string, channelId = citingChannel): APIMessage {
    return running.fake.say({ channelId, content });
  }

  /** Sees that the bot says nothing to what was said: it answers what is said after that, and nothing comes late. */
  async function expectSilence(said: readonly APIMessage[], channelId = citingChannel): Promise<void> {
    const { fake } = running;
    const last = fake.say({ channelId, content: NOT_FOUND_QUESTION, mentionsBot: true });
    await fake.answersTo(last.id, { settleMs: 400 });
    for (const { id } of said) {
      const answers = await fake.answersTo(id, { count: 0 });
      expect(answers.map((answer) => textOf(answer))).toEqual([]);
    }
  }

  async function untilAnswerSays(answer: APIMessage, words: string): Promise<APIMessage> {
    return running.fake.waitFor(`an answer with ${words}`, () => {
      const present = running.fake.message(answer.id);
      return present !== undefined && textOf(present).includes(words) ? present : undefined;
    });
  }

  async function untilGone({ id }: APIMessage): Promise<void> {
    await running.fake.waitFor('the answer to be gone', () =>
      running.fake.message(id) === undefined ? true : undefined,
    );
  }

  test('show the passage they mean, below the message, and ping nobody', async () => {
    const { fake } = running;
    const said = say(`As they say: ${RYE_WORDS}, <@${fake.otherReader.id}>!`);
    const answer = await answerTo(running, said);

    expect(quotesIn(answer)).toEqual([passageIn(RYE).text]);
    expect(textOf(answer)).toContain(`Cited by <@${fake.reader.id}>:`);
    expect(textOf(answer)).toContain('**Rye bread baked in hot ground**');
    expect(fake.pinged(answer.id)).toEqual([]);
  });

  test('show several passages in the order of the message, each once', async () => {
    const answer = await answerTo(
      running,
      say(`${FERRY_WORDS} and ${RYE_WORDS}, or [[bakers near the lake, rye dough]]`),
    );

    expect(quotesIn(answer)).toEqual([passageIn(FERRY).text, passageIn(RYE).text]);
    expect(running.fake.pinged(answer.id)).toEqual([]);
  });

  test('are cited beside words that mean nothing', async () => {
    const answer = await answerTo(running, say(`[[${NOT_FOUND_QUESTION}]] ${RYE_WORDS}`));

    expect(quotesIn(answer)).toEqual([passageIn(RYE).text]);
  });

  test('are cited in threads of the channel', async () => {
    const { threadId } = running.fake.startThread({ channelId: citingChannel, name: 'Of bread' });

    expect(quotesIn(await answerTo(running, say(RYE_WORDS, threadId)))).toEqual([passageIn(RYE).text]);
  });

  test('are left alone in code, quotes and spoilers, where nothing is near, and of other bots', async () => {
    const { fake } = running;
    const bot = fake.addUser('other-bot', { isBot: true });
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
    const ofBot = fake.say({ channelId: citingChannel, authorId: bot.id, content: RYE_WORDS });

    await expectSilence([...said, ofBot]);
  });

  test('are left alone where nobody turned that on', async () => {
    await expectSilence([say(RYE_WORDS, otherChannel)], otherChannel);
  });

  test('follow corrections of the message: others, none, and some again', async () => {
    const { fake } = running;
    const said = say(`So ${RYE_WORDS}.`);
    const answer = await answerTo(running, said);

    fake.editMessage({ messageId: said.id, content: `So ${FERRY_WORDS}.` });
    const corrected = await untilAnswerSays(answer, 'The old ferry sails again');
    expect(quotesIn(corrected)).toEqual([passageIn(FERRY).text]);
    expect(fake.pinged(answer.id)).toEqual([]);

    fake.editMessage({ messageId: said.id, content: 'So what.' });
    await untilGone(answer);

    fake.editMessage({ messageId: said.id, content: `So ${RYE_WORDS}!` });
    const again = await answerTo(running, said);
    expect(quotesIn(again)).toEqual([passageIn(RYE).text]);
  });

  test('are cited once they mean something, and not any more once they do not', async () => {
    const { fake } = running;
    const said = say(`[[${NOT_FOUND_QUESTION}]]`);
    await expectSilence([said]);

    fake.editMessage({ messageId: said.id, content: RYE_WORDS });
    const answer = await answerTo(running, said);
    expect(quotesIn(answer)).toEqual([passageIn(RYE).text]);

    fake.editMessage({ messageId: said.id, content: `[[${NOT_FOUND_QUESTION}]]` });
    await untilGone(answer);
  });

  test('lose their passage when the message is deleted', async () => {
    const said = say(RYE_WORDS);
    const answer = await answerTo(running, said);
    running.fake.deleteMessage(said.id);

    await untilGone(answer);
  });
});

describe('after the article was added to', () => {
  test('/cite takes the passage that was chosen before', async () => {
    const { fake } = running;
    const before = passageIn(RYE);
    const focused = { name: 'cite', options: { passage: 'rye' }, focused: 'passage' };
    const [choice] = await fake.autocomplete(focused).choices();
    expect(choice?.value).toBe(`passage:${before.id}`);

    const path = join(folder.seeds, RYE);
    const added =
      'Before any of this, the lake was a meadow on which the first settlers let their sheep graze, and nobody thought of bread, because there was no grain at all on the island in those days.';
    const [head = '', body = ''] = readFileSync(path, 'utf8').split(/\n---\n/);
    writeSeed(folder.seeds, RYE, `${head}\n---\n\n${added}\n${body}\n${added.replace('Before', 'After')}\n`);
    await folder.update();
    await expect.poll(() => running.bot.stderr, { timeout: 20_000 }).toContain('index updated');

    const passages = readPassages(folder).filter(({ article }) => article.file === RYE);
    expect(passages.findIndex(({ id }) => id === before.id)).toBe(1);
    const cited = await cite({ passage: String(choice?.value) });
    expect(isPrivate(cited)).toBe(false);
    expect(quotesIn(cited)).toEqual([before.text]);
  });
});
