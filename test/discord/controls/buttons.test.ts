import { type APIMessage, ComponentType, MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { decodeControl, encodeControl } from '../../../src/discord/format/custom-id.js';
import { type BotProcess, startBot } from '../bot/bot-process.js';
import {
  answerTo as firstAnswerTo,
  type IndexedFolder,
  indexSeeds,
  type RunningBot,
  readPassages,
  runBot,
} from '../bot/running-bot.js';
import { ANSWERED_QUESTION, NOT_FOUND_QUESTION, writeSeed, writeSeeds } from '../bot/seeds.js';
import { controlOf, labelsOf, textOf } from '../bot/shown-message.js';
import { readBlockQuote, readEscaped } from '../bot/shown-text.js';
import { stateSetting } from '../bot/state-setting.js';
import type { Actor } from '../fake/people/people.js';

/** Each a passage of its own; with what Markdown would format. */
const CLOCK = [
  'The clock of the town hall in Vik was bought from a *bankrupt* railway in 1911, together with forty benches, a ticket office and a signal bell that nobody has ever rung since.',
  'For two generations the Thorsson family wound it every Sunday after church. They were paid with a barrel of herring a year, and with the right to be late for everything in the town.',
  'The clock stopped for good in the winter of 1974, when the watchmaker Gudrun Hansdottir found a family of mice in the escapement and refused to evict them before the spring had come.',
  'A new movement arrived from Besançon in three crates (the fourth was lost at sea). It keeps time to a second a week, and it is wound by a motor which the school had built_from_scrap.',
  'Since then the old movement has stood in the library behind glass, next to the letters of the mice, as the children call the [gnawed] receipts that were found with the nest.',
];
const CLOCK_HEADING = 'After the mice';
const CLOCK_QUESTION = 'Why did the watchmaker Gudrun Hansdottir refuse to evict the mice from the clock?';

const FOLLOW_UP = 'and for how long?';
/** The words that matter stand at the end. */
const LONG_QUESTION = `After I had read about the ministers, ${'about whom my neighbour and her brother know a great deal more than I do, '.repeat(6)}I wondered: ${ANSWERED_QUESTION}`;
/** The words that matter stand at the beginning. */
const LONG_COMMAND = `${ANSWERED_QUESTION.slice(0, -1)}, which is what ${'the brother of my neighbour and the neighbour of my brother, '.repeat(7)}would like to know?`;

const REMOVED_NOT_YOURS = 'Only the person who asked and moderators can remove this.';
const MANY = { FOOTNOTE_PERSON_LIMIT: '1000' };

let folder: IndexedFolder;
let running: RunningBot;
/** The process that runs now: there is a restart in the middle. */
let bot: BotProcess;

beforeAll(async () => {
  folder = await indexSeeds((seeds) => {
    writeSeeds(seeds);
    const [first, second, third, ...last] = CLOCK;
    const text = [first, second, third, `## ${CLOCK_HEADING}`, ...last].join('\n\n');
    writeSeed(seeds, 'news/clock.md', `---\ntitle: The clock of Vik\n---\n\n${text.replaceAll(/[*_[\]]/g, '\\$&')}\n`);
  });
  running = await runBot(folder, { env: MANY });
  bot = running.bot;
});

afterEach(() => {
  expect(running.fake.violations).toEqual([]);
});

afterAll(async () => {
  await bot?.stop();
  await running?.end();
  folder?.remove();
});

interface Asked {
  readonly question?: string;
  readonly isPrivate?: boolean;
  readonly article?: string;
  readonly direct?: boolean;
}

function ask({ question = ANSWERED_QUESTION, isPrivate, article, direct }: Asked = {}): Promise<APIMessage> {
  const options = {
    question,
    ...(isPrivate !== undefined && { private: isPrivate }),
    ...(article !== undefined && { article }),
  };
  return running.fake.slash({ name: 'ask', options, direct }).response();
}

function mention(content = ANSWERED_QUESTION): Promise<APIMessage> {
  return answerTo(running.fake.say({ content, mentionsBot: true }));
}

const answerTo = (question: APIMessage): Promise<APIMessage> => firstAnswerTo(running, question);

/** Presses a button of a message as it is now. */
function press(message: APIMessage, action: string, actor: Actor = {}) {
  return running.fake.pressButton({ messageId: message.id, customId: controlOf(shown(message), action), ...actor });
}

/** Turns a page, and resolves with what is shown then: the message itself, or a copy. */
function turn(message: APIMessage, direction: 'back' | 'forth', actor: Actor = {}): Promise<APIMessage> {
  const customId = turningOf(shown(message), direction);
  if (customId === undefined) throw new Error(`No page ${direction}: ${JSON.stringify(message.components)}`);
  return running.fake.pressButton({ messageId: message.id, customId, ...actor }).response();
}

/** The button that turns the page, if it can be pressed. */
function turningOf(message: APIMessage, direction: 'back' | 'forth'): string | undefined {
  const buttons = (message.components ?? []).flatMap((one) =>
    one.type === ComponentType.ActionRow ? one.components : [],
  );
  for (const one of buttons) {
    if (one.type !== ComponentType.Button || !('custom_id' in one) || one.disabled === true) continue;
    const control = decodeControl(one.custom_id);
    if (control?.action === 'page' && control.values[2] === (direction === 'back' ? 'b' : 'f')) return one.custom_id;
  }
  return undefined;
}

/** A message as it is now. */
function shown(message: APIMessage): APIMessage {
  const now = running.fake.message(message.id);
  if (now === undefined) throw new Error(`Message ${message.id} is deleted`);
  return now;
}

function isPrivate({ flags }: APIMessage): boolean {
  return ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}

/** The quotes in a message as a person reads them. */
function quotesIn(message: APIMessage): string {
  const lines = textOf(message).split('\n');
  const { text, isCut } = readBlockQuote(lines.filter((line) => line.startsWith('>')).join('\n'));
  expect(isCut).toBe(false);
  return text;
}

/** The votes on the two buttons of a message as it is now. */
function votesOn(message: APIMessage): string[] {
  return labelsOf(shown(message)).filter((label) => /^[👍👎]/u.test(label));
}

describe('the pages of an answer', () => {
  test('are turned in place by who asked, to the last one and back to the answer word for word', async () => {
    const answer = await ask();
    const before = running.fake.messagesIn(answer.channel_id).length;
    expect(turningOf(answer, 'back')).toBeUndefined();

    const pages: string[] = [];
    while (turningOf(shown(answer), 'forth') !== undefined) {
      const page = await turn(answer, 'forth');
      expect(page.id).toBe(answer.id);
      pages.push(quotesIn(page));
      expect(textOf(page)).toContain(`Passage ${pages.length} of 8, best match first`);
    }
    expect(pages).toHaveLength(8);
    expect(new Set(pages).size).toBe(8);
    const passages = readPassages(folder).map(({ text }) => text);
    for (const page of pages) expect(passages).toContain(page);
    expect(pages[0]).toContain(quotesIn(answer));

    for (let left = pages.length; left > 0; left--) await turn(answer, 'back');
    expect(shown(answer).components).toEqual(answer.components);
    expect(running.fake.messagesIn(answer.channel_id)).toHaveLength(before);
  });

  test.each([
    ['/ask', () => ask()],
    ['a mention', () => mention()],
  ])('of %s that somebody else turns are a private copy with buttons of its own', async (_, given) => {
    const { fake } = running;
    const other = { userId: fake.otherReader.id };
    const answer = await given();
    const copy = await turn(answer, 'forth', other);

    expect(copy.id).not.toBe(answer.id);
    expect(isPrivate(copy)).toBe(true);
    expect(shown(answer)).toEqual(answer);
    // Nothing stands above it.
    expect(textOf(copy)).toMatch(new RegExp(`^\\*\\*${ANSWERED_QUESTION.replace('?', '\\?')}\\*\\*\\n`));
    expect(textOf(copy)).toContain('Passage 1 of 8');

    const second = await turn(copy, 'forth', other);
    expect(second.id).toBe(copy.id);
    expect(textOf(second)).toContain('Passage 2 of 8');
    const why = await press(copy, 'why', other).response();
    expect(textOf(why)).toContain('It ranks number 2 of ');
    await turn(copy, 'back', other);
    const first = await turn(copy, 'back', other);
    expect(textOf(first)).toContain(textOf(answer));
    await press(copy, 'right', other).response();
    expect([votesOn(copy), votesOn(answer)]).toEqual([
      ['👍 1', '👎'],
      ['👍', '👎'],
    ]);
    await press(copy, 'remove', other).deleted();
    expect(shown(answer)).toEqual(answer);
  });
});

describe('Context', () => {
  test('shows a passage with the two paragraphs on each side, word for word, to who pressed', async () => {
    const answer = await ask({ question: CLOCK_QUESTION });
    expect(quotesIn(answer)).toContain('refused to evict them');
    const context = await press(answer, 'context', { userId: running.fake.otherReader.id }).response();

    expect(isPrivate(context)).toBe(true);
    const [heading, source, ...texts] = textOf(context).split('\n');
    expect(heading).toBe('**In context**');
    expect(source).toMatch(/^\*\*The clock of Vik\*\* · undated/);
    expect(texts[2]).toMatch(/^> /);
    expect([readEscaped(texts[0] ?? ''), readEscaped(texts[1] ?? '')]).toEqual(CLOCK.slice(0, 2));
    expect(quotesIn(context)).toBe(CLOCK[2]);
    expect(texts[3]).toBe(`**${CLOCK_HEADING}**`);
    expect(readEscaped(texts[4] ?? '')).toBe(CLOCK[3]);
    expect(texts).toHaveLength(5);
    expect(shown(answer)).toEqual(answer);
  });

  test('begins with the passage where nothing is before it', async () => {
    const context = await press(await ask(), 'context').response();
    const [, , first, second, ...more] = textOf(context).split('\n');

    expect(first).toMatch(/^> Antony Blinken and Sergey Lavrov met/);
    expect(second).toMatch(/^The police had closed the streets/);
    expect(more).toEqual([]);
  });

  test('is that of the passage on the page', async () => {
    const answer = await ask();
    await turn(answer, 'forth');
    const page = await turn(answer, 'forth');

    expect(quotesIn(await press(answer, 'context').response())).toBe(quotesIn(page));
  });
});

describe('Why this?', () => {
  test('tells who pressed the words that matched, the ranks and how sure it is', async () => {
    const answer = await ask();
    const why = await press(answer, 'why', { userId: running.fake.otherReader.id }).response();
    const [percent] = /\d+(?=% sure)/.exec(textOf(answer)) ?? [];

    expect(isPrivate(why)).toBe(true);
    expect(textOf(why).split('\n').slice(0, 6)).toEqual([
      '**Why this passage?**',
      expect.stringMatching(/^- Words that matched: .*“lavrov”.*“meet” with “met”/),
      expect.stringMatching(/^- It ranks number 1 of the \d+ passages that were compared closely\.$/),
      '- By its words it ranks number 1.',
      '- By its meaning it ranks number 1.',
      `- Of the answers I am ${percent}% sure about, about ${percent} in 100 are right.`,
    ]);
    expect(quotesIn(why)).toContain(quotesIn(answer));
  });

  test('is told of the passage on the third page, without the confidence of the first', async () => {
    const answer = await ask();
    for (let page = 1; page <= 3; page++) await turn(answer, 'forth');
    const why = await press(answer, 'why').response();

    expect(textOf(why)).toMatch(/^- It ranks number 3 of the \d+ passages/m);
    expect(textOf(why)).not.toContain('% sure');
    expect(quotesIn(why)).toBe(quotesIn(shown(answer)));
  });
});

describe('Share', () => {
  test('is offered under private answers only', async () => {
    const [forAll, forOne] = [await ask(), await ask({ isPrivate: true })];

    expect([isPrivate(forAll), labelsOf(forAll).includes('Share')]).toEqual([false, false]);
    expect([isPrivate(forOne), labelsOf(forOne).includes('Share')]).toEqual([true, true]);
  });

  test('shows the page to everybody, names who shared it and pings nobody; its buttons work', async () => {
    const { fake } = running;
    const answer = await ask({ isPrivate: true });
    const page = await turn(answer, 'forth');
    const shared = await press(answer, 'share').response();

    expect(isPrivate(shared)).toBe(false);
    expect(textOf(shared)).toBe(`-# Shared by <@${fake.reader.id}>\n${textOf(page)}`);
    expect(labelsOf(shared)).not.toContain('Share');
    // It replies to the bot's own message.
    expect(fake.pinged(shared.id).filter((id) => id !== fake.bot.id)).toEqual([]);
    expect(fake.messagesIn(shared.channel_id).map(({ id }) => id)).toContain(shared.id);
    expect(shown(answer)).toEqual(page);

    await turn(shared, 'forth');
    await turn(shared, 'back');
    expect(shown(shared).components).toEqual(shared.components);
    const other = { userId: fake.otherReader.id };
    expect(isPrivate(await turn(shared, 'forth', other))).toBe(true);
    expect(textOf(await press(shared, 'why', other).response())).toContain('Why this passage?');
    expect(quotesIn(await press(shared, 'context', other).response())).toBe(quotesIn(page));
    await press(shared, 'wrong', other).response();
    expect(votesOn(shared)).toEqual(['👍', '👎 1']);
    await press(shared, 'remove').deleted();
  });

  test('is for who asked only', async () => {
    const { fake } = running;
    const before = fake.messagesIn(fake.channelIds[0] ?? '').length;
    // Nobody else sees a private answer, so it is made public here.
    const answer = await postAsBot([encodeControl({ action: 'share', asker: fake.reader.id, values: ['0', '-'] })]);
    const refused = await press(answer, 'share', { userId: fake.otherReader.id }).response();

    expect([isPrivate(refused), textOf(refused)]).toEqual([true, 'Only the person who asked can do that.']);
    expect(fake.messagesIn(fake.channelIds[0] ?? '')).toHaveLength(before + 1);
  });
});

describe('👍 and 👎', () => {
  test('count one vote a person, which can be changed and taken back', async () => {
    const answer = await mention();
    const other = { userId: running.fake.otherReader.id };
    const voted = async (action: 'right' | 'wrong', actor: Actor = {}) => {
      const edited = await press(answer, action, actor).response();
      expect(textOf(edited)).toBe(textOf(answer));
      return votesOn(answer);
    };

    expect(votesOn(answer)).toEqual(['👍', '👎']);
    expect(await voted('right')).toEqual(['👍 1', '👎']);
    expect(await voted('wrong')).toEqual(['👍', '👎 1']);
    expect(await voted('wrong', other)).toEqual(['👍', '👎 2']);
    expect(await voted('wrong')).toEqual(['👍', '👎 1']);
    expect(await voted('right')).toEqual(['👍 1', '👎 1']);
    expect(await voted('wrong', other)).toEqual(['👍 1', '👎']);
    expect(await voted('right')).toEqual(['👍', '👎']);
  });

  test('on another page move the vote there, and each page shows the votes for its passage', async () => {
    const answer = await ask();
    await press(answer, 'right').response();
    await press(answer, 'right', { userId: running.fake.otherReader.id }).response();
    await turn(answer, 'forth');
    expect(votesOn(answer)).toEqual(['👍 2', '👎']);
    await turn(answer, 'forth');
    expect(votesOn(answer)).toEqual(['👍', '👎']);
    await press(answer, 'wrong').response();
    expect(votesOn(answer)).toEqual(['👍', '👎 1']);
    await turn(answer, 'back');
    await turn(answer, 'back');
    expect(votesOn(answer)).toEqual(['👍 1', '👎']);
  });

  test('are under private answers and in direct messages too', async () => {
    for (const answer of [
      await ask({ isPrivate: true }),
      await ask({ direct: true }),
      await answerTo(running.fake.sayDirectly({ content: ANSWERED_QUESTION })),
    ]) {
      await press(answer, 'wrong').response();
      expect(votesOn(answer)).toEqual(['👍', '👎 1']);
      await turn(answer, 'forth');
      expect(votesOn(answer)).toEqual(['👍', '👎 1']);
    }
  });
});

describe('Remove', () => {
  const given: readonly (readonly [string, () => Promise<APIMessage>])[] = [
    ['an answer to /ask', () => ask()],
    ['an answer to a mention', () => mention()],
    ['that nothing was found', () => mention(NOT_FOUND_QUESTION)],
    ['a private answer', () => ask({ isPrivate: true })],
    ['an answer in a direct message', () => answerTo(running.fake.sayDirectly({ content: ANSWERED_QUESTION }))],
    ['an answer to /ask in a direct message', () => ask({ direct: true })],
  ];

  test.each(given)('takes away %s when who asked wants it', async (_, make) => {
    const answer = await make();
    await press(answer, 'remove').deleted();

    expect(running.fake.message(answer.id)).toBeUndefined();
  });

  test('does so for moderators, and for nobody else', async () => {
    const answer = await mention();
    const other = { userId: running.fake.otherReader.id };
    const refused = await press(answer, 'remove', {
      ...other,
      permissions: PermissionFlagsBits.ManageThreads,
    }).response();
    expect([isPrivate(refused), textOf(refused)]).toEqual([true, REMOVED_NOT_YOURS]);
    expect(shown(answer)).toEqual(answer);

    await press(answer, 'remove', { ...other, permissions: PermissionFlagsBits.ManageMessages }).deleted();
    expect(running.fake.message(answer.id)).toBeUndefined();
  });
});

test('that nothing was found can be removed, and there is nothing else to press', async () => {
  expect(labelsOf(await ask({ question: NOT_FOUND_QUESTION, isPrivate: true }))).toEqual(['🗑️ Remove']);
});

test('a reply to an answer that mentions nobody is not for the bot, which cannot read it', async () => {
  const { fake } = running;
  const answer = await ask();
  const remark = fake.say({ content: FOLLOW_UP, replyTo: answer.id, pingsOnReply: false });
  await mention();

  expect(await fake.answersTo(remark.id, { count: 0, settleMs: 100 })).toEqual([]);
});

/** Messages of the process before, each with what it answered. */
interface OldMessage {
  readonly message: APIMessage;
  /** Whether it is asked again in other words than at first: its quotes are the same, what is said above them may differ. */
  readonly isReadAlone?: boolean;
  readonly isDirect?: boolean;
}

const KINDS = {
  'an answer to /ask': async () => ({ message: await ask() }),
  'an answer to a mention': async () => ({ message: await mention() }),
  'an answer to a mention with a long question': async () => ({ message: await mention(LONG_QUESTION) }),
  'an answer to /ask with a long question': async () => ({
    message: await ask({ question: LONG_COMMAND }),
    isReadAlone: true,
  }),
  'an answer to a follow-up': async () => {
    const first = await ask();
    const message = await answerTo(running.fake.say({ content: FOLLOW_UP, replyTo: first.id }));
    return { message, isReadAlone: true };
  },
  'an answer to `Answer this`': async () => {
    const { id } = running.fake.say({ content: ANSWERED_QUESTION, authorId: running.fake.otherReader.id });
    return { message: await running.fake.useMessageCommand({ name: 'Answer this', targetId: id }).response() };
  },
  'an answer of one article': async () => {
    const { id } = readPassages(folder).find(({ text }) => text === CLOCK[0])?.article ?? {};
    return { message: await ask({ question: CLOCK_QUESTION, article: `article:${id}` }) };
  },
  'a private answer': async () => ({ message: await ask({ isPrivate: true }) }),
  'a private answer that was shared': async () => ({
    message: await press(await ask({ isPrivate: true }), 'share').response(),
  }),
  'a copy of an answer to a mention': async () => {
    const { id } = running.fake.say({
      content: ANSWERED_QUESTION,
      mentionsBot: true,
      authorId: running.fake.otherReader.id,
    });
    const [answer] = await running.fake.answersTo(id);
    const copy = await turn(answer as APIMessage, 'forth');
    return { message: await turn(copy, 'back') };
  },
  'an answer in a direct message': async () => ({
    message: await answerTo(running.fake.sayDirectly({ content: ANSWERED_QUESTION })),
    isDirect: true,
  }),
  'an answer to /ask in a direct message': async () => ({ message: await ask({ direct: true }), isDirect: true }),
  'an answer in a thread': async () => ({ message: await answerElsewhere('thread') }),
  'an answer that was sent directly': async () => ({ message: await answerElsewhere('private'), isDirect: true }),
} as const satisfies Readonly<Record<string, () => Promise<OldMessage>>>;

/** Asks where answers do not appear below the question. */
async function answerElsewhere(replyPlace: 'thread' | 'private'): Promise<APIMessage> {
  const { fake } = running;
  const channelId = fake.channelIds[1] ?? '';
  await stateSetting(fake, channelId, 'replyPlace', replyPlace);
  const { id } = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true, channelId });
  const answer = await fake.waitFor('the answer elsewhere', () => {
    const said = fake.messagesIn(replyPlace === 'thread' ? id : fake.directChannelId());
    return said.find(({ nonce }) => nonce === id);
  });
  await stateSetting(fake, channelId, 'replyPlace', 'inherit');
  return answer;
}

describe('after a restart,', () => {
  const old = new Map<string, OldMessage>();
  let long: APIMessage;
  let longer: APIMessage;
  let voted: APIMessage;
  let orphan: APIMessage;

  beforeAll(async () => {
    const { fake } = running;
    for (const [kind, make] of Object.entries(KINDS)) old.set(kind, await make());
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    orphan = await answerTo(question);
    long = await ask({ question: LONG_QUESTION });
    longer = await ask({ question: `${'please '.repeat(150)}${ANSWERED_QUESTION}` });
    voted = await mention();
    await press(voted, 'right', { userId: fake.otherReader.id }).response();
    await bot.stop();
    // Nobody is there to take the answer away with it.
    fake.deleteMessage(question.id);
    bot = await startBot({ fake, seeds: folder.seeds, index: folder.index, env: MANY });
    await bot.ready();
  });

  afterAll(() => {
    expect(bot.stderr).not.toContain(running.fake.token);
    expect(bot.stderr).not.toMatch(/Blinken|Lavrov|Hansdottir/);
  });

  function oldMessage(kind: string): OldMessage {
    const found = old.get(kind);
    if (found === undefined) throw new Error(`No message "${kind}"`);
    return found;
  }

  test.each(Object.keys(KINDS))('every button under %s works', async (kind) => {
    const { fake } = running;
    const { message, isReadAlone, isDirect } = oldMessage(kind);
    const other = { userId: fake.otherReader.id };
    const isOnlyMine = isPrivate(message) || isDirect === true;
    const before = fake.messagesIn(message.channel_id).length;

    const why = await press(message, 'why').response();
    expect(textOf(why)).toContain('Why this passage?');
    expect(quotesIn(why)).toContain(quotesIn(message));
    const context = await press(message, 'context').response();
    expect(quotesIn(context)).toBe(quotesIn(why));

    const page = await turn(message, 'forth');
    expect(page.id).toBe(message.id);
    expect(textOf(page)).toContain('Passage 1 of ');
    const second = await turn(message, 'forth');
    expect(quotesIn(await press(message, 'why').response())).toBe(quotesIn(second));
    await turn(message, 'back');
    const first = await turn(message, 'back');
    if (isReadAlone === true) expect(quotesIn(first)).toBe(quotesIn(message));
    else expect(textOf(first)).toBe(textOf(message));

    const counts = votesOn(message);
    await press(message, 'wrong').response();
    expect(votesOn(message)).toEqual([counts[0], '👎 1']);
    expect(textOf(shown(message))).toBe(textOf(first));

    if (!isOnlyMine) {
      const copy = await turn(message, 'forth', other);
      expect([isPrivate(copy), copy.id === message.id]).toEqual([true, false]);
      expect(textOf(await turn(copy, 'forth', other))).toContain('Passage 2 of ');
      expect(textOf(await press(message, 'remove', other).response())).toBe(REMOVED_NOT_YOURS);
    }
    expect(fake.messagesIn(message.channel_id)).toHaveLength(before);
    if (isPrivate(message)) {
      const shared = await press(message, 'share').response();
      expect(isPrivate(shared)).toBe(false);
      expect(textOf(shared)).toBe(`-# Shared by <@${fake.reader.id}>\n${textOf(first)}`);
      await turn(shared, 'forth');
    }
    await press(message, 'remove').deleted();
    expect(fake.message(message.id)).toBeUndefined();
  });

  test('a long question to /ask is known to its end', async () => {
    await turn(long, 'forth');
    expect(quotesIn(await turn(long, 'back'))).toBe(quotesIn(long));
  });

  test('of one that is too long to be shown whole, who pressed is told that it is not known any more', async () => {
    const before = textOf(shown(longer));
    const [told] = await running.fake
      .pressButton({ messageId: longer.id, customId: turningOf(shown(longer), 'forth') ?? '' })
      .followUps();
    expect(textOf(told as APIMessage)).toBe('I no longer remember the question. Please ask it again.');
    expect(textOf(shown(longer))).toBe(before);
  });

  test('votes of before are still counted, and can be taken back', async () => {
    const other = { userId: running.fake.otherReader.id };
    await turn(voted, 'forth');
    expect(votesOn(voted)).toEqual(['👍 1', '👎']);
    await press(voted, 'wrong').response();
    expect(votesOn(voted)).toEqual(['👍 1', '👎 1']);
    await turn(voted, 'back');
    await press(voted, 'right', other).response();
    expect(votesOn(voted)).toEqual(['👍', '👎 1']);
  });

  test('a question that was deleted is not known any more, which who pressed is told politely', async () => {
    const { fake } = running;
    const gone = 'I no longer remember the question. Please ask it again.';
    const forth = turningOf(shown(orphan), 'forth') ?? '';
    const [told] = await fake.pressButton({ messageId: orphan.id, customId: forth }).followUps();
    const toOther = await fake
      .pressButton({ messageId: orphan.id, customId: forth, userId: fake.otherReader.id })
      .response();
    const why = await press(orphan, 'why').response();
    for (const one of [told as APIMessage, toOther, why]) expect([isPrivate(one), textOf(one)]).toEqual([true, gone]);
    expect(shown(orphan).components).toEqual(orphan.components);

    // What needs no question works.
    expect(quotesIn(await press(orphan, 'context').response())).toContain(quotesIn(orphan));
    await press(orphan, 'wrong').response();
    expect(votesOn(orphan)).toEqual(['👍', '👎 1']);
    await press(orphan, 'remove').deleted();
  });
});

test('a button of another version, or of something else, is answered politely and in private', async () => {
  const { fake } = running;
  const ids = ['0:page:2s8fk3qz1a:1', '2:turn:1', '1:page', 'vote_up', '1:bookmark:0', '🎈'];
  const message = await postAsBot(ids);
  for (const customId of ids) {
    const answer = await fake.pressButton({ messageId: message.id, customId }).response();
    expect([isPrivate(answer), textOf(answer)]).toEqual([
      true,
      'That button is from a different version of me. Ask again to get a new one.',
    ]);
  }
  expect(shown(message)).toEqual(message);
});

/** Posts a message with buttons in the name of the bot, as an earlier version of it may have done. */
async function postAsBot(customIds: readonly string[]): Promise<APIMessage> {
  const { api, token, channelIds } = running.fake;
  const rows = [customIds.slice(0, 5), customIds.slice(5)].filter((ids) => ids.length > 0);
  const response = await fetch(`${api}/v10/channels/${channelIds[0]}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      content: 'An answer of earlier',
      components: rows.map((ids) => ({
        type: 1,
        components: ids.map((id, index) => ({ type: 2, style: 2, label: `Button ${index}`, custom_id: id })),
      })),
      allowed_mentions: { parse: [] },
    }),
  });
  return (await response.json()) as APIMessage;
}
