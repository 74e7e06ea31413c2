import * as v from 'valibot';
import type { CommunityFile } from './community-file.js';
import { type ChannelSettings, SETTINGS, type SettingName } from './setting-values.js';

/**
 * The settings of channels, categories and servers, called locations here. A channel's own value comes first, then its category's,
 * then its server's, then the default.
 */
export class ChannelSettingsStore {
  readonly #file: CommunityFile;

  constructor(file: CommunityFile) {
    this.#file = file;
  }

  /**
   * Returns the settings that apply to a channel.
   *
   * @param locationIds Ids of the channel, its category and its server, most specific first. Stored values that cannot be read are ignored.
   */
  resolve(locationIds: readonly string[]): ChannelSettings {
    const own = locationIds.map((locationId) => this.ownSettings(locationId));
    return Object.fromEntries(
      Object.entries(SETTINGS).map(([name, { defaultValue }]) => {
        const nearest = own.find((settings) => settings[name as SettingName] !== undefined);
        return [name, nearest === undefined ? defaultValue : nearest[name as SettingName]];
      }),
    ) as ChannelSettings;
  }

  /** Returns the values that were set for one channel or server itself, without those it inherits. */
  ownSettings(locationId: string): Partial<ChannelSettings> {
    return this.#file.use((database) => {
      const rows = database.prepare('SELECT name, value FROM settings WHERE place = ?').all(locationId) as {
        name: string;
        value: string;
      }[];
      return Object.fromEntries(
        rows.flatMap(({ name, value }) => {
          if (!Object.hasOwn(SETTINGS, name)) return [];
          const parsed = parseSetting(name as SettingName, value);
          return parsed.success ? [[name, parsed.output]] : [];
        }),
      );
    });
  }

  /** Returns the ids of the servers that have chosen a value for themselves, not for one of their channels. */
  serversWith<Name extends SettingName>(name: Name, value: ChannelSettings[Name]): string[] {
    return this.#file.use(
      (database) =>
        database
          .prepare('SELECT server FROM settings WHERE place = server AND name = ? AND value = ? ORDER BY server')
          .pluck()
          .all(name, JSON.stringify(value)) as string[],
    );
  }

  /**
   * Sets a value for a channel, a category or a server.
   *
   * @param target `locationId` is the id of the channel, category or server, `serverId` the id of the server it belongs to.
   * @param value `undefined` removes the location's own value, so that it inherits again.
   */
  set<Name extends SettingName>(
    { locationId, serverId }: { readonly locationId: string; readonly serverId: string },
    name: Name,
    value: ChannelSettings[Name] | undefined,
  ): void {
    this.#file.use((database) => {
      if (value === undefined) {
        database.prepare('DELETE FROM settings WHERE place = ? AND name = ?').run(locationId, name);
        return;
      }
      database
        .prepare(
          'INSERT INTO settings (place, name, server, value) VALUES (?, ?, ?, ?) ON CONFLICT (place, name) DO UPDATE SET value = excluded.value',
        )
        .run(locationId, name, serverId, JSON.stringify(value));
    });
  }
}

/** Whether a stored value can be used. So can one whose name this version does not know: a later one may. */
export function isReadableSetting(name: string, value: string): boolean {
  return !Object.hasOwn(SETTINGS, name) || parseSetting(name as SettingName, value).success;
}

function parseSetting(name: SettingName, value: string): v.SafeParseResult<(typeof SETTINGS)[SettingName]['schema']> {
  return v.safeParse(SETTINGS[name].schema, parseJson(value));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
