import type { Message } from 'discord.js';

/** Returns the ids by which people mention the bot: its own, and that of the role that Discord gave it in this server. */
export function idsOfBot({ client, guild }: Pick<Message, 'client' | 'guild'>): string[] {
  const role = guild?.roles.botRoleFor(client.user) ?? null;
  return [client.user.id, ...(role === null ? [] : [role.id])];
}
