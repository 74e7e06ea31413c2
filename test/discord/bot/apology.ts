import type { APIMessage } from 'discord-api-types/v10';
import { expect } from 'vitest';
import { textOf } from './shown-message.js';
import type { Bot } from './use-bot.js';

/** What people are told when something goes wrong on the bot's side. */
const APOLOGY =
  /^(?:Something went wrong on my side\. Please try again; .* the reference|The passage I would quote is damaged, .* under) ([0-9a-f]{6})\b/;

/**
 * Expects an apology with a reference that is also in the log.
 *
 * @param loggedBefore How many characters the log had before it happened.
 */
export function expectApology(bot: Pick<Bot, 'process'>, message: APIMessage | undefined, loggedBefore = 0): void {
  const [, reference] = APOLOGY.exec(message === undefined ? '' : textOf(message)) ?? [];
  expect(reference).toBeDefined();
  expect(bot.process.stderr.slice(loggedBefore)).toContain(`"reference":"${reference}"`);
}
