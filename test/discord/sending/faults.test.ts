import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type IndexedFolder, indexSeeds, type RunningBot, runBot } from '../bot/running-bot.js';
import { ANSWERED_QUESTION, writeSeeds } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';

const REPLY = { method: 'POST', path: /^\/channels\/\d+\/messages$/ };
const CALLBACK = { method: 'POST', path: /^\/interactions\/.*\/callback$/ };
const EDIT = { method: 'PATCH', path: /^\/webhooks\/.*\/messages\// };
const HTML = '<html><h1>502 Bad Gateway</h1><p>cloudflare</p></html>';

let folder: IndexedFolder;
let running: RunningBot;

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
  running = await runBot(folder);
});

afterEach(async () => {
  running.fake.faults.clear();
  // Whatever went wrong, the bot answers the next question.
  expect(textOf(await ask().response())).toContain('**Answered**');
  expect(running.fake.violations).toEqual([]);
});

afterAll(async () => {
  await running?.end();
  folder?.remove();
});

function ask() {
  return running.fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } });
}

function mention(channel = 0) {
  const channelId = running.fake.channelIds[channel] ?? '';
  return running.fake.say({ content: ANSWERED_QUESTION, mentionsBot: true, channelId });
}

/** Asks, and sees that one answer comes and no second one. */
async function expectOneAnswerToMention(timeoutMs = 8_000): Promise<void> {
  const answers = await running.fake.answersTo(mention().id, { timeoutMs, settleMs: 300 });
  expect(answers.map(textOf)).toEqual([expect.stringContaining('**Answered**')]);
}

async function expectOneAnswerToCommand(timeoutMs = 8_000): Promise<void> {
  const channelId = running.fake.channelIds[1] ?? '';
  const before = running.fake.messagesIn(channelId).length;
  const asked = running.fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION }, channelId });
  expect(textOf(await asked.response({ timeoutMs }))).toContain('**Answered**');
  await sleep(300);
  expect(running.fake.messagesIn(channelId)).toHaveLength(before + 1);
}

describe('one answer is seen although', () => {
  const faults = [
    { name: 'Discord answers 500 before it acts', fault: { status: 500 } },
    { name: 'Discord answers 500 after it acted', fault: { status: 500, afterActing: true } },
    { name: 'Discord answers 502 twice, in HTML, before it acts', fault: { status: 502, body: HTML, times: 2 } },
    { name: 'Discord answers 502 in HTML after it acted', fault: { status: 502, body: HTML, afterActing: true } },
  ] as const;

  test.each(faults)('$name to the reply', async ({ fault }) => {
    running.fake.faults.respond({ ...REPLY, ...fault });
    await expectOneAnswerToMention();
  });

  test.each(faults)('$name to the acknowledgement', async ({ fault }) => {
    running.fake.faults.respond({ ...CALLBACK, ...fault });
    await expectOneAnswerToCommand();
  });

  test.each(faults)('$name to the edit', async ({ fault }) => {
    running.fake.faults.respond({ ...EDIT, ...fault });
    await expectOneAnswerToCommand();
  });

  test.each(['before', 'after'] as const)('the connection breaks at the reply %s Discord acts', async (when) => {
    running.fake.faults.destroySocket({ ...REPLY, when });
    await expectOneAnswerToMention();
  });

  test.each(['before', 'after'] as const)('the connection breaks twice at the edit %s Discord acts', async (when) => {
    running.fake.faults.destroySocket({ ...EDIT, when, times: 2 });
    await expectOneAnswerToCommand();
  });

  test('the connection breaks at the acknowledgement before Discord acts', async () => {
    running.fake.faults.destroySocket({ ...CALLBACK, when: 'before' });
    await expectOneAnswerToCommand(2_000);
  });

  test('the connection breaks at the acknowledgement after Discord acted', async () => {
    running.fake.faults.destroySocket({ ...CALLBACK, when: 'after' });
    await expectOneAnswerToCommand(2_000);
  });

  test('Discord asks for patience at the reply and at the edit', async () => {
    running.fake.faults.rateLimit({ ...REPLY, retryAfterMs: 400 });
    running.fake.faults.rateLimit({ ...EDIT, retryAfterMs: 400 });
    const askedAt = performance.now();
    await Promise.all([expectOneAnswerToMention(), expectOneAnswerToCommand()]);

    expect(performance.now() - askedAt).toBeGreaterThan(395);
  });

  test('Discord asks for patience at the acknowledgement', async () => {
    running.fake.faults.rateLimit({ ...CALLBACK, retryAfterMs: 300 });
    await expectOneAnswerToCommand();
  });

  test('Discord asks for patience everywhere', async () => {
    running.fake.faults.rateLimit({ ...REPLY, retryAfterMs: 500, scope: 'global' });
    await expectOneAnswerToMention();
  });

  test('nothing says that the bot is typing', async () => {
    running.fake.faults.respond({ path: /\/typing$/, status: 500, times: 4 });
    running.fake.faults.respond({ path: /\/typing$/, status: 403 });
    await expectOneAnswerToMention();
    await expectOneAnswerToMention();
  });

  test('the reply and the edit hang: both are given up and sent again, and other questions do not wait', async () => {
    const before = unanswered();
    running.fake.faults.hang(REPLY);
    running.fake.faults.hang(EDIT);
    const slowReply = mention(0);
    const slowEdit = ask();
    await running.fake.waitFor('both requests', () => (unanswered() === before + 2 ? true : undefined));
    expect(textOf(await ask().response())).toContain('**Answered**');
    expect(await running.fake.answersTo(mention(1).id)).toHaveLength(1);
    expect(unanswered()).toBe(before + 2);
    expect(textOf(await slowEdit.response({ timeoutMs: 10_000 }))).toContain('**Answered**');

    expect(await running.fake.answersTo(slowReply.id, { timeoutMs: 10_000, settleMs: 200 })).toHaveLength(1);
  });
});

describe('an answer that nobody can get is logged, and the bot goes on, when', () => {
  test.each([
    ['the message was deleted or the channel closed', 403, 50013],
    ['the channel is gone', 404, 10003],
  ])('%s', async (_, status, code) => {
    running.fake.faults.respond({ ...REPLY, status, body: { code, message: 'Refused' } });
    const logged = running.bot.stderr.length;
    const asked = mention();
    await untilLogged('an answer could not be sent', logged);

    expect(await running.fake.answersTo(asked.id, { count: 0, settleMs: 300 })).toEqual([]);
    expect(running.bot.stderr.slice(logged)).not.toContain('Blinken and Lavrov');
  });

  test('Discord has a server error for good', async () => {
    running.fake.faults.respond({ ...REPLY, status: 500, times: 20 });
    const logged = running.bot.stderr.length;
    mention();
    await untilLogged('an answer could not be sent', logged);
  });

  test('the interaction is unknown to Discord by the time it is acknowledged', async () => {
    running.fake.faults.respond({ ...CALLBACK, status: 404, body: { code: 10062, message: 'Unknown interaction' } });
    const logged = running.bot.stderr.length;
    const before = editsSoFar();
    const asked = ask();
    await untilLogged('did not take the answer to an interaction', logged);
    await sleep(300);

    expect(editsSoFar()).toBe(before);
    await expireQuietly(asked);
  });

  test('the token of the interaction has expired', async () => {
    running.fake.faults.delay({ ...EDIT, delayMs: 200 });
    const logged = running.bot.stderr.length;
    const asked = ask();
    await asked.acknowledged();
    asked.expireToken();
    await untilLogged('an answer could not be sent', logged);
  });

  test('choices cannot be shown', async () => {
    running.fake.faults.respond({ ...CALLBACK, status: 404, body: { code: 10062, message: 'Unknown interaction' } });
    const logged = running.bot.stderr.length;
    const typed = running.fake.autocomplete({ name: 'find', options: { words: 'rey' }, focused: 'words' });
    await untilLogged('did not take the answer to an interaction', logged);
    await expireQuietly(typed);
  });

  test('and the log still has no text of what was asked', async () => {
    running.fake.faults.respond({ ...EDIT, status: 404, body: { code: 10008, message: 'Unknown Message' } });
    const logged = running.bot.stderr.length;
    running.fake.slash({ name: 'find', options: { words: 'my neighbour Penelope' } });
    await untilLogged('an answer could not be sent', logged);

    expect(running.bot.stderr).not.toContain('Penelope');
  });

  test('and the log has no token of the interaction', async () => {
    running.fake.faults.respond({ ...EDIT, status: 404, body: { code: 10008, message: 'Unknown Message' } });
    const logged = running.bot.stderr.length;
    const asked = ask();
    await untilLogged('an answer could not be sent', logged);

    expect(running.bot.stderr).not.toContain(asked.token);
  });

  test.each([
    ['refuses', { status: 400, body: { code: 50035, message: 'Invalid Form Body' } }],
    ['fails at, as it does at large ones,', { status: 500, times: 4 }],
  ])('but an answer whose components Discord %s is given in plain text', async (_, fault) => {
    running.fake.faults.respond({ ...EDIT, ...fault });
    const response = await ask().response({ timeoutMs: 2_000 });

    expect(response.components).toEqual([]);
    expect(response.content).toContain('✅ **Answered** in the words of the source.');
    expect(response.content).toContain('**[1]** **The summit in Reykjavik** · Example News');
  });

  test('and one that it refuses in every form is replaced by words', async () => {
    const refusal = { status: 400, body: { code: 50035, message: 'Invalid Form Body' }, times: 3 };
    running.fake.faults.respond({ ...EDIT, ...refusal });
    const response = await ask().response({ timeoutMs: 2_000 });

    expect(textOf(response)).toContain('Something went wrong');
    expect(textOf(response)).not.toContain('Answered');
  });
});

test('an acknowledgement that hangs is given up and sent again within the three seconds, and other questions do not wait', async () => {
  const { fake } = running;
  fake.faults.hang(CALLBACK);
  const hung = ask();
  await sleep(100);
  const others = await Promise.all([ask().response(), ask().response()]);

  expect(others).toHaveLength(2);
  expect(textOf(await hung.response({ timeoutMs: 5_000 }))).toContain('**Answered**');
  expect(callbacksOf(hung.id).map(({ status }) => status)).toEqual([undefined, 204]);
});

/** Waits for a log entry behind the first `from` characters of the log. */
async function untilLogged(text: string, from: number): Promise<void> {
  await expect.poll(() => running.bot.stderr.slice(from), { timeout: 8_000 }).toContain(text);
}

function callbacksOf(interactionId: string) {
  return running.fake.requests.filter(({ path }) => path.startsWith(`/interactions/${interactionId}/`));
}

/** Replies and edits that got no answer so far, or never will. */
function unanswered(): number {
  return running.fake.requests.filter(
    ({ path, status }) => status === undefined && (REPLY.path.test(path) || EDIT.path.test(path)),
  ).length;
}

function editsSoFar(): number {
  return running.fake.requests.filter(({ method }) => method === 'PATCH').length;
}

/** Acknowledges in the bot's place what the fault kept from the fake, whose three seconds would else be a violation. */
async function expireQuietly({ id, token }: { readonly id: string; readonly token: string }): Promise<void> {
  const callback = (type: number) =>
    fetch(`${running.fake.api}/v10/interactions/${id}/${token}/callback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(type === 5 ? { type } : { type, data: { choices: [] } }),
    });
  running.fake.faults.clear();
  const isChoices = running.fake.requests.some(
    ({ path, body }) => path.includes(id) && (body as { type?: number } | undefined)?.type === 8,
  );
  await callback(isChoices ? 8 : 5);
}
