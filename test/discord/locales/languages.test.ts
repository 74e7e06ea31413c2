import { expect, test } from 'vitest';
import { LANGUAGES, TRANSLATIONS } from '../../../src/discord/locales/texts.js';
import { ANSWERED_QUESTION, writeSeed, writeSeeds } from '../bot/seeds.js';
import { MANAGER } from '../bot/settings-card.js';
import { controlOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';

const bot = useBot({
  seeds: (folder) => {
    writeSeeds(folder);
    // Folder names of the maximum length, in three-byte letters, and titles and publishers like them.
    for (let number = 10; number < 40; number++) {
      const name = `${number}${'報'.repeat(80)}`;
      writeSeed(folder, `${name}/a.md`, `---\ntitle: ${name}\npublisher: ${name}\n---\n\nA text of the town.\n`);
    }
  },
  env: { DISCORD_MESSAGE_CONTENT: 'off' },
});

test.each(LANGUAGES.map((language) => (language === 'es' ? 'es-419' : language === 'en' ? 'en-GB' : language)))(
  'somebody who uses Discord in %s is answered in that language',
  async (locale) => {
    const { fake } = bot;
    const [language = 'en'] = locale.split('-');
    const { answer, settings } = TRANSLATIONS[language as keyof typeof TRANSLATIONS];
    const answered = await fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION }, locale }).response();
    const set = await fake.slash({ name: 'settings', options: {}, locale, ...MANAGER }).response();

    expect(JSON.stringify(answered.components)).toContain(answer.answered);
    expect(JSON.stringify(set.components)).toContain(settings.collectionsHelp);
    expect(set.components).toHaveLength(6);
  },
);

test.each(['en-US', 'ru'])('lists of long names in three-byte letters fit into a message, in %s', async (locale) => {
  const { fake } = bot;
  const opened = await fake.slash({ name: 'settings', options: { server: true }, locale, ...MANAGER }).response();
  const server = await fake
    .selectOption({
      messageId: opened.id,
      customId: controlOf(opened, 'settings'),
      values: ['places'],
      locale,
      ...MANAGER,
    })
    .response();
  const sources = await fake.slash({ name: 'sources', locale }).response();

  const { settings } = TRANSLATIONS[locale === 'ru' ? 'ru' : 'en'];
  // Nothing was left out: the last setting and its list are there.
  expect(JSON.stringify(server.components)).toContain(`**${settings.inlineCiting}**: ${settings.off}`);
  expect(server.components).toHaveLength(8);
  expect(sources.components).toHaveLength(3);
  expect(JSON.stringify(sources.components)).toContain('報');
});
