import { describe, expect, test } from 'vitest';
import { passageIn, readPassages } from '../bot/indexed-folder.js';
import { expectReykjavik, readerOf, toldBy } from '../bot/reader.js';
import { ANSWERED_QUESTION } from '../bot/seeds.js';
import { setInChannel } from '../bot/settings-card.js';
import { isPrivate, labelsOf, quotedIn, textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';

const FERRY_QUESTION = 'How long does the crossing of the island ferry take?';

const bot = useBot();
const { ask, answerThis, press } = readerOf(bot);

function articleIdOf(file: string): string {
  return passageIn(bot.folder, file).article.id;
}

describe('/ask with an article', () => {
  test('suggests only articles', async () => {
    const { fake } = bot;
    const suggested = (typed: string) =>
      fake.autocomplete({ name: 'ask', options: { question: 'x', article: typed }, focused: 'article' }).choices();

    expect(await suggested('ferry')).toEqual([
      { name: 'The old ferry sails again', value: `article:${articleIdOf('news/ferry.md')}` },
    ]);
    // A passage starts with these words.
    expect(await suggested('bakers near')).toEqual([]);
    expect((await suggested('')).map(({ value }) => String(value)).toSorted()).toEqual(
      [...new Set(readPassages(bot.folder).map(({ article }) => `article:${article.id}`))].toSorted(),
    );
  });

  test('answers only from that article, on all pages', async () => {
    const article = `article:${articleIdOf('news/ferry.md')}`;
    const answer = await ask({ question: FERRY_QUESTION, article });
    expect(quotedIn(answer).text).toContain('takes forty minutes');
    const page = await press(answer, 'page').response();
    expect(textOf(page)).toContain('Another close passage (1 of 2)');

    const elsewhere = await ask({ article });
    expect(textOf(elsewhere)).not.toContain('Harpa');
    expect(textOf(elsewhere)).not.toContain('Answered');
  });

  test('refuses an article that was typed but not chosen, and says what to do', async () => {
    const answer = await ask({ article: 'the old ferry' });

    expect(textOf(answer)).toBe('Pick an article from the list that appears as you type, or browse `/sources`.');
  });

  test('refuses a passage, and an article that no longer exists, and says what to do', async () => {
    const passage = `passage:${readPassages(bot.folder)[0]?.id}`;
    expect(textOf(await ask({ article: passage }))).toContain('Pick an article from the list');
    expect(textOf(await ask({ article: 'article:aaaaaaaaaa' }))).toBe(
      'That article is no longer in the index. Please look it up again.',
    );
  });
});

describe('a private answer', () => {
  test('is seen only by the person who asked', async () => {
    const { fake } = bot;
    const channelId = fake.channelIds[0] ?? '';
    const before = fake.messagesIn(channelId).length;
    const command = bot.fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION, private: true } });
    expect((await command.acknowledged()).isEphemeral).toBe(true);
    const answer = await command.response();

    expectReykjavik(answer);
    expect(labelsOf(answer)).toContain('📣 Share');
    expect(fake.messagesIn(channelId)).toHaveLength(before);
  });

  test('is the default in a channel with private answers, and can be turned off for one answer', async () => {
    const { fake } = bot;
    const channelId = fake.channelIds[1] ?? '';
    const target = fake.say({ content: ANSWERED_QUESTION, channelId, authorId: fake.otherReader.id });
    await setInChannel(fake, channelId, 'replyPlace', 'private');
    const answers = [
      await ask({}, { channelId }),
      await ask({ private: false }, { channelId }),
      await answerThis(target.id).response(),
    ];
    await setInChannel(fake, channelId, 'replyPlace', 'inherit');

    expect(answers.map(isPrivate)).toEqual([true, false, true]);
    expect(answers.map((answer) => labelsOf(answer).includes('📣 Share'))).toEqual([true, false, true]);
    expect(isPrivate(await ask({}, { channelId }))).toBe(false);
  });
});

describe('`Answer this`', () => {
  test('answers what somebody else said, with a link to the message', async () => {
    const { fake } = bot;
    const said = fake.say({ content: ANSWERED_QUESTION, authorId: fake.otherReader.id });
    const answer = await answerThis(said.id).response();

    expectReykjavik(answer);
    const [heading, question] = textOf(answer).split('\n');
    expect(heading).toBe(
      `-# Answer to [this message](<https://discord.com/channels/${fake.guildId}/${said.channel_id}/${said.id}>)`,
    );
    expect(question).toBe(`**${ANSWERED_QUESTION}**`);
    expect(fake.pinged(answer.id)).toEqual([]);
    // The asker is the person who used it, not the one who wrote the message.
    const refused = await toldBy(press(answer, 'remove', { userId: fake.otherReader.id }));
    expect([isPrivate(refused), textOf(refused)]).toEqual([
      true,
      'Only the person who asked and moderators can remove this.',
    ]);
    const page = await press(answer, 'page').response();
    expect([page.id, textOf(page).split('\n')[0]]).toEqual([answer.id, heading]);
    await press(answer, 'remove').deleted();
  });

  test('leaves out the mention of the bot, and pings nobody mentioned in the message', async () => {
    const { fake } = bot;
    const said = fake.say({ content: `@everyone <@${fake.otherReader.id}> ${ANSWERED_QUESTION}` });
    const answer = await answerThis(said.id).response();

    expect(textOf(answer)).toContain(`**\\@everyone \\<\\@${fake.otherReader.id}\\> ${ANSWERED_QUESTION}**`);
    expect(fake.pinged(answer.id)).toEqual([]);
    const mention = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    expect(textOf(await answerThis(mention.id).response())).toContain(`\n**${ANSWERED_QUESTION}**\n`);
  });

  test.each([
    ['a message without text', () => bot.fake.say({ content: '' }).id],
    ['a message that only mentions the bot', () => bot.fake.say({ content: '', mentionsBot: true }).id],
    ['an answer of the bot', async () => (await ask()).id],
  ])('finds nothing to answer in %s', async (_, target) => {
    expect(textOf(await answerThis(await target()).response())).toBe(
      'There is no text in that message for me to answer.',
    );
  });

  test('works in direct messages', async () => {
    const { fake } = bot;
    const said = fake.sayDirectly({ content: ANSWERED_QUESTION });
    const answer = await answerThis(said.id).response();

    expectReykjavik(answer);
    expect(textOf(answer)).toContain(`(<https://discord.com/channels/@me/${fake.directChannelId()}/${said.id}>)`);
    await press(answer, 'remove').deleted();
  });
});
