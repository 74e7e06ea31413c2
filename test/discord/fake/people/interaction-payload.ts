import { type GatewayInteractionCreateDispatchData, InteractionType } from 'discord-api-types/v10';
import { DEFAULT_LOCALE, EVERYONE_PERMISSIONS, memberPayload, permissionsWith } from '../payloads/guild-payloads.js';
import { isDirect } from '../world/channels.js';
import { contextOf, installedBy } from '../world/installation.js';
import type { Interaction } from '../world/interaction.js';
import { fullMessage } from '../world/message-views.js';
import type { World } from '../world/world.js';

const ATTACHMENT_SIZE_LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * The data of INTERACTION_CREATE.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
 *
 * @param data What the person did: the command with its options, or the component.
 */
export function interactionPayload(
  world: World,
  interaction: Interaction,
  data: object,
): GatewayInteractionCreateDispatchData {
  const { id, token, type, userId, locale, permissions, channelId, message } = interaction;
  const channel = world.channel(channelId);
  const user = world.user(userId);
  const guildLocale = world.isForeign(channelId) ? DEFAULT_LOCALE : world.guild.locale;
  return {
    id,
    token,
    type,
    version: 1,
    application_id: world.bot.id,
    data,
    // discord.js needs the channel itself: it makes null from channel_id alone.
    channel: { ...world.channelPayload(channel), permissions: EVERYONE_PERMISSIONS },
    channel_id: channelId,
    ...(isDirect(channel)
      ? { user }
      : {
          guild_id: channel.guildId,
          guild: { id: channel.guildId, locale: guildLocale, features: [] },
          guild_locale: guildLocale,
          member: { ...memberPayload(world.rolesOf(userId)), user, permissions: permissionsWith(permissions) },
        }),
    ...(message && { message: fullMessage(world, message) }),
    app_permissions: EVERYONE_PERMISSIONS,
    locale,
    entitlements: [],
    authorizing_integration_owners: installedBy(world, interaction),
    context: contextOf(world, channelId),
    attachment_size_limit: ATTACHMENT_SIZE_LIMIT_BYTES,
  } as unknown as GatewayInteractionCreateDispatchData;
}

/** What an interaction is called in error messages and violations. */
export function interactionLabel(type: InteractionType, name: string): string {
  switch (type) {
    case InteractionType.ApplicationCommandAutocomplete:
      return `autocomplete of /${name}`;
    case InteractionType.ModalSubmit:
      return `form ${name}`;
    case InteractionType.MessageComponent:
      return `component ${name}`;
    default:
      return `/${name}`;
  }
}
