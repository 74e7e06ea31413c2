import { GatewayIntentBits } from 'discord-api-types/v10';
import { type FakeGuild, guildPayload, memberPayload, rolesOf } from '../payloads/guild-payloads.js';
import type { World } from '../world/world.js';
import { type GatewayEvent, isResponsible, type Session } from './session.js';

/** What the gateway sends after IDENTIFY. */
export interface Greeting {
  /** The data of READY without the fields of the session itself. */
  readonly ready: object;
  /** GUILD_CREATE, if the bot asked for guilds and this shard has the guild. */
  readonly events: readonly GatewayEvent[];
}

/** Makes READY and GUILD_CREATE for a session: https://docs.discord.com/developers/events/gateway-events#ready */
export function greet(world: World, { intents, shard }: Pick<Session, 'intents' | 'shard'>): Greeting {
  const { bot, guild, quietGuilds } = world;
  const hasGuild = isResponsible(shard, guild.id);
  const quiet = quietGuilds.filter(({ id }) => isResponsible(shard, id));
  const ready = {
    user: { ...bot, mfa_enabled: false, verified: true, email: null },
    guilds: [...(hasGuild ? [guild] : []), ...quiet].map(({ id }) => ({ id, unavailable: true })),
    application: { id: bot.id, flags: world.applicationFlags },
    private_channels: [],
    relationships: [],
    presences: [],
  };
  const wantsGuilds = (intents & GatewayIntentBits.Guilds) !== 0;
  const created = [...(hasGuild ? [guildCreate(world)] : []), ...quiet.map((one) => quietGuildCreate(world, one))];
  return { ready, events: wantsGuilds ? created.map((data) => ({ name: 'GUILD_CREATE', data })) : [] };
}

const QUIET_CHANNELS = 20;

/** The data of GUILD_CREATE for a guild in which nothing happens. */
function quietGuildCreate(world: World, guild: FakeGuild): object {
  const [channel] = world.guildChannels;
  const payload = channel === undefined ? {} : world.channelPayload(channel);
  const channels = Array.from({ length: QUIET_CHANNELS }, (_, position) => ({
    ...payload,
    id: world.nextId(),
    guild_id: guild.id,
    name: `channel-${position + 1}`,
    position,
  }));
  const member = { ...memberPayload([guild.botRoleId]), user: world.bot };
  return { ...arrival(guildPayload(guild)), member_count: 100, channels, members: [member], threads: [] };
}

/** The data of GUILD_CREATE. */
export function guildCreate(world: World): object {
  const { bot, guild, guildChannels, users } = world;
  const base = guildPayload(guild);
  const channels = guildChannels.map((channel) => world.channelPayload(channel));
  const threads = world.threads.map((thread) => world.channelPayload(thread));
  const member = world.memberOf(bot.id);
  world.check('guild', base);
  for (const role of rolesOf(guild)) world.check('role', role);
  world.check('member', member);
  for (const channel of channels) world.check('guild channel', channel);
  for (const thread of threads) world.check('thread', thread);
  return { ...arrival(base), member_count: users.size, channels, members: [member], threads };
}

/** What GUILD_CREATE adds to a guild. */
function arrival(base: object): object {
  return {
    ...base,
    joined_at: '2026-01-05T12:00:00.000Z',
    large: false,
    unavailable: false,
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
