import { AttachmentBuilder, ChannelType, EmbedBuilder, Events, MessageFlags } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { buttons, connect, echo, FORGETFUL, fake, send, useFakeDiscord } from '../test-bot.js';

useFakeDiscord();

describe('messages', () => {
  test('a mention in the guild is answered with a reply that pings nobody', async () => {
    await connect({ onMessage: echo });
    const question = fake.say({ content: 'who wrote it?', mentionsBot: true });

    const answers = await fake.answersTo(question.id);

    expect(answers.map(({ content }) => content)).toEqual([`You said: <@${fake.bot.id}> who wrote it?`]);
    expect(answers[0]?.mentions).toEqual([]);
    expect(fake.violations).toEqual([]);
    expect(fake.checkedPayloads).toBeGreaterThan(10);
  });

  test('a message that does not mention the bot arrives without its text', async () => {
    const heard: string[] = [];
    await connect({ onMessage: async (message) => void heard.push(message.content) });
    fake.say({ content: 'something private' });
    fake.say({ content: 'something for you', mentionsBot: true });

    await expect.poll(() => heard).toEqual(['', `<@${fake.bot.id}> something for you`]);
  });

  test('a reply to the bot mentions it and shows the message replied to', async () => {
    const referenced: (string | undefined)[] = [];
    await connect({
      onMessage: async (message) => {
        if (message.reference) referenced.push((await message.fetchReference()).content);
        await echo(message);
      },
    });
    const question = fake.say({ content: 'first', mentionsBot: true });
    const [answer] = await fake.answersTo(question.id);
    const further = fake.say({ content: 'and then?', replyTo: answer?.id });

    const [second] = await fake.answersTo(further.id);

    expect(second?.content).toBe('You said: and then?');
    expect(referenced).toEqual([answer?.content]);
    expect(fake.violations).toEqual([]);
  });

  test('a direct message is answered', async () => {
    await connect({ onMessage: echo });
    const question = fake.sayDirectly({ content: 'hello' });

    const [answer] = await fake.answersTo(question.id);

    expect(answer?.content).toBe('You said: hello');
    expect(fake.messagesIn(fake.directChannelId()).map(({ content }) => content)).toEqual(['hello', 'You said: hello']);
    expect(fake.violations).toEqual([]);
  });

  test('a bot without a message cache gets a redelivered message twice', async () => {
    await connect({ onMessage: echo, options: FORGETFUL });
    const question = fake.say({ content: 'again', mentionsBot: true });
    await fake.answersTo(question.id);
    fake.redeliver(question.id);

    expect(await fake.answersTo(question.id, { count: 2 })).toHaveLength(2);
  });

  test('edits and deletions by people and by the bot reach the other side', async () => {
    const seen: string[] = [];
    const bot = await connect({
      onMessage: async (message) => {
        const answer = await message.reply('one');
        await answer.edit('two');
        await message.channel.messages.fetch({ limit: 5 });
        await answer.delete();
      },
    });
    bot.on(Events.MessageUpdate, (_, after) => void seen.push(`edited to ${after.content}`));
    bot.on(Events.MessageDelete, ({ id }) => void seen.push(`deleted ${id}`));
    const question = fake.say({ content: 'a', mentionsBot: true });
    await fake.waitFor('deletion by the bot', () =>
      fake.requests.find(({ method, status }) => method === 'DELETE' && status === 204),
    );
    fake.editMessage({ messageId: question.id, content: `<@${fake.bot.id}> b` });
    fake.deleteMessage(question.id);

    await expect.poll(() => seen).toContain(`deleted ${question.id}`);
    expect(seen).toContain(`edited to <@${fake.bot.id}> b`);
    expect(fake.messagesIn(fake.channelIds[0] ?? '')).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  test('messages deleted in bulk arrive as one event for each channel', async () => {
    const deleted: string[][] = [];
    const bot = await connect({});
    bot.on(Events.MessageBulkDelete, (messages) => void deleted.push([...messages.keys()]));
    const [first, second, third] = [0, 0, 1].map(
      (index) => fake.say({ channelId: fake.channelIds[index], content: 'x', mentionsBot: true }).id,
    );
    await expect.poll(() => bot.channels.cache.get(fake.channelIds[1] ?? '')).toHaveProperty('lastMessageId', third);
    fake.deleteMessages([first, second, third].map(String));

    await expect.poll(() => deleted).toEqual([[first, second], [third]]);
    expect(fake.message(String(first))).toBeUndefined();
  });

  test('the bot can start direct messages, unless the person accepts none', async () => {
    const bot = await connect({});
    const user = await bot.users.fetch(fake.reader.id);
    await user.send('hello');
    fake.closeDirectMessages(fake.otherReader.id);
    const other = await bot.users.fetch(fake.otherReader.id);

    await expect(other.send('hello')).rejects.toMatchObject({ code: 50007, status: 403 });
    expect(fake.messagesIn(fake.directChannelId()).map(({ content }) => content)).toEqual(['hello']);
    expect(fake.violations).toEqual([]);
  });

  test('embeds, buttons, files and v2 components come back as Discord returns them', async () => {
    const embed = new EmbedBuilder().setTitle(' A title ').setDescription('text').setFields({ name: 'n', value: 'v' });
    await connect({
      onMessage: async (message) => {
        await message.reply({
          embeds: [embed],
          components: [buttons('vote:up')],
          files: [new AttachmentBuilder(Buffer.from('quote'), { name: 'a.txt' })],
        });
        await message.reply({
          flags: MessageFlags.IsComponentsV2,
          components: [{ type: 17, components: [{ type: 10, content: 'text' }, { type: 14 }] }],
        });
      },
    });
    const question = fake.say({ content: 'show', mentionsBot: true });

    const [legacy, modern] = await fake.answersTo(question.id, { count: 2 });

    expect(legacy?.embeds[0]?.title).toBe('A title');
    expect(legacy?.attachments[0]).toMatchObject({ filename: 'a.txt', size: 5 });
    expect(modern?.components?.[0]).toMatchObject({ type: 17, spoiler: false });
    expect(fake.violations).toEqual([]);
  });
});

describe('threads', () => {
  test('the bot hears a forum post, answers it, sees it edited and takes commands in it', async () => {
    const created: unknown[] = [];
    const edited: string[] = [];
    const parents: unknown[] = [];
    const bot = await connect({
      onMessage: echo,
      onInteraction: async (interaction) => {
        if (!interaction.isChatInputCommand() || !interaction.channel?.isThread()) return;
        parents.push(interaction.channel.parentId);
        await interaction.reply('here');
      },
    });
    bot.on(
      Events.ThreadCreate,
      ({ id, parent, joined }, isNew) => void created.push([id, parent?.type, joined, isNew]),
    );
    bot.on(Events.MessageUpdate, (_, { content }) => void edited.push(content));
    const { threadId, message } = fake.startForumPost({ name: 'A question', content: 'who?', mentionsBot: true });
    const further = fake.say({ channelId: threadId, content: 'and when?', mentionsBot: true });
    await fake.answersTo(message.id);
    await fake.answersTo(further.id);
    fake.editMessage({ messageId: further.id, content: `<@${fake.bot.id}> and where?` });
    const response = await fake.slash({ name: 'ask', options: { question: 'x' }, channelId: threadId }).response();

    expect(message).toMatchObject({ id: threadId, channel_id: threadId });
    expect(created).toEqual([[threadId, ChannelType.GuildForum, false, true]]);
    expect(parents).toEqual([fake.forumChannelId]);
    expect(response.channel_id).toBe(threadId);
    await expect.poll(() => edited).toEqual([`<@${fake.bot.id}> and where?`]);
    expect(bot.channels.cache.get(threadId)).toMatchObject({ joined: true });
    expect(await bot.channels.fetch(threadId, { force: true })).toMatchObject({ messageCount: 4, memberCount: 2 });
    expect(fake.channelIds).toHaveLength(2);
    expect(() => fake.say({ channelId: fake.forumChannelId, content: 'x' })).toThrow('use startForumPost');
    expect(fake.violations).toEqual([]);
  });

  test('the bot can open a thread from a message, one on its own and a forum post', async () => {
    const ids: string[] = [];
    const bot = await connect({
      onMessage: async (message) => {
        const thread = await message.startThread({ name: 'Sources' });
        await thread.send('in it');
        const { guild, channel } = message;
        if (channel.type !== ChannelType.GuildText) return;
        const other = await channel.threads.create({ name: 'Other', type: ChannelType.PublicThread });
        const forum = await guild?.channels.fetch(fake.forumChannelId);
        if (forum?.type !== ChannelType.GuildForum) return;
        const post = await forum.threads.create({ name: 'Post', message: { content: 'of the bot' } });
        ids.push(thread.id, other.id, post.id);
      },
    });
    const question = fake.say({ content: 'x', mentionsBot: true });
    await expect.poll(() => ids).toHaveLength(3);
    const [own, other, post] = ids;

    expect(own).toBe(question.id);
    expect(
      await send('POST', `/channels/${question.channel_id}/messages/${question.id}/threads`, { name: 'Again' }),
    ).toMatchObject({ code: 160004 });
    expect(fake.message(question.id)?.thread).toMatchObject({ id: own, parent_id: question.channel_id });
    expect([own, post].map((id) => fake.messagesIn(id ?? '').map(({ content }) => content))).toEqual([
      ['in it'],
      ['of the bot'],
    ]);
    const active = await bot.guilds.cache.get(fake.guildId)?.channels.fetchActiveThreads();
    expect(new Set(active?.threads.keys())).toEqual(new Set([own, other, post]));
    expect(fake.violations).toEqual([]);
  });

  test('existing threads are there at the start, and the bot can join one', async () => {
    const about = fake.say({ content: 'x' });
    const [channelId = ''] = fake.channelIds;
    const { threadId } = fake.startThread({ channelId, name: 'Talk', fromMessageId: about.id });
    fake.say({ channelId: threadId, content: 'first', authorId: fake.otherReader.id });
    const bot = await connect({});
    const thread = bot.channels.cache.get(threadId);

    expect(threadId).toBe(about.id);
    expect(thread).toMatchObject({ name: 'Talk', parentId: channelId, joined: false, memberCount: 2 });
    if (thread?.isThread()) await thread.join();
    await expect.poll(() => thread).toMatchObject({ joined: true, memberCount: 3 });
    expect(fake.violations).toEqual([]);
  });
});
