import type { APIMessage } from 'discord-api-types/v10';
import { describe, expect, test, vi } from 'vitest';
import { ANSWERED_QUESTION, NOT_FOUND_QUESTION, REYKJAVIK } from '../bot/seeds.js';
import { readAnswer } from '../bot/shown-answer.js';
import { textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';

const bot = useBot();

/** Waits until an answer passes a check. The check gets undefined if the answer was deleted. */
function untilAnswer(answer: APIMessage, check: (message: APIMessage | undefined) => void): Promise<void> {
  return vi.waitFor(() => check(bot.fake.message(answer.id)), { timeout: 5_000 });
}

/** Waits until the bot has handled everything that was said so far. */
async function untilAllIsHandled(): Promise<void> {
  await bot.answerTo(bot.fake.sayDirectly({ content: NOT_FOUND_QUESTION, authorId: bot.fake.otherReader.id }));
}

describe('a question that is edited', () => {
  test('changes its answer, and gets no second one', async () => {
    const { fake } = bot;
    const question = fake.say({ content: NOT_FOUND_QUESTION, mentionsBot: true });
    const answer = await bot.answerTo(question);
    expect(textOf(answer)).toContain('Not found');

    fake.editMessage({ messageId: question.id, content: `<@${fake.bot.id}> ${ANSWERED_QUESTION}` });

    await untilAnswer(answer, (message) => expect(readAnswer(message).sources[0]?.title).toBe(REYKJAVIK.title));
    expect(await fake.answersTo(question.id)).toHaveLength(1);
  });

  test('changes its answer in direct messages too, and every time', async () => {
    const { fake } = bot;
    const question = fake.sayDirectly({ content: ANSWERED_QUESTION });
    const answer = await bot.answerTo(question);
    fake.editMessage({ messageId: question.id, content: NOT_FOUND_QUESTION });
    await untilAnswer(answer, (message) => expect(readAnswer(message).headline).toContain('Not found'));

    fake.editMessage({ messageId: question.id, content: ANSWERED_QUESTION });

    await untilAnswer(answer, (message) => expect(readAnswer(message).sources[0]?.title).toBe(REYKJAVIK.title));
  });

  test('while the bot is still answering ends up with the answer to its latest wording', async () => {
    const { fake } = bot;
    const question = fake.say({ content: NOT_FOUND_QUESTION, mentionsBot: true });
    fake.editMessage({ messageId: question.id, content: `<@${fake.bot.id}> ${ANSWERED_QUESTION}` });
    const answer = await bot.answerTo(question);

    await untilAnswer(answer, (message) => expect(readAnswer(message).sources[0]?.title).toBe(REYKJAVIK.title));
    expect(await fake.answersTo(question.id)).toHaveLength(1);
  });

  test('without a change in its words keeps its answer as it is', async () => {
    const { fake } = bot;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const answer = await bot.answerTo(question);
    const edited = fake.message(answer.id)?.edited_timestamp;

    fake.editMessage({ messageId: question.id, content: `  <@${fake.bot.id}>  ${ANSWERED_QUESTION} ` });
    await untilAllIsHandled();

    expect(fake.message(answer.id)?.edited_timestamp).toBe(edited);
  });

  test('loses its answer if it no longer addresses the bot', async () => {
    const { fake } = bot;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const answer = await bot.answerTo(question);

    fake.editMessage({ messageId: question.id, content: 'Never mind.' });

    await untilAnswer(answer, (message) => expect(message).toBeUndefined());
  });

  test('gets no answer if it did not address the bot at first', async () => {
    const { fake } = bot;
    const remark = fake.say({ content: 'The ferry was late.' });
    fake.editMessage({ messageId: remark.id, content: `<@${fake.bot.id}> ${ANSWERED_QUESTION}` });
    await untilAllIsHandled();

    expect(await fake.answersTo(remark.id, { count: 0, settleMs: 100 })).toEqual([]);
  });
});

describe('a question that is deleted', () => {
  test('takes its answer with it', async () => {
    const { fake } = bot;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const answer = await bot.answerTo(question);

    fake.deleteMessage(question.id);

    await untilAnswer(answer, (message) => expect(message).toBeUndefined());
  });

  test('before it is answered leaves no answer behind', async () => {
    const { fake } = bot;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    fake.deleteMessage(question.id);
    await untilAllIsHandled();

    await vi.waitFor(async () => {
      const answers = await fake.answersTo(question.id, { count: 0, settleMs: 100 });
      expect(answers.filter(({ id }) => fake.message(id) !== undefined)).toEqual([]);
    });
  });

  test('causes no error if somebody has already deleted its answer', async () => {
    const { fake } = bot;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const answer = await bot.answerTo(question);
    fake.deleteMessage(answer.id);
    fake.deleteMessage(question.id);
    await untilAllIsHandled();

    expect(bot.process.stderr).not.toContain('could not delete an answer');
  });
});
