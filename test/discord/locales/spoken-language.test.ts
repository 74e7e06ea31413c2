import { GatewayIntentBits } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { textsFor } from '../../../src/discord/locales/texts.js';
import { pressControl, readerOf, toldBy } from '../bot/reader.js';
import { setInChannel } from '../bot/settings-card.js';
import { labelsOf, textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';

const GERMAN_QUESTION = 'Wo haben sich Antony Blinken und Sergey Lavrov zum ersten Mal getroffen?';
/** The language of the server: for messages by people whose language is unknown. */
const SERVER_LANGUAGE = 'tr';

const bot = useBot({
  fake: { grantedIntents: GatewayIntentBits.MessageContent, guildLocale: SERVER_LANGUAGE },
  env: { DISCORD_MESSAGE_CONTENT: 'on' },
});
const { ask } = readerOf(bot);

describe('the bot speaks', () => {
  /** The note that a question is in German and the articles are in English. */
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

  test('the language of the person who presses a button, in what only they see', async () => {
    const answer = await ask({}, { locale: 'fr' });
    const other = { userId: bot.fake.otherReader.id, locale: 'de' };
    const why = await toldBy(pressControl(bot.fake, answer, 'why', other));

    expect(textOf(why)).toContain(textsFor('de').say('why.heading'));
    expect(textOf(why)).toMatch(/„[^„]*“ und „[^„]*“/);
  });

  test("the language of the author's last command in reply to messages; before that, the language of the server, or English in direct messages", async () => {
    const { fake } = bot;
    const authorId = fake.addUser('newcomer').id;
    const inServer = await bot.answerTo(fake.say({ content: GERMAN_QUESTION, mentionsBot: true, authorId }));
    const direct = await bot.answerTo(fake.sayDirectly({ content: GERMAN_QUESTION, authorId }));
    await fake.slash({ name: 'about', userId: authorId, locale: 'fr' }).response();
    const later = await bot.answerTo(fake.sayDirectly({ content: GERMAN_QUESTION, authorId }));

    expect(textOf(inServer)).toContain(note(SERVER_LANGUAGE, 'Almanca', 'İngilizce'));
    expect(textOf(direct)).toContain(note('en', 'German', 'English'));
    expect(textOf(later)).toContain(note('fr', 'allemand', 'anglais'));
  });

  test('the language of a channel in that channel, whoever asks', async () => {
    const { fake } = bot;
    const channelId = fake.channelIds[1] ?? '';
    await setInChannel(fake, channelId, 'language', 'fr');
    const texts = [
      textOf(await ask({ question: GERMAN_QUESTION }, { channelId, locale: 'es-ES' })),
      textOf(await bot.answerTo(fake.say({ content: GERMAN_QUESTION, mentionsBot: true, channelId }))),
    ];
    await setInChannel(fake, channelId, 'language', 'inherit');

    for (const text of texts) expect(text).toContain(note('fr', 'allemand', 'anglais'));
    const later = await ask({ question: GERMAN_QUESTION }, { channelId, locale: 'es-ES' });
    expect(textOf(later)).toContain(note('es', 'alemán', 'inglés'));
  });
});
