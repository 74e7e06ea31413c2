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
export async function replyTo(message: Message, card: Card, log: Logger): Promise<void> {
  const reply = { nonce: message.id, enforceNonce: true, failIfNotExists: false };
  await deliver((sent) => message.reply({ ...sent, ...reply }), card, log);
}

/** Sends a card; where Discord refuses it as malformed, says so in its place instead of leaving a person waiting. */
async function deliver(send: (card: Card) => Promise<unknown>, card: Card, log: Logger): Promise<void> {
  try {
    await repeating(() => send(card));
  } catch (error) {
    const reference = newReference();
    log.error({ err: error, reference }, 'an answer could not be sent');
    if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.InvalidFormBodyOrContentType) return;
    await repeating(() => send(failureCard(reference))).catch((again: unknown) => {
      log.error({ err: again, reference }, 'nor could the failure be told');
    });
  }
}

/** Repeats a request whose connection broke. Where Discord has said no, the same again changes nothing. */
async function repeating(send: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await send();
      return;
    } catch (error) {
      if (error instanceof DiscordAPIError || error instanceof HTTPError || attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MS * attempt);
    }
  }
}
