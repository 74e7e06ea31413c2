import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  type APIMessage,
  ComponentType,
  GatewayIntentBits,
  InteractionResponseType,
  MessageFlags,
} from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encodeControl } from '../../../src/discord/format/custom-id.js';
import { textsFor } from '../../../src/discord/locales/texts.js';
import {
  answerTo as firstAnswerTo,
  type IndexedFolder,
  indexSeeds,
  type RunningBot,
  readPassages,
  runBot,
} from '../bot/running-bot.js';
import { ANSWERED_QUESTION, NOT_FOUND_QUESTION, REYKJAVIK, writeSeeds } from '../bot/seeds.js';
import { controlOf, labelsOf, textOf } from '../bot/shown-message.js';
import { readBlockQuote } from '../bot/shown-text.js';
import { stateSetting } from '../bot/state-setting.js';
import type { OptionValue } from '../fake/people/command-data.js';
import type { Place } from '../fake/people/people.js';

const FERRY_QUESTION = 'How long does the crossing of the island ferry take?';
const GERMAN_QUESTION = 'Wo haben sich Antony Blinken und Sergey Lavrov zum ersten Mal getroffen?';
/** What messages are answered in where nobody says otherwise. */
const SERVER_LANGUAGE = 'tr';

const REPLY = { method: 'POST', path: /^\/channels\/\d+\/messages$/ };
const CALLBACK = { method: 'POST', path: /^\/interactions\/.*\/callback$/ };
const EDIT = { method: 'PATCH', path: /^\/webhooks\/.*\/messages\// };
const REFUSED = { status: 400, body: { code: 50035, message: 'Invalid Form Body' } };

let folder: IndexedFolder;
let running: RunningBot;

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
  running = await runBot(folder, {
    fake: { grantedIntents: GatewayIntentBits.MessageContent, guildLocale: SERVER_LANGUAGE },
    env: { DISCORD_MESSAGE_CONTENT: 'on', FOOTNOTE_PERSON_LIMIT: '1000' },
  });
});

afterEach(() => {
  running.fake.faults.clear();
  expect(running.fake.violations).toEqual([]);
});

afterAll(async () => {
  await running?.end();
  folder?.remove();
});

function slash(name: string, options: Readonly<Record<string, OptionValue>> = {}, place: Place = {}) {
  return running.fake.slash({ name, options, ...place });
}

function ask(options: Readonly<Record<string, OptionValue>> = {}, place: Place = {}): Promise<APIMessage> {
  return slash('ask', { question: ANSWERED_QUESTION, ...options }, place).response();
}

const answerTo = (question: APIMessage): Promise<APIMessage> => firstAnswerTo(running, question);

/** Uses "Answer this" on a message, as the reader. */
function answerThis(targetId: string) {
  return running.fake.useMessageCommand({ name: 'Answer this', targetId });
}

function press(message: APIMessage, action: string, userId = running.fake.reader.id) {
  return running.fake.pressButton({ messageId: message.id, customId: controlOf(message, action), userId });
}

function isPrivate({ flags }: APIMessage): boolean {
  return ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}

/** The quotes in a message as a person reads them. */
function quotesIn(message: APIMessage): string {
  const lines = textOf(message).split('\n');
  return readBlockQuote(lines.filter((line) => line.startsWith('>')).join('\n')).text;
}

function expectReykjavik(message: APIMessage | undefined): void {
  if (message === undefined) throw new Error('There is no answer');
  expect(quotesIn(message)).toMatch(/^Antony Blinken and Sergey Lavrov met for the first time/);
  expect(textOf(message)).toContain(`**[1]** **${REYKJAVIK.title}**`);
}

function articleId(file: string): string {
  const id = readPassages(folder).find(({ article }) => article.file === file)?.article.id;
  if (id === undefined) throw new Error(`No article ${file}`);
  return id;
}

describe('/ask with an article', () => {
  test('offers titles only', async () => {
    const { fake } = running;
    const offered = (typed: string) =>
      fake.autocomplete({ name: 'ask', options: { question: 'x', article: typed }, focused: 'article' }).choices();

    expect(await offered('ferry')).toEqual([
      { name: 'The old ferry sails again', value: `article:${articleId('news/ferry.md')}` },
    ]);
    // These words begin a passage.
    expect(await offered('bakers near')).toEqual([]);
    expect((await offered('')).map(({ value }) => String(value)).sort()).toEqual(
      [...new Set(readPassages(folder).map(({ article }) => `article:${article.id}`))].sort(),
    );
  });

  test('answers from that article only, and the pages are of it only', async () => {
    const article = `article:${articleId('news/ferry.md')}`;
    const answer = await ask({ question: FERRY_QUESTION, article });
    expect(quotesIn(answer)).toContain('takes forty minutes');
    const page = await press(answer, 'page').response();
    expect(textOf(page)).toContain('Passage 1 of 1,');

    const elsewhere = await ask({ article });
    expect(textOf(elsewhere)).not.toContain('Harpa');
    expect(textOf(elsewhere)).not.toContain('Answered');
  });

  test('that was typed and not chosen is refused with the remedy', async () => {
    const answer = await ask({ article: 'the old ferry' });

    expect(textOf(answer)).toBe('Pick an article from the list that appears as you type, or browse `/sources`.');
  });

  test('that is a passage, or that there is none of any more, is refused with the remedy', async () => {
    const passage = `passage:${readPassages(folder)[0]?.id}`;
    expect(textOf(await ask({ article: passage }))).toContain('Pick an article from the list');
    expect(textOf(await ask({ article: 'article:aaaaaaaaaa' }))).toBe(
      'That article is no longer in the index. Please look it up again.',
    );
  });
});

describe('a private answer', () => {
  test('is seen by who asked and by nobody else', async () => {
    const { fake } = running;
    const channelId = fake.channelIds[0] ?? '';
    const before = fake.messagesIn(channelId).length;
    const asked = slash('ask', { question: ANSWERED_QUESTION, private: true });
    expect((await asked.acknowledged()).isEphemeral).toBe(true);
    const answer = await asked.response();

    expectReykjavik(answer);
    expect(labelsOf(answer)).toContain('Share');
    expect(fake.messagesIn(channelId)).toHaveLength(before);
  });

  test('is what a channel of private answers gives, unless somebody wants it otherwise', async () => {
    const { fake } = running;
    const channelId = fake.channelIds[1] ?? '';
    const target = fake.say({ content: ANSWERED_QUESTION, channelId, authorId: fake.otherReader.id });
    await stateSetting(fake, channelId, 'replyPlace', 'private');
    const answers = [
      await ask({}, { channelId }),
      await ask({ private: false }, { channelId }),
      await answerThis(target.id).response(),
    ];
    await stateSetting(fake, channelId, 'replyPlace', 'inherit');

    expect(answers.map(isPrivate)).toEqual([true, false, true]);
    expect(answers.map((answer) => labelsOf(answer).includes('Share'))).toEqual([true, false, true]);
    expect(isPrivate(await ask({}, { channelId }))).toBe(false);
  });
});

describe('Answer this', () => {
  test('answers what somebody else said, and leads to it', async () => {
    const { fake } = running;
    const said = fake.say({ content: ANSWERED_QUESTION, authorId: fake.otherReader.id });
    const answer = await answerThis(said.id).response();

    expectReykjavik(answer);
    const [heading, question] = textOf(answer).split('\n');
    expect(heading).toBe(
      `-# Answer to [this message](<https://discord.com/channels/${fake.guildId}/${said.channel_id}/${said.id}>)`,
    );
    expect(question).toBe(`**${ANSWERED_QUESTION}**`);
    expect(fake.pinged(answer.id)).toEqual([]);
    // Who used it is the asker, not who wrote the message.
    const refused = await press(answer, 'remove', fake.otherReader.id).response();
    expect([isPrivate(refused), textOf(refused)]).toEqual([
      true,
      'Only the person who asked and moderators can remove this.',
    ]);
    const page = await press(answer, 'page').response();
    expect([page.id, textOf(page).split('\n')[0]]).toEqual([answer.id, heading]);
    await press(answer, 'remove').deleted();
  });

  test('leaves out the mention of the bot, and words in the message ping nobody', async () => {
    const { fake } = running;
    const said = fake.say({ content: `@everyone <@${fake.otherReader.id}> ${ANSWERED_QUESTION}` });
    const answer = await answerThis(said.id).response();

    expect(textOf(answer)).toContain(`**\\@everyone \\<\\@${fake.otherReader.id}\\> ${ANSWERED_QUESTION}**`);
    expect(fake.pinged(answer.id)).toEqual([]);
    const mention = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    expect(textOf(await answerThis(mention.id).response())).toContain(`\n**${ANSWERED_QUESTION}**\n`);
  });

  test.each([
    ['a message without text', () => running.fake.say({ content: '' }).id],
    ['a message that only mentions the bot', () => running.fake.say({ content: '', mentionsBot: true }).id],
    ['an answer of the bot', async () => (await ask()).id],
  ])('has nothing to answer in %s', async (_, target) => {
    expect(textOf(await answerThis(await target()).response())).toBe(
      'There is no text in that message for me to answer.',
    );
  });

  test('works in direct messages', async () => {
    const { fake } = running;
    const said = fake.sayDirectly({ content: ANSWERED_QUESTION });
    const answer = await answerThis(said.id).response();

    expectReykjavik(answer);
    expect(textOf(answer)).toContain(`(<https://discord.com/channels/@me/${fake.directChannelId()}/${said.id}>)`);
    await press(answer, 'remove').deleted();
  });
});

describe.each(['guild', 'direct', 'group'] as const)('where only a person has installed the bot (%s),', (elsewhere) => {
  const place = { userInstalled: true, elsewhere } as const;

  test('/ask answers, and the buttons work', async () => {
    const { fake } = running;
    const answer = await ask({}, place);
    expectReykjavik(answer);
    expect(answer.channel_id).toBe(fake.foreignChannelId(elsewhere));

    const page = await press(answer, 'page').response();
    expect([page.id, textOf(page).includes('Passage 1 of 6')]).toEqual([answer.id, true]);
    const copy = await press(page, 'page', fake.otherReader.id).response();
    expect([copy.id === answer.id, isPrivate(copy)]).toEqual([false, true]);
    expect(quotesIn(await press(page, 'context').response())).toBe(quotesIn(page));
    expect(textOf(await press(page, 'why').response())).toContain('It ranks number 1 of the 6 passages');
    expect(labelsOf(await press(page, 'wrong', fake.otherReader.id).response())).toContain('👎 1');
    await press(page, 'remove').deleted();

    const shared = await press(await ask({ private: true }, place), 'share').response();
    expect([isPrivate(shared), textOf(shared)]).toEqual([
      false,
      expect.stringContaining(`-# Shared by <@${fake.reader.id}>\n`),
    ]);
  });

  test('/find and /cite show passages, and their buttons work', async () => {
    const { fake } = running;
    const found = await slash('find', { words: 'harbour' }, place).response();
    expect(isPrivate(found)).toBe(true);
    expect(textOf(found)).toContain('The closest passages · Page 1 of 2');
    expect(textOf(await press(found, 'found').response())).toContain('Page 2 of 2');
    const [list] = (found.components ?? []).flatMap((one) =>
      one.type === ComponentType.ActionRow ? one.components : [],
    );
    if (list?.type !== ComponentType.StringSelect) throw new Error('There is no list');
    const values = list.options.slice(0, 1).map(({ value }) => value);
    const chosen = await fake.selectOption({ messageId: found.id, customId: list.custom_id, values }).response();
    expect(quotesIn(chosen)).toBe(readPassages(folder).find(({ id }) => id === values[0])?.text);

    const [choice] = await fake
      .autocomplete({ name: 'cite', options: { passage: 'keeper measured' }, focused: 'passage', ...place })
      .choices();
    const cited = await slash('cite', { passage: choice?.value ?? '' }, place).response();
    expect(isPrivate(cited)).toBe(false);
    expect(quotesIn(cited)).toContain('oil paper');
    expect(quotesIn(await press(cited, 'context', fake.otherReader.id).response())).toBe(quotesIn(cited));
  });

  test('`Answer this` answers what somebody says there', async () => {
    const { fake } = running;
    const channelId = fake.foreignChannelId(elsewhere);
    const said = fake.say({ content: ANSWERED_QUESTION, channelId, authorId: fake.otherReader.id });
    const answer = await answerThis(said.id).response();

    expectReykjavik(answer);
    expect(textOf(answer)).toContain(`/${channelId}/${said.id}>)`);
  });
});

describe('with the Message Content intent', () => {
  /** What the bot says to messages, once everything said before is handled. */
  async function answersTo(...messages: readonly APIMessage[]): Promise<number[]> {
    await answerTo(running.fake.sayDirectly({ content: NOT_FOUND_QUESTION, authorId: running.fake.otherReader.id }));
    const found = messages.map(({ id }) => running.fake.answersTo(id, { count: 0, settleMs: 50 }));
    return (await Promise.all(found)).map(({ length }) => length);
  }

  test('what people say to each other still gets no answer', async () => {
    const { fake } = running;
    const other = fake.otherReader.id;
    const remark = fake.say({ content: ANSWERED_QUESTION });
    const reply = fake.say({ content: FERRY_QUESTION, replyTo: remark.id, authorId: other });
    const quiet = fake.say({ content: FERRY_QUESTION, replyTo: remark.id, authorId: other, pingsOnReply: false });
    const { threadId } = fake.startThread({ channelId: remark.channel_id, name: 'About the ferry' });
    const inThread = fake.say({ content: FERRY_QUESTION, channelId: threadId });
    const cited = fake.say({ content: 'See [[The old ferry sails again]]' });

    expect(await answersTo(remark, reply, quiet, inThread, cited)).toEqual([0, 0, 0, 0, 0]);
  });

  test('a reply to somebody else that mentions the bot is answered', async () => {
    const { fake } = running;
    const remark = fake.say({ content: 'The ferry was late.', authorId: fake.otherReader.id });

    expectReykjavik(await answerTo(fake.say({ content: ANSWERED_QUESTION, replyTo: remark.id, mentionsBot: true })));
  });

  test('a reply to an answer is a question, whether it pings the bot or not', async () => {
    const { fake } = running;
    const answer = await ask();
    const quiet = fake.say({ content: ANSWERED_QUESTION, replyTo: answer.id, pingsOnReply: false });

    expectReykjavik(await answerTo(quiet));
    expectReykjavik(await answerTo(fake.say({ content: ANSWERED_QUESTION, replyTo: answer.id })));
  });

  test('a message that the gateway delivers twice is answered once', async () => {
    const { fake } = running;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    fake.redeliver(question.id);
    await answerTo(question);
    fake.redeliver(question.id);
    fake.redeliverOnResume(question.id);
    const { resumes } = fake.connections;
    fake.gatewayFaults.dropSockets();
    await fake.waitFor('the resumed session', () => (fake.connections.resumes > resumes ? true : undefined));

    expect(await answersTo(question)).toEqual([1]);
  });
});

describe('the bot speaks', () => {
  /** What it says of a question in German, in a language. */
  function note(locale: string, asked: string, written: string): string {
    return textsFor(locale).say('notes.language', { asked, written });
  }

  test.each([
    ['de', 'Deutsch', 'Englisch'],
    ['fr', 'allemand', 'anglais'],
    ['es-419', 'alemán', 'inglés'],
    ['en-GB', 'German', 'English'],
    ['ja', 'German', 'English'],
  ])('the language of the person who asks: %s', async (locale, asked, written) => {
    const answer = await ask({ question: GERMAN_QUESTION }, { locale });

    expect(textOf(answer)).toContain(note(locale, asked, written));
    expect(textOf(answer)).toContain(textsFor(locale).say('answer.link'));
    expect(labelsOf(answer)).toContain(textsFor(locale).say('buttons.context'));
  });

  test('that of the person who presses, in what only they see', async () => {
    const answer = await ask({}, { locale: 'fr' });
    const other = { userId: running.fake.otherReader.id, locale: 'de' };
    const customId = controlOf(answer, 'why');
    const why = await running.fake.pressButton({ messageId: answer.id, customId, ...other }).response();

    expect(textOf(why)).toContain(textsFor('de').say('why.heading'));
    expect(textOf(why)).toMatch(/„[^„]*“ und „[^„]*“/);
  });

  test('that of their last command to messages of people, of others that of the server, and English directly', async () => {
    const { fake } = running;
    const authorId = fake.addUser('newcomer').id;
    const said = await answerTo(fake.say({ content: GERMAN_QUESTION, mentionsBot: true, authorId }));
    const direct = await answerTo(fake.sayDirectly({ content: GERMAN_QUESTION, authorId }));
    await fake.slash({ name: 'about', userId: authorId, locale: 'fr' }).response();
    const later = await answerTo(fake.sayDirectly({ content: GERMAN_QUESTION, authorId }));

    expect(textOf(said)).toContain(note(SERVER_LANGUAGE, 'Almanca', 'İngilizce'));
    expect(textOf(direct)).toContain(note('en', 'German', 'English'));
    expect(textOf(later)).toContain(note('fr', 'allemand', 'anglais'));
  });

  test('that of a channel there, whoever asks', async () => {
    const { fake } = running;
    const channelId = fake.channelIds[1] ?? '';
    await stateSetting(fake, channelId, 'language', 'fr');
    const texts = [
      textOf(await ask({ question: GERMAN_QUESTION }, { channelId, locale: 'es-ES' })),
      textOf(await answerTo(fake.say({ content: GERMAN_QUESTION, mentionsBot: true, channelId }))),
    ];
    await stateSetting(fake, channelId, 'language', 'inherit');

    for (const text of texts) expect(text).toContain(note('fr', 'allemand', 'anglais'));
    const later = await ask({ question: GERMAN_QUESTION }, { channelId, locale: 'es-ES' });
    expect(textOf(later)).toContain(note('es', 'alemán', 'inglés'));
  });
});

describe('one answer is seen although the first response is lost:', () => {
  const faults = [
    ['Discord fails after it acted', { status: 500, afterActing: true }],
    ['the connection breaks after Discord acted', { when: 'after' }],
    ['the connection breaks before Discord acts', { when: 'before' }],
  ] as const;

  function lose(target: typeof EDIT, fault: (typeof faults)[number][1]): void {
    const planned = running.fake.faults;
    if ('when' in fault) planned.destroySocket({ ...target, ...fault });
    else planned.respond({ ...target, ...fault });
  }

  test.each(faults)('%s (/cite, which is answered at once)', async (_, fault) => {
    const { fake } = running;
    const channelId = fake.channelIds[1] ?? '';
    const before = fake.messagesIn(channelId).length;
    lose(CALLBACK, fault);
    const passage = `passage:${readPassages(folder)[0]?.id}`;
    const cited = await slash('cite', { passage, for: fake.otherReader.id }, { channelId }).response();
    await ask({ private: true }, { channelId });

    expect(textOf(cited)).toContain(`<@${fake.reader.id}> cites:`);
    expect(fake.pinged(cited.id)).toEqual([fake.otherReader.id]);
    expect(fake.messagesIn(channelId)).toHaveLength(before + 1);
  });

  test.each(faults)('%s (`Answer this` and a button)', async (_, fault) => {
    const { fake } = running;
    const channelId = fake.channelIds[1] ?? '';
    const said = fake.say({ content: ANSWERED_QUESTION, channelId });
    const before = fake.messagesIn(channelId).length;
    lose(CALLBACK, fault);
    lose(EDIT, fault);
    const answer = await answerThis(said.id).response();
    expectReykjavik(answer);
    lose(CALLBACK, fault);
    const page = await press(answer, 'page').response();

    expect(textOf(page)).toContain('Passage 1 of 6');
    expect(fake.messagesIn(channelId)).toHaveLength(before + 1);
  });
});

describe('a card that Discord refuses is said in plain text', () => {
  /** A message of plain text that answers. */
  function expectPlain(message: APIMessage): void {
    expect(message.components).toEqual([]);
    expect(message.content).not.toBe('');
    expectReykjavik(message);
  }

  test('under a mention', async () => {
    running.fake.faults.respond({ ...REPLY, ...REFUSED });
    expectPlain(await answerTo(running.fake.say({ content: ANSWERED_QUESTION, mentionsBot: true })));
  });

  test('to a command, also where Discord fails at it as it does at large ones', async () => {
    running.fake.faults.respond({ ...EDIT, ...REFUSED });
    expectPlain(await ask());
    // discord.js repeats it three times.
    running.fake.faults.respond({ ...EDIT, status: 500, times: 4 });
    expectPlain(await slash('ask', { question: ANSWERED_QUESTION }).response({ timeoutMs: 8_000 }));
  });

  test('to a command that is answered at once', async () => {
    const { fake } = running;
    const { id } = readPassages(folder).find(({ text }) => text.startsWith('Antony')) ?? {};
    running.fake.faults.respond({ ...CALLBACK, ...REFUSED });
    const cited = await slash('cite', { passage: `passage:${id}`, for: fake.otherReader.id }).response();

    expect(cited.components).toEqual([]);
    expect(quotesIn(cited)).toContain('met for the first time');
    expect(fake.pinged(cited.id)).toEqual([fake.otherReader.id]);
  });

  test('in place of a page, as far as a message of components can be plain', async () => {
    const answer = await ask();
    running.fake.faults.respond({ ...EDIT, ...REFUSED });
    const page = await press(answer, 'page').response();

    expect(page.id).toBe(answer.id);
    expect(quotesIn(page)).toContain('met for the first time');
    expect(textOf(page)).toContain('Passage 1 of 6');
  });

  test('but a vote leaves the answer as it is', async () => {
    const answer = await ask();
    running.fake.faults.respond({ ...EDIT, ...REFUSED });
    const logged = running.bot.stderr.length;
    press(answer, 'right');
    await expect.poll(() => running.bot.stderr.slice(logged)).toContain('an answer could not be sent');

    expectReykjavik(await ask());
    expect(running.fake.message(answer.id)?.components).toEqual(answer.components);
  });
});

describe('when something breaks inside, there is a reference in the message that is in the log:', () => {
  const HONEST = /^Something went wrong on my side\. Please try again; .* the reference ([0-9a-f]{6})\.$/;

  function expectHonest(message: APIMessage | undefined, logged: number): void {
    const [, reference] = HONEST.exec(message === undefined ? '' : textOf(message)) ?? [];
    expect(reference).toBeDefined();
    expect(running.bot.stderr.slice(logged)).toContain(`"reference":"${reference}"`);
  }

  test('of a command, of a button, and in private where the message is to stay', async () => {
    const { fake } = running;
    const logged = running.bot.stderr.length;
    const answer = await ask();
    alter('ALTER TABLE passages RENAME TO passages_away');
    const [failed, context, [page]] = await Promise.all([
      ask(),
      press(answer, 'context').response(),
      press(answer, 'page').followUps(),
    ]).finally(() => alter('ALTER TABLE passages_away RENAME TO passages'));

    for (const one of [failed, context, page]) expectHonest(one, logged);
    expect([isPrivate(failed), isPrivate(context), page && isPrivate(page)]).toEqual([false, true, true]);
    expect(fake.message(answer.id)).toEqual(answer);
    expect(running.bot.stderr.slice(logged)).toContain('no such table');
    expect(running.bot.stderr.slice(logged)).not.toContain('Blinken');
    expectReykjavik(await ask());
  });

  test('of a button whose state makes no sense', async () => {
    const { fake } = running;
    const logged = running.bot.stderr.length;
    const customId = encodeControl({ action: 'article', asker: fake.otherReader.id, values: ['aaaaaaaaaa', 'x'] });
    const response = await fetch(`${fake.api}/v10/channels/${fake.channelIds[0]}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${fake.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        content: 'An answer of earlier',
        components: [{ type: 1, components: [{ type: 2, style: 2, label: 'Next', custom_id: customId }] }],
        allowed_mentions: { parse: [] },
      }),
    });
    const { id } = (await response.json()) as APIMessage;
    const pressed = fake.pressButton({ messageId: id, customId });
    expect((await pressed.acknowledged()).type).toBe(InteractionResponseType.DeferredChannelMessageWithSource);
    const failure = await pressed.response();

    expect(isPrivate(failure)).toBe(true);
    expectHonest(failure, logged);
  });
});

/** Changes the library behind the bot's back. */
function alter(statement: string): void {
  const database = new Database(join(folder.index, 'library.sqlite'));
  database.pragma('legacy_alter_table = ON');
  database.exec(statement);
  database.close();
}
