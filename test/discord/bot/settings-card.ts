import {
  type APIChannelSelectComponent,
  type APIComponentInMessageActionRow,
  type APIMessage,
  type APIRoleSelectComponent,
  type APIStringSelectComponent,
  ComponentType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type { SettingName } from '../../../src/community/setting-values.js';
import { SHOWN_SETTINGS } from '../../../src/discord/cards/setting-choices.js';
import { decodeControl } from '../../../src/discord/format/custom-id.js';
import type { FakeDiscord } from '../fake/fake-discord.js';
import { controlOf } from './shown-message.js';

/** Permissions of somebody who manages the server. */
export const MANAGER = { permissions: PermissionFlagsBits.ManageGuild } as const;

/** Opens the settings of a channel, or of the whole server. */
export function openSettings(
  fake: FakeDiscord,
  place: { readonly channel?: string; readonly server?: true },
): Promise<APIMessage> {
  return fake.slash({ name: 'settings', options: place, ...MANAGER }).response();
}

type SettingList = APIStringSelectComponent | APIRoleSelectComponent | APIChannelSelectComponent;

/** The lists of a settings card, by setting. */
export function settingLists({ components = [] }: APIMessage): ReadonlyMap<string, SettingList> {
  const lists = components.flatMap((row) =>
    row.type === ComponentType.ActionRow ? row.components.filter(isList) : [],
  );
  const named = lists.map((list) => [decodeControl(list.custom_id)?.values[1] ?? '', list] as const);
  return new Map(named.filter(([name]) => name !== ''));
}

function isList(one: APIComponentInMessageActionRow): one is SettingList {
  const types = [ComponentType.StringSelect, ComponentType.RoleSelect, ComponentType.ChannelSelect];
  return types.includes(one.type);
}

/** A settings card with the group that has a setting. */
export async function showSetting(fake: FakeDiscord, card: APIMessage, setting: SettingName): Promise<APIMessage> {
  if (settingLists(card).has(setting)) return card;
  const values = [SHOWN_SETTINGS[setting].group];
  return fake
    .selectOption({ messageId: card.id, customId: controlOf(card, 'settings'), values, ...MANAGER })
    .response();
}

/** The labels that are selected in the list of a setting. */
export function chosenIn(card: APIMessage, setting: SettingName): string[] {
  return settingList(card, setting).options.flatMap((option) => (option.default ? [option.label] : []));
}

/** Chooses options of a setting by the words in their labels. @returns The card as it is afterwards. */
export async function choose(
  fake: FakeDiscord,
  opened: APIMessage,
  setting: SettingName,
  ...words: readonly string[]
): Promise<APIMessage> {
  const card = await showSetting(fake, opened, setting);
  const { custom_id: customId, options } = settingList(card, setting);
  const values = words.map((word) => {
    const option = options.find(({ label }) => label.includes(`: ${word}`));
    if (option === undefined) throw new Error(`No choice ${word}: ${options.map(({ label }) => label).join(', ')}`);
    return option.value;
  });
  return fake.selectOption({ messageId: card.id, customId, values, ...MANAGER }).response();
}

/**
 * Changes a setting of a channel, whatever language the card is in.
 *
 * @param value What Discord sends when the option is chosen: `on`, `thread`, `fr`; `inherit` for the server's setting.
 */
export async function setInChannel(
  fake: FakeDiscord,
  channelId: string,
  setting: SettingName,
  value: string,
): Promise<void> {
  const card = await showSetting(fake, await openSettings(fake, { channel: channelId }), setting);
  const { custom_id: customId } = settingList(card, setting);
  await fake.selectOption({ messageId: card.id, customId, values: [value], ...MANAGER }).response();
}

/**
 * Chooses roles or channels for a setting by their ids; none to choose nothing.
 *
 * @returns The card as it is afterwards.
 */
export async function pick(
  fake: FakeDiscord,
  opened: APIMessage,
  setting: SettingName,
  ...ids: readonly string[]
): Promise<APIMessage> {
  const card = await showSetting(fake, opened, setting);
  const customId = settingLists(card).get(setting)?.custom_id ?? '';
  return fake.selectOption({ messageId: card.id, customId, values: ids, ...MANAGER }).response();
}

function settingList(card: APIMessage, setting: SettingName): APIStringSelectComponent {
  const list = settingLists(card).get(setting);
  if (list?.type !== ComponentType.StringSelect) throw new Error(`No list for ${setting}`);
  return list;
}
