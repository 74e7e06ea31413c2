import { textCard } from '../cards/card.js';
import type { BotContext } from '../context/bot-context.js';
import { Refusal } from '../context/refusal.js';
import { type ControlId, decodeControl, decodeMenuChoice, EVERYONE } from '../format/custom-id.js';
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
  acknowledgeUnchanged,
  completeResponse,
  deleteOriginal,
  followUpPrivately,
  followUpPublicly,
  openForm,
} from '../sending/interaction-responses.js';
import type { ComponentContext, Control, Press } from './control.js';
import { CONTROLS } from './controls.js';
import { componentsOf } from './shown-answer.js';

/** Responds when someone presses a button or selects from a list. Both are called a press here. */
export async function handlePress(interaction: Press, bot: BotContext): Promise<void> {
  const context = interactionContextOf(interaction, bot);
  const { sending, texts } = context;
  const pressed = decodeControl(interaction.customId);
  const chosen =
    pressed === null || !interaction.isStringSelectMenu() ? null : decodeMenuChoice(pressed, interaction.values[0]);
  const id = chosen ?? pressed;
  if (id === null) return refuse(context, texts.say('outdated.button'));
  const control = CONTROLS[id.action];
  const press = componentContextOf(id, context);
  const mode = acknowledgementOf(control, press);
  const reason = mode instanceof Refusal ? texts.say(mode.key) : await refusalReason(control, context);
  if (chosen !== null && (reason !== null || mode !== 'edit'))
    return answerBelow(control, { press, reason, isPrivate: mode !== 'public' }, context);
  if (reason !== null || mode instanceof Refusal) return refuse(context, reason ?? '');
  if (control.form !== undefined) return openForm(interaction, control.form(press), sending);
  if (!(await acknowledge(interaction, mode, sending))) return;
  const { card, isFailure } = await cardOrFailure(() => control.run(press), sending);
  if (card === null) return deleteOriginal(interaction, sending);
  // An error must not replace a message that others can see, so only the person who pressed is told.
  if (isFailure && mode === 'edit') await followUpPrivately(interaction, card, sending);
  else await completeResponse(interaction, card, mode, sending);
  if (!isFailure) await followUp(control, press, context);
}

/** A choice from a list. */
interface Choice {
  readonly press: ComponentContext;
  /** Why it is refused; null if it is not. */
  readonly reason: string | null;
  readonly isPrivate: boolean;
}

/**
 * Answers a choice from a list in a message below, and sets the list back. Otherwise Discord goes on showing the choice, and it cannot
 * be made again.
 */
async function answerBelow(
  control: Control,
  { press, reason, isPrivate }: Choice,
  { sending }: InteractionContext,
): Promise<void> {
  const { interaction } = press;
  if (!(await acknowledgeUnchanged(interaction, componentsOf(press), sending))) return;
  if (reason !== null) return followUpPrivately(interaction, textCard(reason), sending);
  const { card, isFailure } = await cardOrFailure(() => control.run(press), sending);
  if (card === null) return;
  if (isPrivate || isFailure) await followUpPrivately(interaction, card, sending);
  else await followUpPublicly(interaction, card, sending);
}

async function followUp(control: Control, press: ComponentContext, { sending }: InteractionContext): Promise<void> {
  if (control.followUp === undefined) return;
  const { card } = await cardOrFailure(() => control.followUp?.(press) ?? null, sending);
  if (card !== null) await followUpPrivately(press.interaction, card, sending);
}

function componentContextOf(id: ControlId, context: InteractionContext<Press>): ComponentContext {
  const { interaction } = context;
  const presserId = interaction.user.id;
  return {
    ...context,
    asker: id.asker === EVERYONE ? presserId : id.asker,
    isByAsker: id.asker === EVERYONE || id.asker === presserId,
    values: id.values,
    selected: interaction.isButton() ? [] : interaction.values,
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
