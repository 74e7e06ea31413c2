import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type APIMessage, InteractionResponseType, MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Community } from '../../../src/community/community.js';
import type { UnansweredQuestion } from '../../../src/community/unanswered-questions.js';
import { answerTo, type IndexedFolder, indexSeeds, type RunningBot, readPassages, runBot } from '../bot/running-bot.js';
import { ANSWERED_QUESTION, NOT_FOUND_QUESTION, REYKJAVIK, writeSeeds } from '../bot/seeds.js';
import { choose, MANAGER, openSettings } from '../bot/setting-lists.js';
import { controlOf, labelsOf, textOf } from '../bot/shown-message.js';
import type { FakeDiscord } from '../fake/fake-discord.js';
import type { OptionValues } from '../fake/people/command-data.js';
import { readCsv } from './csv.js';

/** The same as NOT_FOUND_QUESTION, and something else that no article answers. */
const REWORDED = 'How can I reset my router password?';
const UNRELATED = 'Which football club won the cup final?';

/** Kept by an earlier process for a week, which is over. */
const EXPIRED = 'Who kept this for too long?';

const DAY_MS = 86_400_000;
const PERSON_LIMIT = 3;
/** Three of one person, three of another, and one more. */
const SERVER_LIMIT = 7;

let folder: IndexedFolder;
let running: RunningBot;
/** Takes only a few questions a minute. */
let limited: RunningBot;
let fake: FakeDiscord;

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
  keepEarlier({ askedIn: '1', text: EXPIRED, askedAt: Date.now() - 8 * DAY_MS }, 7);
  expect(filesWith(EXPIRED)).not.toEqual([]);
  [running, limited] = await Promise.all([
    runBot(folder, { env: { FOOTNOTE_PERSON_LIMIT: '1000' } }),
    runBot(folder, {
      env: { FOOTNOTE_PERSON_LIMIT: String(PERSON_LIMIT), FOOTNOTE_SERVER_LIMIT: String(SERVER_LIMIT) },
    }),
  ]);
  fake = running.fake;
});

afterEach(() => {
  const database = new Database(join(folder.index, 'community.sqlite'));
  database.exec('DELETE FROM settings; DELETE FROM questions; DELETE FROM votes');
  database.close();
  expect(fake.violations).toEqual([]);
});

afterAll(async () => {
  await Promise.all([running?.end(), limited?.end()]);
  folder?.remove();
});

const ask = (question: string, userId?: string): Promise<APIMessage> =>
  fake.slash({ name: 'ask', options: { question }, userId }).response();

const gaps = (options: { readonly days?: number; readonly export?: boolean } = {}): Promise<APIMessage> =>
  fake.slash({ name: 'gaps', options, ...MANAGER }).response();

const keepQuestions = async (words = 'for 30 days'): Promise<void> =>
  void (await choose(fake, await openSettings(fake, { server: true }), 'keptDays', words));

async function vote(answer: APIMessage, action: 'right' | 'wrong', userId?: string): Promise<APIMessage> {
  const press = { messageId: answer.id, customId: controlOf(answer, action), userId };
  return fake.pressButton(press).response();
}

/** Once the bot has done what an event asks of it, which nobody is told of. */
async function gapsThat(holds: (text: string) => boolean): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const text = textOf(await gaps());
    if (holds(text) || attempt === 20) return text;
  }
}

/** Keeps a question as an earlier process did. */
function keepEarlier(question: Pick<UnansweredQuestion, 'askedIn' | 'text' | 'askedAt'>, days: number): void {
  const community = Community.open(folder.index);
  const asked = {
    serverId: running?.fake.guildId ?? '1',
    personId: '1',
    link: 'https://discord.com/channels/1/2',
    reason: 'not-found',
    passageId: null,
  } as const;
  community.questions.add({ ...asked, ...question }, days);
  community.close();
}

/** Files of the index folder whose bytes hold a text. */
function filesWith(text: string): string[] {
  return readdirSync(folder.index).filter((name) => readFileSync(join(folder.index, name)).includes(text));
}

test('a question whose days were over while no bot ran is gone once one starts', () => {
  // Nothing was asked yet, which would remove it as well.
  expect(filesWith(EXPIRED)).toEqual([]);
});

describe('unless a server wants it otherwise', () => {
  test('no question is written anywhere, whatever became of it', async () => {
    const mark = 'zanzibarparrot';
    const asked = `${ANSWERED_QUESTION} ${mark}`;
    const lost = `${NOT_FOUND_QUESTION} ${mark}`;
    const answer = await ask(asked);
    await vote(answer, 'wrong');
    await ask(lost);
    await answerTo(running, fake.say({ content: lost, mentionsBot: true }));
    await answerTo(running, fake.sayDirectly({ content: lost }));
    await fake.slash({ name: 'find', options: { words: mark } }).response();
    // The vote was written, so the right files are looked at.
    expect(filesWith(answer.id)).not.toEqual([]);
    expect(filesWith(mark)).toEqual([]);

    const card = textOf(await gaps());
    expect(card).toContain('This server doesn’t store the text of questions.');
    expect(card).not.toContain(mark);
    expect(textOf(await fake.slash({ name: 'about' }).response())).toContain('Questions are not stored here.');
  });

  test('questions in direct messages are not kept even when a server keeps its own', async () => {
    await keepQuestions();
    await answerTo(running, fake.sayDirectly({ content: `${NOT_FOUND_QUESTION} zanzibarparrot` }));
    await ask(UNRELATED);
    expect(filesWith(UNRELATED)).not.toEqual([]);
    expect(filesWith('zanzibarparrot')).toEqual([]);
  });
});

describe('/gaps', () => {
  test('is for those who manage a server, in private, and not for direct messages', async () => {
    const command = fake.commands.find(({ name }) => name === 'gaps');
    expect(command?.default_member_permissions).toBe(String(PermissionFlagsBits.ManageGuild));
    const handle = fake.slash({ name: 'gaps', ...MANAGER });
    expect((await handle.acknowledged()).isEphemeral).toBe(true);
    expect(textOf(await handle.response())).toContain('No passage was voted wrong');
    expect(() => fake.slash({ name: 'gaps', direct: true })).toThrow('not here');
  });

  test('shows what was not found: alike questions together, with counts, links and the nearest passage', async () => {
    await keepQuestions();
    expect(textOf(await fake.slash({ name: 'about' }).response())).toContain('are stored here for 30 days');
    await ask(UNRELATED);
    await ask(NOT_FOUND_QUESTION);
    const said = fake.say({ content: REWORDED, mentionsBot: true, authorId: fake.otherReader.id });
    await answerTo(running, said);
    await ask(ANSWERED_QUESTION);

    const card = textOf(await gaps());
    expect(card).not.toContain('is not kept in this server');
    expect(card).not.toContain(ANSWERED_QUESTION);
    const [together = '', alone = ''] = card.split('**“').slice(1);
    // The newest stands for its group.
    expect(together).toContain(`${REWORDED}”**`);
    expect(together).toContain('asked 2 times');
    expect(together).toContain(`“${NOT_FOUND_QUESTION}”`);
    const [channel = ''] = fake.channelIds;
    expect(together).toContain(`https://discord.com/channels/${fake.guildId}/${channel}/${said.id}`);
    expect(together.split('\n').some((line) => line.endsWith(`/${fake.guildId}/${channel}`))).toBe(true);
    expect(together).toMatch(/-# closest: \S/);
    expect(alone).toContain(`${UNRELATED}”**`);
    expect(alone).toContain('asked once');
  });

  test('shows a question whose answer was voted wrong as long as somebody finds it wrong', async () => {
    await keepQuestions();
    const answer = await ask(ANSWERED_QUESTION);
    const { otherReader } = fake;
    await vote(answer, 'wrong', otherReader.id);
    const card = textOf(await gaps());
    expect(card).toContain(ANSWERED_QUESTION);
    expect(card).toContain('voted wrong');
    expect(card).toContain(`https://discord.com/channels/${fake.guildId}/${answer.channel_id}/${answer.id}`);
    expect(card).toContain('**Passages voted wrong**');
    expect(card).toContain(`👎 1 · 👍 0 · **${REYKJAVIK.title}**`);

    await vote(answer, 'wrong');
    await vote(answer, 'wrong', otherReader.id);
    expect(textOf(await gaps())).toContain(ANSWERED_QUESTION);
    // The last one who found it wrong finds it right now.
    const shown = await vote(answer, 'right');
    expect(labelsOf(shown)).toContain('👍 1');
    expect(textOf(await gaps())).toContain('No unanswered questions');
  });

  test('shows passages that were voted wrong where no text is kept', async () => {
    await vote(await ask(ANSWERED_QUESTION), 'wrong');
    const card = textOf(await gaps());
    expect(card).toContain(`👎 1 · 👍 0 · **${REYKJAVIK.title}**`);
    expect(card).not.toContain(ANSWERED_QUESTION);
    expect(filesWith(ANSWERED_QUESTION)).toEqual([]);
  });

  test('forgets a question that is deleted, and takes the new wording of one that is corrected', async () => {
    await keepQuestions();
    const deleted = fake.say({ content: NOT_FOUND_QUESTION, mentionsBot: true });
    const corrected = fake.say({ content: UNRELATED, mentionsBot: true });
    await Promise.all([answerTo(running, deleted), answerTo(running, corrected)]);
    expect(textOf(await gaps())).toContain(NOT_FOUND_QUESTION);
    fake.deleteMessage(deleted.id);
    fake.editMessage({ messageId: corrected.id, content: `<@${fake.bot.id}> Who sells umbrellas for parrots?` });
    const card = await gapsThat((text) => !text.includes(NOT_FOUND_QUESTION) && text.includes('umbrellas'));
    expect(card).toContain('Who sells umbrellas for parrots?');
    expect(card).not.toContain(NOT_FOUND_QUESTION);
    expect(card).not.toContain(UNRELATED);
    expect(filesWith(NOT_FOUND_QUESTION)).toEqual([]);
    expect(filesWith(UNRELATED)).toEqual([]);
  });

  test('forgets a question that was answered in a thread and voted wrong when it is deleted', async () => {
    await keepQuestions();
    await choose(fake, await openSettings(fake, { server: true }), 'replyPlace', 'in a thread');
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const answer = await fake.waitFor('the answer in the thread', () => fake.messagesIn(question.id)[0]);
    await vote(answer, 'wrong');
    expect(textOf(await gaps())).toContain(ANSWERED_QUESTION);
    fake.deleteMessage(question.id);
    expect(await gapsThat((text) => !text.includes(ANSWERED_QUESTION))).not.toContain(ANSWERED_QUESTION);
  });

  test('forgets what was asked of an earlier process when the message is deleted or corrected now', async () => {
    await keepQuestions();
    const messages = [NOT_FOUND_QUESTION, UNRELATED].map((content) => ({ content, id: fake.say({ content }).id }));
    for (const { id, content } of messages) keepEarlier({ askedIn: id, text: content, askedAt: Date.now() }, 30);
    expect(textOf(await gaps())).toContain(UNRELATED);
    fake.deleteMessage(messages[0]?.id ?? '');
    fake.editMessage({ messageId: messages[1]?.id ?? '', content: 'Never mind.' });
    expect(await gapsThat((text) => text.includes('No unanswered questions'))).toContain('No unanswered questions');
  });

  test('looks back as many days as are asked for, and never at what has expired', async () => {
    const daysAgo = (days: number): number => Date.now() - days * DAY_MS;
    keepEarlier({ askedIn: '1', text: 'Asked ten days ago?', askedAt: daysAgo(10) }, 30);
    keepEarlier({ askedIn: '2', text: 'Kept for a week only?', askedAt: daysAgo(9) }, 7);
    expect(textOf(await gaps())).toContain('No passage was voted wrong');
    const card = textOf(await gaps({ days: 30 }));
    expect(card).toContain('in the last 30 days');
    expect(card).toContain('Asked ten days ago?');
    expect(card).not.toContain('Kept for a week only?');
    expect(filesWith('Kept for a week only?')).toEqual([]);
  });

  test('has nothing any more once the server keeps no questions, and neither have the files', async () => {
    await keepQuestions();
    await ask(NOT_FOUND_QUESTION);
    expect(filesWith(NOT_FOUND_QUESTION)).not.toEqual([]);
    await keepQuestions('never');
    expect(filesWith(NOT_FOUND_QUESTION)).toEqual([]);
    const card = textOf(await gaps());
    expect(card).toContain('This server doesn’t store the text of questions.');
    expect(card).not.toContain(NOT_FOUND_QUESTION);
  });

  test('shows questions as they were written, whatever Markdown is in them', async () => {
    await keepQuestions();
    await ask('**bold** [router](https://example.org) <@1> `code` password?');
    const card = textOf(await gaps());
    expect(card).not.toMatch(/(?<!\\)\[router/);
    expect(card).toContain('\\*\\*bold\\*\\* \\[router\\]');
  });

  test('exports all of it as a file that a spreadsheet opens without running anything', async () => {
    await keepQuestions();
    const dangerous = ['=1+1 router password', '@router password', '+router password', '-router password'];
    const plain = ['My "router", what is its password?', 'router; password, please'];
    for (const question of [...dangerous, ...plain]) await ask(question);
    const twoLines = `Where did Antony Blinken and Sergey Lavrov meet\nfor the first time?`;
    const answer = await answerTo(running, fake.say({ content: twoLines, mentionsBot: true }));
    await vote(answer, 'wrong', fake.otherReader.id);

    const handle = fake.slash({ name: 'gaps', options: { export: true }, ...MANAGER });
    expect((await handle.acknowledged()).isEphemeral).toBe(true);
    const response = await handle.response();
    expect(textOf(response)).toBe('Here is everything as a CSV file.');
    expect(response.attachments).toMatchObject([{ filename: 'gaps.csv' }]);
    const [file] = fake.requests.flatMap(({ files }) => files).slice(-1);
    expect(file?.name).toBe('gaps.csv');
    // Its three bytes of byte order mark, which is no text: without it spreadsheets take the file for another encoding.
    expect(response.attachments[0]?.size).toBe(Buffer.byteLength(file?.text ?? '') + 3);
    const rows = readCsv(file?.text ?? '');
    const questions = rows.filter(({ kind }) => kind !== 'passage');
    expect(questions).toHaveLength(dangerous.length + plain.length + 1);
    expect(new Set(questions.map(({ question }) => question))).toEqual(
      new Set([...dangerous.map((text) => `'${text}`), ...plain, twoLines]),
    );
    for (const row of rows) for (const field of Object.values(row)) expect(field).not.toMatch(/^[=+\-@\t\r]/);
    const passages = new Map(readPassages(folder).map(({ id, article }) => [id, article.title]));
    const wrong = questions.find(({ kind }) => kind === 'voted-wrong');
    expect(wrong).toMatchObject({
      question: twoLines,
      article: REYKJAVIK.title,
      link: `https://discord.com/channels/${fake.guildId}/${answer.channel_id}/${answer.id}`,
    });
    expect(passages.get(wrong?.passage_id ?? '')).toBe(REYKJAVIK.title);
    expect(Number.isNaN(Date.parse(wrong?.asked_at ?? ''))).toBe(false);
    expect(rows.filter(({ kind }) => kind === 'passage')).toMatchObject([
      { passage_id: wrong?.passage_id, article: REYKJAVIK.title, right: '0', wrong: '1', question: '' },
    ]);
    // Those that are alike have the number of their group.
    expect(new Set(questions.map(({ group }) => group)).size).toBeLessThan(questions.length);
  });
});

describe('/forget-me', () => {
  test('deletes votes and questions of whoever asks for it, and says what', async () => {
    await keepQuestions();
    const { reader, otherReader } = fake;
    const answer = await ask(ANSWERED_QUESTION);
    await vote(answer, 'right');
    await vote(answer, 'right', otherReader.id);
    await ask(NOT_FOUND_QUESTION);
    await answerTo(running, fake.say({ content: `${NOT_FOUND_QUESTION} Please.`, mentionsBot: true }));
    await ask(UNRELATED, otherReader.id);

    const forget = (userId: string) => fake.slash({ name: 'forget-me', userId });
    const handle = forget(reader.id);
    expect((await handle.acknowledged()).isEphemeral).toBe(true);
    expect(textOf(await handle.response())).toBe('Deleted: 1 vote, 2 questions.');
    expect(filesWith(NOT_FOUND_QUESTION)).toEqual([]);
    const card = textOf(await gaps());
    expect(card).not.toContain(NOT_FOUND_QUESTION);
    expect(card).toContain(UNRELATED);
    // The other one's vote is still counted, and now taken back.
    expect(labelsOf(await vote(answer, 'right', otherReader.id))).not.toContain('👍 1');
    expect(textOf(await forget(reader.id).response())).toBe('Nothing was stored about you.');
    expect(textOf(await forget(otherReader.id).response())).toBe('Deleted: 0 votes, 1 question.');
  });

  test('deletes what a person asked elsewhere too, from direct messages', async () => {
    await keepQuestions();
    await ask(NOT_FOUND_QUESTION);
    const told = await fake.slash({ name: 'forget-me', direct: true }).response();
    expect(textOf(told)).toBe('Deleted: 0 votes, 1 question.');
  });
});

test('/status says to those who manage the server how the bot is doing', async () => {
  const command = fake.commands.find(({ name }) => name === 'status');
  expect(command?.default_member_permissions).toBe(String(PermissionFlagsBits.ManageGuild));
  await ask(ANSWERED_QUESTION);
  const handle = fake.slash({ name: 'status', ...MANAGER });
  expect((await handle.acknowledged()).isEphemeral).toBe(true);
  const lines = textOf(await handle.response()).split('\n');
  const passages = readPassages(folder).length;
  expect(lines).toEqual([
    expect.stringMatching(/^\*\*Footnote \d+\.\d+\.\d+\*\*$/),
    `4 articles, ${passages} passages`,
    'model `Xenova/all-MiniLM-L6-v2`',
    expect.stringMatching(/^index updated <t:\d+:R>$/),
    expect.stringMatching(/^Discord(’s latency isn’t known yet| responds in \d+ ms)$/),
    expect.stringMatching(/^answers took \d+ ms \(median\) and at most \d+ ms \(last \d+\)$/),
    expect.stringMatching(/^started <t:\d+:R>$/),
    expect.stringMatching(/^\d+ MB of memory$/),
  ]);
  const started = Number(/<t:(\d+):R>/.exec(lines[6] ?? '')?.[1]) * 1000;
  expect(Math.abs(Date.now() - started)).toBeLessThan(600_000);
});

describe('whoever asks too much', () => {
  const TOO_MUCH = /^You’ve asked a lot in the last minute\. Please ask again in \d+ seconds?\.$/;
  const ALL_TOO_MUCH = /^This server is asking more questions .* Please ask again in \d+ seconds?\.$/;
  const say = (authorId: string): APIMessage =>
    limited.fake.say({ content: ANSWERED_QUESTION, mentionsBot: true, authorId });

  async function isRefused(userId: string, text: RegExp): Promise<void> {
    const calls: [string, OptionValues][] = [
      ['ask', { question: ANSWERED_QUESTION }],
      ['sources', {}],
    ];
    for (const [name, options] of calls) {
      const handle = limited.fake.slash({ name, options, userId });
      // At once and not after a waiting sign, which everybody would see.
      expect(await handle.acknowledged()).toMatchObject({
        type: InteractionResponseType.ChannelMessageWithSource,
        isEphemeral: true,
      });
      const response = await handle.response();
      expect(response.flags ?? 0).toBe(MessageFlags.Ephemeral | MessageFlags.IsComponentsV2);
      expect(textOf(response)).toMatch(text);
    }
  }

  test('with commands is told when to go on, alone, and others go on', async () => {
    const { reader } = limited.fake;
    const question = ANSWERED_QUESTION;
    for (let asked = 0; asked < PERSON_LIMIT; asked++) {
      const answer = await limited.fake.slash({ name: 'ask', options: { question } }).response();
      expect(textOf(answer)).toContain(REYKJAVIK.title);
    }
    await isRefused(reader.id, TOO_MUCH);
    // What is no question is no burden.
    expect(textOf(await limited.fake.slash({ name: 'about' }).response())).toContain('Footnote');
  });

  test('with mentions is told once, and then not answered', async () => {
    const { otherReader } = limited.fake;
    for (let asked = 0; asked < PERSON_LIMIT; asked++)
      expect(textOf(await answerTo(limited, say(otherReader.id)))).toContain(REYKJAVIK.title);
    expect(textOf(await answerTo(limited, say(otherReader.id)))).toMatch(TOO_MUCH);
    const ignored = say(otherReader.id);
    await isRefused(otherReader.id, TOO_MUCH);
    expect(await limited.fake.answersTo(ignored.id, { count: 0 })).toEqual([]);
  });

  test('together with all others in a server hears the same, and is answered elsewhere', async () => {
    const patient = limited.fake.addUser('patient');
    expect(textOf(await answerTo(limited, say(patient.id)))).toContain(REYKJAVIK.title);
    const next = limited.fake.addUser('next');
    expect(textOf(await answerTo(limited, say(next.id)))).toMatch(ALL_TOO_MUCH);
    const ignored = say(patient.id);
    await isRefused(limited.fake.addUser('third').id, ALL_TOO_MUCH);
    const direct = limited.fake.sayDirectly({ content: ANSWERED_QUESTION, authorId: next.id });
    expect(textOf(await answerTo(limited, direct))).toContain(REYKJAVIK.title);
    expect(await limited.fake.answersTo(ignored.id, { count: 0 })).toEqual([]);
  });
});
