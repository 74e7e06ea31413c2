import type { APIMessage } from 'discord-api-types/v10';
import { expect } from 'vitest';
import { textOf } from './shown-message.js';
import type { Bot } from './use-bot.js';

/** What people are told when something went wrong on the bot's side. */
const APOLOGY = /^Something went wrong on my side\. Please try again; .* the reference ([0-9a-f]{6})\.$/;

/**
 * Expects a message that says sorry, with a reference under which the error is logged.
 *
 * @param loggedBefore How long the log was before it happened, in characters.
 */
export function expectApology(bot: Pick<Bot, 'process'>, message: APIMessage | undefined, loggedBefore = 0): void {
  const [, reference] = APOLOGY.exec(message === undefined ? '' : textOf(message)) ?? [];
  expect(reference).toBeDefined();
  expect(bot.process.stderr.slice(loggedBefore)).toContain(`"reference":"${reference}"`);
}
