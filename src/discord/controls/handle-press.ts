import type { ButtonInteraction, StringSelectMenuInteraction } from 'discord.js';
import type { BotContext } from '../context/bot-context.js';
import { Refusal } from '../context/refusal.js';
import { type ControlId, decodeControl, EVERYONE } from '../format/custom-id.js';
import { cardOrFailure } from '../sending/failures.js';
import {
  type InteractionContext,
  interactionContextOf,
  refusalReason,
  refuse,
} from '../sending/interaction-context.js';
import {
  type Acknowledgement,
  acknowledge,
  completeResponse,
  deleteOriginal,
  followUpPrivately,
} from '../sending/interaction-responses.js';
import type { ComponentContext, Control } from './control.js';
import { CONTROLS } from './controls.js';

/** Responds when someone presses a button or selects from a list. Both are called a press here. */
export async function handlePress(
  interaction: ButtonInteraction | StringSelectMenuInteraction,
  bot: BotContext,
): Promise<void> {
  const context = interactionContextOf(interaction, bot);
  const { sending, texts } = context;
  const id = decodeControl(interaction.customId);
  if (id === null) return refuse(context, texts.say('outdated.button'));
  const control = CONTROLS[id.action];
  const reason = await refusalReason(control, context);
  if (reason !== null) return refuse(context, reason);
  const press = componentContextOf(id, context);
  const mode = acknowledgementOf(control, press);
  if (mode instanceof Refusal) return refuse(context, texts.say(mode.key));
  if (!(await acknowledge(interaction, mode, sending))) return;
  const { card, isFailure } = await cardOrFailure(() => control.run(press), sending);
  if (card === null) return deleteOriginal(interaction, sending);
  // An error must not replace a message that others can see, so only the person who pressed is told.
  if (isFailure && mode === 'edit') await followUpPrivately(interaction, card, sending);
  else await completeResponse(interaction, card, mode, sending);
  if (!isFailure) await followUp(control, press, context);
}

async function followUp(control: Control, press: ComponentContext, { sending }: InteractionContext): Promise<void> {
  if (control.followUp === undefined) return;
  const { card } = await cardOrFailure(() => control.followUp?.(press) ?? null, sending);
  if (card !== null) await followUpPrivately(press.interaction, card, sending);
}

function componentContextOf(
  id: ControlId,
  context: InteractionContext<ButtonInteraction | StringSelectMenuInteraction>,
): ComponentContext {
  const { interaction } = context;
  const presserId = interaction.user.id;
  return {
    ...context,
    asker: id.asker === EVERYONE ? presserId : id.asker,
    isByAsker: id.asker === EVERYONE || id.asker === presserId,
    values: id.values,
    selected: interaction.isStringSelectMenu() ? interaction.values : [],
  };
}

/** Where the answer goes, or why this person may not use the control. */
function acknowledgementOf(control: Control, press: ComponentContext): Acknowledgement | Refusal {
  try {
    return control.acknowledgement(press);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
