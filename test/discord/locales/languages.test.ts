import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANGUAGES, TRANSLATIONS } from '../../../src/discord/locales/texts.js';
import { type IndexedFolder, indexSeeds, type RunningBot, runBot } from '../bot/running-bot.js';
import { ANSWERED_QUESTION, writeSeed, writeSeeds } from '../bot/seeds.js';

let folder: IndexedFolder;
let running: RunningBot;

beforeAll(async () => {
  folder = await indexSeeds((seeds) => {
    writeSeeds(seeds);
    // As long as a name of a folder may be, in letters of three bytes, and with titles and publishers of the same kind.
    for (let number = 10; number < 40; number++) {
      const name = `${number}${'報'.repeat(80)}`;
      writeSeed(seeds, `${name}/a.md`, `---\ntitle: ${name}\npublisher: ${name}\n---\n\nA text of the town.\n`);
    }
  });
  running = await runBot(folder, { env: { DISCORD_MESSAGE_CONTENT: 'off' } });
});

afterAll(async () => {
  await running?.end();
  folder?.remove();
});

test.each(LANGUAGES.map((language) => (language === 'es' ? 'es-419' : language === 'en' ? 'en-GB' : language)))(
  'somebody who reads Discord in %s is answered in it',
  async (locale) => {
    const { fake } = running;
    const [language = 'en'] = locale.split('-');
    const { answer, settings } = TRANSLATIONS[language as keyof typeof TRANSLATIONS];
    const answered = await fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION }, locale }).response();
    const permissions = PermissionFlagsBits.ManageGuild;
    const set = await fake.slash({ name: 'settings', options: {}, locale, permissions }).response();

    expect(JSON.stringify(answered.components)).toContain(answer.answered);
    expect(JSON.stringify(set.components)).toContain(settings.collectionsHelp);
    expect(set.components).toHaveLength(8);
  },
);

test.each(['en-US', 'ru'])(
  'lists of long names in letters of many bytes are taken by Discord, in %s',
  async (locale) => {
    const { fake } = running;
    const permissions = PermissionFlagsBits.ManageGuild;
    const server = await fake.slash({ name: 'settings', options: { server: true }, locale, permissions }).response();
    const sources = await fake.slash({ name: 'sources', locale }).response();

    const { settings } = TRANSLATIONS[locale === 'ru' ? 'ru' : 'en'];
    // The last setting and its list are there.
    expect(JSON.stringify(server.components)).toContain(`**${settings.keptDays}**: ${settings.notKept}`);
    expect(server.components).toHaveLength(9);
    expect(sources.components).toHaveLength(3);
    expect(JSON.stringify(sources.components)).toContain('報');
  },
);
