import { setTimeout as sleep } from 'node:timers/promises';
import {
  type APIApplicationCommandOptionChoice,
  type APIMessageTopLevelComponent,
  InteractionResponseType,
  MessageFlags,
  RESTJSONErrorCodes,
  Routes,
  type Snowflake,
} from 'discord.js';
import { bodyOf, type Card } from '../cards/card.js';
import type { Form } from '../format/form.js';
import { isGone, isServerFault } from './refusals.js';
import { deleteOrLog, hasCode, withRetries } from './retry.js';
import { editBodyOf, filesOf, type SendResult, sendCard } from './send-card.js';
import type { SendContext } from './send-context.js';

/** Time limit of the first response. If it hangs, a second attempt still fits into the three seconds Discord allows. */
const CALLBACK_TIMEOUT_MS = 1000;

/** How long to wait before an answer is sent again that Discord could not take. Its own retries come first. */
const SERVER_FAULT_PAUSES_MS = [2000, 6000];

/**
 * The address of a response to an interaction. The methods of discord.js are not used: they track what has been
 * sent, and get it wrong when Discord's reply is lost.
 */
export interface InteractionRef {
  readonly id: Snowflake;
  /** Valid for 15 minutes. */
  readonly token: string;
  readonly applicationId: Snowflake;
}

/**
 * Where the answer to an interaction will appear: in a new message that everyone can see, in a new message that only one
 * person can see, or in place of the message whose button was pressed.
 */
export type Acknowledgement = 'public' | 'private' | 'edit';

const DEFERRALS = {
  public: { type: InteractionResponseType.DeferredChannelMessageWithSource },
  private: {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    data: { flags: MessageFlags.Ephemeral },
  },
  edit: { type: InteractionResponseType.DeferredMessageUpdate },
} as const;

/**
 * Tells Discord that an answer is coming. Call it before anything slow: Discord drops an interaction that is not
 * acknowledged within 3 seconds. Follow it with {@link completeResponse}.
 *
 * @returns Whether Discord accepted it. If not, the interaction is lost, and that has been logged.
 */
export async function acknowledge(
  interaction: InteractionRef,
  mode: Acknowledgement,
  context: Pick<SendContext, 'rest' | 'log'>,
): Promise<boolean> {
  return tryCallback(interaction, DEFERRALS[mode], context);
}

/**
 * Acknowledges a press and shows its message as it is, so that a list on it has nothing chosen. Follow it with
 * {@link followUpPrivately} or {@link followUpPublicly}.
 *
 * @returns Whether Discord accepted it. If not, the interaction is lost, and that has been logged.
 */
export async function acknowledgeUnchanged(
  interaction: InteractionRef,
  components: readonly APIMessageTopLevelComponent[],
  context: Pick<SendContext, 'rest' | 'log'>,
): Promise<boolean> {
  const data = bodyOf({ components, plain: '' });
  return tryCallback(interaction, { type: InteractionResponseType.UpdateMessage, data }, context);
}

/** Opens a form. It has to be the first response. If Discord refuses it, that has been logged. */
export async function openForm(
  interaction: InteractionRef,
  form: Form,
  context: Pick<SendContext, 'rest' | 'log'>,
): Promise<void> {
  await tryCallback(interaction, { type: InteractionResponseType.Modal, data: form }, context);
}

/**
 * Responds without acknowledging first. This is the only way to notify a mentioned person, because later edits notify
 * nobody. If nothing could be sent, that has been logged.
 */
export async function respondImmediately(
  interaction: InteractionRef,
  card: Card,
  isPrivate: boolean,
  context: SendContext,
): Promise<void> {
  const respond = (sent: Card): Promise<true> => {
    const body = bodyOf(sent);
    const flags = (body.flags ?? 0) | (isPrivate ? MessageFlags.Ephemeral : 0);
    const data = { ...body, ...(flags !== 0 && { flags }) };
    return postCallback(interaction, { type: InteractionResponseType.ChannelMessageWithSource, data }, context);
  };
  await sendCard(respond, card, context);
}

/** Sends autocomplete choices, at most 25. */
export async function respondWithChoices(
  interaction: InteractionRef,
  choices: readonly APIApplicationCommandOptionChoice<string>[],
  context: Pick<SendContext, 'rest' | 'log'>,
): Promise<void> {
  const type = InteractionResponseType.ApplicationCommandAutocompleteResult;
  await tryCallback(interaction, { type, data: { choices: [...choices] } }, context);
}

/**
 * Sends the answer to an acknowledged interaction, replacing the "thinking" indicator or, after `edit`, the message.
 *
 * If Discord refuses it there, the "thinking" indicator is removed and the person gets the answer privately. If Discord itself fails,
 * it is tried again for a while.
 */
export async function completeResponse(
  interaction: InteractionRef,
  card: Card,
  mode: Acknowledgement,
  context: SendContext,
): Promise<void> {
  const route = Routes.webhookMessage(interaction.applicationId, interaction.token, '@original');
  const send = (): Promise<SendResult> =>
    sendCard(
      (sent) => context.rest().patch(route, { body: editBodyOf(sent), auth: false, ...filesOf(sent) }),
      card,
      context,
      { isEdit: mode === 'edit' },
    );
  let result = await send();
  for (const pauseMs of SERVER_FAULT_PAUSES_MS) {
    if (!('error' in result) || !isServerFault(result.error)) break;
    await sleep(pauseMs);
    result = await send();
  }
  if (!('error' in result) || isGone(result.error)) return;
  if (mode !== 'edit') await deleteOriginal(interaction, context);
  if (mode !== 'edit' || card.plain !== '') await followUpPrivately(interaction, card, context);
}

/** Sends a message that only the person who pressed the button can see. The message with the button stays as it is. */
export async function followUpPrivately(
  { applicationId, token }: InteractionRef,
  card: Card,
  context: SendContext,
): Promise<void> {
  const route = Routes.webhook(applicationId, token);
  await sendCard(
    (sent) => {
      const body = editBodyOf(sent);
      const flags = (body.flags ?? 0) | MessageFlags.Ephemeral;
      return context.rest().post(route, { body: { ...body, flags }, auth: false, ...filesOf(sent) });
    },
    card,
    context,
  );
}

/** Like {@link followUpPrivately}, but for everyone to see. If Discord refuses it, the person who pressed the button gets it. */
export async function followUpPublicly(interaction: InteractionRef, card: Card, context: SendContext): Promise<void> {
  const route = Routes.webhook(interaction.applicationId, interaction.token);
  const post = (sent: Card): Promise<unknown> =>
    context.rest().post(route, { body: editBodyOf(sent), auth: false, ...filesOf(sent) });
  const result = await sendCard(post, card, context);
  if ('error' in result && !isGone(result.error)) await followUpPrivately(interaction, card, context);
}

/** Deletes the message whose button was pressed. Works for private messages too. */
export async function deleteOriginal({ applicationId, token }: InteractionRef, context: SendContext): Promise<void> {
  const route = Routes.webhookMessage(applicationId, token, '@original');
  await deleteOrLog(() => context.rest().delete(route, { auth: false }), context.log);
}

/** Posts a callback with retries. Returns whether Discord accepted it; a failure is logged. */
async function tryCallback(
  interaction: InteractionRef,
  body: object,
  context: Pick<SendContext, 'rest' | 'log'>,
): Promise<boolean> {
  try {
    return await withRetries(() => postCallback(interaction, body, context));
  } catch (error) {
    context.log.warn({ err: error, interaction: interaction.id }, 'could not respond to an interaction');
    return false;
  }
}

async function postCallback(
  { id, token }: InteractionRef,
  body: object,
  { rest }: Pick<SendContext, 'rest'>,
): Promise<true> {
  try {
    const signal = AbortSignal.timeout(CALLBACK_TIMEOUT_MS);
    await rest().post(Routes.interactionCallback(id, token), { body, auth: false, signal });
  } catch (error) {
    // The first attempt arrived but Discord's reply was lost, and the retry is refused: the response is there.
    if (!hasCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)) throw error;
  }
  return true;
}
