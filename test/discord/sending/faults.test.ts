import { setTimeout as sleep } from 'node:timers/promises';
import { type APIMessage, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, describe, expect, test } from 'vitest';
import { CALLBACK, EDIT, REPLY } from '../bot/requests.js';
import { ANSWERED_QUESTION } from '../bot/seeds.js';
import { choose, openSettings } from '../bot/settings-card.js';
import { textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';

const HTML = '<html><h1>502 Bad Gateway</h1><p>cloudflare</p></html>';

const bot = useBot();

afterEach(async () => {
  bot.fake.faults.clear();
  // After a refusal the bot tries again when something about the channel changes.
  for (const channelId of bot.fake.channelIds) bot.fake.changeChannel(channelId);
  // Whatever went wrong, the bot answers the next question.
  expect(textOf(await ask().response())).toContain('**Answered**');
});

function ask() {
  return bot.fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } });
}

function mention(channel = 0) {
  const channelId = bot.fake.channelIds[channel] ?? '';
  return bot.fake.say({ content: ANSWERED_QUESTION, mentionsBot: true, channelId });
}

/** Asks, and expects exactly one answer. */
async function expectOneAnswerToMention(timeoutMs = 8_000): Promise<void> {
  const answers = await bot.fake.answersTo(mention().id, { timeoutMs, settleMs: 300 });
  expect(answers.map(textOf)).toEqual([expect.stringContaining('**Answered**')]);
}

/** The same for `/ask`. */
async function expectOneAnswerToCommand(timeoutMs = 8_000): Promise<void> {
  const channelId = bot.fake.channelIds[1] ?? '';
  const before = bot.fake.messagesIn(channelId).length;
  const asked = bot.fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION }, channelId });
  expect(textOf(await asked.response({ timeoutMs }))).toContain('**Answered**');
  await sleep(300);
  expect(bot.fake.messagesIn(channelId)).toHaveLength(before + 1);
}

describe('people see exactly one answer even if', () => {
  const faults = [
    ['Discord answers 500 before acting', { status: 500 }],
    ['Discord answers 500 after acting', { status: 500, afterActing: true }],
    ['Discord answers 502 in HTML twice before acting', { status: 502, body: HTML, times: 2 }],
    ['Discord answers 502 in HTML after acting', { status: 502, body: HTML, afterActing: true }],
  ] as const;

  test.each(faults)('%s when the bot replies', async (_, fault) => {
    bot.fake.faults.respond({ ...REPLY, ...fault });
    await expectOneAnswerToMention();
  });

  test.each(faults)('%s when the bot acknowledges a command', async (_, fault) => {
    bot.fake.faults.respond({ ...CALLBACK, ...fault });
    await expectOneAnswerToCommand();
  });

  test.each(faults)('%s when the bot edits its response', async (_, fault) => {
    bot.fake.faults.respond({ ...EDIT, ...fault });
    await expectOneAnswerToCommand();
  });

  test.each(['before', 'after'] as const)('the connection breaks during the reply %s Discord acts', async (when) => {
    bot.fake.faults.destroySocket({ ...REPLY, when });
    await expectOneAnswerToMention();
  });

  test.each(['before', 'after'] as const)(
    'the connection breaks twice during the edit %s Discord acts',
    async (when) => {
      bot.fake.faults.destroySocket({ ...EDIT, when, times: 2 });
      await expectOneAnswerToCommand();
    },
  );

  test('the connection breaks during the acknowledgement before Discord acts', async () => {
    bot.fake.faults.destroySocket({ ...CALLBACK, when: 'before' });
    await expectOneAnswerToCommand(2_000);
  });

  test('the connection breaks during the acknowledgement after Discord acts', async () => {
    bot.fake.faults.destroySocket({ ...CALLBACK, when: 'after' });
    await expectOneAnswerToCommand(2_000);
  });

  test('Discord rate-limits the reply and the edit', async () => {
    bot.fake.faults.rateLimit({ ...REPLY, retryAfterMs: 400 });
    bot.fake.faults.rateLimit({ ...EDIT, retryAfterMs: 400 });
    const askedAt = performance.now();
    await Promise.all([expectOneAnswerToMention(), expectOneAnswerToCommand()]);

    expect(performance.now() - askedAt).toBeGreaterThan(395);
  });

  test('Discord rate-limits the acknowledgement', async () => {
    bot.fake.faults.rateLimit({ ...CALLBACK, retryAfterMs: 300 });
    await expectOneAnswerToCommand();
  });

  test('Discord rate-limits all requests', async () => {
    bot.fake.faults.rateLimit({ ...REPLY, retryAfterMs: 500, scope: 'global' });
    await expectOneAnswerToMention();
  });

  test('the typing indicator fails', async () => {
    bot.fake.faults.respond({ path: /\/typing$/, status: 500, times: 4 });
    bot.fake.faults.respond({ path: /\/typing$/, status: 403 });
    await expectOneAnswerToMention();
    await expectOneAnswerToMention();
  });

  test('the reply and the edit hang: both time out and are sent again, and other questions do not wait', async () => {
    const before = unanswered();
    bot.fake.faults.hang(REPLY);
    bot.fake.faults.hang(EDIT);
    const slowReply = mention(0);
    const slowEdit = ask();
    await bot.fake.waitFor('both requests', () => (unanswered() === before + 2 ? true : undefined));
    expect(textOf(await ask().response())).toContain('**Answered**');
    expect(await bot.fake.answersTo(mention(1).id)).toHaveLength(1);
    expect(unanswered()).toBe(before + 2);
    expect(textOf(await slowEdit.response({ timeoutMs: 10_000 }))).toContain('**Answered**');

    expect(await bot.fake.answersTo(slowReply.id, { timeoutMs: 10_000, settleMs: 200 })).toHaveLength(1);
  });
});

/** Discord's answer to what may not be posted. */
function refusal(code: number, status = 403) {
  return { status, body: { code, message: 'Refused' } };
}

describe('nobody is left with “thinking…”', () => {
  const AUTOMOD = refusal(200_000, 400);
  const BLOCKED = 'A filter of this server or of Discord doesn’t let me post the answer here.';

  test('if AutoMod refuses the answer to a command: it says so instead', async () => {
    bot.fake.faults.respond({ ...EDIT, ...AUTOMOD });
    const response = await ask().response();
    expect(textOf(response)).toContain(BLOCKED);
  });

  test('if AutoMod refuses whatever is said there: only the person who asked sees the answer', async () => {
    bot.fake.faults.respond({ ...EDIT, ...AUTOMOD, times: 2 });
    const command = ask();
    const [shown] = await command.followUps();
    expect(textOf(shown as APIMessage)).toContain('**Answered**');
    await command.deleted();
  });

  test.each([
    ['the bot has lost its access', 50_001],
    ['the thread was archived', 50_083],
    ['Discord holds the content for explicit', 20_009],
  ])('if %s: the person who asked sees the answer, or why there is none', async (_, code) => {
    bot.fake.faults.respond({ ...EDIT, ...refusal(code), times: code === 20_009 ? 2 : 1 });
    const command = ask();
    const [shown] = await command.followUps();
    expect(textOf(shown as APIMessage)).toContain('**Answered**');
    await command.deleted();
  });

  test('if Discord fails for a while: the answer is sent again later', async () => {
    bot.fake.faults.respond({ ...EDIT, status: 503, times: 4 });
    expect(textOf(await ask().response({ timeoutMs: 8_000 }))).toContain('**Answered**');
  });
});

describe('a reply that is refused', () => {
  test('by AutoMod is replaced by a short message that says so', async () => {
    bot.fake.faults.respond({ ...REPLY, ...refusal(200_000, 400) });
    const [answer] = await bot.fake.answersTo(mention().id);
    expect(textOf(answer as APIMessage)).toContain('Use `/ask` with `private: True`');
  });

  test('because the bot may not read the history is sent without a reference', async () => {
    const channelId = bot.fake.channelIds[0] ?? '';
    const before = bot.fake.messagesIn(channelId).length;
    bot.fake.faults.respond({ ...REPLY, ...refusal(160_002, 400) });
    mention();
    const [, answer] = await bot.fake.waitFor('an answer', () => {
      const said = bot.fake.messagesIn(channelId).slice(before);
      return said.length > 1 ? said : undefined;
    });
    expect(textOf(answer as APIMessage)).toContain('**Answered**');
    expect(answer?.message_reference).toBeUndefined();
  });

  test('again and again is not tried again and again, and /status says where', async () => {
    const channelId = bot.fake.channelIds[1] ?? '';
    bot.fake.faults.respond({ ...REPLY, ...refusal(50_013), times: 30 });
    const before = bot.fake.requests.length;
    for (let count = 0; count < 30; count++) mention(1);
    await bot.fake.answersTo(bot.fake.sayDirectly({ content: ANSWERED_QUESTION }).id, { count: 0, settleMs: 500 });
    const made = bot.fake.requests.slice(before).filter(({ path }) => path.includes(channelId));
    const status = await bot.fake.slash({ name: 'status', permissions: PermissionFlagsBits.ManageGuild }).response();

    expect(made.filter(({ path }) => path.endsWith('/messages')).length).toBeLessThanOrEqual(5);
    expect(textOf(status)).toMatch(
      new RegExp(`Posting was refused in <#${channelId}> \\d+ times? \\(<t:\\d+:R>\\), code 50013`),
    );
    bot.fake.faults.clear();
    bot.fake.changeChannel(channelId);
    expect(await bot.fake.answersTo(mention(1).id)).toHaveLength(1);
  });

  test('goes to the person who asked if the server wants that', async () => {
    const { fake } = bot;
    const card = await openSettings(fake, { channel: fake.channelIds[0] ?? '' });
    await choose(fake, card, 'directFallback', 'on');
    fake.faults.respond({ ...REPLY, ...refusal(50_013) });
    mention();
    const answer = await bot.answerIn(fake.directChannelId(), '**Answered**');
    // The question is not visible there.
    expect(textOf(answer)).toContain('**Answered**');
    await choose(fake, await openSettings(fake, { channel: fake.channelIds[0] ?? '' }), 'directFallback', 'off');
  });
});

describe('an answer that cannot be delivered', () => {
  test.each([
    ['the message was deleted or the channel closed', 403, 50013],
    ['the channel is gone', 404, 10003],
  ])('is logged if %s', async (_, status, code) => {
    bot.fake.faults.respond({ ...REPLY, status, body: { code, message: 'Refused' } });
    const logged = bot.process.stderr.length;
    const asked = mention();
    await untilLogged('could not send the answer', logged);

    expect(await bot.fake.answersTo(asked.id, { count: 0, settleMs: 300 })).toEqual([]);
    expect(bot.process.stderr.slice(logged)).not.toContain('Blinken and Lavrov');
  });

  test('is logged if Discord keeps failing', async () => {
    bot.fake.faults.respond({ ...REPLY, status: 500, times: 20 });
    const logged = bot.process.stderr.length;
    mention();
    await untilLogged('could not send the answer', logged);
  });

  test('is logged if Discord no longer knows the interaction when it is acknowledged', async () => {
    bot.fake.faults.respond({ ...CALLBACK, status: 404, body: { code: 10062, message: 'Unknown interaction' } });
    const logged = bot.process.stderr.length;
    const before = editsSoFar();
    const command = ask();
    await untilLogged('could not respond to an interaction', logged);
    await sleep(300);

    expect(editsSoFar()).toBe(before);
    await acknowledgeForBot(command);
  });

  test('is logged if the token of the interaction has expired', async () => {
    bot.fake.faults.delay({ ...EDIT, delayMs: 200 });
    const logged = bot.process.stderr.length;
    const command = ask();
    await command.acknowledged();
    command.expireToken();
    await untilLogged('could not send the answer', logged);
  });

  test('is logged if it consists of suggestions', async () => {
    bot.fake.faults.respond({ ...CALLBACK, status: 404, body: { code: 10062, message: 'Unknown interaction' } });
    const logged = bot.process.stderr.length;
    const typed = bot.fake.autocomplete({ name: 'find', options: { words: 'rey' }, focused: 'words' });
    await untilLogged('could not respond to an interaction', logged);
    await acknowledgeForBot(typed);
  });

  test('is logged without the words that were typed', async () => {
    bot.fake.faults.respond({ ...EDIT, status: 404, body: { code: 10008, message: 'Unknown Message' } });
    const logged = bot.process.stderr.length;
    bot.fake.slash({ name: 'find', options: { words: 'my neighbour Penelope' } });
    await untilLogged('could not send the answer', logged);

    expect(bot.process.stderr).not.toContain('Penelope');
  });

  test('is logged without the token of the interaction', async () => {
    bot.fake.faults.respond({ ...EDIT, status: 404, body: { code: 10008, message: 'Unknown Message' } });
    const logged = bot.process.stderr.length;
    const command = ask();
    await untilLogged('could not send the answer', logged);

    expect(bot.process.stderr).not.toContain(command.token);
  });

  test.each([
    ['refuses its components', { status: 400, body: { code: 50035, message: 'Invalid Form Body' } }],
    ['fails on its components, as it does with large ones', { status: 500, times: 4 }],
  ])('is sent as plain text if Discord %s', async (_, fault) => {
    bot.fake.faults.respond({ ...EDIT, ...fault });
    const response = await ask().response({ timeoutMs: 2_000 });

    expect(response.components).toEqual([]);
    expect(response.content).toContain('✅ **Answered** · ');
    expect(response.content).toContain('**[1]** **The summit in Reykjavik** · Example News');
  });

  test('is replaced by an apology if Discord refuses it in any form', async () => {
    const refusal = { status: 400, body: { code: 50035, message: 'Invalid Form Body' }, times: 3 };
    bot.fake.faults.respond({ ...EDIT, ...refusal });
    const response = await ask().response({ timeoutMs: 2_000 });

    expect(textOf(response)).toContain('Something went wrong');
    expect(textOf(response)).not.toContain('Answered');
  });
});

test('an acknowledgement that hangs is sent again within three seconds, and other questions do not wait', async () => {
  const { fake } = bot;
  fake.faults.hang(CALLBACK);
  const hung = ask();
  await sleep(100);
  const others = await Promise.all([ask().response(), ask().response()]);

  expect(others).toHaveLength(2);
  expect(textOf(await hung.response({ timeoutMs: 5_000 }))).toContain('**Answered**');
  expect(callbacksOf(hung.id).map(({ status }) => status)).toEqual([undefined, 204]);
});

/** Waits until the bot logs something, after the first `from` characters of its log. */
async function untilLogged(text: string, from: number): Promise<void> {
  await expect.poll(() => bot.process.stderr.slice(from), { timeout: 8_000 }).toContain(text);
}

function callbacksOf(interactionId: string) {
  return bot.fake.requests.filter(({ path }) => path.startsWith(`/interactions/${interactionId}/`));
}

/** How many replies and edits have no response yet, or never will. */
function unanswered(): number {
  return bot.fake.requests.filter(
    ({ path, status }) => status === undefined && (REPLY.path.test(path) || EDIT.path.test(path)),
  ).length;
}

function editsSoFar(): number {
  return bot.fake.requests.filter(({ method }) => method === 'PATCH').length;
}

/**
 * Acknowledges an interaction for the bot, whose own acknowledgement was lost. Otherwise the fake would report that
 * nothing came within three seconds.
 */
async function acknowledgeForBot({ id, token }: { readonly id: string; readonly token: string }): Promise<void> {
  const callback = (type: number) =>
    fetch(`${bot.fake.api}/v10/interactions/${id}/${token}/callback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(type === 5 ? { type } : { type, data: { choices: [] } }),
    });
  bot.fake.faults.clear();
  // After a refusal the bot tries again when something about the channel changes.
  for (const channelId of bot.fake.channelIds) bot.fake.changeChannel(channelId);
  const isChoices = bot.fake.requests.some(
    ({ path, body }) => path.includes(id) && (body as { type?: number } | undefined)?.type === 8,
  );
  await callback(isChoices ? 8 : 5);
}
