import type { Guild, GuildBasedChannel, Snowflake } from 'discord.js';
import type { ChannelSettings } from '../../community/setting-values.js';
import { markdownOfValue, SETTING_GROUPS, type ShownSetting } from '../cards/setting-choices.js';
import { placeName, settingsCard } from '../cards/settings-card.js';
import { collectionsOf, placesOf } from '../context/location.js';
import { requireManagedServer } from '../context/managed-server.js';
import { Refusal } from '../context/refusal.js';
import { type Texts, textsFor } from '../locales/texts.js';
import { logChange } from '../sending/log-change.js';
import type { ComponentContext, Control } from './control.js';
import { findSetting, selectedValue } from './selected-setting.js';

/**
 * Changes a setting. Only the person who opened `/settings` sees it and may use it, as long as they may manage the
 * server.
 *
 * Values: the id of the channel or server, and the setting's name.
 */
export const SETTING: Control = {
  isQuestion: false,
  acknowledgement({ interaction, isByAsker }) {
    if (!isByAsker) throw new Refusal('private.notYours');
    requireManagedServer(interaction);
    return 'edit';
  },
  async run(press) {
    const { interaction, asker, texts, bot } = press;
    const target = targetOf(press);
    const { guild, channel, setting } = target;
    // A new language is used right away.
    const { language } = await applySetting(target, press);
    const cardTexts = setting.name === 'language' ? textsFor(language ?? interaction.locale) : texts;
    return settingsCard({ serverId: guild.id, channel, group: setting.group, asker, texts: cardTexts, bot });
  },
};

/**
 * Shows another group of settings. Only the person who opened `/settings` sees it and may use it.
 *
 * Values: the id of the channel or server. What is selected is the group.
 */
export const SETTINGS_GROUP: Control = {
  isQuestion: false,
  acknowledgement: SETTING.acknowledgement,
  run({ interaction, values, selected, asker, texts, bot }) {
    const guild = requireManagedServer(interaction);
    const channel = channelOf(guild, values[0] ?? '');
    const group = SETTING_GROUPS.find((one) => one === selected[0]);
    if (channel === undefined || group === undefined) throw new Refusal('outdated.button');
    return settingsCard({ serverId: guild.id, channel, group, asker, texts, bot });
  },
};

/** Changes a setting to what was selected. @returns the settings that apply then. */
export async function applySetting(target: Target, press: ComponentContext): Promise<ChannelSettings> {
  const { guild, channel, setting } = target;
  const { settings } = press.bot.community;
  const places = channel === null ? [guild.id] : placesOf(channel);
  const before = settings.resolve(places);
  changeSetting(target, press);
  const after = settings.resolve(places);
  await logSetting(target, { before: before[setting.name], after: after[setting.name] }, press);
  return after;
}

/** Says in the server's log, if it has one, who has changed a setting. */
async function logSetting(
  { channel, setting, guild }: Target,
  { before, after }: { readonly before: unknown; readonly after: unknown },
  { interaction, bot }: ComponentContext,
): Promise<void> {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const collections = collectionsOf(bot);
  const write = (texts: Texts): string =>
    texts.say('log.changed', {
      person: `<@${interaction.user.id}>`,
      setting: texts.say(setting.label),
      place: placeName(channel, texts),
      before: markdownOfValue(setting, before, collections, texts),
      after: markdownOfValue(setting, after, collections, texts),
    });
  await logChange(guild, write, interaction.id, bot);
}

/** Returns the channel whose settings have this id, null for the whole server, or undefined if it is no longer there. */
function channelOf(guild: Guild, place: Snowflake): GuildBasedChannel | null | undefined {
  return place === guild.id ? null : guild.channels.cache.get(place);
}

/** The setting to change, and where. */
interface Target {
  readonly guild: Guild;
  /** Null for the whole server. */
  readonly channel: GuildBasedChannel | null;
  readonly setting: ShownSetting;
}

/** @throws {Refusal} if the channel or the setting no longer exists, or the setting is not one of channels. */
function targetOf({ interaction, values }: ComponentContext): Target {
  const guild = requireManagedServer(interaction);
  const [place = '', name] = values;
  const setting = findSetting(name);
  const channel = channelOf(guild, place);
  if (setting === null || channel === undefined || (channel !== null && setting.isServerOnly))
    throw new Refusal('outdated.button');
  return { guild, channel, setting };
}

function changeSetting({ guild, channel, setting }: Target, { selected, bot }: ComponentContext): void {
  const { settings, questions, judged } = bot.community;
  const collections = collectionsOf(bot);
  const value = selectedValue(setting, selected, { collections, canInherit: channel !== null, guild });
  settings.set(
    { locationId: channel?.id ?? guild.id, serverId: guild.id },
    setting.name,
    value as ChannelSettings[typeof setting.name] | undefined,
  );
  if (setting.name === 'keptDays') questions.shortenRetention(guild.id, settings.resolve([guild.id]).keptDays);
  if (setting.name === 'learnsFromVotes' && !settings.resolve([guild.id]).learnsFromVotes)
    judged.forgetServer(guild.id);
}
