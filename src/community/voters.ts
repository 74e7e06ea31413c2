import { createHash } from 'node:crypto';

/**
 * Names a person in an export without saying who it is: the same person has the same name in one server's exports.
 *
 * @returns 16 hexadecimal digits.
 */
export function voterOf(serverId: string, personId: string): string {
  return createHash('sha256').update(`${serverId}:${personId}`).digest('hex').slice(0, 16);
}

/** Stands before the name of a person whose votes were imported, in the place of a person's id. */
export const IMPORTED = 'imported:';
