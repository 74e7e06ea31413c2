import { ChannelType, type GuildBasedChannel, type Snowflake } from 'discord.js';
import type { ChannelSettings } from '../../community/setting-values.js';
import { oneLine } from '../../text/visible-text.js';
import type { BotContext } from '../context/bot-context.js';
import { collectionsOf, placesOf } from '../context/location.js';
import { channelsWithMissingPermissions, missingPermissions } from '../context/permissions.js';
import { button, buttonRow, type CardRow, channelRow, roleRow, selectRow } from '../format/action-rows.js';
import type { ControlId } from '../format/custom-id.js';
import { LIMITS } from '../format/limits.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import type { TextKey } from '../locales/translation.js';
import { ACCENTS } from './accents.js';
import { type Card, makeCard } from './card.js';
import {
  choicesOf,
  markdownOfValue,
  SETTING_GROUPS,
  type SettingGroup,
  SHOWN_SETTINGS,
  type ShownSetting,
} from './setting-choices.js';

/** Whose settings are shown, and to whom. */
export interface SettingsView {
  readonly serverId: Snowflake;
  /** The channel or category, or null for the settings of the whole server. */
  readonly channel: GuildBasedChannel | null;
  /** The settings to show. Default: the first group. */
  readonly group?: SettingGroup;
  readonly asker: Snowflake;
  readonly texts: Texts;
  readonly bot: BotContext;
}

/** The values that a settings card shows. */
export interface SettingsState {
  /** The id of the channel, category or server. */
  readonly place: Snowflake;
  /** The settings that have a value of their own here. */
  readonly own: Partial<ChannelSettings>;
  /** The values that apply here. */
  readonly inForce: ChannelSettings;
  /** The values that would apply without any of its own. */
  readonly inherited: ChannelSettings;
  /** The settings that the category of the channel has a value for. */
  readonly ofCategory: Partial<ChannelSettings>;
  /** The names of all collections. */
  readonly collections: readonly string[];
}

/** Shows the settings of a channel or server, each with a list to choose from. */
export function settingsCard(view: SettingsView): Card {
  const { channel, texts, bot, group = SETTING_GROUPS[0] } = view;
  const state = readSettings(view);
  const available = (Object.values(SHOWN_SETTINGS) as ShownSetting[]).filter(
    ({ isServerOnly }) => channel === null || !isServerOnly,
  );
  const settings = available.filter((setting) => setting.group === group);
  const groups = SETTING_GROUPS.filter((one) => available.some((setting) => setting.group === one));
  const needsContent = !bot.readsMessages && settings.some((setting) => setting.needsContent);
  const warning = permissionWarning(view, state);
  return makeCard({
    accent: ACCENTS.plain,
    write: (budget) => [
      budget.add(texts.say('settings.heading', { place: placeName(channel, texts) })),
      warning === null ? null : budget.add(warning),
      needsContent ? budget.add(texts.say('settings.needsContent')) : null,
      ...budget.addAll(settings.map((setting) => settingText(setting, state, view))),
    ],
    rows: [
      ...settings.flatMap((setting) => settingRow(setting, state, view) ?? []),
      ...(settings.some(({ picks }) => picks === 'words') ? [wordsRow(view)] : []),
      groupRow(groups, group, state, view),
    ],
  });
}

/** Characters of the name of a category. */
const MAX_CATEGORY = 50;

/** Names what settings are of: a channel, a category, or the server. Markdown. */
export function placeName(channel: GuildBasedChannel | null, texts: Texts): string {
  if (channel === null) return texts.say('settings.server');
  if (channel.type !== ChannelType.GuildCategory) return `<#${channel.id}>`;
  return texts.say('settings.category', { category: escapeToFit(oneLine(channel.name), MAX_CATEGORY) });
}

const GROUP_TEXTS = {
  answers: 'settings.groupAnswers',
  places: 'settings.groupPlaces',
  people: 'settings.groupPeople',
  words: 'settings.groupWords',
  records: 'settings.groupRecords',
} as const satisfies Record<SettingGroup, TextKey>;

/** The button that opens the form for the server's own words. */
function wordsRow({ serverId, asker, texts }: SettingsView): CardRow {
  return buttonRow([
    button({ action: 'words', asker, values: [serverId] }, { emoji: '✏️', label: texts.say('words.edit') }),
  ]);
}

/** The list that leads to the other groups of settings. */
function groupRow(
  groups: readonly SettingGroup[],
  shown: SettingGroup,
  { place }: SettingsState,
  { asker, texts }: SettingsView,
): CardRow {
  const choices = groups.map((group) => ({
    value: group,
    label: texts.say(GROUP_TEXTS[group]),
    isSelected: group === shown,
  }));
  return selectRow({ action: 'settings', asker, values: [place] }, choices);
}

/** Reads the settings that a card shows. */
export function readSettings({ serverId, channel, bot }: SettingsView): SettingsState {
  const { settings } = bot.community;
  const places = channel === null ? [serverId] : placesOf(channel);
  const [place = serverId, ...above] = places;
  return {
    place,
    own: settings.ownSettings(place),
    inForce: settings.resolve(places),
    inherited: settings.resolve(above),
    ofCategory: above.length > 1 ? settings.ownSettings(above[0] ?? '') : {},
    collections: collectionsOf(bot),
  };
}

/** How many channels with missing permissions are named. */
const MAX_CHANNELS = 5;

/** What the bot lacks in the channel, or in which channels of the server it lacks something. Null if it lacks nothing. */
export function permissionWarning(
  { channel, serverId, texts, bot }: SettingsView,
  { inForce }: SettingsState,
): string | null {
  if (channel?.type === ChannelType.GuildCategory) return null;
  if (channel !== null) {
    const lines = missingPermissions(channel, inForce).map(
      ({ permission, feature }) =>
        `- ${texts.say('permissions.line', { permission: texts.say(permission), feature: texts.say(feature) })}`,
    );
    return lines.length === 0 ? null : [texts.say('permissions.here'), ...lines].join('\n');
  }
  const guild = bot.client().guilds.cache.get(serverId);
  const settingsOf = (one: GuildBasedChannel): ChannelSettings => bot.community.settings.resolve(placesOf(one));
  const channels = guild === undefined ? [] : channelsWithMissingPermissions(guild, settingsOf);
  if (channels.length === 0) return null;
  const named = channels.slice(0, MAX_CHANNELS).map(({ id }) => `<#${id}>`);
  const more = channels.length > MAX_CHANNELS ? ['…'] : [];
  return texts.say('permissions.elsewhere', { channels: [...named, ...more].join(', ') });
}

/** The line that shows a setting's value and where the value comes from, with an explanation below it. */
export function settingText(
  setting: ShownSetting,
  { inForce, collections }: SettingsState,
  { texts, bot }: SettingsView,
): string {
  const value = markdownOfValue(setting, inForce[setting.name], collections, texts);
  return [
    texts.say('settings.line', { setting: texts.say(setting.label), value }),
    setting.needsContent && !bot.readsMessages ? ' ⚠️' : '',
    setting.help === null ? '' : `\n-# ${texts.say(setting.help)}`,
  ].join('');
}

/** The channels in which changes can be posted. */
const LOG_CHANNELS = [ChannelType.GuildText, ChannelType.GuildAnnouncement];

/**
 * The list to choose the value of a setting from; null for one that is written in a form.
 *
 * @param id What choosing does. Default: it changes the setting and shows the card again.
 */
export function settingRow(
  setting: ShownSetting,
  { place, own, inherited, ofCategory, collections }: SettingsState,
  { channel, asker, texts }: SettingsView,
  id: ControlId = { action: 'setting', asker, values: [place, setting.name] },
): CardRow | null {
  if (setting.picks === 'words') return null;
  const placeholder = texts.say('settings.pick', { setting: texts.say(setting.label) });
  const value = own[setting.name];
  if (setting.picks === 'roles')
    return roleRow(id, (value ?? []) as readonly Snowflake[], { placeholder, maxValues: LIMITS.options });
  if (setting.picks === 'role')
    return roleRow(id, typeof value === 'string' ? [value] : [], { placeholder, maxValues: 1 });
  if (setting.picks === 'channel')
    return channelRow(id, typeof value === 'string' ? [value] : [], LOG_CHANNELS, { placeholder });
  const choices = choicesOf(setting, {
    own: own[setting.name],
    inherited: inherited[setting.name],
    isFromCategory: ofCategory[setting.name] !== undefined,
    isServer: channel === null,
    collections,
    texts,
  });
  return selectRow(id, choices, {
    maxValues: setting.name === 'collections' ? LIMITS.options : 1,
  });
}
