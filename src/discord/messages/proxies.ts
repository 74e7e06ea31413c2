import type { Message } from 'discord.js';

// Bots such as PluralKit post what a person wrote once more, through a webhook with another name and picture, and delete the original.

/** How soon after the original. */
export const PROXY_WINDOW_MS = 15_000;

/** The name marks that a proxy bot leaves out ("A: …") are shorter than what it keeps. */
const MIN_KEPT_SHARE = 0.5;

/** Whether a webhook's message says again what a person has just written in the same channel. */
export function isProxyOf(message: Message, original: Message): boolean {
  const age = message.createdTimestamp - original.createdTimestamp;
  const kept = message.content.trim();
  return (
    original.webhookId === null &&
    message.channelId === original.channelId &&
    Math.abs(age) < PROXY_WINDOW_MS &&
    kept.length >= Math.max(1, MIN_KEPT_SHARE * original.content.length) &&
    original.content.includes(kept)
  );
}
