import type { Database } from 'better-sqlite3';
import { type ChannelSettings, SETTINGS, type SettingName } from './setting-values.js';

/**
 * The settings of channels and servers, called places here. A channel's own value comes first, then its server's, then the
 * default.
 */
export class ChannelSettingsStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Returns the settings that apply to a channel.
   *
   * @param places Ids of the channel and its server, most specific first. Stored values that cannot be read are ignored.
   */
  resolve(places: readonly string[]): ChannelSettings {
    const own = places.map((place) => this.ownSettings(place));
    return Object.fromEntries(
      Object.entries(SETTINGS).map(([name, { defaultValue }]) => {
        const nearest = own.find((settings) => settings[name as SettingName] !== undefined);
        return [name, nearest === undefined ? defaultValue : nearest[name as SettingName]];
      }),
    ) as ChannelSettings;
  }

  /** Returns the values that were set for one place itself, without those it inherits. */
  ownSettings(place: string): Partial<ChannelSettings> {
    const rows = this.#database.prepare('SELECT name, value FROM settings WHERE place = ?').all(place) as {
      name: string;
      value: string;
    }[];
    return Object.fromEntries(
      rows.flatMap(({ name, value }) => {
        if (!Object.hasOwn(SETTINGS, name)) return [];
        const parsed = SETTINGS[name as SettingName].schema.safeParse(parseJson(value));
        return parsed.success ? [[name, parsed.data]] : [];
      }),
    );
  }

  /**
   * Sets a value for a channel or a server.
   *
   * @param target `place` is the id of the channel or server, `server` the id of the server it belongs to.
   * @param value `undefined` removes the place's own value, so that it inherits again.
   */
  set<Name extends SettingName>(
    { place, server }: { readonly place: string; readonly server: string },
    name: Name,
    value: ChannelSettings[Name] | undefined,
  ): void {
    if (value === undefined) {
      this.#database.prepare('DELETE FROM settings WHERE place = ? AND name = ?').run(place, name);
      return;
    }
    this.#database
      .prepare(
        'INSERT INTO settings (place, name, server, value) VALUES (?, ?, ?, ?) ON CONFLICT (place, name) DO UPDATE SET value = excluded.value',
      )
      .run(place, name, server, JSON.stringify(value));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
