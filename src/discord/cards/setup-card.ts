import { ChannelType, type Guild, type GuildBasedChannel, type Snowflake } from 'discord.js';
import type { SettingName } from '../../community/setting-values.js';
import { button, buttonRow, type CardRow, channelRow } from '../format/action-rows.js';
import type { ControlId } from '../format/custom-id.js';
import { LIMITS } from '../format/limits.js';
import type { TextKey } from '../locales/translation.js';
import { ACCENTS } from './accents.js';
import { type Card, makeCard } from './card.js';
import { SHOWN_SETTINGS, type ShownSetting } from './setting-choices.js';
import { permissionWarning, readSettings, type SettingsView, settingRow, settingText } from './settings-card.js';

/** Channels for which a setting is turned on, chosen all at once. */
export interface ChannelPick {
  readonly setting: Extract<SettingName, 'answers' | 'askChannel' | 'forumPosts'>;
  readonly types: readonly ChannelType[];
  readonly label: TextKey;
}

/** One step of `/setup`. */
interface Step {
  readonly text: TextKey;
  readonly channels?: readonly ChannelPick[];
  readonly settings?: readonly SettingName[];
}

const CHAT = [ChannelType.GuildText, ChannelType.GuildAnnouncement];

/** The steps of `/setup`. Their numbers are part of sent messages, which are private and short-lived. */
export const SETUP_STEPS: readonly Step[] = [
  {
    text: 'setup.where',
    channels: [{ setting: 'answers', types: [...CHAT, ChannelType.GuildForum], label: 'setup.whereChannels' }],
  },
  { text: 'setup.what', settings: ['collections', 'onlyWhenSure'] },
  { text: 'setup.who', settings: ['allowedRoles', 'directMessages'] },
  {
    text: 'setup.unasked',
    channels: [
      { setting: 'askChannel', types: CHAT, label: 'setup.askChannels' },
      { setting: 'forumPosts', types: [ChannelType.GuildForum], label: 'setup.forums' },
    ],
  },
  { text: 'setup.how', settings: ['replyPlace', 'threadQuestions'] },
  { text: 'setup.notFound', settings: ['askRole', 'keptDays'] },
  { text: 'setup.language', settings: ['language'] },
];

/** A step of `/setup` as somebody sees it. */
export interface SetupView extends Omit<SettingsView, 'channel' | 'group'> {
  readonly guild: Guild;
  /** Counted from 0. After the last one everything is done. */
  readonly step: number;
}

/** Shows a step of `/setup`: what can be chosen, and the buttons to the steps before and after it. */
export function setupCard(view: SetupView): Card {
  const { step, texts, bot } = view;
  const { text, channels = [], settings: names = [] } = SETUP_STEPS[step] ?? { text: 'setup.done' };
  const settingsView: SettingsView = { ...view, channel: null };
  const state = readSettings(settingsView);
  const settings = names.map((name) => SHOWN_SETTINGS[name] as ShownSetting);
  const isDone = step >= SETUP_STEPS.length;
  const needsContent = !bot.readsMessages && channels.some(({ setting }) => SHOWN_SETTINGS[setting].needsContent);
  const warning = step === 0 || isDone ? permissionWarning(settingsView, state) : null;
  const idOf = (name: SettingName): ControlId => ({
    action: 'setup-set',
    asker: view.asker,
    values: [String(step), name],
  });
  return makeCard({
    accent: ACCENTS.plain,
    write: (budget) => [
      isDone ? null : budget.add(`-# ${texts.say('setup.step', { number: step + 1, count: SETUP_STEPS.length })}`),
      budget.add(texts.say(text)),
      warning === null ? null : budget.add(warning),
      needsContent ? budget.add(texts.say('settings.needsContent')) : null,
      ...budget.addAll(settings.map((setting) => settingText(setting, state, settingsView))),
      ...budget.addAll(channels.map((pick) => channelsText(pick, view))),
    ],
    rows: [
      ...settings.flatMap((setting) => settingRow(setting, state, settingsView, idOf(setting.name)) ?? []),
      ...channels.map((pick) => channelsRow(pick, idOf(pick.setting), view)),
      navigationRow(view),
    ],
  });
}

/** The channels that a setting is turned on for by themselves, in the order in which Discord shows them. */
export function pickedChannels({ setting, types }: ChannelPick, { guild, bot }: SetupView): GuildBasedChannel[] {
  const { settings } = bot.community;
  const isPicked = (channel: GuildBasedChannel): boolean =>
    types.includes(channel.type) && settings.ownSettings(channel.id)[setting] === true;
  const positionOf = (channel: GuildBasedChannel): number => ('rawPosition' in channel ? channel.rawPosition : 0);
  return [...guild.channels.cache.values()].filter(isPicked).toSorted((a, b) => positionOf(a) - positionOf(b));
}

function channelsText(pick: ChannelPick, view: SetupView): string {
  const picked = pickedChannels(pick, view).map(({ id }) => `<#${id}>`);
  const nothing = pick.setting === 'answers' ? 'setup.everywhere' : 'settings.none';
  const { texts } = view;
  const value = picked.length === 0 ? texts.say(nothing) : picked.join(', ');
  return texts.say('settings.line', { setting: texts.say(pick.label), value });
}

function channelsRow(pick: ChannelPick, id: ControlId, view: SetupView): CardRow {
  const chosen: Snowflake[] = pickedChannels(pick, view).map((channel) => channel.id);
  const placeholder = view.texts.say('settings.pick', { setting: view.texts.say(pick.label) });
  return channelRow(id, chosen, pick.types, { placeholder, maxValues: LIMITS.options });
}

function navigationRow({ step, asker, texts }: SetupView): CardRow {
  const stepId = (target: number): ControlId => ({ action: 'setup', asker, values: [String(target)] });
  const back = button(stepId(step - 1), { emoji: '◀️', label: texts.say('setup.back') });
  const isLast = step === SETUP_STEPS.length - 1;
  const next = button(stepId(step + 1), {
    emoji: isLast ? '✔️' : '▶️',
    label: texts.say(isLast ? 'setup.finish' : 'setup.next'),
  });
  return buttonRow([...(step > 0 ? [back] : []), ...(step < SETUP_STEPS.length ? [next] : [])]);
}
