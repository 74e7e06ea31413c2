import type { RESTJSONErrorCodes } from 'discord-api-types/v10';

/**
 * An error answer in Discord's format: `{ code, message, errors }`. A route throws it.
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
 */
export class DiscordError extends Error {
  /** HTTP status. */
  readonly status: number;
  /** Discord's own code; 0 for plain HTTP errors. */
  readonly code: RESTJSONErrorCodes | 0;
  /** Where an invalid body is wrong, nested like the body itself. */
  readonly errors: object | undefined;

  constructor(status: number, code: RESTJSONErrorCodes | 0, message: string, errors?: object) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/**
 * Answers 404: there is no such thing.
 *
 * @param what The kind of thing, as Discord words it in "Unknown Message".
 * @throws {DiscordError} always.
 */
export function notFound(code: RESTJSONErrorCodes, what: string): never {
  throw new DiscordError(404, code, `Unknown ${what}`);
}
