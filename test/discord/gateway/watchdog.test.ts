import { setTimeout as sleep } from 'node:timers/promises';
import type { APIMessage } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { EDIT, REPLY } from '../bot/requests.js';
import { ANSWERED_QUESTION, NOT_FOUND_QUESTION } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';
import { untilIdentified } from './sessions.js';

const STUCK_S = 2;
const FERRY_QUESTION = 'How long does the crossing to the island take?';
const PATIENT = { timeoutMs: 15_000 };

const bot = useBot({ env: { DISCORD_STUCK_S: String(STUCK_S) } });

/** Questions that were answered before the connection got stuck. */
let corrected: APIMessage;
let deleted: APIMessage;
let correctedDirectly: APIMessage;

function mention(content = ANSWERED_QUESTION): APIMessage {
  return bot.fake.say({ content, mentionsBot: true });
}

/** Cuts the connection. Discord then ignores the RESUME, but still answers heartbeats. */
async function getStuck(): Promise<void> {
  const { fake } = bot;
  const before = fake.connections.resumes;
  fake.gatewayFaults.muteResume();
  fake.gatewayFaults.dropSockets();
  await fake.waitFor('resume', () => (fake.connections.resumes > before ? true : undefined), PATIENT);
}

/** The text of the only answer to a message. */
async function answerTo(question: APIMessage): Promise<string> {
  return textOf(await bot.onlyAnswerTo(question, PATIENT));
}

test('a connection that recovers by itself is left alone', async () => {
  const { fake } = bot;
  const stuckAt = Date.now();
  await getStuck();
  fake.gatewayFaults.muteResume(false);
  fake.gatewayFaults.dropSockets();
  await fake.waitFor('second resume', () => (fake.connections.resumes === 2 ? true : undefined), PATIENT);
  // The bot checks every second.
  await sleep(Math.max(0, stuckAt + STUCK_S * 1000 + 1500 - Date.now()));

  expect(fake.connections).toMatchObject({ identifies: 1, isConnected: true });
  expect(bot.process.stderr).not.toContain('connection is stuck');
});

describe('a session whose RESUME is never answered', () => {
  test('is replaced by a new session, and no question is lost or answered twice', async () => {
    const { fake } = bot;
    corrected = mention();
    deleted = mention();
    correctedDirectly = fake.sayDirectly({ content: ANSWERED_QUESTION });
    for (const question of [corrected, deleted, correctedDirectly]) await fake.answersTo(question.id, PATIENT);
    fake.faults.delay({ ...REPLY, delayMs: 3000 });
    fake.faults.delay({ ...EDIT, delayMs: 3000 });
    const inProgress = mention(FERRY_QUESTION);
    const asked = fake.slash({ name: 'ask', options: { question: FERRY_QUESTION } });
    await fake.waitFor(
      'both answers to be on their way',
      () => (fake.requests.filter(({ status }) => status === undefined).length >= 2 ? true : undefined),
      PATIENT,
    );
    await getStuck();
    const missed = mention();
    const missedDirectly = fake.sayDirectly({ content: ANSWERED_QUESTION });
    await untilIdentified(fake, 2, PATIENT);
    fake.gatewayFaults.muteResume(false);

    expect(await answerTo(missed)).toContain('Harpa');
    expect(await answerTo(missedDirectly)).toContain('Harpa');
    expect(await answerTo(mention())).toContain('Harpa');
    expect(await answerTo(inProgress)).toContain('three crowns');
    expect(textOf(await asked.response(PATIENT))).toContain('three crowns');
    for (const earlier of [corrected, deleted, correctedDirectly]) await answerTo(earlier);
    expect(bot.process.stderr).toContain('connection is stuck');
    expect(bot.process.stderr).toContain('reconnected');
    expect(bot.process.stderr).not.toMatch(/unhandled|"level":[56]0/i);
  });

  test('does not keep earlier answers from following edits and deletions of their questions', async () => {
    const { fake } = bot;
    const [first, second, direct] = await Promise.all(
      [corrected, deleted, correctedDirectly].map((question) => bot.answerTo(question)),
    );
    fake.editMessage({ messageId: corrected.id, content: `<@${fake.bot.id}> ${FERRY_QUESTION}` });
    fake.editMessage({ messageId: correctedDirectly.id, content: FERRY_QUESTION });
    fake.deleteMessage(deleted.id);
    const says = (id = '', text = '') => {
      const message = fake.message(id);
      return message !== undefined && textOf(message).includes(text) ? true : undefined;
    };
    await fake.waitFor('corrected answer', () => says(first?.id, 'three crowns'), PATIENT);
    await fake.waitFor('corrected direct answer', () => says(direct?.id, 'three crowns'), PATIENT);
    await fake.waitFor('deletion', () => (fake.message(second?.id ?? '') ? undefined : true), PATIENT);

    expect(await answerTo(mention(NOT_FOUND_QUESTION))).not.toContain('three crowns');
  });

  test('ends the process with exit code 1 and a message that says what to do if the token is refused afterwards', async () => {
    const { fake } = bot;
    await getStuck();
    fake.refuseToken();

    expect(await bot.process.exit).toEqual({ code: 1, signal: null });
    expect(bot.process.stderr).toContain('Discord rejected the token. Copy it again from the Developer Portal');
    expect(bot.process.stderr).not.toMatch(/^ {4}at /m);
  });
});
