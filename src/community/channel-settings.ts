import type { Database } from 'better-sqlite3';
import { z } from 'zod';

/** Where answers to messages appear. */
export const REPLY_PLACES = ['here', 'thread', 'private'] as const;

/** Days that questions without an answer are kept; 0 keeps none. */
export const KEPT_DAYS = [0, 7, 30, 90] as const;

/** What moderators can choose for a channel or for a whole server, with what holds until they do. */
const SETTINGS = {
  /** Whether the bot answers at all. */
  answers: { schema: z.boolean(), byDefault: true },
  /** Collections that are asked; null for all articles. */
  collections: { schema: z.array(z.string()).nullable(), byDefault: null },
  /** Whether every message is a question, without a mention. */
  askChannel: { schema: z.boolean(), byDefault: false },
  /** Whether the first post of a new forum thread is a question. */
  forumPosts: { schema: z.boolean(), byDefault: false },
  replyPlace: { schema: z.enum(REPLY_PLACES), byDefault: 'here' },
  /** Whether [[words]] in a message are answered with the passage they mean. */
  inlineCiting: { schema: z.boolean(), byDefault: false },
  /** An ISO 639-1 code; null for that of the person who asks. */
  language: { schema: z.string().nullable(), byDefault: null },
  /** Of the server only. */
  keptDays: { schema: z.union(KEPT_DAYS.map((days) => z.literal(days))), byDefault: 0 },
} as const;

export type SettingName = keyof typeof SETTINGS;

export type ChannelSettings = { readonly [Name in SettingName]: z.infer<(typeof SETTINGS)[Name]['schema']> };

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
