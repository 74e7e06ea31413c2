import { ApplicationIntegrationType, InteractionContextType } from 'discord-api-types/v10';
import type { Interaction } from './interaction.js';
import type { World } from './world.js';

// Source: https://docs.discord.com/developers/interactions/application-commands#interaction-contexts

/** What kind of place a channel is, as interactions and the `contexts` of commands name it. */
export function contextOf(world: World, channelId: string): InteractionContextType {
  if (world.guildIdOf(channelId) !== undefined) return InteractionContextType.Guild;
  return world.isForeign(channelId) ? InteractionContextType.PrivateChannel : InteractionContextType.BotDM;
}

/** How the bot was installed to be used in a channel: in the guild, or, where it is not, by a person. */
export function installationFor(world: World, channelId: string): ApplicationIntegrationType {
  return world.isForeign(channelId) ? ApplicationIntegrationType.UserInstall : ApplicationIntegrationType.GuildInstall;
}

/**
 * Who installed the bot so that this interaction could happen: the value of `authorizing_integration_owners`. For a
 * button, that is the person who ran the command it belongs to.
 */
export function installedBy(
  world: World,
  { channelId, userId, message }: Pick<Interaction, 'channelId' | 'userId' | 'message'>,
): Readonly<Record<string, string>> {
  const installation = installationFor(world, channelId);
  if (installation === ApplicationIntegrationType.GuildInstall) {
    return { [installation]: world.guildIdOf(channelId) ?? '0' };
  }
  return { [installation]: message?.payload.interaction_metadata?.user.id ?? userId };
}
