import type { Snowflake } from 'discord.js';
import { LIMITS } from './limits.js';

/** Raised when what stands in an id changes: buttons of other versions get a polite answer. */
const VERSION = '1';

/** What a button or a list of a message does. */
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

export type Action = (typeof ACTIONS)[number];

/**
 * The state of a button or list, as it stands in the message itself: it works after a restart, and nothing is kept for it.
 */
export interface ControlId {
  readonly action: Action;
  /** Whom the message answers; '0' for everybody. */
  readonly asker: Snowflake;
  /** Ids and numbers: letters, digits and `-`. */
  readonly values: readonly string[];
}

export const EVERYBODY: Snowflake = '0';

/** `1:page:2s8fk3qz1a:3:-`: version, action, asker in base 36, values. */
export function encodeControl({ action, asker, values }: ControlId): string {
  const id = [VERSION, action, BigInt(asker).toString(36), ...values].join(':');
  if (id.length > LIMITS.customId || values.some((value) => !/^[\w-]*$/.test(value)))
    throw new Error(`No state of a control: ${id}`);
  return id;
}

/** Null for an id of another version or of somebody else's making. */
export function decodeControl(id: string): ControlId | null {
  const [version, name, asker = '', ...values] = id.split(':');
  const action = ACTIONS.find((one) => one === name);
  if (version !== VERSION || action === undefined || !/^[0-9a-z]{1,13}$/.test(asker)) return null;
  return { action, asker: String(fromBase36(asker)), values };
}

/** A snowflake is larger than a number can hold. */
function fromBase36(text: string): bigint {
  return Array.from(text).reduce((value, digit) => value * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
}
