import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIMessage } from 'discord-api-types/v10';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Community } from '../../../src/community/community.js';
import type { Judgement } from '../../../src/community/judged-questions.js';
import { alterCommunity, passageIn, readPassages } from '../bot/indexed-folder.js';
import { pressControl } from '../bot/reader.js';
import { ANSWERED_QUESTION, REYKJAVIK } from '../bot/seeds.js';
import { choose, openSettings } from '../bot/settings-card.js';
import { textOf } from '../bot/shown-message.js';
import { useArticles, useBot } from '../bot/use-bot.js';
import type { FakeDiscord } from '../fake/fake-discord.js';

const articles = useArticles();
const bot = useBot({ articles });
let fake: FakeDiscord;
beforeAll(() => {
  fake = bot.fake;
});

afterEach(() =>
  alterCommunity(
    bot.folder,
    'DELETE FROM settings; DELETE FROM votes; DELETE FROM judged_questions; DELETE FROM questions',
  ),
);

const learnFromVotes = async (words: 'on' | 'off'): Promise<APIMessage> =>
  choose(fake, await openSettings(fake, { server: true }), 'learnsFromVotes', words);

const ask = (question = ANSWERED_QUESTION, options: { readonly private?: boolean } = {}): Promise<APIMessage> =>
  fake.slash({ name: 'ask', options: { question, ...options } }).response();

const vote = (answer: APIMessage, action: 'right' | 'wrong', userId?: string): Promise<APIMessage> =>
  pressControl(fake, answer, action, { userId }).response();

function judgements(): Judgement[] {
  const community = Community.open(articles.folder.index);
  try {
    return community.judged.judgements();
  } finally {
    community.close();
  }
}

function filesWith(text: string): string[] {
  return readdirSync(articles.folder.index).filter((name) =>
    readFileSync(join(articles.folder.index, name)).includes(text),
  );
}

async function judgementsOnce(isExpected: (found: readonly Judgement[]) => boolean): Promise<Judgement[]> {
  return fake.waitFor('the judgements', () => {
    const found = judgements();
    return isExpected(found) ? found : undefined;
  });
}

describe('the question of an answer that is voted on', () => {
  test('is not stored unless the server allows it', async () => {
    await vote(await ask(), 'right');
    expect(judgements()).toEqual([]);
    expect(filesWith(ANSWERED_QUESTION)).toEqual([]);
  });

  test('is stored with the passage and its votes where the server allows it, and goes with the last vote', async () => {
    const card = await learnFromVotes('on');
    expect(textOf(card)).toContain('**Learn from votes**: on');
    const answer = await ask();
    await vote(answer, 'wrong');
    await vote(answer, 'right', fake.otherReader.id);
    const [found, ...others] = judgements();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ question: ANSWERED_QUESTION, right: 1, wrong: 1 });
    expect(readPassages(bot.folder).map(({ id }) => id)).toContain(found?.passageId);
    await vote(answer, 'wrong');
    expect(judgements()).toMatchObject([{ right: 1, wrong: 0 }]);
    await vote(answer, 'right', fake.otherReader.id);
    expect(judgements()).toEqual([]);
    expect(filesWith(ANSWERED_QUESTION)).toEqual([]);
  });

  test('is deleted when the server turns it off', async () => {
    await learnFromVotes('on');
    await vote(await ask(), 'right');
    expect(judgements()).toHaveLength(1);
    await learnFromVotes('off');
    expect(judgements()).toEqual([]);
    expect(filesWith(ANSWERED_QUESTION)).toEqual([]);
  });

  test('is deleted with the message that asked it', async () => {
    await learnFromVotes('on');
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    await vote(await bot.answerTo(question), 'right');
    expect(judgements()).toHaveLength(1);
    fake.deleteMessage(question.id);
    expect(await judgementsOnce((found) => found.length === 0)).toEqual([]);
  });

  test('is deleted by /forget-me of the person who asked', async () => {
    await learnFromVotes('on');
    await vote(await ask(), 'right', fake.otherReader.id);
    const forgotten = await fake.slash({ name: 'forget-me' }).response();
    expect(textOf(forgotten)).toContain('0 votes, 1 question');
    expect(judgements()).toEqual([]);
  });

  test('is not stored if it asks several things or about one article only', async () => {
    await learnFromVotes('on');
    await vote(await ask(`${ANSWERED_QUESTION} Who sells umbrellas for parrots?`), 'right');
    const { id } = passageIn(bot.folder, REYKJAVIK.file).article;
    const options = { question: ANSWERED_QUESTION, article: `article:${id}` };
    await vote(await fake.slash({ name: 'ask', options }).response(), 'right');
    expect(judgements()).toEqual([]);
  });
});

test('/about says whether questions with votes are stored', async () => {
  const about = async (): Promise<string> => textOf(await fake.slash({ name: 'about' }).response());
  expect(await about()).toContain('Questions are not stored here, except');
  await learnFromVotes('on');
  const text = await about();
  expect(text).toContain('Questions whose answers get votes are stored here');
  expect(text).not.toContain('Questions are not stored here, except');
});
