import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordAPIError, HTTPError, RESTJSONErrorCodes } from 'discord.js';
import type { Logger } from 'pino';

const MAX_ATTEMPTS = 3;
/** Pause before the second attempt; the one before the third is twice as long. */
const RETRY_DELAY_MS = 250;

/**
 * Repeats a request whose connection broke. discord.js itself retries server errors and timeouts, but not closed
 * connections. An answer from Discord is final: sending the same request again would not change it.
 *
 * @throws The error of the last attempt.
 */
export async function withRetries<Result>(send: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (error instanceof DiscordAPIError || error instanceof HTTPError || attempt === MAX_ATTEMPTS) throw error;
      await sleep(RETRY_DELAY_MS * attempt);
    }
  }
}

/** Runs a request that deletes a message. A message that is already gone counts as deleted; other failures are logged. */
export async function deleteOrLog(send: () => Promise<unknown>, log: Logger): Promise<void> {
  try {
    await withRetries(send);
  } catch (error) {
    if (hasCode(error, RESTJSONErrorCodes.UnknownMessage)) return;
    log.warn({ err: error }, 'could not delete an answer');
  }
}

/** Whether an error is Discord's answer with this code. */
export function hasCode(error: unknown, code: RESTJSONErrorCodes): boolean {
  return error instanceof DiscordAPIError && error.code === code;
}
