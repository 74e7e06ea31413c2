import { type BaseInteraction, type Guild, PermissionFlagsBits } from 'discord.js';
import { Refusal } from './refusal.js';

/**
 * Returns the server whose settings a person may see and change. Checked at every press, too: permissions change, messages can be
 * copied, and admins can show a command to people without the permission.
 *
 * @throws {Refusal} if this is no server that the bot is a member of, or the person may not manage it.
 */
export function requireManagedServer(interaction: BaseInteraction): Guild {
  if (!interaction.inCachedGuild()) throw new Refusal('failure.needsServer');
  if (!interaction.memberPermissions.has(PermissionFlagsBits.ManageGuild)) throw new Refusal('settings.notAllowed');
  return interaction.guild;
}
