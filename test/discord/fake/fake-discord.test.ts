import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ActionRowBuilder,
  type ApplicationCommandDataResolvable,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  Client,
  type ClientOptions,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  type Interaction,
  type Message,
  MessageFlags,
  Options,
  Partials,
  PermissionFlagsBits,
  type RESTOptions,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { FakeDiscord, type FakeDiscordOptions } from './fake-discord.js';

let fake: FakeDiscord;
let client: Client | undefined;

beforeEach(async () => {
  fake = await FakeDiscord.start();
});

afterEach(async () => {
  await client?.destroy();
  client = undefined;
  await fake.stop();
});

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

  test('a reply to the bot mentions it and shows what it replies to', async () => {
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

  test('a message redelivered by the gateway is heard twice by a bot that keeps none in its cache', async () => {
    await connect({ onMessage: echo, options: forgetful });
    const question = fake.say({ content: 'again', mentionsBot: true });
    await fake.answersTo(question.id);
    fake.redeliver(question.id);

    expect(await fake.answersTo(question.id, { count: 2 })).toHaveLength(2);
  });

  test('edits and deletions by people and by the bot are seen on both sides', async () => {
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
    fake.editSaying({ messageId: question.id, content: `<@${fake.bot.id}> b` });
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

  test('direct messages that the bot begins arrive, unless the person takes none', async () => {
    const bot = await connect({});
    const user = await bot.users.fetch(fake.reader.id);
    await user.send('hello');
    fake.closeDirectMessages(fake.otherReader.id);
    const other = await bot.users.fetch(fake.otherReader.id);

    await expect(other.send('hello')).rejects.toMatchObject({ code: 50007, status: 403 });
    expect(fake.messagesIn(fake.directChannelId()).map(({ content }) => content)).toEqual(['hello']);
    expect(fake.violations).toEqual([]);
  });

  test('embeds, buttons, files and v2 components come back as Discord sends them', async () => {
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
  test('a post of the forum is heard, answered, edited and asked in', async () => {
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
    fake.editSaying({ messageId: further.id, content: `<@${fake.bot.id}> and where?` });
    const response = await fake.slash({ name: 'ask', options: { question: 'x' }, channelId: threadId }).response();

    expect(message).toMatchObject({ id: threadId, channel_id: threadId });
    expect(created).toEqual([[threadId, ChannelType.GuildForum, false, true]]);
    expect(parents).toEqual([fake.forumChannelId]);
    expect(response.channel_id).toBe(threadId);
    await expect.poll(() => edited).toEqual([`<@${fake.bot.id}> and where?`]);
    expect(bot.channels.cache.get(threadId)).toMatchObject({ joined: true });
    expect(await bot.channels.fetch(threadId, { force: true })).toMatchObject({ messageCount: 4, memberCount: 2 });
    expect(fake.channelIds).toHaveLength(2);
    expect(() => fake.say({ channelId: fake.forumChannelId, content: 'x' })).toThrow('start a post');
    expect(fake.violations).toEqual([]);
  });

  test('the bot opens one thread of a message, one by itself and a post', async () => {
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

  test('threads of people are there at the start, and the bot joins one', async () => {
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

describe('interactions', () => {
  test('a deferred slash command is answered by the edit', async () => {
    await connect({
      onInteraction: async (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        await interaction.deferReply({ flags: MessageFlags.Ephemeral });
        await sleep(50);
        await interaction.editReply(`about ${interaction.options.getString('question')}`);
        await interaction.followUp({ content: 'and more', flags: MessageFlags.Ephemeral });
      },
    });
    const asked = fake.slash({ name: 'ask', options: { question: 'Stockholm' } });

    const { type, afterMs, isEphemeral } = await asked.acknowledged();
    const response = await asked.response();

    expect({ type, isEphemeral }).toEqual({ type: 5, isEphemeral: true });
    expect(afterMs).toBeLessThan(1_000);
    expect(response.content).toBe('about Stockholm');
    expect(response.flags).toBe(MessageFlags.Ephemeral);
    expect((await asked.followUps())[0]?.content).toBe('and more');
    expect(fake.violations).toEqual([]);
  });

  test('a direct reply with its response fetched, in direct messages', async () => {
    const ids: (string | undefined)[] = [];
    await connect({
      onInteraction: async (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        const { resource } = await interaction.reply({ content: 'here', withResponse: true });
        ids.push(resource?.message?.id);
      },
    });
    const asked = fake.slash({ name: 'ask', options: { question: 'x' }, direct: true });

    const response = await asked.response();

    expect(response).toMatchObject({ content: 'here', channel_id: fake.directChannelId() });
    await expect.poll(() => ids).toEqual([response.id]);
    expect(fake.violations).toEqual([]);
  });

  test('autocomplete gives the choices', async () => {
    await connect({
      onInteraction: async (interaction) => {
        if (!interaction.isAutocomplete()) return;
        const typed = interaction.options.getFocused();
        await interaction.respond([{ name: `${typed}…`, value: typed }]);
      },
    });

    const choices = await fake
      .autocomplete({ name: 'find', options: { article: 'Sto' }, focused: 'article' })
      .choices();

    expect(choices).toEqual([{ name: 'Sto…', value: 'Sto' }]);
    expect(fake.violations).toEqual([]);
  });

  test('a button updates its message or answers it', async () => {
    await connect({
      onMessage: async (message) =>
        void (await message.reply({ content: 'page 1', components: [buttons('next', 'share')] })),
      onInteraction: async (interaction) => {
        if (!interaction.isButton()) return;
        if (interaction.customId === 'next') await interaction.update({ content: 'page 2' });
        else await interaction.reply('shared');
      },
    });
    const question = fake.say({ content: 'x', mentionsBot: true });
    const [answer] = await fake.answersTo(question.id);
    const messageId = answer?.id ?? '';

    const turned = await fake.pressButton({ messageId, customId: 'next' }).response();
    const shared = await fake.pressButton({ messageId, customId: 'share' }).response();

    expect(turned).toMatchObject({ id: messageId, content: 'page 2' });
    expect(shared).toMatchObject({ content: 'shared', message_reference: { message_id: messageId } });
    expect(() => fake.pressButton({ messageId, customId: 'gone' })).toThrow('no component gone');
    expect(fake.violations).toEqual([]);
  });

  test('an option of a list is chosen, and reactions and typing are taken', async () => {
    const list = { type: 1, components: [{ type: 3, custom_id: 'list', options: [{ label: 'A', value: 'a' }] }] };
    await connect({
      onMessage: async (message) => {
        await message.react('👍');
        await message.channel.fetch();
        if (message.channel.isSendable()) await message.channel.sendTyping();
        await message.reply({ content: 'which?', components: [list] });
      },
      onInteraction: async (interaction) => {
        if (!interaction.isStringSelectMenu()) return;
        await interaction.deferUpdate();
        await interaction.editReply({ content: `chose ${interaction.values.join()}`, components: [] });
      },
    });
    const [answer] = await fake.answersTo(fake.say({ content: 'x', mentionsBot: true }).id);

    const chosen = await fake.selectOption({ messageId: answer?.id ?? '', customId: 'list', values: ['a'] }).response();

    expect(chosen).toMatchObject({ id: answer?.id, content: 'chose a', components: [] });
    expect(fake.violations).toEqual([]);
  });

  test('a message command gets the text of its target', async () => {
    await connect({
      onInteraction: async (interaction) => {
        if (interaction.isMessageContextMenuCommand())
          await interaction.reply(`source of: ${interaction.targetMessage.content}`);
      },
    });
    const claim = fake.say({ content: 'the moon is cheese' });

    const response = await fake.useMessageCommand({ name: 'Find the source', targetId: claim.id }).response();

    expect(response.content).toBe('source of: the moon is cheese');
    expect(fake.violations).toEqual([]);
  });

  test('who asks has a language and permissions, in commands and buttons', async () => {
    await restart({ guildLocale: 'sv-SE' });
    const seen: unknown[] = [];
    await connect({
      onInteraction: async (interaction) => {
        if (!interaction.isRepliable() || !interaction.inGuild()) return;
        const { locale, guildLocale, memberPermissions } = interaction;
        seen.push([locale, guildLocale, memberPermissions.has(PermissionFlagsBits.ManageGuild)]);
        await interaction.reply({ content: 'x', components: [buttons('more')] });
      },
    });
    const options = { question: 'x' };
    const permissions = PermissionFlagsBits.ManageGuild;
    const response = await fake.slash({ name: 'ask', options, locale: 'de', permissions }).response();
    await fake.slash({ name: 'ask', options }).response();
    await fake.pressButton({ messageId: response.id, customId: 'more', locale: 'fr', permissions }).response();

    expect(seen).toEqual([
      ['de', 'sv-SE', true],
      ['en-US', 'sv-SE', false],
      ['fr', 'sv-SE', true],
    ]);
    expect(fake.violations).toEqual([]);
  });

  test('an option of people and one of channels resolve what was chosen', async () => {
    const bot = await connect({
      onInteraction: async (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        const { options } = interaction;
        const member = options.getMember('reader');
        await interaction.reply({
          content: [
            options.getUser('reader')?.username,
            member && 'joined',
            `<#${options.getChannel('channel')?.id}>`,
          ].join(),
          flags: MessageFlags.Ephemeral,
        });
      },
    });
    await bot.application?.commands.set([recommend]);
    const [, channelId = ''] = fake.channelIds;
    const options = { reader: fake.otherReader.id, channel: channelId };

    const inGuild = await fake.slash({ name: 'recommend', options }).response();
    const directly = await fake.slash({ name: 'recommend', options, direct: true }).response();

    expect(inGuild.content).toBe(`linus,joined,<#${channelId}>`);
    expect(directly.content).toBe(`linus,,<#${channelId}>`);
    expect(() => fake.slash({ name: 'recommend', options: { channel: '1' } })).toThrow('No channel 1');
    expect(() => fake.slash({ name: 'recommend', options: { channel: fake.forumChannelId } })).toThrow('not 15');
    expect(fake.violations).toEqual([]);
  });

  test.each([
    ['guild', 0],
    ['direct', 2],
    ['group', 2],
  ] as const)('somebody who installed the bot uses it elsewhere (%s)', async (elsewhere, context) => {
    const seen: unknown[] = [];
    const codes: unknown[] = [];
    const bot = await connect({
      onInteraction: async (interaction) => {
        if (!interaction.isRepliable()) return;
        const { authorizingIntegrationOwners: owners, channelId } = interaction;
        const guild = [interaction.inGuild(), interaction.inCachedGuild()];
        seen.push([interaction.context, owners[ApplicationIntegrationType.UserInstall], ...guild]);
        await interaction.deferReply();
        await interaction.editReply({ content: 'here', components: [buttons('more')] });
        for (const _ of [1, 2, 3, 4, 5]) await interaction.followUp('and more');
        await interaction.followUp('too much').catch(({ code }: { code: unknown }) => codes.push(code));
        expect(await send('GET', `/channels/${channelId}/messages`)).toMatchObject({ code: 50001 });
      },
    });
    const options = { question: 'x' };
    const everywhere = { name: 'ask', description: 'Ask', options: [{ type: 3, name: 'question', description: 'x' }] };
    await bot.application?.commands.set([{ ...everywhere, contexts: [0, 1], integrationTypes: [0] }]);
    expect(() => fake.slash({ name: 'ask', options, userInstalled: true, elsewhere })).toThrow('not here');
    await bot.application?.commands.set([{ ...everywhere, contexts: [0, 1, 2], integrationTypes: [0, 1] }]);

    const response = await fake.slash({ name: 'ask', options, userInstalled: true, elsewhere }).response();
    const pressed = await fake.pressButton({ messageId: response.id, customId: 'more' }).response();

    expect([response, pressed].map(({ channel_id }) => channel_id)).toEqual(
      Array(2).fill(fake.foreignChannelId(elsewhere)),
    );
    const first = [context, fake.reader.id, elsewhere === 'guild', false];
    await expect.poll(() => seen).toEqual([first, first]);
    await expect.poll(() => codes).toEqual([40094, 40094]);
    expect(fake.violations).toEqual([]);
  });

  test('only the person chosen in an option may be pinged, and only a new message does it', async () => {
    const { id: chosen } = fake.otherReader;
    const allowedMentions = { parse: [], users: [chosen] };
    const card = {
      components: [{ type: 10, content: `For <@${chosen}>` }],
      flags: MessageFlags.IsComponentsV2,
    } as const;
    const bot = await connect({
      onInteraction: async (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        await interaction.deferReply();
        await interaction.editReply({ ...card, allowedMentions });
        await interaction.followUp({ ...card, allowedMentions });
        await interaction.followUp(`Not <@${chosen}>`);
        await interaction.followUp({ content: 'x', allowedMentions: { parse: [], users: [fake.reader.id] } });
      },
    });
    await bot.application?.commands.set([recommend]);
    const asked = fake.slash({ name: 'recommend', options: { reader: chosen } });
    const sent = [await asked.response(), ...(await asked.followUps({ count: 3 }))];

    expect(sent.map(({ mentions }) => mentions.length)).toEqual([1, 1, 0, 0]);
    expect(sent.map(({ id }) => fake.pinged(id))).toEqual([[], [chosen], [], []]);
    expect(fake.violations).toEqual([expect.stringContaining(`could ping: ["${fake.reader.id}"]`)]);
  });

  test('a late callback is refused with 10062 and noted', async () => {
    await restart({ callbackDeadlineMs: 100 });
    const codes: unknown[] = [];
    await connect({
      onInteraction: async (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        await sleep(200);
        await interaction.reply('late').catch((error: { code: unknown }) => codes.push(error.code));
      },
    });
    fake.slash({ name: 'ask', options: { question: 'x' } });

    await expect.poll(() => codes).toEqual([10062]);
    expect(fake.violations).toEqual(['/ask was not acknowledged within 100 ms']);
  });

  test('a second callback gets 40060, an unknown token 50027, an edit before the callback 10015', async () => {
    await connect({});
    const asked = fake.slash({ name: 'ask', options: { question: 'x' } });
    const original = (token: string) => `/webhooks/${fake.bot.id}/${token}/messages/@original`;
    const edit = { content: 'x', allowed_mentions: { parse: [] } };

    expect(await send('PATCH', original(asked.token), edit)).toMatchObject({ code: 10015 });
    expect(await send('POST', `/interactions/${asked.id}/${asked.token}/callback`, { type: 5 })).toBeUndefined();
    expect(await send('POST', `/interactions/${asked.id}/${asked.token}/callback`, { type: 5 })).toMatchObject({
      code: 40060,
    });
    expect(await send('PATCH', original(encodeURIComponent('no such')), edit)).toMatchObject({ code: 50027 });
    expect(await send('PATCH', original(asked.token).replace('@', '%40'), edit)).toMatchObject({ content: 'x' });
    asked.expireToken();
    expect(await send('PATCH', original(asked.token), edit)).toMatchObject({ code: 50027 });
    expect(fake.violations).toEqual([]);
  });

  test('what a person could not send is not sent', async () => {
    await connect({});

    expect(() => fake.slash({ name: 'nothing' })).toThrow('Registered: ask');
    expect(() => fake.slash({ name: 'ask' })).toThrow('needs the option question');
    expect(() => fake.slash({ name: 'find', options: { article: 'x', kind: 'poem' } })).toThrow(
      'Discord would not let',
    );
    expect(() => fake.autocomplete({ name: 'ask', focused: 'question' })).toThrow('no autocomplete');
  });
});

describe('v2 components', () => {
  const flags = MessageFlags.IsComponentsV2;
  const card = (title: string) => [
    {
      type: 17,
      id: 7,
      accent_color: 0xff0000,
      components: [
        {
          type: 9,
          components: [{ type: 10, content: title }],
          accessory: { type: 2, style: 5, label: 'Open', url: 'https://example.org/a' },
        },
        { type: 14, divider: true, spacing: 2 },
        { type: 10, content: 'text', id: 2 },
        { type: 1, components: [{ type: 2, style: 2, label: 'More', custom_id: 'more' }] },
        {
          type: 1,
          components: [
            {
              type: 3,
              custom_id: 'list',
              placeholder: 'which?',
              options: [{ label: 'A', value: 'a', description: 'first', default: true }],
            },
          ],
        },
      ],
    },
  ];

  test('are taken by the edit of a deferred response, by a callback, a message and their edits', async () => {
    await connect({
      onMessage: async (message) => {
        const answer = await message.reply({ flags, components: card('one') });
        await answer.edit({ components: card('two') });
      },
      onInteraction: async (interaction) => {
        if (interaction.isButton()) await interaction.update({ flags, components: card('next') });
        if (interaction.isStringSelectMenu()) await interaction.reply({ flags, components: card('chosen') });
        if (!interaction.isChatInputCommand()) return;
        await interaction.deferReply();
        await interaction.editReply({ content: null, flags, components: card('asked') });
        await interaction.editReply({ components: card('changed') });
      },
    });
    const question = fake.say({ content: 'x', mentionsBot: true });
    await fake.waitFor('edit', () => fake.requests.find(({ method, status }) => method === 'PATCH' && status === 200));
    const [answer] = await fake.answersTo(question.id);
    const asked = await fake.slash({ name: 'ask', options: { question: 'x' } }).response();
    const turned = await fake.pressButton({ messageId: asked.id, customId: 'more' }).response();
    const chosen = await fake.selectOption({ messageId: asked.id, customId: 'list', values: ['a'] }).response();

    expect([answer, turned, chosen].map((message) => message?.flags)).toEqual([flags, flags, flags]);
    expect(JSON.stringify([answer, turned, chosen].map((message) => message?.components))).toMatch(
      /"two".*"next".*"chosen"/,
    );
    expect(chosen.components?.[0]).toMatchObject({ id: 7, components: [{ id: 1 }, { id: 5 }, { id: 2 }, {}, {}] });
    expect(fake.violations).toEqual([]);
  });

  test('too many bytes are a fault of the server, and text beside them is refused', async () => {
    await connect({});
    const path = `/channels/${fake.channelIds[0]}/messages`;
    const quiet = { allowed_mentions: { parse: [] } };
    const large = [{ type: 10, content: '誰'.repeat(3_500) }];
    const legacy = (await send('POST', path, { content: 'x', ...quiet })) as { id: string };

    expect(await send('POST', path, { flags, components: large, ...quiet })).toMatchObject({
      message: '500: Internal Server Error',
    });
    const edit = { flags, components: card('x'), ...quiet };
    expect(await send('PATCH', `${path}/${legacy.id}`, edit)).toMatchObject({ code: 50035 });
    expect(await send('PATCH', `${path}/${legacy.id}`, { ...edit, content: null })).toMatchObject({
      content: '',
      flags,
    });
    expect(fake.violations).toEqual([expect.stringContaining('bytes of a v2 payload: 10')]);
  });
});

describe('commands', () => {
  test('registration keeps ids, and localisations are shown only when asked for', async () => {
    const bot = await connect({});
    const [before] = fake.commands.map(({ id }) => id);
    await bot.application?.commands.create({ name: 'ask', description: 'Changed', nameLocalizations: { de: 'frage' } });
    const plain = await send('GET', `/applications/${fake.bot.id}/commands`);
    const full = await send('GET', `/applications/${fake.bot.id}/commands?with_localizations=true`);

    expect(fake.commands[0]).toMatchObject({ id: before, description: 'Changed' });
    expect(JSON.stringify(plain)).not.toContain('frage');
    expect(JSON.stringify(full)).toContain('frage');
    await bot.application?.commands.edit(before ?? '', { description: 'Edited' });
    await bot.application?.commands.delete(before ?? '');
    expect(fake.commands.map(({ name }) => name)).toEqual(['find', 'Find the source']);
    await bot.application?.commands.set([{ name: 'here', description: 'Only here' }], fake.guildId);
    expect(fake.commands.at(-1)).toMatchObject({ name: 'here', guild_id: fake.guildId });
    expect(fake.violations).toEqual([]);
  });

  test('a bad command is refused and noted', async () => {
    const bot = await connect({});
    const bad = bot.application?.commands.set([{ name: 'Ask', description: 'x' }]);

    await expect(bad).rejects.toMatchObject({ code: 50035 });
    expect(fake.violations.join()).toContain('"Ask" is no name');
  });
});

test('the application shows the privileged intents that are switched on', async () => {
  await restart({ grantedIntents: GatewayIntentBits.MessageContent });
  const { application } = await connect({});
  const atStart = application?.flags.toArray();
  await application?.fetch();

  expect(atStart).toEqual(['GatewayMessageContentLimited']);
  expect(application?.flags.toArray()).toEqual(atStart);
  expect(fake.violations).toEqual([]);
});

describe('violations', () => {
  test('text that could ping, an endpoint that is missing and a fault of the schema are named', async () => {
    await connect({});
    const path = `/channels/${fake.channelIds[0]}/messages`;
    await send('POST', path, { content: '@everyone' });
    await send('POST', path, { content: 'x', allowed_mentions: { parse: ['users'] } });
    const refusal = await send('POST', path, { embeds: [{ title: 'x'.repeat(257) }], allowed_mentions: { parse: [] } });
    await send('GET', '/guilds/1/emojis');

    expect(refusal).toMatchObject({ code: 50035, errors: { embeds: { 0: { title: {} } } } });
    expect(fake.violations).toEqual([
      expect.stringContaining('allowed_mentions: missing'),
      expect.stringContaining('could ping: ["users"]'),
      expect.stringMatching(/schema: embeds\.0\.title: Too big/),
      expect.stringContaining('no such endpoint'),
    ]);
  });

  test('a wait that times out shows the recent requests', async () => {
    await connect({});
    const question = fake.say({ content: 'x', mentionsBot: true });

    await expect(fake.answersTo(question.id, { timeoutMs: 50 })).rejects.toThrow(
      /within 50 ms[\s\S]*PUT \/applications[\s\S]*MESSAGE_CREATE/,
    );
  });
});

describe('faults of requests', () => {
  const posting = { method: 'POST', path: /\/messages$/ };

  test('a 500 after acting posts once with enforceNonce and twice without', async () => {
    const answersWith = async (enforceNonce: boolean) => {
      await client?.destroy();
      await connect({ onMessage: echo, options: { enforceNonce } });
      fake.faults.respond({ ...posting, status: 500, afterActing: true });
      const question = fake.say({ content: 'once?', mentionsBot: true });
      return (await fake.answersTo(question.id, { settleMs: 200 })).length;
    };

    expect(await answersWith(true)).toBe(1);
    expect(await answersWith(false)).toBe(2);
    expect(fake.violations).toEqual([]);
  });

  test('a 429 is waited out', async () => {
    await connect({ onMessage: echo });
    fake.faults.rateLimit({ ...posting, retryAfterMs: 300 });
    const question = fake.say({ content: 'slowly', mentionsBot: true });
    await fake.answersTo(question.id);
    const [first, second] = fake.requests.filter(({ path }) => path.endsWith('/messages'));

    expect(first?.status).toBe(429);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(295);
    expect(fake.violations).toEqual([]);
  });

  test('coming back before a rate limit is over is a violation', async () => {
    await connect({});
    fake.faults.rateLimit({ ...posting, retryAfterMs: 5_000, scope: 'global' });
    const path = `/channels/${fake.channelIds[0]}/messages`;
    await send('POST', path, {});
    // At the same moment it could have been on its way.
    await sleep(60);
    await send('GET', '/users/@me');

    expect(fake.violations.join()).toMatch(/GET \/users\/@me: came \d+ ms before/);
  });

  test('a hanging request is given up and tried again', async () => {
    await connect({ onMessage: echo, rest: { timeout: 200 } });
    fake.faults.hang(posting);
    const question = fake.say({ content: 'hello?', mentionsBot: true });

    expect(await fake.answersTo(question.id)).toHaveLength(1);
  });

  test('a destroyed socket loses the answer, before acting or after', async () => {
    const failures: string[] = [];
    await connect({
      onMessage: async (message) => {
        await echo(message).catch((error: Error) => failures.push(error.message));
      },
    });
    fake.faults.destroySocket({ ...posting, when: 'before' });
    fake.faults.destroySocket({ ...posting, when: 'after' });
    const lost = fake.say({ content: 'a', mentionsBot: true });
    await expect.poll(() => failures).toHaveLength(1);
    const kept = fake.say({ content: 'b', mentionsBot: true });

    expect(await fake.answersTo(kept.id)).toHaveLength(1);
    expect(await fake.answersTo(lost.id, { count: 0 })).toHaveLength(0);
    await expect.poll(() => failures).toHaveLength(2);
  });

  test('a delayed request and an HTML error are passed on', async () => {
    await connect({ onMessage: echo, rest: { retries: 0 } });
    fake.faults.delay({ ...posting, delayMs: 150 });
    const question = fake.say({ content: 'x', mentionsBot: true });
    const saidAt = performance.now();
    await fake.answersTo(question.id);
    expect(performance.now() - saidAt).toBeGreaterThan(140);

    fake.faults.respond({ path: /users/, status: 502, body: '<html>Bad gateway</html>' });
    const response = await fetch(`${fake.api}/v10/users/@me`);
    expect(response.headers.get('content-type')).toBe('text/html');
  });
});

describe('faults of the connection', () => {
  test('a dropped socket resumes and what was said meanwhile is answered', async () => {
    await connect({ onMessage: echo });
    fake.dropSockets();
    await fake.waitFor('drop', () => (fake.connections.isConnected ? undefined : true));
    const question = fake.say({ content: 'in the gap', mentionsBot: true });

    expect(await fake.answersTo(question.id)).toHaveLength(1);
    expect(fake.connections).toMatchObject({ identifies: 1, resumes: 1 });
    expect(fake.violations).toEqual([]);
  });

  test('a resumed session can replay a message the bot already had', async () => {
    await connect({ onMessage: echo, options: forgetful });
    const question = fake.say({ content: 'twice', mentionsBot: true });
    await fake.answersTo(question.id);
    fake.redeliverOnResume(question.id);
    fake.dropSockets();

    expect(await fake.answersTo(question.id, { count: 2 })).toHaveLength(2);
  });

  test('an invalid session identifies again', async () => {
    await connect({ onMessage: echo });
    fake.invalidateSessions(false);
    await fake.waitFor('second identify', () =>
      fake.connections.identifies === 2 && fake.connections.isConnected ? true : undefined,
    );
    const question = fake.say({ content: 'still there?', mentionsBot: true });

    expect(await fake.answersTo(question.id)).toHaveLength(1);
    expect(fake.violations).toEqual([]);
  }, 15_000);

  test('what is said after the sessions are forgotten is found by looking back', async () => {
    const heard: string[] = [];
    const bot = await connect({ onMessage: async ({ id }) => void heard.push(id) });
    const [channelId = ''] = fake.channelIds;
    const before = fake.say({ content: 'before', mentionsBot: true });
    await expect.poll(() => heard).toEqual([before.id]);
    fake.forgetSessions();
    const missed = fake.say({ content: 'in the gap', mentionsBot: true });
    const other = fake.say({ content: 'not for the bot' });
    await fake.waitFor('second identify', () => (fake.connections.identifies === 2 ? true : undefined));
    await expect.poll(() => bot.channels.cache.get(channelId)).toHaveProperty('lastMessageId', other.id);
    const channel = bot.channels.cache.get(channelId);
    const found = channel?.isTextBased() ? await channel.messages.fetch({ after: before.id, limit: 10 }) : undefined;

    expect(found?.map(({ id, content }) => [id, content])).toEqual([
      [other.id, ''],
      [missed.id, missed.content],
    ]);
    expect(fake.connections).toMatchObject({ identifies: 2, resumes: 1 });
    expect(heard).toEqual([before.id]);
    expect(fake.violations).toEqual([]);
  }, 15_000);

  test('two shards identify, and one of them has the guild', async () => {
    await restart({ shards: 2, maxConcurrency: 2 });
    const bot = await connect({ onMessage: echo, options: { shards: 'auto' } });
    await expect
      .poll(() => [...fake.identifiedShards].sort(([one], [other]) => one - other))
      .toEqual([
        [0, 2],
        [1, 2],
      ]);
    await expect.poll(() => bot.isReady()).toBe(true);
    const question = fake.say({ content: 'where?', mentionsBot: true });

    expect(await fake.answersTo(question.id)).toHaveLength(1);
    expect(await fake.answersTo(fake.sayDirectly({ content: 'and here?' }).id)).toHaveLength(1);
    expect(bot.guilds.cache.get(fake.guildId)?.shardId).toBe(Number((BigInt(fake.guildId) >> 22n) % 2n));
    expect(fake.violations).toEqual([]);
  });

  test('unanswered heartbeats make the bot resume', async () => {
    await restart({ heartbeatIntervalMs: 100 });
    await connect({ onMessage: echo });
    fake.muteHeartbeatAcks();
    await fake.waitFor('resume', () => (fake.connections.resumes > 0 ? true : undefined));
    fake.muteHeartbeatAcks(false);
    const question = fake.say({ content: 'still there?', mentionsBot: true });

    expect(await fake.answersTo(question.id)).toHaveLength(1);
  });

  test('opcode 7 makes the bot resume', async () => {
    await connect({ onMessage: echo });
    fake.requestReconnect();
    await fake.waitFor('resume', () =>
      fake.connections.resumes === 1 && fake.connections.isConnected ? true : undefined,
    );
    expect(fake.connections.identifies).toBe(1);
  });

  test('a refused upgrade is tried again', async () => {
    fake.refuseUpgrades(1);
    await connect({ onMessage: echo });
    const question = fake.say({ content: 'hello', mentionsBot: true });

    expect(await fake.answersTo(question.id)).toHaveLength(1);
  });

  test('a resume that is never answered leaves the bot deaf', async () => {
    await connect({ onMessage: echo });
    fake.muteResume();
    fake.dropSockets();
    await fake.waitFor('resume', () => (fake.connections.resumes === 1 ? true : undefined));
    const question = fake.say({ content: 'hello?', mentionsBot: true });

    expect(await fake.answersTo(question.id, { count: 0, settleMs: 100 })).toEqual([]);
  });

  test.each([
    ['an unknown opcode', '{"op":99}', 4001],
    ['no JSON', 'hello', 4002],
    ['too large a payload', JSON.stringify({ op: 1, d: 'x'.repeat(4_096) }), 4002],
    ['a presence before IDENTIFY', '{"op":3,"d":{}}', 4003],
    ['unknown intents', '{"op":2,"d":{"token":"TOKEN","intents":2147483648}}', 4013],
    ['a shard that is not there', '{"op":2,"d":{"token":"TOKEN","intents":1,"shard":[1,1]}}', 4010],
  ])('%s is closed with a code of its own', async (_, payload, code) => {
    const socket = new WebSocket(`${fake.api.replace('http', 'ws').replace('/api', '')}/?v=10&encoding=json`);
    socket.once('open', () => socket.send(payload.replace('TOKEN', fake.token)));
    const [received] = await once(socket, 'close');

    expect(received).toBe(code);
    expect(fake.violations).toHaveLength(1);
  });

  test('4004 ends the connection for good', async () => {
    const bot = await connect({});
    const codes: number[] = [];
    bot.on(Events.ShardDisconnect, ({ code }) => void codes.push(code));
    fake.closeWith(4004);

    await expect.poll(() => codes).toEqual([4004]);
    await sleep(100);
    expect(fake.connections).toMatchObject({ identifies: 1, resumes: 0, isConnected: false });
  });

  test('a refused token and a privileged intent are refused at login', async () => {
    const greedy = connect({ options: { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent] } });
    await expect(greedy).rejects.toThrow(/disallowed intents/i);
    expect(fake.violations).toEqual([expect.stringContaining('privileged intents 32768 are not granted')]);

    fake.refuseToken();
    await expect(connect({})).rejects.toThrow(/invalid token/i);
  });
});

const recommend: ApplicationCommandDataResolvable = {
  name: 'recommend',
  description: 'Recommend an article',
  options: [
    { type: ApplicationCommandOptionType.User, name: 'reader', description: 'To whom' },
    { type: ApplicationCommandOptionType.Channel, name: 'channel', description: 'Where', channelTypes: [0, 5] },
  ],
};

/** discord.js itself drops a MESSAGE_CREATE of a message in its cache, and forgets what is no longer there. */
const forgetful: Partial<ClientOptions> = { makeCache: Options.cacheWithLimits({ MessageManager: 0 }) };

interface Behaviour {
  readonly onMessage?: (message: Message) => Promise<void>;
  readonly onInteraction?: (interaction: Interaction) => Promise<void>;
  readonly options?: Partial<ClientOptions>;
  readonly rest?: Partial<RESTOptions>;
}

async function restart(options: FakeDiscordOptions): Promise<void> {
  await fake.stop();
  fake = await FakeDiscord.start(options);
}

/** Logs a small bot in and registers its commands. */
async function connect({ onMessage, onInteraction, options, rest }: Behaviour): Promise<Client> {
  const bot = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    enforceNonce: true,
    rest: { api: fake.api, ...rest },
    // discord.js waits 5 s between two identifies.
    ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
    ...options,
  });
  client = bot;
  const failed = (error: unknown) => fake.violations.push(`the test's bot failed: ${String(error)}`);
  bot.on(Events.MessageCreate, (message) => {
    if (!message.author.bot) onMessage?.(message).catch(failed);
  });
  bot.on(Events.InteractionCreate, (interaction) => void onInteraction?.(interaction).catch(failed));
  await bot.login(fake.token);
  await bot.application?.commands.set([
    {
      name: 'ask',
      description: 'Ask the articles',
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'question',
          description: 'What to ask',
          required: true,
          maxLength: 500,
        },
      ],
    },
    {
      name: 'find',
      description: 'Find an article',
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'article',
          description: 'Its title',
          required: true,
          autocomplete: true,
        },
        {
          type: ApplicationCommandOptionType.String,
          name: 'kind',
          description: 'Its kind',
          choices: [{ name: 'News', value: 'news' }],
        },
      ],
    },
    { name: 'Find the source', type: ApplicationCommandType.Message },
  ]);
  return bot;
}

async function echo(message: Message): Promise<void> {
  await message.reply(`You said: ${message.content}`);
}

function buttons(...customIds: string[]): ActionRowBuilder<ButtonBuilder> {
  const made = customIds.map((id) => new ButtonBuilder().setCustomId(id).setLabel(id).setStyle(ButtonStyle.Secondary));
  return new ActionRowBuilder<ButtonBuilder>().addComponents(made);
}

/** A request as the bot would send it, without discord.js in between. */
async function send(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${fake.api}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${fake.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return response.status === 204 ? undefined : response.json();
}
