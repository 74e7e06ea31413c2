import { type REST, type RESTPostAPIApplicationCommandsJSONBody, Routes, type Snowflake } from 'discord.js';
import type { Logger } from 'pino';

/** Where commands are registered. */
export interface RegistrationTarget {
  readonly applicationId: Snowflake;
  /** One server, where commands appear immediately, or null for all servers. */
  readonly guildId: Snowflake | null;
}

/**
 * Registers the commands with Discord. If Discord has the same ones already, nothing is written, because an application
 * may create only 200 commands a day.
 *
 * @returns Whether anything was written.
 * @throws {DiscordAPIError} if Discord refuses, for example because the bot is not in the server.
 */
export async function registerCommands(
  rest: REST,
  definitions: readonly RESTPostAPIApplicationCommandsJSONBody[],
  { applicationId, guildId }: RegistrationTarget,
  log: Logger,
): Promise<boolean> {
  const route =
    guildId === null
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const wanted = guildId === null ? definitions : definitions.map(withoutGlobalFields);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const registered = (await rest.get(route, { query })) as Record<string, unknown>[];
  if (fingerprint(registered, guildId) === fingerprint(wanted, guildId)) {
    log.info('commands are up to date');
    return false;
  }
  await rest.put(route, { body: wanted });
  log.info({ commands: wanted.map(({ name }) => name) }, 'commands registered');
  return true;
}

/** Discord accepts `contexts` and `integration_types` only for global commands. */
function withoutGlobalFields({
  contexts: _contexts,
  integration_types: _types,
  ...definition
}: RESTPostAPIApplicationCommandsJSONBody): RESTPostAPIApplicationCommandsJSONBody {
  return definition;
}

/** The fields that commands are compared by. Discord adds others: ids, versions and defaults. */
const COMPARED_FIELDS = [
  'name',
  'name_localizations',
  'type',
  'description',
  'description_localizations',
  'options',
  'contexts',
  'integration_types',
  'default_member_permissions',
  'nsfw',
] as const;
const GLOBAL_FIELDS: readonly string[] = ['contexts', 'integration_types'];

function fingerprint(commands: readonly object[], guildId: string | null): string {
  const fields = COMPARED_FIELDS.filter((field) => guildId === null || !GLOBAL_FIELDS.includes(field));
  return JSON.stringify(
    commands
      .map((command) => pick(command as Record<string, unknown>, fields))
      .toSorted((a, b) => (String(a.name) < String(b.name) ? -1 : 1)),
  );
}

function pick(command: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, canonical(command[key])]));
}

/** To Discord, absent, null, false and empty values mean the same, and keys have no order. */
function canonical(value: unknown): unknown {
  // A context menu command has no description; Discord returns it as an empty string.
  if (value === undefined || value === null || value === false || value === '') return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(canonical);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, canonical(inner)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== null).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
