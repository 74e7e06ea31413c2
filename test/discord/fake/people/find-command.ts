import {
  type APIApplicationCommand,
  type ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord-api-types/v10';
import { contextOf, installationFor } from '../world/installation.js';
import type { World } from '../world/world.js';

/** A command by its name, in the place where a person wants to use it. */
export interface WantedCommand {
  readonly name: string;
  readonly type: ApplicationCommandType;
  readonly channelId: string;
}

/**
 * The registered command that a person would find in a channel. The guild's own commands take precedence over global
 * ones.
 * https://docs.discord.com/developers/interactions/application-commands#contexts
 *
 * @throws {Error} if there is none, or it does not work there. The message lists what is registered.
 */
export function findCommand(world: World, { name, type, channelId }: WantedCommand): APIApplicationCommand {
  const context = contextOf(world, channelId);
  const installation = installationFor(world, channelId);
  const all = [...world.guildCommands, ...world.globalCommands];
  const isUsable = (command: APIApplicationCommand) => worksIn(command, context, installation);
  const found = all.find((command) => command.name === name && command.type === type && isUsable(command));
  if (found) return found;
  const known = all.map((command) => `${command.name} (type ${command.type}${isUsable(command) ? '' : ', not here'})`);
  const place = `context ${context}, installation ${installation}`;
  throw new Error(`No command ${name} of type ${type} in ${place}. Registered: ${known.join(', ') || 'none'}`);
}

function worksIn(
  command: APIApplicationCommand,
  context: InteractionContextType,
  installation: ApplicationIntegrationType,
): boolean {
  const isDirect = context === InteractionContextType.BotDM;
  const isHome = installation === ApplicationIntegrationType.GuildInstall;
  if (command.guild_id !== undefined) return isHome && !isDirect;
  // Direct messages with the bot do not depend on how it was installed.
  const isInstalled =
    isDirect || (command.integration_types ?? [ApplicationIntegrationType.GuildInstall]).includes(installation);
  const isOffered = command.contexts
    ? command.contexts.includes(context)
    : !isDirect || command.dm_permission !== false;
  return isInstalled && isOffered;
}
