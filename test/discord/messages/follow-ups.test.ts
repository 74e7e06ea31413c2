import { describe, expect, test } from 'vitest';
import { ANSWERED_QUESTION } from '../bot/seeds.js';
import { readAnswer } from '../bot/shown-answer.js';
import { textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';

const FOLLOW_UP = 'and for how long?';
const FOLLOW_UP_NOTE = `Treated as a follow-up to “${ANSWERED_QUESTION}”`;

const bot = useBot();

describe('a reply is read as a follow-up if it replies to an answer', () => {
  test('to a mention', async () => {
    const { fake } = bot;
    const first = await bot.answerTo(fake.say({ content: ANSWERED_QUESTION, mentionsBot: true }));
    const second = await bot.answerTo(fake.say({ content: FOLLOW_UP, replyTo: first.id }));

    expect(textOf(second)).toContain(FOLLOW_UP_NOTE);
    expect(readAnswer(second).sources[0]?.title).toBe('The summit in Reykjavik');
  });

  test('to /ask', async () => {
    const { fake } = bot;
    const first = await fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } }).response();
    const second = await bot.answerTo(fake.say({ content: FOLLOW_UP, replyTo: first.id }));

    expect(textOf(second)).toContain(FOLLOW_UP_NOTE);
  });

  test('in a direct message', async () => {
    const { fake } = bot;
    const first = await bot.answerTo(fake.sayDirectly({ content: ANSWERED_QUESTION }));
    const second = await bot.answerTo(fake.sayDirectly({ content: FOLLOW_UP, replyTo: first.id }));

    expect(textOf(second)).toContain(FOLLOW_UP_NOTE);
  });
});

test('the same words are a separate question if they reply to nothing', async () => {
  const { fake } = bot;
  await bot.answerTo(fake.say({ content: ANSWERED_QUESTION, mentionsBot: true }));
  const second = await bot.answerTo(fake.say({ content: FOLLOW_UP, mentionsBot: true }));

  expect(textOf(second)).not.toContain('Treated as a follow-up');
});

test('a reply to another person is a separate question', async () => {
  const { fake } = bot;
  const remark = fake.say({ content: 'The ferry was late.', authorId: fake.otherReader.id });
  const answer = await bot.answerTo(fake.say({ content: FOLLOW_UP, replyTo: remark.id, mentionsBot: true }));

  expect(textOf(answer)).not.toContain('Treated as a follow-up');
});
