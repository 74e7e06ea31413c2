import { type BaseInteraction, type GuildMember, InteractionContextType, type Snowflake } from 'discord.js';
import type { BotContext } from './bot-context.js';
import type { Location } from './location.js';

/** Why somebody gets no answer. */
export type AskRefusal =
  /** Answers are turned off. */
  | { readonly kind: 'off' }
  /** Only people with certain roles may ask. */
  | { readonly kind: 'role' }
  /** Members of a role get no answer. They are not told so in a channel. */
  | { readonly kind: 'ignored' }
  /** A server does not let its members ask in direct messages. */
  | { readonly kind: 'direct'; readonly server: string };

/**
 * Returns why somebody may not ask in a channel, or null if they may.
 *
 * @param member Null if nothing is known about them. They then have no role.
 */
export function refusalAt(
  { settings: { answers, allowedRoles, ignoredRoles } }: Location,
  member: GuildMember | null,
): AskRefusal | null {
  const hasOneOf = (roles: readonly string[]): boolean => roles.some((id) => member?.roles.cache.has(id) === true);
  if (!answers) return { kind: 'off' };
  if (ignoredRoles !== null && hasOneOf(ignoredRoles)) return { kind: 'ignored' };
  return allowedRoles === null || hasOneOf(allowedRoles) ? null : { kind: 'role' };
}

/** Returns why a person may not use a command or button, or null if they may. */
export async function refusalOf(
  interaction: BaseInteraction,
  location: Location,
  bot: BotContext,
): Promise<AskRefusal | null> {
  if (interaction.context === InteractionContextType.BotDM) return directRefusal(interaction.user.id, bot);
  return refusalAt(location, interaction.inCachedGuild() ? interaction.member : null);
}

/** Returns why a person may not ask in direct messages, or null if they may. */
export async function directRefusal(
  personId: Snowflake,
  { community, members, client, rest }: Pick<BotContext, 'community' | 'members' | 'client' | 'rest'>,
): Promise<AskRefusal | null> {
  for (const serverId of community.settings.serversWith('directMessages', false).slice(0, MAX_SERVERS)) {
    if (!(await members.has(serverId, personId, rest()))) continue;
    return { kind: 'direct', server: client().guilds.cache.get(serverId)?.name ?? '…' };
  }
  return null;
}

/** In how many servers a person is looked for. A bot is in one or a few servers, or few of very many turn direct messages off. */
const MAX_SERVERS = 20;
