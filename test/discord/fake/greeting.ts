import { GatewayIntentBits } from 'discord-api-types/v10';
import { type GatewayEvent, isHome, type Session } from './gateway.js';
import { everyoneRole, guildPayload } from './payloads.js';
import type { World } from './world.js';

/** What follows IDENTIFY: the d of READY without the session's own fields, and the guild if the bot asked for guilds. */
export function greet(
  world: World,
  { intents, shard }: Pick<Session, 'intents' | 'shard'>,
): { readonly ready: object; readonly events: readonly GatewayEvent[] } {
  const { bot, guild } = world;
  const isGuildHere = isHome(shard, guild.id);
  const ready = {
    user: { ...bot, mfa_enabled: false, verified: true, email: null },
    guilds: isGuildHere ? [{ id: guild.id, unavailable: true }] : [],
    application: { id: bot.id, flags: world.applicationFlags },
    private_channels: [],
    relationships: [],
    presences: [],
  };
  const wantsGuilds = isGuildHere && (intents & GatewayIntentBits.Guilds) !== 0;
  return { ready, events: wantsGuilds ? [{ name: 'GUILD_CREATE', data: guildCreate(world) }] : [] };
}

function guildCreate(world: World): object {
  const { bot, guild, guildChannels, users } = world;
  const base = guildPayload(guild);
  const channels = guildChannels.map((channel) => world.channelPayload(channel));
  const threads = world.threads.map((thread) => world.channelPayload(thread));
  const member = world.memberOf(bot.id);
  world.check('guild', base);
  world.check('role', everyoneRole(guild));
  world.check('member', member);
  for (const channel of channels) world.check('guild channel', channel);
  for (const thread of threads) world.check('thread', thread);
  return {
    ...base,
    joined_at: '2026-01-05T12:00:00.000Z',
    large: false,
    unavailable: false,
    member_count: users.size,
    channels,
    members: [member],
    threads,
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
