import type { REST, Snowflake } from 'discord.js';
import type { Logger } from 'pino';
import type { RefusedChannels } from '../context/refused-channels.js';
import type { Texts } from '../locales/texts.js';

/** The connection, log and language that every request to Discord shares. */
export interface SendContext {
  /** Called for every request, because a stuck connection is replaced along with its REST client. */
  readonly rest: () => REST;
  readonly log: Logger;
  readonly refusedChannels: RefusedChannels;
  /** The server that is posted in; null for direct messages. */
  readonly serverId: Snowflake | null;
  /** The language of the message that is sent if sending fails. */
  readonly texts: Texts;
}
