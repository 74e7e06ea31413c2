import {
  type ChatInputCommandInteraction,
  DiscordAPIError,
  HTTPError,
  type Message,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Card } from './answer-card.js';

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
    await interaction.deferReply();
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
  await sending(() => interaction.webhook.editMessage('@original', card), log);
}

/** Answers a message. The nonce is the message's id: however often it is sent, Discord posts one answer. */
export async function replyTo(message: Message, card: Card, log: Logger): Promise<void> {
  await sending(() => message.reply({ ...card, nonce: message.id, enforceNonce: true, failIfNotExists: false }), log);
}

async function sending(send: () => Promise<unknown>, log: Logger): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await send();
      return;
    } catch (error) {
      // Discord has said no (or, after its own retries, cannot): sending the same again changes nothing.
      const isFinal = error instanceof DiscordAPIError || error instanceof HTTPError;
      if (isFinal || attempt === ATTEMPTS) {
        log.error({ err: error }, 'an answer could not be sent');
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
    }
  }
}
