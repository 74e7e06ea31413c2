import type { Guild, GuildBasedChannel, Snowflake } from 'discord.js';
import type { ChannelSettings } from '../../community/setting-values.js';
import type { ShownSetting } from '../cards/setting-choices.js';
import { settingsCard } from '../cards/settings-card.js';
import { Refusal } from '../context/refusal.js';
import { textsFor } from '../locales/texts.js';
import type { ComponentContext, Control } from './control.js';
import { findSetting, selectedValue } from './selected-setting.js';

/**
 * Changes a setting. Only the person who opened `/settings` sees it and may use it.
 *
 * Values: the id of the channel or server, and the setting's name.
 */
export const SETTING: Control = {
  isQuestion: false,
  acknowledgement({ interaction, isByAsker }) {
    if (!interaction.inCachedGuild()) throw new Refusal('failure.needsServer');
    if (!isByAsker) throw new Refusal('private.notYours');
    return 'edit';
  },
  run(press) {
    const { interaction, asker, texts, bot } = press;
    const target = targetOf(press);
    const { guild, channel, place, setting } = target;
    changeSetting(target, press);
    // A new language is used right away.
    const { language } = bot.community.settings.resolve([place, guild.id]);
    const cardTexts = setting.name === 'language' ? textsFor(language ?? interaction.locale) : texts;
    return settingsCard({ serverId: guild.id, channel, asker, texts: cardTexts, bot });
  },
};

/** The setting to change, and where. */
interface Target {
  readonly guild: Guild;
  /** Null for the whole server. */
  readonly channel: GuildBasedChannel | null;
  /** The id of the channel or server. */
  readonly place: Snowflake;
  readonly setting: ShownSetting;
}

/** @throws {Refusal} if the channel or the setting no longer exists. */
function targetOf({ interaction: { guild }, values }: ComponentContext): Target {
  const [place = '', name] = values;
  const setting = findSetting(name);
  const channel = guild?.channels.cache.get(place) ?? null;
  if (guild === null || setting === null || (channel === null && place !== guild.id))
    throw new Refusal('outdated.button');
  return { guild, channel: place === guild.id ? null : channel, place, setting };
}

function changeSetting({ guild, place, setting }: Target, { selected, bot }: ComponentContext): void {
  const { settings, questions, judged } = bot.community;
  const value = selectedValue(setting, selected, bot.library().collections());
  settings.set(
    { locationId: place, serverId: guild.id },
    setting.name,
    value as ChannelSettings[typeof setting.name] | undefined,
  );
  if (setting.name === 'keptDays') questions.shortenRetention(guild.id, settings.resolve([guild.id]).keptDays);
  if (setting.name === 'learnsFromVotes' && !settings.resolve([guild.id]).learnsFromVotes)
    judged.forgetServer(guild.id);
}
