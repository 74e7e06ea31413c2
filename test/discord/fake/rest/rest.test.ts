import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayIntentBits, MessageFlags } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { connect, disconnect, echo, fake, restart, send, useFakeDiscord } from '../test-bot.js';

useFakeDiscord();

describe('commands', () => {
  test('keep their ids when registered again, and show translations only on request', async () => {
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

  test('are refused if they are bad, which is a violation', async () => {
    const bot = await connect({});
    const bad = bot.application?.commands.set([{ name: 'Ask', description: 'x' }]);

    await expect(bad).rejects.toMatchObject({ code: 50035 });
    expect(fake.violations.join()).toContain('"Ask" is not a valid name');
  });
});

test('the application shows which privileged intents are switched on', async () => {
  await restart({ grantedIntents: GatewayIntentBits.MessageContent });
  const { application } = await connect({});
  const atStart = application?.flags.toArray();
  await application?.fetch();

  expect(atStart).toEqual(['GatewayMessageContentLimited']);
  expect(application?.flags.toArray()).toEqual(atStart);
  expect(fake.violations).toEqual([]);
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

  test('are accepted in a message, a callback, a deferred response and the edits of all three', async () => {
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

  test('are a server error if they are too large, and are refused beside text', async () => {
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
    expect(fake.violations).toEqual([expect.stringContaining('v2 payload bytes: 10')]);
  });
});

describe('violations', () => {
  test('name text that could ping, a missing endpoint and a mismatch with the schema', async () => {
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

describe('faults', () => {
  const posting = { method: 'POST', path: /\/messages$/ };

  test('a retry after a 500 that did post posts once with enforceNonce and twice without', async () => {
    const answersWith = async (enforceNonce: boolean) => {
      await disconnect();
      await connect({ onMessage: echo, options: { enforceNonce } });
      fake.faults.respond({ ...posting, status: 500, afterActing: true });
      const question = fake.say({ content: 'once?', mentionsBot: true });
      return (await fake.answersTo(question.id, { settleMs: 200 })).length;
    };

    expect(await answersWith(true)).toBe(1);
    expect(await answersWith(false)).toBe(2);
    expect(fake.violations).toEqual([]);
  });

  test('the bot waits until a 429 is over', async () => {
    await connect({ onMessage: echo });
    fake.faults.rateLimit({ ...posting, retryAfterMs: 300 });
    const question = fake.say({ content: 'slowly', mentionsBot: true });
    await fake.answersTo(question.id);
    const [first, second] = fake.requests.filter(({ path }) => path.endsWith('/messages'));

    expect(first?.status).toBe(429);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(295);
    expect(fake.violations).toEqual([]);
  });

  test('a request before a rate limit is over is a violation', async () => {
    await connect({});
    fake.faults.rateLimit({ ...posting, retryAfterMs: 5_000, scope: 'global' });
    const path = `/channels/${fake.channelIds[0]}/messages`;
    await send('POST', path, {});
    // A request in the same moment could have been on its way.
    await sleep(60);
    await send('GET', '/users/@me');

    expect(fake.violations.join()).toMatch(/GET \/users\/@me: came \d+ ms before/);
  });

  test('a request that hangs is given up and tried again', async () => {
    await connect({ onMessage: echo, rest: { timeout: 200 } });
    fake.faults.hang(posting);
    const question = fake.say({ content: 'hello?', mentionsBot: true });

    expect(await fake.answersTo(question.id)).toHaveLength(1);
  });

  test('a destroyed socket loses the request or only its answer', async () => {
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

  test('a request can be delayed, and answered with HTML', async () => {
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
