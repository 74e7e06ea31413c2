import { DiscordAPIError, HTTPError, RESTJSONErrorCodes } from 'discord.js';

// https://docs.discord.com/developers/topics/opcodes-and-status-codes#json

/** Discord refuses whatever the bot posts in this channel. */
const CHANNEL_CODES: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
  RESTJSONErrorCodes.ThreadLocked,
]);

/** A filter refuses what the message says. */
const CONTENT_CODES: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration,
  RESTJSONErrorCodes.MessageBlockedByHarmfulLinksFilter,
  RESTJSONErrorCodes.ExplicitContentCannotBeSentToTheDesiredRecipient,
]);

/** There is nothing left to respond to: the message was deleted, or the interaction has expired. */
const GONE_CODES: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InvalidWebhookToken,
]);

/** Returns the code with which Discord refuses all messages in a channel; null for any other error. */
export function channelRefusal(error: unknown): number | null {
  return error instanceof DiscordAPIError && CHANNEL_CODES.has(error.code) ? Number(error.code) : null;
}

/** Whether a filter refused what a message says, such as AutoMod. */
export function isContentRefused(error: unknown): boolean {
  return error instanceof DiscordAPIError && CONTENT_CODES.has(error.code);
}

/** Whether there is nothing left to respond to. */
export function isGone(error: unknown): boolean {
  return error instanceof DiscordAPIError && GONE_CODES.has(error.code);
}

/** Whether Discord failed, so that the same request may work later. */
export function isServerFault(error: unknown): boolean {
  return error instanceof HTTPError && error.status >= 500;
}
