import { describe, expect, test } from 'vitest';
import { readPassages } from '../bot/indexed-folder.js';
import { expectReykjavik, readerOf, toldBy } from '../bot/reader.js';
import { ANSWERED_QUESTION } from '../bot/seeds.js';
import { controlOf, isPrivate, optionsOf, quotedIn, textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';

const bot = useBot();
const { ask, answerThis, press } = readerOf(bot);

describe.each(['guild', 'direct', 'group'] as const)('where only a person has installed the bot (%s),', (elsewhere) => {
  const place = { userInstalled: true, elsewhere } as const;

  test('/ask answers, and the buttons work', async () => {
    const { fake } = bot;
    const answer = await ask({}, place);
    expectReykjavik(answer);
    expect(answer.channel_id).toBe(fake.foreignChannelId(elsewhere));

    const page = await press(answer, 'page').response();
    expect([page.id, textOf(page).includes('Another close passage (1 of 7)')]).toEqual([answer.id, true]);
    const copy = await press(page, 'page', { userId: fake.otherReader.id }).response();
    expect([copy.id === answer.id, isPrivate(copy)]).toEqual([false, true]);
    expect(quotedIn(await press(page, 'context').response()).text).toBe(quotedIn(page).text);
    expect(textOf(await toldBy(press(page, 'why')))).toContain('It was found by its words and by its meaning.');
    const wrong = press(page, 'wrong', { userId: fake.otherReader.id });
    expect(textOf(await toldBy(wrong))).toContain('Noted: this doesn’t answer the question.');
    await press(page, 'remove').deleted();

    const shared = await toldBy(press(await ask({ private: true }, place), 'share'));
    expect([isPrivate(shared), textOf(shared)]).toEqual([
      false,
      expect.stringContaining(`-# Shared by <@${fake.reader.id}>\n`),
    ]);
  });

  test('/find and /cite show passages, and their buttons work', async () => {
    const { fake } = bot;
    const found = await bot.fake.slash({ name: 'find', options: { words: 'harbour' }, ...place }).response();
    expect(isPrivate(found)).toBe(true);
    expect(textOf(found)).toContain('The closest passages · Page 1 of 2');
    expect(textOf(await press(found, 'found').response())).toContain('Page 2 of 2');
    const values = optionsOf(found)
      .slice(0, 1)
      .map(({ value }) => value);
    const customId = controlOf(found, 'show');
    const chosen = await fake.selectOption({ messageId: found.id, customId, values }).response();
    expect(quotedIn(chosen).text).toBe(readPassages(bot.folder).find(({ id }) => id === values[0])?.text);

    const [choice] = await fake
      .autocomplete({ name: 'cite', options: { passage: 'keeper measured' }, focused: 'passage', ...place })
      .choices();
    const cited = await bot.fake
      .slash({ name: 'cite', options: { passage: choice?.value ?? '' }, ...place })
      .response();
    expect(isPrivate(cited)).toBe(false);
    expect(quotedIn(cited).text).toContain('oil paper');
    expect(quotedIn(await press(cited, 'context', { userId: fake.otherReader.id }).response()).text).toBe(
      quotedIn(cited).text,
    );
  });

  test('`Answer this` answers what somebody says there', async () => {
    const { fake } = bot;
    const channelId = fake.foreignChannelId(elsewhere);
    const said = fake.say({ content: ANSWERED_QUESTION, channelId, authorId: fake.otherReader.id });
    const answer = await answerThis(said.id).response();

    expectReykjavik(answer);
    expect(textOf(answer)).toContain(`/${channelId}/${said.id}>)`);
  });
});
