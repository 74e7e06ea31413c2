import type { Snowflake } from 'discord.js';
import { LIMITS } from './limits.js';

/** Increase it when the format of ids changes. Buttons from other versions then get a polite answer. */
const VERSION = '1';

/** What the buttons and lists of the bot's messages can do. The names are part of sent messages: do not rename them. */
export const ACTIONS = [
  'page',
  'context',
  'why',
  'share',
  'right',
  'wrong',
  'remove',
  'found',
  'sources',
  'article',
  'show',
  'setting',
] as const;

/** What a button or list does. */
export type Action = (typeof ACTIONS)[number];

/**
 * What a button or list does, and for whom. All of it is encoded in the control's custom id, so controls survive a
 * restart and the bot stores nothing for them.
 */
export interface ControlId {
  readonly action: Action;
  /** The person the message answers, or {@link EVERYONE}. */
  readonly asker: Snowflake;
  /** Ids and numbers, whose meaning depends on the action. Only letters, digits, `_` and `-`. */
  readonly values: readonly string[];
}

/** Stands in for the asker if anyone may use a control. */
export const EVERYONE: Snowflake = '0';

/**
 * Encodes a control as a custom id: version, action, asker in base 36, then the values.
 *
 * `1:page:2s8fk3qz1a:3:-` turns to page 3 of an answer from all articles.
 *
 * @throws {Error} If the id is too long or a value contains other characters than allowed.
 */
export function encodeControl({ action, asker, values }: ControlId): string {
  const id = [VERSION, action, BigInt(asker).toString(36), ...values].join(':');
  if (id.length > LIMITS.customId || values.some((value) => !/^[\w-]*$/.test(value)))
    throw new Error(`Cannot encode a control as ${id}`);
  return id;
}

/** Decodes a custom id. Returns null if it is from another version, or was not made by us. */
export function decodeControl(id: string): ControlId | null {
  const [version, name, asker = '', ...values] = id.split(':');
  const action = ACTIONS.find((known) => known === name);
  if (version !== VERSION || action === undefined || !/^[0-9a-z]{1,13}$/.test(asker)) return null;
  return { action, asker: String(fromBase36(asker)), values };
}

/** A snowflake has up to 64 bits, more than a number can hold exactly. */
function fromBase36(text: string): bigint {
  return Array.from(text).reduce((value, digit) => value * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
}
