import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  answerTo as firstAnswerTo,
  type IndexedFolder,
  indexSeeds,
  type RunningBot,
  runBot,
} from '../bot/running-bot.js';
import { ANSWERED_QUESTION, writeSeeds } from '../bot/seeds.js';
import { readAnswer } from '../bot/shown-answer.js';
import { textOf } from '../bot/shown-message.js';

const FOLLOW_UP = 'and for how long?';
const READ_AS = `Read as a follow-up to “${ANSWERED_QUESTION}”`;

let folder: IndexedFolder;
let running: RunningBot;

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
  running = await runBot(folder);
});

afterEach(() => {
  expect(running.fake.violations).toEqual([]);
});

afterAll(async () => {
  await running?.end();
  folder?.remove();
});

const answerTo = (question: APIMessage): Promise<APIMessage> => firstAnswerTo(running, question);

describe('a reply to an answer goes on from it', () => {
  test('that was a reply itself', async () => {
    const { fake } = running;
    const first = await answerTo(fake.say({ content: ANSWERED_QUESTION, mentionsBot: true }));
    const second = await answerTo(fake.say({ content: FOLLOW_UP, replyTo: first.id }));

    expect(textOf(second)).toContain(READ_AS);
    expect(readAnswer(second).sources[0]?.title).toBe('The summit in Reykjavik');
  });

  test('that was given to /ask', async () => {
    const { fake } = running;
    const first = await fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } }).response();
    const second = await answerTo(fake.say({ content: FOLLOW_UP, replyTo: first.id }));

    expect(textOf(second)).toContain(READ_AS);
  });

  test('in a direct message', async () => {
    const { fake } = running;
    const first = await answerTo(fake.sayDirectly({ content: ANSWERED_QUESTION }));
    const second = await answerTo(fake.sayDirectly({ content: FOLLOW_UP, replyTo: first.id }));

    expect(textOf(second)).toContain(READ_AS);
  });
});

test('the same words without a reply are a question of their own', async () => {
  const { fake } = running;
  await answerTo(fake.say({ content: ANSWERED_QUESTION, mentionsBot: true }));
  const second = await answerTo(fake.say({ content: FOLLOW_UP, mentionsBot: true }));

  expect(textOf(second)).not.toContain('Read as a follow-up');
});

test('a reply to somebody else is a question of its own', async () => {
  const { fake } = running;
  const remark = fake.say({ content: 'The ferry was late.', authorId: fake.otherReader.id });
  const answer = await answerTo(fake.say({ content: FOLLOW_UP, replyTo: remark.id, mentionsBot: true }));

  expect(textOf(answer)).not.toContain('Read as a follow-up');
});
