import type { Snowflake } from 'discord.js';
import { SHOWN_SETTINGS } from '../cards/setting-choices.js';
import { placeName } from '../cards/settings-card.js';
import { type ChannelPick, pickedChannels, SETUP_STEPS, type SetupView, setupCard } from '../cards/setup-card.js';
import { requireManagedServer } from '../context/managed-server.js';
import { Refusal } from '../context/refusal.js';
import { decodePage } from '../format/custom-id.js';
import { LIMITS } from '../format/limits.js';
import { textsFor } from '../locales/texts.js';
import { logChange } from '../sending/log-change.js';
import type { ComponentContext, Control } from './control.js';
import { applySetting, SETTING } from './setting.js';

/** Shows another step of `/setup`. Only the person who opened it may use it. Values: the step, counted from 0. */
export const SETUP_STEP: Control = {
  isQuestion: false,
  acknowledgement: SETTING.acknowledgement,
  run: (press) => setupCard(viewOf(press)),
};

/** Changes what a step of `/setup` asks for, and shows the step again. Values: the step, and the name of the setting. */
export const SETUP_SET: Control = {
  isQuestion: false,
  acknowledgement: SETTING.acknowledgement,
  async run(press) {
    const { values, bot, interaction } = press;
    const view = viewOf(press);
    const { channels = [], settings = [] } = SETUP_STEPS[view.step] ?? {};
    const pick = channels.find(({ setting }) => setting === values[1]);
    const name = settings.find((one) => one === values[1]);
    if (pick !== undefined) await pickChannels(pick, view, press);
    else if (name !== undefined)
      await applySetting({ guild: view.guild, channel: null, setting: SHOWN_SETTINGS[name] }, press);
    else throw new Refusal('outdated.button');
    const { language } = bot.community.settings.resolve([view.guild.id]);
    // A new language is used right away.
    return setupCard(name === 'language' ? { ...view, texts: textsFor(language ?? interaction.locale) } : view);
  },
};

function viewOf({ interaction, values, asker, texts, bot }: ComponentContext): SetupView {
  const guild = requireManagedServer(interaction);
  return { guild, serverId: guild.id, step: decodePage(values[0]), asker, texts, bot };
}

/**
 * Turns a setting on for the chosen channels, and off again for those that were chosen before. If answers are wanted in some channels,
 * they are off in the others.
 */
async function pickChannels(
  pick: ChannelPick,
  view: SetupView,
  { interaction, selected, bot }: ComponentContext,
): Promise<void> {
  const { guild } = view;
  const { settings } = bot.community;
  const { setting, types } = pick;
  const isThere = (id: Snowflake): boolean => types.some((type) => guild.channels.cache.get(id)?.type === type);
  if (!selected.every(isThere)) throw new Refusal('outdated.button');
  const before = pickedChannels(pick, view).map(({ id }) => id);
  // Those that had no room in the list stay.
  for (const id of before.slice(0, LIMITS.options).filter((one) => !selected.includes(one)))
    settings.set({ locationId: id, serverId: guild.id }, setting, undefined);
  for (const id of selected) settings.set({ locationId: id, serverId: guild.id }, setting, true);
  const after = pickedChannels(pick, view).map(({ id }) => id);
  if (setting === 'answers')
    settings.set({ locationId: guild.id, serverId: guild.id }, setting, after.length === 0 ? undefined : false);
  if (before.join() === after.join()) return;
  await logChange(
    guild,
    (texts) => {
      const list = (ids: readonly Snowflake[]): string =>
        ids.length === 0
          ? texts.say(setting === 'answers' ? 'setup.everywhere' : 'settings.none')
          : ids.map((id) => `<#${id}>`).join(', ');
      const values = {
        setting: texts.say(pick.label),
        place: placeName(null, texts),
        before: list(before),
        after: list(after),
      };
      return texts.say('log.changed', { person: `<@${interaction.user.id}>`, ...values });
    },
    interaction.id,
    bot,
  );
}
