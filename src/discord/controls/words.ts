import { OWN_WORDS } from '../../community/setting-values.js';
import { readWords, typedWords } from '../cards/own-words.js';
import { markdownOfValue, SHOWN_SETTINGS } from '../cards/setting-choices.js';
import { placeName, settingsCard } from '../cards/settings-card.js';
import { wordsForm } from '../cards/words-card.js';
import { requireManagedServer } from '../context/managed-server.js';
import { Refusal } from '../context/refusal.js';
import type { Texts } from '../locales/texts.js';
import { logChange } from '../sending/log-change.js';
import type { Control } from './control.js';
import { SETTING } from './setting.js';

/**
 * Opens the form for the server's own words, with what was typed before. Only the person who opened `/settings` may use it.
 *
 * Values: the id of the server.
 */
export const WORDS: Control = {
  isQuestion: false,
  acknowledgement: SETTING.acknowledgement,
  form({ interaction, asker, texts, bot }) {
    const { id: serverId } = requireManagedServer(interaction);
    const typed = bot.wordDrafts.get(serverId, asker) ?? typedWords(bot.community.settings.resolve([serverId]));
    return wordsForm(typed, { serverId, asker, texts });
  },
  run: () => null,
};

/** Saves what was typed in the form. Values: the id of the server. */
export const WORDS_SAVE: Control = {
  isQuestion: false,
  acknowledgement: SETTING.acknowledgement,
  async run({ interaction, asker, texts, bot }) {
    const guild = requireManagedServer(interaction);
    const { settings } = bot.community;
    const typed = bot.wordDrafts.get(guild.id, asker);
    const words = typed === null ? null : readWords(typed, (id) => guild.emojis.cache.has(id));
    if (words === null || typeof words === 'string') throw new Refusal('words.gone');
    const before = settings.resolve([guild.id]);
    const place = { locationId: guild.id, serverId: guild.id };
    for (const name of OWN_WORDS) settings.set(place, name, words[name] ?? undefined);
    bot.wordDrafts.delete(guild.id, asker);
    const changed = OWN_WORDS.filter((name) => JSON.stringify(words[name]) !== JSON.stringify(before[name]));
    const write = (inLog: Texts): string =>
      changed
        .map((name) =>
          inLog.say('log.changed', {
            person: `<@${interaction.user.id}>`,
            setting: inLog.say(`settings.${name}`),
            place: placeName(null, inLog),
            before: markdownOfValue(SHOWN_SETTINGS[name], before[name], [], inLog),
            after: markdownOfValue(SHOWN_SETTINGS[name], words[name], [], inLog),
          }),
        )
        .join('\n');
    if (changed.length > 0) await logChange(guild, write, interaction.id, bot);
    return settingsCard({ serverId: guild.id, channel: null, group: 'words', asker, texts, bot });
  },
};

/** Forgets what was typed in the form. Values: the id of the server. */
export const WORDS_DISCARD: Control = {
  isQuestion: false,
  acknowledgement: SETTING.acknowledgement,
  run({ interaction, asker, texts, bot }) {
    const guild = requireManagedServer(interaction);
    bot.wordDrafts.delete(guild.id, asker);
    return settingsCard({ serverId: guild.id, channel: null, group: 'words', asker, texts, bot });
  },
};
