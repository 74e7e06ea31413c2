import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  answerTo as firstAnswerTo,
  type IndexedFolder,
  indexSeeds,
  type RunningBot,
  runBot,
} from '../bot/running-bot.js';
import { ANSWERED_QUESTION, NOT_FOUND_QUESTION, REYKJAVIK, writeSeeds } from '../bot/seeds.js';
import { readAnswer } from '../bot/shown-answer.js';
import { textOf } from '../bot/shown-message.js';

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

/** The answer as it is now, once it is as it should be. */
function shown(answer: APIMessage, test: (message: APIMessage | undefined) => void): Promise<void> {
  return vi.waitFor(() => test(running.fake.message(answer.id)), { timeout: 5_000 });
}

/** What the bot did when everything said before is handled. */
async function settled(): Promise<void> {
  await answerTo(running.fake.sayDirectly({ content: NOT_FOUND_QUESTION, authorId: running.fake.otherReader.id }));
}

describe('a question that is corrected', () => {
  test('is answered anew in place of the first answer', async () => {
    const { fake } = running;
    const question = fake.say({ content: NOT_FOUND_QUESTION, mentionsBot: true });
    const answer = await answerTo(question);
    expect(textOf(answer)).toContain('Not found');

    fake.editMessage({ messageId: question.id, content: `<@${fake.bot.id}> ${ANSWERED_QUESTION}` });

    await shown(answer, (message) => expect(readAnswer(message).sources[0]?.title).toBe(REYKJAVIK.title));
    expect(await fake.answersTo(question.id)).toHaveLength(1);
  });

  test('in a direct message too, and as often as it is', async () => {
    const { fake } = running;
    const question = fake.sayDirectly({ content: ANSWERED_QUESTION });
    const answer = await answerTo(question);
    fake.editMessage({ messageId: question.id, content: NOT_FOUND_QUESTION });
    await shown(answer, (message) => expect(readAnswer(message).headline).toContain('Not found'));

    fake.editMessage({ messageId: question.id, content: ANSWERED_QUESTION });

    await shown(answer, (message) => expect(readAnswer(message).sources[0]?.title).toBe(REYKJAVIK.title));
  });

  test('while the first answer is on its way ends with the answer to what is asked last', async () => {
    const { fake } = running;
    const question = fake.say({ content: NOT_FOUND_QUESTION, mentionsBot: true });
    fake.editMessage({ messageId: question.id, content: `<@${fake.bot.id}> ${ANSWERED_QUESTION}` });
    const answer = await answerTo(question);

    await shown(answer, (message) => expect(readAnswer(message).sources[0]?.title).toBe(REYKJAVIK.title));
    expect(await fake.answersTo(question.id)).toHaveLength(1);
  });

  test('and says the same changes nothing', async () => {
    const { fake } = running;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const answer = await answerTo(question);
    const edited = fake.message(answer.id)?.edited_timestamp;

    fake.editMessage({ messageId: question.id, content: `  <@${fake.bot.id}>  ${ANSWERED_QUESTION} ` });
    await settled();

    expect(fake.message(answer.id)?.edited_timestamp).toBe(edited);
  });

  test('so that the bot is no longer meant loses its answer', async () => {
    const { fake } = running;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const answer = await answerTo(question);

    fake.editMessage({ messageId: question.id, content: 'Never mind.' });

    await shown(answer, (message) => expect(message).toBeUndefined());
  });

  test('that was never for the bot stays without an answer', async () => {
    const { fake } = running;
    const remark = fake.say({ content: 'The ferry was late.' });
    fake.editMessage({ messageId: remark.id, content: `<@${fake.bot.id}> ${ANSWERED_QUESTION}` });
    await settled();

    expect(await fake.answersTo(remark.id, { count: 0, settleMs: 100 })).toEqual([]);
  });
});

describe('a question that is deleted', () => {
  test('takes its answer with it', async () => {
    const { fake } = running;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const answer = await answerTo(question);

    fake.deleteMessage(question.id);

    await shown(answer, (message) => expect(message).toBeUndefined());
  });

  test('before it is answered leaves no answer behind', async () => {
    const { fake } = running;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    fake.deleteMessage(question.id);
    await settled();

    await vi.waitFor(async () => {
      const answers = await fake.answersTo(question.id, { count: 0, settleMs: 100 });
      expect(answers.filter(({ id }) => fake.message(id) !== undefined)).toEqual([]);
    });
  });

  test('whose answer somebody has removed already is no trouble', async () => {
    const { fake } = running;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const answer = await answerTo(question);
    fake.deleteMessage(answer.id);
    fake.deleteMessage(question.id);
    await settled();

    expect(running.bot.stderr).not.toContain('could not be removed');
  });
});
