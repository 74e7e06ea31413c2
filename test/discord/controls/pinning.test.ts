import { type APIMessage, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { alterCommunity, passageIn } from '../bot/indexed-folder.js';
import { MODERATOR, pin, select } from '../bot/pins.js';
import { pressControl, toldBy } from '../bot/reader.js';
import { ANSWERED_QUESTION, NOT_FOUND_QUESTION, REYKJAVIK } from '../bot/seeds.js';
import { choose, MANAGER, openSettings } from '../bot/settings-card.js';
import { pinnedIn, readAnswer } from '../bot/shown-answer.js';
import { isPrivate, optionsOf, quotesIn, textOf } from '../bot/shown-message.js';
import { useArticles, useBot } from '../bot/use-bot.js';
import type { FakeDiscord } from '../fake/fake-discord.js';
import type { InteractionHandle } from '../fake/people/interaction-handle.js';
import type { Actor } from '../fake/people/people.js';

/** Somebody who may read `/gaps` and pin passages. */
const BOTH = { permissions: PermissionFlagsBits.ManageGuild | PermissionFlagsBits.ManageMessages } as const;

const articles = useArticles();
const bot = useBot({ articles });
let fake: FakeDiscord;
/** Says nothing about any of the questions. */
let oven: { readonly id: string; readonly text: string };

beforeAll(() => {
  fake = bot.fake;
  oven = passageIn(bot.folder, 'kitchen/rye-bread.md');
});

afterEach(() =>
  alterCommunity(bot.folder, 'DELETE FROM pins; DELETE FROM settings; DELETE FROM questions; DELETE FROM votes'),
);

const ask = (question: string): Promise<APIMessage> => fake.slash({ name: 'ask', options: { question } }).response();

const press = (message: APIMessage, action: string, actor: Actor): InteractionHandle =>
  pressControl(fake, message, action, actor);

/** Votes an answer wrong as a moderator. @returns What only the moderator is shown. */
async function offeredAfterVote(answer: APIMessage): Promise<APIMessage> {
  const [offer] = await press(answer, 'wrong', MODERATOR).followUps();
  if (offer === undefined) throw new Error('Nothing was offered');
  return offer;
}

describe('👎 from a moderator', () => {
  test('offers the other passages in private, and the one that is selected is pinned to the question', async () => {
    const answer = await ask(ANSWERED_QUESTION);
    const offer = await offeredAfterVote(answer);
    expect(isPrivate(offer)).toBe(true);
    expect(textOf(offer)).toContain(`**${ANSWERED_QUESTION}**`);
    expect(textOf(offer)).toContain('Does another passage answer this?');
    const offered = optionsOf(offer).map(({ value }) => value);
    expect(offered.length).toBeGreaterThan(1);
    expect(offered).not.toContain(passageIn(bot.folder, REYKJAVIK.file).id);

    const handshake = passageIn(bot.folder, REYKJAVIK.file, 1);
    const told = await select(fake, offer, 'pin', handshake.id);
    expect(textOf(told)).toContain(`Whoever asks “${ANSWERED_QUESTION}” here now sees this passage first:`);
    expect(quotesIn(told)[0]?.text).toContain(pinnedIn(await ask(ANSWERED_QUESTION)));
    expect(pinnedIn(await ask('where did Antony Blinken and Sergey Lavrov meet for the first time'))).toContain(
      'four seconds',
    );
    expect(pinnedIn(await ask('When did Antony Blinken and Sergey Lavrov meet for the first time?'))).toBeNull();
  });

  test('works on a reply, whose question stands in another message, and after a restart', async () => {
    const answer = await bot.answerTo(fake.say({ content: ANSWERED_QUESTION, mentionsBot: true }));
    await bot.restart();
    const offer = await offeredAfterVote(answer);
    await select(fake, offer, 'pin', passageIn(bot.folder, REYKJAVIK.file, 1).id);
    expect(pinnedIn(await ask(ANSWERED_QUESTION))).toContain('four seconds');
  });

  test('offers nothing once the vote is taken back, nor with 👍', async () => {
    const answer = await ask(ANSWERED_QUESTION);
    await offeredAfterVote(answer);
    for (const action of ['wrong', 'right']) {
      const handle = press(answer, action, MODERATOR);
      await handle.response();
      // The bot has handled what came before once it answers something else.
      await ask(ANSWERED_QUESTION);
      expect((await handle.followUps({ count: 0 })).flatMap(optionsOf)).toEqual([]);
    }
  });

  test('offers nothing for what cannot be pinned to: several questions at once', async () => {
    const answer = await ask(`${ANSWERED_QUESTION} What does the crossing cost?`);
    const handle = press(answer, 'wrong', MODERATOR);
    await handle.response();
    await ask(ANSWERED_QUESTION);
    expect((await handle.followUps({ count: 0 })).flatMap(optionsOf)).toEqual([]);
  });

  test('pins nothing once the person is no longer a moderator', async () => {
    const offer = await offeredAfterVote(await ask(ANSWERED_QUESTION));
    const handshake = passageIn(bot.folder, REYKJAVIK.file, 1).id;
    const refused = await select(fake, offer, 'pin', handshake, {});
    expect(textOf(refused)).toBe('Only people who may manage messages here can pin passages.');
    expect(pinnedIn(await ask(ANSWERED_QUESTION))).toBeNull();
  });
});

test('👎 from anyone else offers nothing', async () => {
  const answer = await ask(ANSWERED_QUESTION);
  for (const actor of [{}, { userId: fake.otherReader.id }, MANAGER]) {
    const handle = press(answer, 'wrong', actor);
    await handle.response();
    await ask(ANSWERED_QUESTION);
    expect((await handle.followUps({ count: 0 })).flatMap(optionsOf)).toEqual([]);
  }
});

describe('Why this? under a pinned answer', () => {
  test('says that a person pinned it, and gives no probability', async () => {
    await pin(fake, 'add', { question: ANSWERED_QUESTION, passage: oven.id });
    const answer = await ask(ANSWERED_QUESTION);
    const why = textOf(await toldBy(press(answer, 'why', {})));
    expect(why).toContain('- A person pinned it to this question, so it comes first.');
    expect(why).not.toMatch(/\d%/);
  });
});

describe('/gaps', () => {
  const gaps = (actor: Actor = BOTH): Promise<APIMessage> => fake.slash({ name: 'gaps', ...actor }).response();

  async function askUnanswered(question = NOT_FOUND_QUESTION): Promise<void> {
    await choose(fake, await openSettings(fake, { server: true }), 'keptDays', 'for 30 days');
    await ask(question);
  }

  test('lists its questions for moderators, offers passages for one, and pins the one that is selected', async () => {
    await askUnanswered();
    const card = await gaps();
    expect(optionsOf(card).map(({ label }) => label)).toEqual([NOT_FOUND_QUESTION]);
    const offer = await select(fake, card, 'gap', NOT_FOUND_QUESTION, BOTH);
    expect(isPrivate(offer)).toBe(true);
    expect(textOf(offer)).toContain(`**${NOT_FOUND_QUESTION}**`);
    const [first] = optionsOf(offer);
    const told = await select(fake, offer, 'pin', first?.value ?? '', BOTH);
    const answer = await ask(NOT_FOUND_QUESTION);
    expect(readAnswer(answer).headline).toContain('**Answered**');
    expect(quotesIn(told)[0]?.text).toContain(pinnedIn(answer));
    // The list stays, so that the next question can be chosen.
    expect(optionsOf(await gaps()).map(({ label }) => label)).toEqual([NOT_FOUND_QUESTION]);
  });

  test('has no such list for people who may not pin, nor for questions that nothing can be pinned to', async () => {
    await askUnanswered();
    const card = await gaps(MANAGER);
    expect(textOf(card)).toContain(NOT_FOUND_QUESTION);
    expect(optionsOf(card)).toEqual([]);
    alterCommunity(bot.folder, 'DELETE FROM questions');
    await askUnanswered('How do I reset the router? Who sells umbrellas for parrots?');
    expect(textOf(await gaps())).toContain('umbrellas');
    expect(optionsOf(await gaps())).toEqual([]);
  });

  test('refuses a question that was deleted in the meantime, and people who may no longer pin', async () => {
    await askUnanswered();
    const card = await gaps();
    const refused = await select(fake, card, 'gap', NOT_FOUND_QUESTION, MANAGER);
    expect(textOf(refused)).toBe('Only people who may manage messages here can pin passages.');
    alterCommunity(bot.folder, 'DELETE FROM questions');
    const gone = await select(fake, card, 'gap', NOT_FOUND_QUESTION, BOTH);
    expect(textOf(gone)).toContain('I no longer remember the question.');
  });

  test('pings nobody and formats nothing with a question that people wrote', async () => {
    const question = `Does @everyone like <@${fake.otherReader.id}> **bold** [parrots](https://example.org)`;
    await askUnanswered(question);
    const [option] = optionsOf(await gaps());
    const offer = await select(fake, await gaps(), 'gap', option?.value ?? '', BOTH);
    expect(textOf(offer)).toContain('\\*\\*bold\\*\\* \\[parrots\\]');
    const told = await select(fake, offer, 'pin', optionsOf(offer)[0]?.value ?? '', BOTH);
    expect(textOf(told)).toContain('\\*\\*bold\\*\\* \\[parrots\\]');
    expect(pinnedIn(await ask(question))).not.toBeNull();
  });
});
