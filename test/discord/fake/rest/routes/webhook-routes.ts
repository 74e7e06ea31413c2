import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { Journal } from '../../journal.js';
import type { Interaction } from '../../world/interaction.js';
import { fullMessage } from '../../world/message-views.js';
import { deleteMessage, editMessage } from '../../world/messages.js';
import type { MessageRequest, StoredMessage } from '../../world/stored-message.js';
import type { World } from '../../world/world.js';
import { DiscordError, notFound } from '../discord-error.js';
import { type Call, NO_CONTENT, ok, type Route } from '../route.js';
import { isLoading, postResponse } from './interaction-response.js';
import { refuseBadEdit } from './refuse-bad-edit.js';

/** How long the token of an interaction can be used. */
const TOKEN_LIFETIME_MS = 15 * 60_000;
/** Follow-ups to one interaction where the bot is not in the channel. */
const MAX_FOREIGN_FOLLOW_UPS = 5;

/**
 * What a bot does after its first response to an interaction: edit and delete the response, post follow-ups.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages
 *
 * Discord lets a follow-up fill a deferred response. So does the fake, but it is a violation, since it is deprecated.
 */
export function createWebhookRoutes(world: World, journal: Journal): Route[] {
  const webhook = '/webhooks/:applicationId/:token';
  const message = `${webhook}/messages/:messageId`;
  return [
    {
      method: 'POST',
      pattern: webhook,
      needsBotToken: false,
      request: 'webhook follow-up',
      reply: 'message',
      context: ({ params }) => ({ pingable: world.interactions.get(params.token ?? '')?.chosenUsers }),
      handle: (call) => ok(fullMessage(world, followUp(world, journal, call))),
    },
    {
      method: 'GET',
      pattern: message,
      needsBotToken: false,
      reply: 'message',
      handle: (call) => ok(fullMessage(world, messageOf(acknowledgedInteraction(world, call), call))),
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
        const interaction = acknowledgedInteraction(world, call);
        const stored = messageOf(interaction, call);
        editResponse(world, interaction, stored, call);
        return ok(fullMessage(world, stored));
      },
    },
    {
      method: 'DELETE',
      pattern: message,
      needsBotToken: false,
      handle: (call) => {
        deleteMessage(world, messageOf(acknowledgedInteraction(world, call), call));
        return NO_CONTENT;
      },
    },
  ];
}

function followUp(world: World, journal: Journal, call: Call): StoredMessage {
  const interaction = acknowledgedInteraction(world, call);
  const { original, label, followUps, channelId } = interaction;
  if (original && !original.isDeleted && isLoading(original)) {
    journal.addViolation(
      `${label}: a follow-up fills the deferred response, which is deprecated; PATCH @original instead`,
    );
    editResponse(world, interaction, original, call);
    return original;
  }
  if (world.isForeign(channelId) && followUps.length >= MAX_FOREIGN_FOLLOW_UPS) {
    throw new DiscordError(
      400,
      RESTJSONErrorCodes.ThisInteractionHasHitTheMaximumNumberOfFollowUpMessages,
      'This interaction has reached the maximum number of follow-up messages',
    );
  }
  const stored = postResponse(world, interaction, call.body as MessageRequest, { files: call.files, isFollowUp: true });
  followUps.push(stored);
  return stored;
}

/** Edits a response or a follow-up. This cannot change whether it is ephemeral. */
function editResponse(world: World, interaction: Interaction, stored: StoredMessage, { body, files }: Call): void {
  const request = body as MessageRequest;
  refuseBadEdit(stored, request, files);
  const fillsDeferral = isLoading(stored);
  if (stored === interaction.original) interaction.isAnswered = true;
  editMessage(world, stored, request, { files, fillsDeferral });
}

/**
 * The interaction that a webhook belongs to.
 *
 * @throws {DiscordError} "Invalid Webhook Token" if the token is wrong or older than 15 minutes; "Unknown Webhook" if
 *   the bot has not yet responded to the interaction.
 */
function acknowledgedInteraction(world: World, { params, atMs }: Call): Interaction {
  const interaction = params.applicationId === world.bot.id ? world.interactions.get(params.token ?? '') : undefined;
  const isOver = !interaction || interaction.isTokenExpired || atMs - interaction.sentAtMs > TOKEN_LIFETIME_MS;
  if (isOver) throw new DiscordError(401, RESTJSONErrorCodes.InvalidWebhookToken, 'Invalid Webhook Token');
  return interaction.callback ? interaction : notFound(RESTJSONErrorCodes.UnknownWebhook, 'Webhook');
}

function messageOf(interaction: Interaction, call: Call): StoredMessage {
  const stored = findMessage(interaction, call);
  return stored && !stored.isDeleted ? stored : notFound(RESTJSONErrorCodes.UnknownMessage, 'Message');
}

function findMessage({ original, followUps }: Interaction, { params }: Call): StoredMessage | undefined {
  const id = params.messageId === '@original' ? original?.payload.id : params.messageId;
  return [original, ...followUps].find((candidate) => candidate?.payload.id === id);
}
