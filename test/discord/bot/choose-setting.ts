import { type APIMessage, ComponentType, PermissionFlagsBits } from 'discord-api-types/v10';
import { decodeControl } from '../../../src/discord/format/custom-id.js';
import type { RunningBot } from './running-bot.js';

export interface ChosenSetting {
  readonly channelId: string;
  /** As it stands in the control's id: "collections". */
  readonly setting: string;
  /** What the choices say behind the name of the setting: "news", "on". */
  readonly choices: readonly string[];
}

/** Chooses a setting of a channel as a moderator does: in the list below /settings. */
export async function chooseSetting({ fake }: RunningBot, chosen: ChosenSetting): Promise<void> {
  const { channelId, setting, choices } = chosen;
  const permissions = PermissionFlagsBits.ManageGuild;
  const card = await fake.slash({ name: 'settings', channelId, permissions }).response();
  const { customId, values } = listOf(card, setting, choices);
  const press = { messageId: card.id, customId, values, permissions };
  await fake.selectOption(press).response();
}

function listOf(
  { components = [] }: APIMessage,
  setting: string,
  choices: readonly string[],
): { customId: string; values: string[] } {
  for (const row of components) {
    if (row.type !== ComponentType.ActionRow) continue;
    for (const list of row.components) {
      if (list.type !== ComponentType.StringSelect) continue;
      if (decodeControl(list.custom_id)?.values[1] !== setting) continue;
      const values = choices.map((choice) => {
        const option = list.options.find(({ label }) => label.endsWith(`: ${choice}`));
        if (option === undefined) throw new Error(`No choice ${choice}: ${JSON.stringify(list.options)}`);
        return option.value;
      });
      return { customId: list.custom_id, values };
    }
  }
  throw new Error(`No setting ${setting}`);
}
