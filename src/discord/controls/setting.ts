import type { ChannelSettings } from '../../community/setting-values.js';
import { chosenValue, shownSetting } from '../cards/setting-choices.js';
import { settingsCard } from '../cards/settings-card.js';
import { Refusal } from '../context/refusal.js';
import { textsFor } from '../locales/texts.js';
import type { Control } from './control.js';

/** A setting that was chosen: values are the channel or server, and the setting's name. Only who opened the card sees it. */
export const SETTING: Control = {
  isQuestion: false,
  acknowledgement({ interaction, isByAsker }) {
    if (!interaction.inCachedGuild()) throw new Refusal('failure.needsServer');
    if (!isByAsker) throw new Refusal('private.notYours');
    return 'edit';
  },
  run({ interaction, asker, values, chosen, texts, bot }) {
    const { guild } = interaction;
    const [place = '', name] = values;
    const setting = shownSetting(name);
    const channel = place === guild?.id ? null : (guild?.channels.cache.get(place) ?? null);
    if (guild === null || setting === null || (channel === null && place !== guild.id))
      throw new Refusal('outdated.button');
    const value = chosenValue(setting, chosen, bot.engine().library.collections());
    const { community } = bot;
    community.settings.set(
      { place, server: guild.id },
      setting.name,
      value as ChannelSettings[typeof setting.name] | undefined,
    );
    if (setting.name === 'keptDays')
      community.questions.shortenRetention(guild.id, community.settings.resolve([guild.id]).keptDays);
    // A language that was just chosen is spoken at once.
    const { language } = community.settings.resolve([place, guild.id]);
    const spoken = setting.name === 'language' ? textsFor(language ?? interaction.locale) : texts;
    return settingsCard({ serverId: guild.id, channel, asker, texts: spoken, bot });
  },
};
