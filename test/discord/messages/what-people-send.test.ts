import { type APIMessage, GatewayIntentBits, MessageReferenceType } from 'discord-api-types/v10';
import { afterEach, describe, expect, test } from 'vitest';
import { alterCommunity } from '../bot/indexed-folder.js';
import { expectReykjavik, readerOf } from '../bot/reader.js';
import { ANSWERED_QUESTION, NOT_FOUND_QUESTION, REYKJAVIK } from '../bot/seeds.js';
import { choose, openSettings } from '../bot/settings-card.js';
import { textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';

/** How long to wait for an answer that must not come, after a later question was answered. */
const SILENCE_MS = 150;

const bot = useBot({
  fake: { grantedIntents: GatewayIntentBits.MessageContent },
  env: { DISCORD_MESSAGE_CONTENT: 'on' },
});
const { answerThis, mention, press } = readerOf(bot);

afterEach(() => alterCommunity(bot.folder, 'DELETE FROM settings'));

/** An embed as news bots post it. */
const NEWS = {
  type: 'rich',
  title: 'Diplomacy',
  description: ANSWERED_QUESTION,
  fields: [{ name: 'Place', value: 'Iceland', inline: false }],
} as unknown as APIMessage['embeds'][number];

const FORWARDED: Partial<APIMessage> = {
  message_reference: { type: MessageReferenceType.Forward, channel_id: '1', message_id: '2' },
  message_snapshots: [
    {
      message: {
        content: ANSWERED_QUESTION,
        embeds: [],
        attachments: [],
        timestamp: new Date().toISOString(),
        edited_timestamp: null,
        type: 0,
        mentions: [],
        mention_roles: [],
        flags: 0 as never,
        components: [],
      },
    },
  ],
};

const POLL: Partial<APIMessage> = {
  poll: {
    question: { text: ANSWERED_QUESTION },
    answers: [{ answer_id: 1, poll_media: { text: 'Reykjavik' } }],
    expiry: new Date(Date.now() + 3_600_000).toISOString(),
    allow_multiselect: false,
    layout_type: 1,
    results: { is_finalized: false, answer_counts: [] },
  },
};

function pictureOf(description: string | null, filename = 'IMG_2041.png'): Partial<APIMessage> {
  const url = 'https://cdn.discordapp.com/attachments/1/2/picture.png';
  return {
    attachments: [{ id: '900', filename, size: 10, url, proxy_url: url, ...(description !== null && { description }) }],
  };
}

const CARD_OF_ANOTHER_BOT: Partial<APIMessage> = {
  flags: 32_768,
  components: [
    {
      type: 17,
      id: 1,
      accent_color: null,
      spoiler: false,
      components: [{ type: 10, id: 2, content: ANSWERED_QUESTION }],
    },
  ],
};

const SHOWN: readonly (readonly [string, Partial<APIMessage>])[] = [
  ['a forwarded message', FORWARDED],
  ['an embed', { embeds: [NEWS] }],
  ['a poll', POLL],
  ['the caption of a picture', pictureOf(ANSWERED_QUESTION)],
  ['the name of a file', pictureOf(null, 'where-did-antony-blinken-and-sergey-lavrov-meet-for-the-first-time.pdf')],
  ['a card of another bot', CARD_OF_ANOTHER_BOT],
];

/** Expects no answer to any of these messages, although a later question is answered. */
async function expectSilence(...messages: readonly APIMessage[]): Promise<void> {
  await bot.answerTo(bot.fake.sayDirectly({ content: ANSWERED_QUESTION }));
  for (const { id } of messages) expect(await bot.fake.answersTo(id, { count: 0, settleMs: SILENCE_MS })).toEqual([]);
}

/** The emoji with which the bot has reacted to a message. */
function reactionsTo({ id }: APIMessage): (string | null | undefined)[] {
  return (bot.fake.message(id)?.reactions ?? []).map(({ emoji }) => emoji.name);
}

describe('besides text, the bot reads', () => {
  test.each(SHOWN)('%s in a direct message', async (_, shows) => {
    expectReykjavik(await bot.answerTo(bot.fake.sayDirectly({ content: '', shows })));
  });

  test.each(SHOWN)('%s with Answer this', async (_, shows) => {
    const { id } = bot.fake.postThroughWebhook({ name: 'News', content: '', shows });
    expectReykjavik(await answerThis(id).response());
  });

  test('what an embed claims with Find the source', async () => {
    const claim = 'Antony Blinken and Sergey Lavrov met for the first time in the Harpa concert hall in Reykjavik.';
    const embeds = [{ ...NEWS, description: claim }];
    const { id } = bot.fake.postThroughWebhook({ name: 'News', content: 'Breaking', shows: { embeds } });

    const response = await bot.fake.useMessageCommand({ name: 'Find the source', targetId: id }).response();

    expect(textOf(response)).toContain(REYKJAVIK.title);
    expect(textOf(response)).toContain('Says the same thing');
  });

  test('the message that a bare mention replies to', async () => {
    const { fake } = bot;
    const question = fake.say({ content: ANSWERED_QUESTION, authorId: fake.otherReader.id });
    const answer = await bot.answerTo(fake.say({ content: '', mentionsBot: true, replyTo: question.id }));

    expectReykjavik(answer);
    expect(textOf(answer)).toContain(`[this message](<https://discord.com/channels/${fake.guildId}/`);
    expect(fake.pinged(answer.id)).toEqual([]);
  });
});

describe('a mention', () => {
  test('of the role that Discord gave the bot counts', async () => {
    const { fake } = bot;
    expectReykjavik(await bot.answerTo(fake.say({ content: `<@&${fake.botRoleId}> ${ANSWERED_QUESTION}` })));
    expectReykjavik(await bot.answerTo(fake.say({ content: `${ANSWERED_QUESTION} <@&${fake.botRoleId}>` })));
  });

  test.each([
    ['thank you!', '🙏'],
    ['good bot', '🙏'],
    ['who wants to play tonight?', '🤷'],
    ['wanna play chess?', '🤷'],
  ])('that says "%s" gets the reaction %s and no answer', async (content, emoji) => {
    const said = bot.fake.say({ content, mentionsBot: true });
    await bot.fake.waitFor('a reaction', () => (reactionsTo(said).length > 0 ? true : undefined));

    expect(reactionsTo(said)).toEqual([emoji]);
    await expectSilence(said);
  });

  test.each(['🎉', 'lol', 'wait what?', '?!'])('that says "%s" gets nothing', async (content) => {
    const said = bot.fake.say({ content, mentionsBot: true });
    await expectSilence(said);
    expect(reactionsTo(said)).toEqual([]);
  });

  test('that asks for help gets it once, and then a reaction', async () => {
    const { fake } = bot;
    const authorId = fake.addUser('newcomer').id;
    const answer = await bot.answerTo(fake.say({ content: 'help', mentionsBot: true, authorId }));
    expect(textOf(answer)).toContain('I answer questions by quoting the articles.');

    for (const content of ['help!', 'hi', 'https://bridge.example/photo', ''])
      await expectSilence(fake.say({ content, mentionsBot: true, authorId }));
    const again = fake.say({ content: 'hello', mentionsBot: true, authorId });
    await fake.waitFor('a reaction', () => (reactionsTo(again).length > 0 ? true : undefined));
    expect(reactionsTo(again)).toEqual(['👋']);
  });

  test('that is edited into a question loses its reaction and gets an answer', async () => {
    const { fake } = bot;
    const said = fake.say({ content: 'thanks', mentionsBot: true });
    await fake.waitFor('a reaction', () => (reactionsTo(said).length > 0 ? true : undefined));
    fake.editMessage({ messageId: said.id, content: `<@${fake.bot.id}> ${ANSWERED_QUESTION}` });

    expectReykjavik(await bot.answerTo(said));
    expect(reactionsTo(said)).toEqual([]);
  });

  test('is answered where the bot may not react', async () => {
    const { fake } = bot;
    fake.faults.respond({ method: 'PUT', path: /\/reactions\//, status: 403, body: { code: 50013, message: 'No' } });
    await expectSilence(fake.say({ content: 'thanks', mentionsBot: true }));
    expectReykjavik(await mention());
  });
});

test('in direct messages, an invitation is answered in words', async () => {
  const answer = await bot.answerTo(bot.fake.sayDirectly({ content: 'who wants to play?' }));
  expect(textOf(answer)).toContain('Not found');
});

test('in an ask channel, what people say to each other gets no answer', async () => {
  const [channelId = ''] = bot.fake.channelIds;
  await choose(bot.fake, await openSettings(bot.fake, { channel: channelId }), 'askChannel', 'on');
  const said = ['who wants to play?', 'anyone online?', 'wait what?', 'good bot', 'https://bridge.example/photo', '🎉'];

  await expectSilence(...said.map((content) => bot.fake.say({ content, channelId })));
});

describe('in a forum post', () => {
  async function openPost(
    content: string,
    shows?: Partial<APIMessage>,
  ): Promise<{ threadId: string; message: APIMessage }> {
    await choose(bot.fake, await openSettings(bot.fake, { channel: bot.fake.forumChannelId }), 'forumPosts', 'on');
    return bot.fake.startForumPost({ name: ANSWERED_QUESTION, content, ...(shows && { shows }) });
  }

  test('a picture without text is answered by the title', async () => {
    const { message } = await openPost('', pictureOf(null));
    expectReykjavik(await bot.answerTo(message));
  });

  test('its author needs no mention for the next questions, other people and remarks do not count', async () => {
    const { fake } = bot;
    const { threadId, message } = await openPost('I mean the first time.');
    await bot.answerTo(message);
    await expectSilence(
      fake.say({ content: ANSWERED_QUESTION, channelId: threadId, authorId: fake.otherReader.id }),
      fake.say({ content: 'I was there myself, in the rain.', channelId: threadId }),
      fake.say({ content: `<@${fake.otherReader.id}> ${ANSWERED_QUESTION}`, channelId: threadId }),
    );
    const next = await bot.answerTo(fake.say({ content: 'and for how long did they speak?', channelId: threadId }));
    expect(textOf(next)).toContain('Treated as a follow-up to');
  });

  test('a solved tag ends that, and so does the 👍 of its author', async () => {
    const { fake } = bot;
    const first = await openPost('Please.');
    const firstAnswer = await bot.answerTo(first.message);
    const asked = fake.say({ content: NOT_FOUND_QUESTION, channelId: first.threadId });
    const next = await bot.answerTo(asked);
    expect(next.id).not.toBe(firstAnswer.id);
    fake.changeThread(first.threadId, { tags: ['Question', 'Solved'] });
    // What was asked before that can still be corrected.
    fake.editMessage({ messageId: asked.id, content: ANSWERED_QUESTION });
    await fake.waitFor('the new answer', () =>
      textOf(fake.message(next.id) ?? next).includes(REYKJAVIK.title) ? true : undefined,
    );
    await expectSilence(fake.say({ content: ANSWERED_QUESTION, channelId: first.threadId }));

    const second = await openPost('Please.');
    const answer = await bot.answerTo(second.message);
    await press(answer, 'right').response();
    await expectSilence(fake.say({ content: ANSWERED_QUESTION, channelId: second.threadId }));
    await press(answer, 'right').response();
    await bot.answerTo(fake.say({ content: ANSWERED_QUESTION, channelId: second.threadId }));
  });

  test('it can be turned off', async () => {
    const { fake } = bot;
    const { threadId, message } = await openPost('Please.');
    await bot.answerTo(message);
    const card = await openSettings(fake, { channel: fake.forumChannelId });
    await choose(fake, card, 'threadQuestions', 'off');
    await expectSilence(fake.say({ content: ANSWERED_QUESTION, channelId: threadId }));
  });

  test('nothing is asked again of a post that was locked meanwhile', async () => {
    const { fake } = bot;
    const { threadId, message } = await openPost('Please.');
    await bot.answerTo(message);
    fake.changeThread(threadId, { isLocked: true, isArchived: true });
    const logged = bot.process.stderr.length;
    await expectSilence(fake.say({ content: ANSWERED_QUESTION, channelId: threadId, mentionsBot: true }));
    await expectSilence(fake.say({ content: ANSWERED_QUESTION, channelId: threadId, mentionsBot: true }));
    const refused = bot.process.stderr.slice(logged).match(/could not send the answer/g);
    expect(refused).toHaveLength(1);
    fake.changeThread(threadId, { isLocked: false, isArchived: false });
    await bot.answerTo(fake.say({ content: ANSWERED_QUESTION, channelId: threadId, mentionsBot: true }));
  });
});

test('in a thread that the bot opened, the asker needs no mention, also after a restart', async () => {
  const { fake } = bot;
  const [channelId = ''] = fake.channelIds;
  await choose(fake, await openSettings(fake, { channel: channelId }), 'replyPlace', 'in a thread');
  const question = fake.say({ content: ANSWERED_QUESTION, channelId, mentionsBot: true });
  await bot.answerIn(question.id, REYKJAVIK.title);
  await bot.restart();
  const next = fake.say({ content: ANSWERED_QUESTION, channelId: question.id });
  expectReykjavik(await bot.answerTo(next));
});

describe('a message that a proxy bot posts again', () => {
  test('keeps the answer to the original, and counts as its author’s', async () => {
    const { fake } = bot;
    const original = fake.say({ content: `A: ${ANSWERED_QUESTION}`, mentionsBot: true });
    const answer = await bot.answerTo(original);
    const content = `<@${fake.bot.id}> A: ${ANSWERED_QUESTION}`;
    const proxied = fake.postThroughWebhook({ name: 'Ada', content });
    fake.deleteMessage(original.id);
    await new Promise((resolve) => setTimeout(resolve, 1_800));

    expect(fake.message(answer.id)).toBeDefined();
    expect(await fake.answersTo(proxied.id, { count: 0 })).toEqual([]);
    fake.editMessage({ messageId: proxied.id, content: `<@${fake.bot.id}> ${NOT_FOUND_QUESTION}` });
    await fake.waitFor('the new answer', () =>
      textOf(fake.message(answer.id) ?? answer).includes('Not found') ? true : undefined,
    );
    fake.deleteMessage(proxied.id);
    await fake.waitFor('the answer to be deleted', () => (fake.message(answer.id) === undefined ? true : undefined));
  });

  test('gets the answer if the original is gone before that', async () => {
    const { fake } = bot;
    const original = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    fake.deleteMessage(original.id);
    const proxied = fake.postThroughWebhook({ name: 'Ada', content: `<@${fake.bot.id}> ${ANSWERED_QUESTION}` });

    const answer = await bot.answerTo(proxied);
    expectReykjavik(answer);
    // The asker can turn its pages for everyone, though the webhook has another id.
    const turned = press(answer, 'page');
    expect((await turned.acknowledged()).type).toBe(6);
    await turned.response();
    const followUp = fake.say({ content: 'and for how long?', replyTo: answer.id });
    expect(textOf(await bot.answerTo(followUp))).toContain('Treated as a follow-up to');
  });

  test('takes nothing from an original that stays', async () => {
    const { fake } = bot;
    const original = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const answer = await bot.answerTo(original);
    const repeated = fake.postThroughWebhook({ name: 'Quotes', content: ANSWERED_QUESTION });
    fake.deleteMessage(repeated.id);
    fake.editMessage({ messageId: original.id, content: `<@${fake.bot.id}> ${NOT_FOUND_QUESTION}` });

    await fake.waitFor('the new answer', () =>
      textOf(fake.message(answer.id) ?? answer).includes('Not found') ? true : undefined,
    );
    fake.deleteMessage(original.id);
    await fake.waitFor('the answer to be deleted', () => (fake.message(answer.id) === undefined ? true : undefined));
  });

  test('is nothing to the bot if it only resembles what somebody said', async () => {
    const { fake } = bot;
    const original = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const answer = await bot.answerTo(original);
    fake.postThroughWebhook({ name: 'News', content: 'Blinken and Lavrov' });
    fake.deleteMessage(original.id);

    await fake.waitFor('the answer to be deleted', () => (fake.message(answer.id) === undefined ? true : undefined));
  });
});
