import { type REST, type RESTPostAPIApplicationCommandsJSONBody, Routes, type Snowflake } from 'discord.js';
import type { Logger } from 'pino';

/**
 * Makes Discord know the commands: for one server, where they appear at once, or for all. Nothing is written when it
 * knows them already, because creating commands is limited to 200 a day.
 *
 * @returns whether anything had to be written.
 */
export async function registerCommands(
  rest: REST,
  definitions: readonly RESTPostAPIApplicationCommandsJSONBody[],
  target: { readonly applicationId: Snowflake; readonly guildId: string | null },
  log: Logger,
): Promise<boolean> {
  const { applicationId, guildId } = target;
  const route =
    guildId === null
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const wanted = definitions.map((definition) => {
    if (guildId === null) return definition;
    // Where a command can be used is a matter of commands for all servers only.
    const { contexts: _contexts, integration_types: _types, ...rest } = definition;
    return rest;
  });
  const known = (await rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) })) as Record<
    string,
    unknown
  >[];
  if (fingerprint(known, guildId) === fingerprint(wanted, guildId)) {
    log.info('commands are registered and unchanged');
    return false;
  }
  await rest.put(route, { body: wanted });
  log.info({ commands: wanted.map(({ name }) => name) }, 'commands registered');
  return true;
}

/** What of a command is ours to state, without what Discord adds (ids, versions, defaults it spells out). */
const STATED = [
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
const ONLY_GLOBAL: readonly string[] = ['contexts', 'integration_types'];

function fingerprint(commands: readonly object[], guildId: string | null): string {
  const stated = STATED.filter((key) => guildId === null || !ONLY_GLOBAL.includes(key));
  return JSON.stringify(
    commands
      .map((command) => pick(command as Record<string, unknown>, stated))
      .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1)),
  );
}

function pick(command: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, canonical(command[key])]));
}

/** Absent, null, false and empty mean the same to Discord; keys have no order. */
function canonical(value: unknown): unknown {
  // Discord spells out the description that a command in a menu cannot have, as an empty text.
  if (value === undefined || value === null || value === false || value === '') return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(canonical);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, canonical(inner)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== null).sort(([a], [b]) => (a < b ? -1 : 1)));
}
