import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIMessage, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Community } from '../../../src/community/community.js';
import type { UnansweredQuestion } from '../../../src/community/unanswered-questions.js';
import { alterCommunity, readPassages } from '../bot/indexed-folder.js';
import { pressControl } from '../bot/reader.js';
import { ANSWERED_QUESTION, NOT_FOUND_QUESTION, REYKJAVIK } from '../bot/seeds.js';
import { choose, MANAGER, openSettings } from '../bot/settings-card.js';
import { labelsOf, textOf } from '../bot/shown-message.js';
import { useArticles, useBot } from '../bot/use-bot.js';
import type { FakeDiscord } from '../fake/fake-discord.js';
import { readCsv } from './csv.js';

/** `NOT_FOUND_QUESTION` in other words. */
const REWORDED = 'How can I reset my router password?';
/** Another question that no article answers. */
const UNRELATED = 'Which football club won the cup final?';

/** Stored by an earlier process for a week, which has passed. */
const EXPIRED = 'Who kept this for too long?';

const DAY_MS = 86_400_000;

const articles = useArticles();
beforeAll(() => {
  storeEarlier({ askedIn: '1', text: EXPIRED, askedAt: Date.now() - 8 * DAY_MS }, 7);
  expect(filesWith(EXPIRED)).not.toEqual([]);
});

const bot = useBot({ articles });
let fake: FakeDiscord;
beforeAll(() => {
  fake = bot.fake;
});

afterEach(() => alterCommunity(bot.folder, 'DELETE FROM settings; DELETE FROM questions; DELETE FROM votes'));
const ask = (question: string, userId?: string): Promise<APIMessage> =>
  fake.slash({ name: 'ask', options: { question }, userId }).response();

const gaps = (options: { readonly days?: number; readonly export?: boolean } = {}): Promise<APIMessage> =>
  fake.slash({ name: 'gaps', options, ...MANAGER }).response();

const storeQuestions = async (words = 'for 30 days'): Promise<void> =>
  void (await choose(fake, await openSettings(fake, { server: true }), 'keptDays', words));

async function vote(answer: APIMessage, action: 'right' | 'wrong', userId?: string): Promise<APIMessage> {
  return pressControl(fake, answer, action, { userId }).response();
}

/** The text of `/gaps` once the bot has handled an event, which leaves no other trace. */
async function gapsOnce(isExpected: (text: string) => boolean): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const text = textOf(await gaps());
    if (isExpected(text) || attempt === 20) return text;
  }
}

/** Stores a question as an earlier process of the bot would have done. */
function storeEarlier(question: Pick<UnansweredQuestion, 'askedIn' | 'text' | 'askedAt'>, days: number): void {
  const community = Community.open(articles.folder.index);
  const asked = {
    serverId: fake?.guildId ?? '1',
    personId: '1',
    link: 'https://discord.com/channels/1/2',
    reason: 'not-found',
    passageId: null,
  } as const;
  community.questions.add({ ...asked, ...question }, days);
  community.close();
}

/** The files of the index folder that contain a text. */
function filesWith(text: string): string[] {
  return readdirSync(articles.folder.index).filter((name) =>
    readFileSync(join(articles.folder.index, name)).includes(text),
  );
}

test('a question that expired while no bot was running is deleted when one starts', () => {
  // This test comes first, because asking anything would delete it too.
  expect(filesWith(EXPIRED)).toEqual([]);
});

describe('unless a server chooses to store questions', () => {
  test('no question is written to disk, whatever its outcome', async () => {
    const mark = 'zanzibarparrot';
    const asked = `${ANSWERED_QUESTION} ${mark}`;
    const lost = `${NOT_FOUND_QUESTION} ${mark}`;
    const answer = await ask(asked);
    await vote(answer, 'wrong');
    await ask(lost);
    await bot.answerTo(fake.say({ content: lost, mentionsBot: true }));
    await bot.answerTo(fake.sayDirectly({ content: lost }));
    await fake.slash({ name: 'find', options: { words: mark } }).response();
    // The vote is there, so these are the right files.
    expect(filesWith(answer.id)).not.toEqual([]);
    expect(filesWith(mark)).toEqual([]);

    const card = textOf(await gaps());
    expect(card).toContain('This server doesn’t store the text of questions.');
    expect(card).not.toContain(mark);
    expect(textOf(await fake.slash({ name: 'about' }).response())).toContain('Questions are not stored here, except');
  });

  test('questions in direct messages are not stored even if a server stores its own', async () => {
    await storeQuestions();
    await bot.answerTo(fake.sayDirectly({ content: `${NOT_FOUND_QUESTION} zanzibarparrot` }));
    await ask(UNRELATED);
    expect(filesWith(UNRELATED)).not.toEqual([]);
    expect(filesWith('zanzibarparrot')).toEqual([]);
  });
});

describe('/gaps', () => {
  test('is only for people who manage the server, answers privately, and does not exist in direct messages', async () => {
    const command = fake.commands.find(({ name }) => name === 'gaps');
    expect(command?.default_member_permissions).toBe(String(PermissionFlagsBits.ManageGuild));
    const handle = fake.slash({ name: 'gaps', ...MANAGER });
    expect((await handle.acknowledged()).isEphemeral).toBe(true);
    expect(textOf(await handle.response())).toContain('No passage was marked wrong');
    expect(() => fake.slash({ name: 'gaps', direct: true })).toThrow('not here');
  });

  test('shows unanswered questions, similar ones together, with counts, links and the nearest passage', async () => {
    await storeQuestions();
    expect(textOf(await fake.slash({ name: 'about' }).response())).toContain('are stored here for 30 days');
    await ask(UNRELATED);
    await ask(NOT_FOUND_QUESTION);
    const said = fake.say({ content: REWORDED, mentionsBot: true, authorId: fake.otherReader.id });
    await bot.answerTo(said);
    await ask(ANSWERED_QUESTION);

    const card = textOf(await gaps());
    expect(card).not.toContain('is not kept in this server');
    expect(card).not.toContain(ANSWERED_QUESTION);
    const [together = '', alone = ''] = card.split('**“').slice(1);
    // Each group shows its newest question.
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

  test('shows a question whose answer was marked wrong as long as one such vote is left', async () => {
    await storeQuestions();
    const answer = await ask(ANSWERED_QUESTION);
    const { otherReader } = fake;
    await vote(answer, 'wrong', otherReader.id);
    const card = textOf(await gaps());
    expect(card).toContain(ANSWERED_QUESTION);
    expect(card).toContain('marked wrong');
    expect(card).toContain(`https://discord.com/channels/${fake.guildId}/${answer.channel_id}/${answer.id}`);
    expect(card).toContain('**Passages marked wrong**');
    expect(card).toContain(`👎 1 · 👍 0 · **${REYKJAVIK.title}**`);

    await vote(answer, 'wrong');
    await vote(answer, 'wrong', otherReader.id);
    expect(textOf(await gaps())).toContain(ANSWERED_QUESTION);
    // The last person who voted it wrong now votes it right.
    const shown = await vote(answer, 'right');
    expect(labelsOf(shown)).toContain('👍 1');
    expect(textOf(await gaps())).toContain('No unanswered questions');
  });

  test('shows passages that were marked wrong even if no questions are stored', async () => {
    await vote(await ask(ANSWERED_QUESTION), 'wrong');
    const card = textOf(await gaps());
    expect(card).toContain(`👎 1 · 👍 0 · **${REYKJAVIK.title}**`);
    expect(card).not.toContain(ANSWERED_QUESTION);
    expect(filesWith(ANSWERED_QUESTION)).toEqual([]);
  });

  test('forgets a question that is deleted, and takes the new wording of one that is edited', async () => {
    await storeQuestions();
    const deleted = fake.say({ content: NOT_FOUND_QUESTION, mentionsBot: true });
    const edited = fake.say({ content: UNRELATED, mentionsBot: true });
    await Promise.all([bot.answerTo(deleted), bot.answerTo(edited)]);
    expect(textOf(await gaps())).toContain(NOT_FOUND_QUESTION);
    fake.deleteMessage(deleted.id);
    fake.editMessage({ messageId: edited.id, content: `<@${fake.bot.id}> Who sells umbrellas for parrots?` });
    const card = await gapsOnce((text) => !text.includes(NOT_FOUND_QUESTION) && text.includes('umbrellas'));
    expect(card).toContain('Who sells umbrellas for parrots?');
    expect(card).not.toContain(NOT_FOUND_QUESTION);
    expect(card).not.toContain(UNRELATED);
    expect(filesWith(NOT_FOUND_QUESTION)).toEqual([]);
    expect(filesWith(UNRELATED)).toEqual([]);
  });

  test('forgets a question that was answered in a thread and marked wrong once it is deleted', async () => {
    await storeQuestions();
    await choose(fake, await openSettings(fake, { server: true }), 'replyPlace', 'in a thread');
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const answer = await fake.waitFor('the answer in the thread', () => fake.messagesIn(question.id)[0]);
    await vote(answer, 'wrong');
    expect(textOf(await gaps())).toContain(ANSWERED_QUESTION);
    fake.deleteMessage(question.id);
    expect(await gapsOnce((text) => !text.includes(ANSWERED_QUESTION))).not.toContain(ANSWERED_QUESTION);
  });

  test('forgets what an earlier process was asked once the message is deleted or edited', async () => {
    await storeQuestions();
    const messages = [NOT_FOUND_QUESTION, UNRELATED].map((content) => ({ content, id: fake.say({ content }).id }));
    for (const { id, content } of messages) storeEarlier({ askedIn: id, text: content, askedAt: Date.now() }, 30);
    expect(textOf(await gaps())).toContain(UNRELATED);
    fake.deleteMessage(messages[0]?.id ?? '');
    fake.editMessage({ messageId: messages[1]?.id ?? '', content: 'Never mind.' });
    expect(await gapsOnce((text) => text.includes('No unanswered questions'))).toContain('No unanswered questions');
  });

  test('looks back the given number of days, and never shows expired questions', async () => {
    const daysAgo = (days: number): number => Date.now() - days * DAY_MS;
    storeEarlier({ askedIn: '1', text: 'Asked ten days ago?', askedAt: daysAgo(10) }, 30);
    storeEarlier({ askedIn: '2', text: 'Kept for a week only?', askedAt: daysAgo(9) }, 7);
    expect(textOf(await gaps())).toContain('No passage was marked wrong');
    const card = textOf(await gaps({ days: 30 }));
    expect(card).toContain('in the last 30 days');
    expect(card).toContain('Asked ten days ago?');
    expect(card).not.toContain('Kept for a week only?');
    expect(filesWith('Kept for a week only?')).toEqual([]);
  });

  test('is empty once the server stops storing questions, and so are the files', async () => {
    await storeQuestions();
    await ask(NOT_FOUND_QUESTION);
    expect(filesWith(NOT_FOUND_QUESTION)).not.toEqual([]);
    await storeQuestions('never');
    expect(filesWith(NOT_FOUND_QUESTION)).toEqual([]);
    const card = textOf(await gaps());
    expect(card).toContain('This server doesn’t store the text of questions.');
    expect(card).not.toContain(NOT_FOUND_QUESTION);
  });

  test('shows questions as they were written, with any Markdown escaped', async () => {
    await storeQuestions();
    await ask('**bold** [router](https://example.org) <@1> `code` password?');
    const card = textOf(await gaps());
    expect(card).not.toMatch(/(?<!\\)\[router/);
    expect(card).toContain('\\*\\*bold\\*\\* \\[router\\]');
  });

  test('exports everything as a file that a spreadsheet opens without running formulas', async () => {
    await storeQuestions();
    const dangerous = ['=1+1 router password', '@router password', '+router password', '-router password'];
    const plain = ['My "router", what is its password?', 'router; password, please'];
    for (const question of [...dangerous, ...plain]) await ask(question);
    const twoLines = `Where did Antony Blinken and Sergey Lavrov meet\nfor the first time?`;
    const answer = await bot.answerTo(fake.say({ content: twoLines, mentionsBot: true }));
    await vote(answer, 'wrong', fake.otherReader.id);

    const handle = fake.slash({ name: 'gaps', options: { export: true }, ...MANAGER });
    expect((await handle.acknowledged()).isEphemeral).toBe(true);
    const response = await handle.response();
    expect(textOf(response)).toBe('Here is everything as a CSV file.');
    expect(response.attachments).toMatchObject([{ filename: 'gaps.csv' }]);
    const [file] = fake.requests.flatMap(({ files }) => files).slice(-1);
    expect(file?.name).toBe('gaps.csv');
    // Three bytes more than its text: the byte order mark, without which spreadsheets guess another encoding.
    expect(response.attachments[0]?.size).toBe(Buffer.byteLength(file?.text ?? '') + 3);
    const rows = readCsv(file?.text ?? '');
    const questions = rows.filter(({ kind }) => kind !== 'passage');
    expect(questions).toHaveLength(dangerous.length + plain.length + 1);
    expect(new Set(questions.map(({ question }) => question))).toEqual(
      new Set([...dangerous.map((text) => `'${text}`), ...plain, twoLines]),
    );
    for (const row of rows) for (const field of Object.values(row)) expect(field).not.toMatch(/^[=+\-@\t\r]/);
    const passages = new Map(readPassages(bot.folder).map(({ id, article }) => [id, article.title]));
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
    // Similar questions share the number of their group.
    expect(new Set(questions.map(({ group }) => group)).size).toBeLessThan(questions.length);
  });
});

describe('/forget-me', () => {
  test('deletes the votes and questions of the person who uses it, and says how many there were', async () => {
    await storeQuestions();
    const { reader, otherReader } = fake;
    const answer = await ask(ANSWERED_QUESTION);
    await vote(answer, 'right');
    await vote(answer, 'right', otherReader.id);
    await ask(NOT_FOUND_QUESTION);
    await bot.answerTo(fake.say({ content: `${NOT_FOUND_QUESTION} Please.`, mentionsBot: true }));
    await ask(UNRELATED, otherReader.id);

    const forget = (userId: string) => fake.slash({ name: 'forget-me', userId });
    const handle = forget(reader.id);
    expect((await handle.acknowledged()).isEphemeral).toBe(true);
    expect(textOf(await handle.response())).toBe('Deleted: 1 vote, 2 questions.');
    expect(filesWith(NOT_FOUND_QUESTION)).toEqual([]);
    const card = textOf(await gaps());
    expect(card).not.toContain(NOT_FOUND_QUESTION);
    expect(card).toContain(UNRELATED);
    // The other person's vote was still counted, until it is taken back here.
    expect(labelsOf(await vote(answer, 'right', otherReader.id))).not.toContain('👍 1');
    expect(textOf(await forget(reader.id).response())).toBe('Nothing was stored about you.');
    expect(textOf(await forget(otherReader.id).response())).toBe('Deleted: 0 votes, 1 question.');
  });

  test('works in direct messages, and deletes what the person asked in servers', async () => {
    await storeQuestions();
    await ask(NOT_FOUND_QUESTION);
    const told = await fake.slash({ name: 'forget-me', direct: true }).response();
    expect(textOf(told)).toBe('Deleted: 0 votes, 1 question.');
  });
});

test('/status tells people who manage the server how the bot is doing', async () => {
  const command = fake.commands.find(({ name }) => name === 'status');
  expect(command?.default_member_permissions).toBe(String(PermissionFlagsBits.ManageGuild));
  await ask(ANSWERED_QUESTION);
  const handle = fake.slash({ name: 'status', ...MANAGER });
  expect((await handle.acknowledged()).isEphemeral).toBe(true);
  const lines = textOf(await handle.response()).split('\n');
  const passages = readPassages(bot.folder).length;
  expect(lines).toEqual([
    expect.stringMatching(/^\*\*Footnote \d+\.\d+\.\d+\*\*$/),
    `4 articles, ${passages} passages`,
    'model `Xenova/all-MiniLM-L6-v2`',
    expect.stringMatching(/^index updated <t:\d+:R>$/),
    expect.stringMatching(/^Discord(’s latency isn’t known yet| responds in \d+ ms)$/),
    expect.stringMatching(/^latest answers \(\d+\): median \d+ ms, slowest \d+ ms$/),
    expect.stringMatching(/^started <t:\d+:R>$/),
    expect.stringMatching(/^\d+ MB of memory$/),
  ]);
  const started = Number(/<t:(\d+):R>/.exec(lines[6] ?? '')?.[1]) * 1000;
  expect(Math.abs(Date.now() - started)).toBeLessThan(600_000);
});
