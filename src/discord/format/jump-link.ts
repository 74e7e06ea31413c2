import type { Snowflake } from 'discord.js';

/** Returns the address of a message, or of its channel if no message is given. */
export function jumpLink(serverId: Snowflake | null, channelId: Snowflake, messageId?: Snowflake): string {
  const channel = `https://discord.com/channels/${serverId ?? '@me'}/${channelId}`;
  return messageId === undefined ? channel : `${channel}/${messageId}`;
}
