import { GatewayIntentBits } from 'discord-api-types/v10';
import { type FakeThread, threadMemberPayload } from './channels.js';
import type { World } from './world.js';

/**
 * Makes somebody a member of a thread, as everyone who talks there is. If it is the bot, sends THREAD_MEMBERS_UPDATE:
 * without the Server Members intent a bot gets that event only about itself.
 * https://docs.discord.com/developers/events/gateway-events#thread-members-update
 */
export function joinThread(world: World, thread: FakeThread, userId: string): void {
  if (thread.members.has(userId)) return;
  thread.members.set(userId, new Date().toISOString());
  if (userId !== world.bot.id) return;
  const { id, guildId, members } = thread;
  const added = [{ ...threadMemberPayload(thread, userId), member: world.memberOf(userId), presence: null }];
  world.sendEvent('THREAD_MEMBERS_UPDATE', { guildId, intents: GatewayIntentBits.Guilds }, () => ({
    id,
    guild_id: guildId,
    member_count: members.size,
    added_members: added,
  }));
}
