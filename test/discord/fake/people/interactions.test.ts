import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationIntegrationType, MessageFlags, PermissionFlagsBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { buttons, connect, fake, RECOMMEND, restart, send, useFakeDiscord } from '../test-bot.js';

useFakeDiscord();

describe('interactions', () => {
  test('editing a deferred response answers a slash command', async () => {
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

  test('a slash command in direct messages can be answered at once, and the bot gets its message back', async () => {
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

  test('autocomplete returns the choices', async () => {
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

  test('a button can update its message or answer it', async () => {
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

  test('a list option can be chosen, and reactions and typing are accepted', async () => {
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

  test('commands and buttons carry the language and the permissions of the person', async () => {
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

  test('user and channel options resolve what was chosen', async () => {
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
    await bot.application?.commands.set([RECOMMEND]);
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
  ] as const)('a person who installed the bot can use it where it is not (%s)', async (elsewhere, context) => {
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

  test('only a person chosen in an option may be pinged, and only by a new message', async () => {
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
    await bot.application?.commands.set([RECOMMEND]);
    const asked = fake.slash({ name: 'recommend', options: { reader: chosen } });
    const sent = [await asked.response(), ...(await asked.followUps({ count: 3 }))];

    expect(sent.map(({ mentions }) => mentions.length)).toEqual([1, 1, 0, 0]);
    expect(sent.map(({ id }) => fake.pinged(id))).toEqual([[], [chosen], [], []]);
    expect(fake.violations).toEqual([expect.stringContaining(`could ping: ["${fake.reader.id}"]`)]);
  });

  test('a late callback is refused with 10062 and is a violation', async () => {
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

  test('a command that the Discord client would refuse throws', async () => {
    await connect({});

    expect(() => fake.slash({ name: 'nothing' })).toThrow('Registered: ask');
    expect(() => fake.slash({ name: 'ask' })).toThrow('needs the option question');
    expect(() => fake.slash({ name: 'find', options: { article: 'x', kind: 'poem' } })).toThrow(
      'Discord would not let',
    );
    expect(() => fake.autocomplete({ name: 'ask', focused: 'question' })).toThrow('no autocomplete');
  });
});
