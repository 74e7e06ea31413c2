import {
  type APIMessage,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';
import { installedBy } from './interaction-payloads.js';
import { type Interaction, TOKEN_LIFETIME_MS } from './interactions.js';
import type { Journal } from './journal.js';
import { INVALID_FORM_BODY } from './message-rules.js';
import { type Call, DiscordError, type Reply, type Route } from './rest.js';
import { NO_CONTENT, ok, refuseBadEdit, unknown } from './routes.js';
import type { MessageRequest, StoredMessage, World } from './world.js';

/** Where only the person installed the bot. */
const MAX_FOREIGN_FOLLOW_UPS = 5;

interface CallbackBody {
  readonly type: InteractionResponseType;
  readonly data?: MessageRequest & Readonly<Record<string, unknown>>;
}

/** Answers to interactions: the callback, and the webhook that lives as long as the interaction's token. */
export function createInteractionRoutes(world: World, journal: Journal): Route[] {
  const webhook = '/webhooks/:applicationId/:token';
  const message = `${webhook}/messages/:messageId`;
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
      handle: (call) => answerCallback(world, journal, call),
    },
    {
      method: 'POST',
      pattern: webhook,
      needsBotToken: false,
      request: 'webhook follow-up',
      reply: 'message',
      context: ({ params }) => ({ pingable: world.interactions.get(params.token ?? '')?.chosenUsers }),
      handle: (call) => ok(shown(world, followUp(world, journal, call))),
    },
    {
      method: 'GET',
      pattern: message,
      needsBotToken: false,
      reply: 'message',
      handle: (call) => ok(shown(world, messageOf(acknowledged(world, call), call))),
    },
    {
      method: 'PATCH',
      pattern: message,
      needsBotToken: false,
      request: 'webhook edit',
      reply: 'message',
      context: (call) => {
        const interaction = world.interactions.get(call.params.token ?? '');
        const edited = interaction && findMessage(interaction, call);
        return { isEdit: true, flagsBefore: edited?.payload.flags, pingable: interaction?.chosenUsers };
      },
      handle: (call) => {
        const interaction = acknowledged(world, call);
        const stored = messageOf(interaction, call);
        editResponse(world, interaction, stored, call);
        return ok(shown(world, stored));
      },
    },
    {
      method: 'DELETE',
      pattern: message,
      needsBotToken: false,
      handle: (call) => {
        world.delete(messageOf(acknowledged(world, call), call));
        return NO_CONTENT;
      },
    },
  ];
}

function answerCallback(world: World, journal: Journal, call: Call): Reply {
  const interaction = world.interactions.get(call.params.token ?? '');
  if (!interaction || interaction.id !== call.params.interactionId) return unknown(10062, 'interaction');
  if (interaction.callback) throw new DiscordError(400, 40060, 'Interaction has already been acknowledged.');
  // The deadline has passed; the violation was noted when it did.
  if (!interaction.deadline) return unknown(10062, 'interaction');
  const body = call.body as CallbackBody;
  if (!isFitting(interaction, body.type)) {
    journal.violation(`${interaction.label} cannot be answered with callback type ${body.type}`);
    throw new DiscordError(400, INVALID_FORM_BODY, 'Invalid Form Body', {
      type: { _errors: [{ code: 0, message: `not for an interaction of type ${interaction.type}` }] },
    });
  }
  if (body.type === InteractionResponseType.UpdateMessage && interaction.message) {
    refuseBadEdit(interaction.message, body.data ?? {}, call.files);
  }
  clearTimeout(interaction.deadline);
  interaction.deadline = undefined;
  act(world, interaction, body, call);
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

function isFitting({ type, message }: Interaction, callback: InteractionResponseType): boolean {
  const isUpdate =
    callback === InteractionResponseType.DeferredMessageUpdate || callback === InteractionResponseType.UpdateMessage;
  const isChoices = callback === InteractionResponseType.ApplicationCommandAutocompleteResult;
  if (isUpdate) return message !== undefined;
  return isChoices === (type === InteractionType.ApplicationCommandAutocomplete);
}

function act(world: World, interaction: Interaction, { type, data = {} }: CallbackBody, { files }: Call): void {
  switch (type) {
    case InteractionResponseType.ChannelMessageWithSource:
      interaction.original = respond(world, interaction, data, { files });
      interaction.isAnswered = true;
      break;
    case InteractionResponseType.DeferredChannelMessageWithSource:
      interaction.original = respond(world, interaction, data, { flags: MessageFlags.Loading });
      break;
    case InteractionResponseType.DeferredMessageUpdate:
      interaction.original = interaction.message;
      break;
    case InteractionResponseType.UpdateMessage:
      interaction.original = interaction.message;
      if (interaction.message) world.edit(interaction.message, data, { files });
      interaction.isAnswered = true;
      break;
    default:
      // Choices and modals make no message.
      break;
  }
}

function respond(
  world: World,
  interaction: Interaction,
  body: MessageRequest,
  options: { readonly files?: Call['files']; readonly flags?: number; readonly isFollowUp?: boolean },
): StoredMessage {
  const isEphemeral = ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const repliesTo = options.isFollowUp ? interaction.original : interaction.message;
  return world.post({
    channelId: interaction.channelId,
    author: world.bot,
    body: repliesTo ? { ...body, message_reference: { message_id: repliesTo.payload.id } } : body,
    files: options.files,
    type: repliesTo ? MessageType.Reply : MessageType.ChatInputCommand,
    onlyFor: isEphemeral ? interaction.userId : undefined,
    extra: {
      application_id: world.bot.id,
      webhook_id: world.bot.id,
      interaction_metadata: metadata(world, interaction),
      ...(options.flags !== undefined && { flags: options.flags }),
    },
  });
}

function metadata(world: World, interaction: Interaction): APIMessage['interaction_metadata'] {
  return {
    id: interaction.id,
    type: interaction.type,
    user: world.user(interaction.userId),
    authorizing_integration_owners: installedBy(world, interaction),
    ...(interaction.message && { interacted_message_id: interaction.message.payload.id }),
  } as APIMessage['interaction_metadata'];
}

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
    ...(hasMessage && original && { resource: { type, message: shown(world, original) } }),
  };
}

/** The interaction behind a webhook call, if it was acknowledged and its token still lives. */
function acknowledged(world: World, { params, atMs }: Call): Interaction {
  const interaction = params.applicationId === world.bot.id ? world.interactions.get(params.token ?? '') : undefined;
  const isOver = !interaction || interaction.isTokenExpired || atMs - interaction.sentAtMs > TOKEN_LIFETIME_MS;
  if (isOver) throw new DiscordError(401, 50027, 'Invalid Webhook Token');
  return interaction.callback ? interaction : unknown(10015, 'Webhook');
}

function findMessage({ original, followUps }: Interaction, { params }: Call): StoredMessage | undefined {
  const id = params.messageId === '@original' ? original?.payload.id : params.messageId;
  return [original, ...followUps].find((candidate) => candidate?.payload.id === id);
}

function messageOf(interaction: Interaction, call: Call): StoredMessage {
  const stored = findMessage(interaction, call);
  return stored && !stored.isDeleted ? stored : unknown(10008, 'Message');
}

function followUp(world: World, journal: Journal, call: Call): StoredMessage {
  const interaction = acknowledged(world, call);
  const { original } = interaction;
  const isWaiting = original && !original.isDeleted && ((original.payload.flags ?? 0) & MessageFlags.Loading) !== 0;
  if (isWaiting) {
    journal.violation(
      `${interaction.label}: a follow-up fills the deferred response, which is deprecated; PATCH @original instead`,
    );
    editResponse(world, interaction, original, call);
    return original;
  }
  if (world.isForeign(interaction.channelId) && interaction.followUps.length >= MAX_FOREIGN_FOLLOW_UPS) {
    throw new DiscordError(400, 40094, 'This interaction has reached the maximum number of follow-up messages');
  }
  const stored = respond(world, interaction, call.body as MessageRequest, { files: call.files, isFollowUp: true });
  interaction.followUps.push(stored);
  return stored;
}

/** Whether the message is ephemeral was decided by the callback and stays. */
function editResponse(world: World, interaction: Interaction, stored: StoredMessage, { body, files }: Call): void {
  const request = body as MessageRequest;
  refuseBadEdit(stored, request, files);
  const isFirstAfterDeferral = ((stored.payload.flags ?? 0) & MessageFlags.Loading) !== 0;
  if (stored === interaction.original) interaction.isAnswered = true;
  world.edit(stored, request, { files, isFirstAfterDeferral });
}

function shown(world: World, stored: StoredMessage): APIMessage {
  return world.asShownTo(stored, true);
}
