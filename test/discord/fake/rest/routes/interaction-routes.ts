import { InteractionResponseType, InteractionType, MessageFlags, RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { Journal } from '../../journal.js';
import type { Interaction } from '../../world/interaction.js';
import { fullMessage } from '../../world/message-views.js';
import { editMessage } from '../../world/messages.js';
import type { MessageRequest } from '../../world/stored-message.js';
import type { World } from '../../world/world.js';
import { DiscordError, notFound } from '../discord-error.js';
import { type Call, NO_CONTENT, ok, type Reply, type Route } from '../route.js';
import { postResponse } from './interaction-response.js';
import { refuseBadEdit } from './refuse-bad-edit.js';

interface CallbackBody {
  readonly type: InteractionResponseType;
  readonly data?: MessageRequest & Readonly<Record<string, unknown>>;
}

/**
 * The first response to an interaction:
 * https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response
 *
 * A second response, one after three seconds, and one of a type that does not fit the interaction are refused. The last
 * two are violations; what the bot does after its response is in webhook-routes.ts.
 */
export function createInteractionRoutes(world: World, journal: Journal): Route[] {
  return [
    {
      method: 'POST',
      pattern: '/interactions/:interactionId/:token/callback',
      needsBotToken: false,
      request: 'interaction callback',
      context: (call) => {
        const interaction = world.interactions.get(call.params.token ?? '');
        return { flagsBefore: interaction?.message?.payload.flags, pingable: interaction?.chosenUsers };
      },
      handle: (call) => acceptCallback(world, journal, call),
    },
  ];
}

function acceptCallback(world: World, journal: Journal, call: Call): Reply {
  const body = call.body as CallbackBody;
  const interaction = unansweredInteraction(world, call);
  if (!fits(interaction, body.type)) {
    journal.addViolation(`${interaction.label} cannot be answered with callback type ${body.type}`);
    throw new DiscordError(400, RESTJSONErrorCodes.InvalidFormBodyOrContentType, 'Invalid Form Body', {
      type: { _errors: [{ code: 0, message: `not for an interaction of type ${interaction.type}` }] },
    });
  }
  if (body.type === InteractionResponseType.UpdateMessage && interaction.message) {
    refuseBadEdit(interaction.message, body.data ?? {}, call.files);
  }
  clearTimeout(interaction.deadline);
  interaction.deadline = undefined;
  applyCallback(world, interaction, body, call);
  interaction.callback = {
    type: body.type,
    data: body.data,
    afterMs: call.atMs - interaction.sentAtMs,
    isEphemeral: interaction.original?.onlyFor !== undefined,
  };
  if (call.query.get('with_response') !== 'true') return NO_CONTENT;
  const response = callbackResponse(world, interaction, body.type);
  world.check('callback response', response);
  return ok(response);
}

function unansweredInteraction(world: World, { params }: Call): Interaction {
  const interaction = world.interactions.get(params.token ?? '');
  if (!interaction || interaction.id !== params.interactionId) {
    return notFound(RESTJSONErrorCodes.UnknownInteraction, 'interaction');
  }
  if (interaction.callback) {
    throw new DiscordError(
      400,
      RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
      'Interaction has already been acknowledged.',
    );
  }
  // The deadline has passed, which has already been recorded as a violation.
  if (!interaction.deadline) return notFound(RESTJSONErrorCodes.UnknownInteraction, 'interaction');
  return interaction;
}

/** Updates need a message with the component; choices fit only autocomplete, and nothing else does. */
function fits({ type, message }: Interaction, callback: InteractionResponseType): boolean {
  const isUpdate =
    callback === InteractionResponseType.DeferredMessageUpdate || callback === InteractionResponseType.UpdateMessage;
  if (isUpdate) return message !== undefined;
  const isChoices = callback === InteractionResponseType.ApplicationCommandAutocompleteResult;
  return isChoices === (type === InteractionType.ApplicationCommandAutocomplete);
}

function applyCallback(
  world: World,
  interaction: Interaction,
  { type, data = {} }: CallbackBody,
  { files }: Call,
): void {
  switch (type) {
    case InteractionResponseType.ChannelMessageWithSource:
      interaction.original = postResponse(world, interaction, data, { files });
      interaction.isAnswered = true;
      break;
    case InteractionResponseType.DeferredChannelMessageWithSource:
      interaction.original = postResponse(world, interaction, data, { flags: MessageFlags.Loading });
      break;
    case InteractionResponseType.DeferredMessageUpdate:
      interaction.original = interaction.message;
      break;
    case InteractionResponseType.UpdateMessage:
      interaction.original = interaction.message;
      if (interaction.message) editMessage(world, interaction.message, data, { files });
      interaction.isAnswered = true;
      break;
    default:
      // Choices and modals post no message.
      break;
  }
}

/**
 * What a callback with `with_response=true` gets:
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object
 */
function callbackResponse(world: World, interaction: Interaction, type: InteractionResponseType): object {
  const { original } = interaction;
  const isNew = original !== undefined && original !== interaction.message;
  const hasMessage =
    type === InteractionResponseType.ChannelMessageWithSource || type === InteractionResponseType.UpdateMessage;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(isNew && {
        response_message_id: original.payload.id,
        response_message_loading: !interaction.isAnswered,
        response_message_ephemeral: original.onlyFor !== undefined,
      }),
    },
    ...(hasMessage && original && { resource: { type, message: fullMessage(world, original) } }),
  };
}
