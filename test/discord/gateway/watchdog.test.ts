import { setTimeout as sleep } from 'node:timers/promises';
import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerTo, type IndexedFolder, indexSeeds, type RunningBot, runBot } from '../bot/running-bot.js';
import { ANSWERED_QUESTION, NOT_FOUND_QUESTION, writeSeeds } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';

const STUCK_S = 2;
const REPLY = { method: 'POST', path: /^\/channels\/\d+\/messages$/ };
const EDIT = { method: 'PATCH', path: /^\/webhooks\/.*\/messages\// };
const FERRY_QUESTION = 'How long does the crossing to the island take?';
const PATIENT = { timeoutMs: 15_000 };

let folder: IndexedFolder;
let running: RunningBot;
/** Messages that were answered before the connection hung. */
let corrected: APIMessage;
let deleted: APIMessage;
let correctedDirectly: APIMessage;

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
  running = await runBot(folder, { env: { DISCORD_STUCK_S: String(STUCK_S) } });
});

afterAll(async () => {
  await running?.end();
  folder?.remove();
});

function mention(content = ANSWERED_QUESTION): APIMessage {
  return running.fake.say({ content, mentionsBot: true });
}

/** Cuts the connection; Discord reads the RESUME and says nothing, but answers heartbeats. */
async function hang(): Promise<void> {
  const { fake } = running;
  const before = fake.connections.resumes;
  fake.gatewayFaults.muteResume();
  fake.gatewayFaults.dropSockets();
  await fake.waitFor('resume', () => (fake.connections.resumes > before ? true : undefined), PATIENT);
}

async function untilIdentified(times: number): Promise<void> {
  const { fake } = running;
  const isBack = () => (fake.connections.identifies === times && fake.connections.isConnected ? true : undefined);
  await fake.waitFor(`IDENTIFY number ${times}`, isBack, PATIENT);
}

/** The one answer to a message. */
async function onlyAnswerTo({ id }: APIMessage): Promise<string> {
  const answers = await running.fake.answersTo(id, PATIENT);
  expect(answers).toHaveLength(1);
  return answers.map(textOf).join();
}

test('a connection that heals by itself is left alone', async () => {
  const { fake, bot } = running;
  const hungAt = Date.now();
  await hang();
  fake.gatewayFaults.muteResume(false);
  fake.gatewayFaults.dropSockets();
  await fake.waitFor('second resume', () => (fake.connections.resumes === 2 ? true : undefined), PATIENT);
  // It is looked at every second.
  await sleep(Math.max(0, hungAt + STUCK_S * 1000 + 1500 - Date.now()));

  expect(fake.connections).toMatchObject({ identifies: 1, isConnected: true });
  expect(bot.stderr).not.toContain('the connection is stuck');
});

describe('a session whose RESUME is never answered', () => {
  test('is replaced by a new one, and no question is lost or answered twice', async () => {
    const { fake, bot } = running;
    corrected = mention();
    deleted = mention();
    correctedDirectly = fake.sayDirectly({ content: ANSWERED_QUESTION });
    for (const question of [corrected, deleted, correctedDirectly]) await fake.answersTo(question.id, PATIENT);
    fake.faults.delay({ ...REPLY, delayMs: 3000 });
    fake.faults.delay({ ...EDIT, delayMs: 3000 });
    const underWay = mention(FERRY_QUESTION);
    const asked = fake.slash({ name: 'ask', options: { question: FERRY_QUESTION } });
    await fake.waitFor(
      'both answers on their way',
      () => (fake.requests.filter(({ status }) => status === undefined).length >= 2 ? true : undefined),
      PATIENT,
    );
    await hang();
    const meanwhile = mention();
    const meanwhileDirectly = fake.sayDirectly({ content: ANSWERED_QUESTION });
    await untilIdentified(2);
    fake.gatewayFaults.muteResume(false);

    expect(await onlyAnswerTo(meanwhile)).toContain('Harpa');
    expect(await onlyAnswerTo(meanwhileDirectly)).toContain('Harpa');
    expect(await onlyAnswerTo(mention())).toContain('Harpa');
    expect(await onlyAnswerTo(underWay)).toContain('three crowns');
    expect(textOf(await asked.response(PATIENT))).toContain('three crowns');
    for (const earlier of [corrected, deleted, correctedDirectly]) await onlyAnswerTo(earlier);
    expect(bot.stderr).toContain('the connection is stuck');
    expect(bot.stderr).toContain('connected again');
    expect(bot.stderr).not.toMatch(/unhandled|"level":[56]0/i);
  });

  test('leaves answers that follow their questions: corrections and deletions still count', async () => {
    const { fake } = running;
    const [first, second, direct] = await Promise.all(
      [corrected, deleted, correctedDirectly].map((question) => answerTo(running, question)),
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

    expect(await onlyAnswerTo(mention(NOT_FOUND_QUESTION))).not.toContain('three crowns');
  });

  test('ends the process with code 1 and the remedy when the token is refused by then', async () => {
    const { fake, bot } = running;
    await hang();
    fake.refuseToken();

    expect(await bot.exit).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toContain('Discord refuses the token. Copy it again from the Developer Portal');
    expect(bot.stderr).not.toMatch(/^ {4}at /m);
  });
});
