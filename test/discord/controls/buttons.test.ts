import { type APIMessage, PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { encodeControl } from '../../../src/discord/format/custom-id.js';
import { readPassages } from '../bot/indexed-folder.js';
import { firstQuoteIn, readerOf, toldBy } from '../bot/reader.js';
import { postAsBot } from '../bot/requests.js';
import { ANSWERED_QUESTION, NOT_FOUND_QUESTION, REYKJAVIK } from '../bot/seeds.js';
import { readAnswer } from '../bot/shown-answer.js';
import { isPrivate, labelsOf, pageButton, textOf } from '../bot/shown-message.js';
import { readEscaped } from '../bot/shown-text.js';
import { useBot } from '../bot/use-bot.js';
import type { Actor, Place } from '../fake/people/people.js';
import { CLOCK, CLOCK_HEADING, CLOCK_QUESTION, writeClockAndSeeds } from './clock.js';

const MAY_NOT_REMOVE = 'Only the person who asked and moderators can remove this.';

const bot = useBot({ seeds: writeClockAndSeeds });
const { answerThis, ask, mention, press, turnPage, votesOn, current } = readerOf(bot);

describe('the pages of an answer', () => {
  test('are turned in place by the person who asked, to the last page and back to the same answer', async () => {
    const answer = await ask();
    const before = bot.fake.messagesIn(answer.channel_id).length;
    expect(pageButton(answer, 'previous')).toBeUndefined();

    const pages: string[] = [];
    while (pageButton(current(answer), 'next') !== undefined) {
      const page = await turnPage(answer, 'next');
      expect(page.id).toBe(answer.id);
      pages.push(firstQuoteIn(page));
      expect(textOf(page)).toContain(`Another close passage (${pages.length} of 8)`);
    }
    expect(pages).toHaveLength(8);
    expect(new Set(pages).size).toBe(8);
    const passages = readPassages(bot.folder).map(({ text }) => text);
    for (const page of pages) expect(passages).toContain(page);
    expect(pages[0]).toContain(firstQuoteIn(answer));

    for (let page = pages.length; page > 0; page--) await turnPage(answer, 'previous');
    expect(current(answer).components).toEqual(answer.components);
    expect(bot.fake.messagesIn(answer.channel_id)).toHaveLength(before);
  });

  test.each([
    ['/ask', () => ask()],
    ['a mention', () => mention()],
  ])(
    'open as a private copy with its own buttons when somebody else turns the page of an answer to %s',
    async (_, given) => {
      const { fake } = bot;
      const other = { userId: fake.otherReader.id };
      const answer = await given();
      const copy = await turnPage(answer, 'next', other);

      expect(copy.id).not.toBe(answer.id);
      expect(isPrivate(copy)).toBe(true);
      expect(current(answer)).toEqual(answer);
      // The question comes first.
      expect(textOf(copy)).toMatch(new RegExp(`^\\*\\*${ANSWERED_QUESTION.replace('?', '\\?')}\\*\\*\\n`));
      expect(textOf(copy)).toContain('Another close passage (1 of 8)');

      const second = await turnPage(copy, 'next', other);
      expect(second.id).toBe(copy.id);
      expect(textOf(second)).toContain('Another close passage (2 of 8)');
      const why = await toldBy(press(copy, 'why', other));
      expect(firstQuoteIn(why)).toBe(firstQuoteIn(second));
      expect(textOf(why)).not.toContain('% sure');
      await turnPage(copy, 'previous', other);
      const first = await turnPage(copy, 'previous', other);
      expect(textOf(first)).toContain(textOf(answer));
      await press(copy, 'right', other).response();
      expect([votesOn(copy), votesOn(answer)]).toEqual([['👍 1'], ['👍']]);
      await press(copy, 'remove', other).deleted();
      expect(current(answer)).toEqual(answer);
    },
  );
});

describe('Context', () => {
  test('shows the person who pressed it the passage with two paragraphs on each side, word for word', async () => {
    const answer = await ask({ question: CLOCK_QUESTION });
    expect(firstQuoteIn(answer)).toContain('refused to evict them');
    const context = await press(answer, 'context', { userId: bot.fake.otherReader.id }).response();

    expect(isPrivate(context)).toBe(true);
    const [heading, source, ...texts] = textOf(context).split('\n');
    expect(heading).toBe('**In context**');
    expect(source).toBe('**The clock of Vik**');
    expect(texts[2]).toMatch(/^> /);
    expect([readEscaped(texts[0] ?? ''), readEscaped(texts[1] ?? '')]).toEqual(CLOCK.slice(0, 2));
    expect(firstQuoteIn(context)).toBe(CLOCK[2]);
    expect(texts[3]).toBe(`**${CLOCK_HEADING}**`);
    expect(readEscaped(texts[4] ?? '')).toBe(CLOCK[3]);
    expect(texts).toHaveLength(5);
    expect(current(answer)).toEqual(answer);
  });

  test('starts with the passage if nothing precedes it', async () => {
    const context = await press(await ask(), 'context').response();
    const [, , first, heading, second, ...more] = textOf(context).split('\n');

    expect(first).toMatch(/^> Antony Blinken and Sergey Lavrov met/);
    expect(heading).toBe(`**${REYKJAVIK.heading}**`);
    expect(second).toMatch(/^The police had closed the streets/);
    expect(more).toEqual([]);
  });

  test('belongs to the passage on the page', async () => {
    const answer = await ask();
    await turnPage(answer, 'next');
    const page = await turnPage(answer, 'next');

    expect(firstQuoteIn(await press(answer, 'context').response())).toBe(firstQuoteIn(page));
  });
});

test('the heading of an answer to several questions says that only a part was answered, and a note says which', async () => {
  const answer = await ask({ question: `${ANSWERED_QUESTION} ${NOT_FOUND_QUESTION}` });
  expect(textOf(answer)).toMatch(/^-# ◐ \*\*Partly answered\*\*: .*% sure of what was answered$/m);
  expect(textOf(answer)).toContain(`“${ANSWERED_QUESTION}” was answered`);
  expect(textOf(answer)).toContain(`“${NOT_FOUND_QUESTION}” has no answer in the articles`);
});

describe('Why this?', () => {
  test('tells the person who pressed it the words that matched, how it was found, and why it is so sure', async () => {
    const answer = await ask();
    const why = await toldBy(press(answer, 'why', { userId: bot.fake.otherReader.id }));
    const [percent] = /\d+(?=% sure)/.exec(textOf(answer)) ?? [];
    const [heading, ...lines] = textOf(why).split('\n');

    expect(isPrivate(why)).toBe(true);
    expect(heading).toBe('**Why this passage?**');
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^- It has .*“Lavrov”.* from the question\.$/),
        '- Similar words: “meet” and “met”.',
        '- It was found by its words and by its meaning.',
        `- Of the answers I am ${percent}% sure about, about ${percent} in 100 are right.`,
        '- This makes me surer (+) or less sure (−) than usual:',
        expect.stringMatching(/^ {2}- \*\*[+−]\*\* .*\.$/),
      ]),
    );
    // No numbers besides the confidence, which is there twice.
    expect(
      lines
        .filter((line) => /^ *- /.test(line))
        .join()
        .match(/\d+/g),
    ).toEqual([percent, percent, '100']);
    expect(firstQuoteIn(why)).toContain(firstQuoteIn(answer));
  });

  test('tells the certainty of the question that the first source is for', async () => {
    const answer = await ask({
      question: `${ANSWERED_QUESTION} When were the mice found in the escapement of the clock?`,
    });
    const [lowest, ...ofQuestions] = textOf(answer).match(/\d+(?=% sure)/g) ?? [];
    expect(ofQuestions).toHaveLength(2);
    expect(Number(lowest)).toBe(Math.min(...ofQuestions.map(Number)));
    expect(ofQuestions[0]).not.toBe(ofQuestions[1]);
    expect(textOf(await toldBy(press(answer, 'why')))).toContain(`I am ${ofQuestions[0]}% sure about`);
  });

  test('explains the passage on the third page, without the certainty of the first', async () => {
    const answer = await ask();
    for (let page = 1; page <= 3; page++) await turnPage(answer, 'next');
    const why = await toldBy(press(answer, 'why'));

    expect(textOf(why)).toMatch(/^- .*found by/m);
    expect(textOf(why)).not.toContain('% sure');
    expect(firstQuoteIn(why)).toBe(firstQuoteIn(current(answer)));
  });
});

describe('Share', () => {
  test('is only there on private answers', async () => {
    const [open, hidden] = [await ask(), await ask({ private: true })];

    expect([isPrivate(open), labelsOf(open).includes('📣 Share')]).toEqual([false, false]);
    expect([isPrivate(hidden), labelsOf(hidden).includes('📣 Share')]).toEqual([true, true]);
  });

  test('shows everybody the page and who shared it, pings nobody, and has buttons that work', async () => {
    const { fake } = bot;
    const answer = await ask({ private: true });
    const page = await turnPage(answer, 'next');
    const shared = await toldBy(press(answer, 'share'));

    expect(isPrivate(shared)).toBe(false);
    expect(textOf(shared)).toBe(`-# Shared by <@${fake.reader.id}>\n${textOf(page)}`);
    expect(labelsOf(shared)).not.toContain('Share');
    // It is a reply to the bot's own message.
    expect(fake.pinged(shared.id).filter((id) => id !== fake.bot.id)).toEqual([]);
    expect(fake.messagesIn(shared.channel_id).map(({ id }) => id)).toContain(shared.id);
    expect(current(answer).components).toEqual(page.components);

    await turnPage(shared, 'next');
    await turnPage(shared, 'previous');
    expect(current(shared).components).toEqual(shared.components);
    const other = { userId: fake.otherReader.id };
    expect(isPrivate(await turnPage(shared, 'next', other))).toBe(true);
    expect(textOf(await toldBy(press(shared, 'why', other)))).toContain('Why this passage?');
    expect(firstQuoteIn(await press(shared, 'context', other).response())).toBe(firstQuoteIn(page));
    await press(shared, 'right', other).response();
    expect(votesOn(shared)).toEqual(['👍 1']);
    await press(shared, 'remove').deleted();
  });

  test('is only for the person who asked', async () => {
    const { fake } = bot;
    const before = fake.messagesIn(fake.channelIds[0] ?? '').length;
    // Nobody else sees a private answer, so this one is public.
    const answer = await postButtons([encodeControl({ action: 'share', asker: fake.reader.id, values: ['0', '-'] })]);
    const refused = await press(answer, 'share', { userId: fake.otherReader.id }).response();

    expect([isPrivate(refused), textOf(refused)]).toEqual([true, 'Only the person who asked can do that.']);
    expect(fake.messagesIn(fake.channelIds[0] ?? '')).toHaveLength(before + 1);
  });
});

describe('👍 and 👎', () => {
  test('count one vote per person, which can be changed and taken back', async () => {
    const answer = await mention();
    const other = { userId: bot.fake.otherReader.id };
    const voted = async (action: 'right' | 'wrong', actor: Actor = {}) => {
      const choice = press(answer, action, actor);
      const edited = await choice.response();
      expect(textOf(edited)).toBe(textOf(answer));
      return action === 'right' ? votesOn(answer)[0] : [votesOn(answer)[0], textOf(await toldBy(choice))];
    };
    const noted = 'Noted: this doesn’t answer the question. Choose it again to take that back.';

    expect(votesOn(answer)).toEqual(['👍']);
    expect(await voted('right')).toBe('👍 1');
    expect(await voted('right', other)).toBe('👍 2');
    expect(await voted('wrong')).toEqual(['👍 1', noted]);
    expect(await voted('wrong')).toEqual(['👍 1', 'Taken back.']);
    expect(await voted('right')).toBe('👍 2');
    expect(await voted('right', other)).toBe('👍 1');
    expect(await voted('right')).toBe('👍');
  });

  test('move a vote to the page it is cast on, and each page shows the votes for its passage', async () => {
    const answer = await ask();
    await press(answer, 'right').response();
    await press(answer, 'right', { userId: bot.fake.otherReader.id }).response();
    await turnPage(answer, 'next');
    expect(votesOn(answer)).toEqual(['👍 2']);
    await turnPage(answer, 'next');
    expect(votesOn(answer)).toEqual(['👍']);
    await press(answer, 'wrong').response();
    expect(votesOn(answer)).toEqual(['👍']);
    await turnPage(answer, 'previous');
    await turnPage(answer, 'previous');
    expect(votesOn(answer)).toEqual(['👍 1']);
  });

  test('are also there on private answers and in direct messages', async () => {
    for (const answer of [
      await ask({ private: true }),
      await ask({}, { direct: true }),
      await bot.answerTo(bot.fake.sayDirectly({ content: ANSWERED_QUESTION })),
    ]) {
      await press(answer, 'right').response();
      expect(votesOn(answer)).toEqual(['👍 1']);
      await turnPage(answer, 'next');
      expect(votesOn(answer)).toEqual(['👍 1']);
    }
  });
});

describe('Remove', () => {
  const answers: readonly (readonly [string, () => Promise<APIMessage>])[] = [
    ['an answer to /ask', () => ask()],
    ['an answer to a mention', () => mention()],
    ['a "not found" message', () => mention(NOT_FOUND_QUESTION)],
    ['a private answer', () => ask({ private: true })],
    ['an answer in a direct message', () => bot.answerTo(bot.fake.sayDirectly({ content: ANSWERED_QUESTION }))],
    ['an answer to /ask in a direct message', () => ask({}, { direct: true })],
  ];

  test.each(answers)('lets the person who asked delete %s', async (_, make) => {
    const answer = await make();
    await press(answer, 'remove').deleted();

    expect(bot.fake.message(answer.id)).toBeUndefined();
  });

  test('lets moderators delete it too, and nobody else', async () => {
    const answer = await mention();
    const other = { userId: bot.fake.otherReader.id };
    const refused = await toldBy(press(answer, 'remove', { ...other, permissions: PermissionFlagsBits.ManageThreads }));
    expect([isPrivate(refused), textOf(refused)]).toEqual([true, MAY_NOT_REMOVE]);
    expect(current(answer).components).toEqual(answer.components);

    await press(answer, 'remove', { ...other, permissions: PermissionFlagsBits.ManageMessages }).deleted();
    expect(bot.fake.message(answer.id)).toBeUndefined();
  });
});

test('a "not found" message can be removed and reported, and nothing else', async () => {
  const found = async (place: Place) => labelsOf(await ask({ question: NOT_FOUND_QUESTION, private: true }, place));
  expect(await found({})).toEqual(['📨 Tell the team', '🗑️ Remove']);
  expect(await found({ direct: true })).toEqual(['🗑️ Remove']);
});

test('a "not found" message names the places that come closest', async () => {
  const { headline, places } = readAnswer(await ask({ question: NOT_FOUND_QUESTION }));
  expect(headline).toBe('⚪ **Not found.** Nothing in the articles answers this.');
  expect(places.length).toBeGreaterThan(0);
  expect(places.length).toBeLessThanOrEqual(3);
});

test('who tells the team puts the question into /gaps, even where none are stored, and can take it back', async () => {
  const { fake } = bot;
  const question = 'Which key opens the attic of the lighthouse?';
  const gaps = async () =>
    textOf(await fake.slash({ name: 'gaps', permissions: PermissionFlagsBits.ManageGuild }).response());
  const answer = await ask({ question });
  expect(await gaps()).not.toContain(question);
  expect(textOf(await toldBy(press(answer, 'tell')))).toContain('can now see your question in `/gaps`, for 30 days');
  expect(await gaps()).toContain(`“${question}”`);
  expect(await gaps()).toContain('asked once · reported');
  await fake.slash({ name: 'forget-me' }).response();
  expect(await gaps()).not.toContain(question);
});

test('what the team was told is the asker’s question, whoever told it, and only if they asked it themselves', async () => {
  const { fake } = bot;
  const question = 'Which key opens the cellar of the lighthouse?';
  const gaps = async () =>
    textOf(await fake.slash({ name: 'gaps', permissions: PermissionFlagsBits.ManageGuild }).response());
  const other = { userId: fake.otherReader.id };
  const answer = await ask({ question });
  await toldBy(press(answer, 'tell', other));
  await fake.slash({ name: 'forget-me', ...other }).response();
  expect(await gaps()).toContain(`“${question}”`);
  await fake.slash({ name: 'forget-me' }).response();
  expect(await gaps()).not.toContain(question);

  const copy = await turnPage(await ask(), 'next', other);
  expect(textOf(await toldBy(press(copy, 'tell', other)))).toContain('Only the question of an original answer');
  const remark = fake.say({ content: NOT_FOUND_QUESTION });
  expect(labelsOf(await answerThis(remark.id).response())).not.toContain('📨 Tell the team');
});

test('a vote that is taken back does not take back what the team was told', async () => {
  const { fake } = bot;
  const question = 'Where did Blinken and Lavrov meet in the rain?';
  const gaps = async () =>
    textOf(await fake.slash({ name: 'gaps', permissions: PermissionFlagsBits.ManageGuild }).response());
  const answer = await ask({ question });
  await toldBy(press(answer, 'tell'));
  await toldBy(press(answer, 'wrong'));
  await toldBy(press(answer, 'wrong'));
  expect(await gaps()).toContain(`“${question}”`);
  expect(await gaps()).toContain('reported');
});

test('a reply to an answer without a mention is ignored, because the bot cannot read it', async () => {
  const { fake } = bot;
  const answer = await ask();
  const remark = fake.say({ content: 'and for how long?', replyTo: answer.id, pingsOnReply: false });
  await mention();

  expect(await fake.answersTo(remark.id, { count: 0, settleMs: 100 })).toEqual([]);
});

test('a button from another version or another bot is answered politely and privately', async () => {
  const { fake } = bot;
  const ids = ['0:page:2s8fk3qz1a:1', '2:turn:1', '1:page', 'vote_up', '1:bookmark:0', '🎈'];
  const message = await postButtons(ids);
  for (const customId of ids) {
    const answer = await fake.pressButton({ messageId: message.id, customId }).response();
    expect([isPrivate(answer), textOf(answer)]).toEqual([
      true,
      'This button is from another version of the bot. Ask again to get a new one.',
    ]);
  }
  expect(current(message)).toEqual(message);
});

/** Posts a message with buttons in the bot's name, as an earlier version of it may have done. */
function postButtons(customIds: readonly string[]): Promise<APIMessage> {
  const rows = [customIds.slice(0, 5), customIds.slice(5)].filter((ids) => ids.length > 0);
  return postAsBot(bot.fake, bot.fake.channelIds[0] ?? '', {
    content: 'An earlier answer',
    components: rows.map((ids) => ({
      type: 1,
      components: ids.map((id, index) => ({ type: 2, style: 2, label: `Button ${index}`, custom_id: id })),
    })),
  });
}
