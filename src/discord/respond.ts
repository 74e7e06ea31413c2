import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ChatInputCommandInteraction,
  DiscordAPIError,
  HTTPError,
  type Message,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Card } from './answer-card.js';
import { failureCard, newReference } from './failure.js';

/** Attempts at a request whose connection broke; discord.js repeats server errors and timeouts itself, but not these. */
const ATTEMPTS = 3;
const PAUSE_MS = 250;

/**
 * Tells Discord that an answer is coming: at once, because it takes the interaction away after 3 seconds.
 *
 * @returns whether Discord knows. It is enough that it does: a repeated request, after an answer that was lost on the way,
 * is refused as already acknowledged.
 */
export async function acknowledge(interaction: ChatInputCommandInteraction, log: Logger): Promise<boolean> {
  try {
    await repeating(() => interaction.deferReply());
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)
      return true;
    log.warn({ err: error, interaction: interaction.id }, 'Discord did not take the acknowledgement');
    return false;
  }
}

/** Puts the answer in the place of the waiting sign. Not by `editReply`, which refuses when the acknowledgement's answer was lost. */
export async function finish(interaction: ChatInputCommandInteraction, card: Card, log: Logger): Promise<void> {
  await deliver((sent) => interaction.webhook.editMessage('@original', sent), card, log);
}

/** Answers a message. The nonce is the message's id: however often it is sent, Discord posts one answer. */
export function replyTo(message: Message, card: Card, log: Logger): Promise<Message | null> {
  const reply = { nonce: message.id, enforceNonce: true, failIfNotExists: false };
  return deliver((sent) => message.reply({ ...sent, ...reply }), card, log);
}

/** Puts a card in the place of what a message of ours says. */
export async function replace(answer: Message, card: Card, log: Logger): Promise<void> {
  await deliver((sent) => answer.edit(sent), card, log);
}

/** Removes a message of ours; one that somebody has removed already is as good. */
export async function remove(answer: Message, log: Logger): Promise<void> {
  try {
    await repeating(() => answer.delete());
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage) return;
    log.warn({ err: error }, 'an answer could not be removed');
  }
}

/**
 * Sends a card; where Discord refuses it as malformed, says so in its place instead of leaving a person waiting.
 *
 * @returns the message that was sent, or null when none could be.
 */
async function deliver(send: (card: Card) => Promise<Message>, card: Card, log: Logger): Promise<Message | null> {
  try {
    return await repeating(() => send(card));
  } catch (error) {
    const reference = newReference();
    log.error({ err: error, reference }, 'an answer could not be sent');
    if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.InvalidFormBodyOrContentType)
      return null;
    return repeating(() => send(failureCard(reference))).catch((again: unknown) => {
      log.error({ err: again, reference }, 'nor could the failure be told');
      return null;
    });
  }
}

/** Repeats a request whose connection broke. Where Discord has said no, the same again changes nothing. */
async function repeating<Result>(send: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (error instanceof DiscordAPIError || error instanceof HTTPError || attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MS * attempt);
    }
  }
}
