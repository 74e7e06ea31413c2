import type { Database } from 'better-sqlite3';
import { type ChannelSettings, SETTINGS, type SettingName } from './setting-values.js';

/** The settings of channels and servers. What a channel does not state, its server does; what neither does, the default. */
export class ChannelSettingsStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @param places Ids of a channel and its server, the nearest first. Unreadable values count as not stated. */
  resolve(places: readonly string[]): ChannelSettings {
    const stated = places.map((place) => this.stated(place));
    return Object.fromEntries(
      Object.entries(SETTINGS).map(([name, { byDefault }]) => {
        const own = stated.find((one) => one[name as SettingName] !== undefined);
        return [name, own === undefined ? byDefault : own[name as SettingName]];
      }),
    ) as ChannelSettings;
  }

  /** What is stated for one place itself. */
  stated(place: string): Partial<ChannelSettings> {
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

  /** @param value Undefined: nothing is stated any more. */
  state<Name extends SettingName>(
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
