import { ComponentType, PermissionFlagsBits } from 'discord-api-types/v10';
import { decodeControl } from '../../../src/discord/format/custom-id.js';
import type { FakeDiscord } from '../fake/fake-discord.js';

/** States something in the settings of a channel, as a moderator does. @param value As the list of `/settings` sends it; "inherit" for nothing. */
export async function stateSetting(fake: FakeDiscord, channelId: string, name: string, value: string): Promise<void> {
  const actor = { channelId, permissions: PermissionFlagsBits.ManageGuild };
  const card = await fake.slash({ name: 'settings', ...actor }).response();
  const lists = (card.components ?? []).flatMap((one) => (one.type === ComponentType.ActionRow ? one.components : []));
  const list = lists.find((one) => 'custom_id' in one && decodeControl(one.custom_id)?.values[1] === name);
  if (list === undefined || !('custom_id' in list)) throw new Error(`No setting ${name}`);
  await fake.selectOption({ messageId: card.id, customId: list.custom_id, values: [value] }).response();
}
