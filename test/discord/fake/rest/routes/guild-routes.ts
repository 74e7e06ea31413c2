import { AuditLogEvent, RESTJSONErrorCodes } from 'discord-api-types/v10';
import { type FakeGuild, guildPayload, rolesOf } from '../../payloads/guild-payloads.js';
import type { World } from '../../world/world.js';
import { DiscordError, notFound } from '../discord-error.js';
import { type Call, ok, type Route } from '../route.js';

/** Who added the bot: https://docs.discord.com/developers/resources/audit-log */
function auditLog({ bot, addedBy, nextId }: World): object {
  const entry = { id: nextId(), action_type: AuditLogEvent.BotAdd, user_id: addedBy, target_id: bot.id };
  return {
    audit_log_entries: addedBy === null ? [] : [entry],
    application_commands: [],
    auto_moderation_rules: [],
    guild_scheduled_events: [],
    integrations: [],
    threads: [],
    users: [],
    webhooks: [],
  };
}

/** The one guild, its channels, roles and members: https://docs.discord.com/developers/resources/guild */
export function createGuildRoutes(world: World): Route[] {
  const guildOf = (call: Call): FakeGuild =>
    call.params.guildId === world.guild.id ? world.guild : notFound(RESTJSONErrorCodes.UnknownGuild, 'Guild');
  return [
    { method: 'GET', pattern: '/guilds/:guildId', reply: 'guild', handle: (call) => ok(guildPayload(guildOf(call))) },
    {
      method: 'GET',
      pattern: '/guilds/:guildId/channels',
      handle: (call) => guildOf(call) && ok(world.guildChannels.map((channel) => world.channelPayload(channel))),
    },
    {
      method: 'GET',
      pattern: '/guilds/:guildId/roles',
      handle: (call) => ok(rolesOf(guildOf(call))),
    },
    {
      method: 'GET',
      pattern: '/guilds/:guildId/audit-logs',
      handle: (call) => {
        if (guildOf(call).showsAuditLog !== true)
          throw new DiscordError(403, RESTJSONErrorCodes.MissingPermissions, 'Missing Permissions');
        return ok(auditLog(world));
      },
    },
    {
      method: 'GET',
      pattern: '/guilds/:guildId/members/:userId',
      reply: 'member',
      handle: (call) => {
        guildOf(call);
        const userId = call.params.userId ?? '';
        return world.users.has(userId) && !world.outsiders.has(userId)
          ? ok(world.memberOf(userId))
          : notFound(RESTJSONErrorCodes.UnknownMember, 'Member');
      },
    },
  ];
}
