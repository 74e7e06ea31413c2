import { type APIMessage, PermissionFlagsBits } from 'discord-api-types/v10';
import type { FakeDiscord } from '../fake/fake-discord.js';
import type { Actor } from '../fake/people/people.js';
import { controlOf, optionsOf } from './shown-message.js';

/** Permissions of somebody who may pin passages. */
export const MODERATOR = { permissions: PermissionFlagsBits.ManageMessages } as const;

/** Runs a subcommand of `/pin` as a moderator. */
export function pin(
  fake: FakeDiscord,
  subcommand: 'add' | 'list' | 'remove',
  options: Readonly<Record<string, string>> = {},
  actor: Actor = MODERATOR,
): Promise<APIMessage> {
  return fake.slash({ name: 'pin', subcommand, options, ...actor }).response();
}

/**
 * Selects the option of a list below a message whose value, or whose label, is the given one.
 *
 * @param action The action of the list.
 * @returns The message that this leads to.
 */
export function select(
  fake: FakeDiscord,
  message: APIMessage,
  action: string,
  wanted: string,
  actor: Actor = MODERATOR,
): Promise<APIMessage> {
  const options = optionsOf(message);
  const option = options.find(({ value, label }) => value === wanted || label === wanted);
  if (option === undefined) throw new Error(`No ${wanted}: ${options.map(({ label }) => label).join(', ')}`);
  const customId = controlOf(message, action);
  return fake.selectOption({ messageId: message.id, customId, values: [option.value], ...actor }).response();
}
