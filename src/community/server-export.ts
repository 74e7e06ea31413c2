import type { Database } from 'better-sqlite3';
import * as v from 'valibot';
import { isReadableSetting } from './channel-settings.js';
import type { CommunityFile } from './community-file.js';
import { MAX_PINS, type Pins } from './pins.js';
import { CHANNEL_SETTINGS, ROLE_SETTINGS, SETTINGS } from './setting-values.js';
import { IMPORTED, voterOf } from './voters.js';

/** Increase it when exports change so that earlier versions cannot read them. */
const FORMAT = 1;

const MAX_SETTINGS = 50_000;
const MAX_VOTES = 200_000;
const MAX_QUESTION = 1000;
const MAX_TEXT = 20_000;

const SNOWFLAKE = v.pipe(v.string(), v.regex(/^\d{1,20}$/));
const MOMENT = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const ID = v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/));
/** Stands for the person who voted; see `voterOf`. */
const VOTER = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));

const EXPORT = v.object({
  format: v.literal(FORMAT),
  /** Version of Footnote that made it. */
  footnote: v.string(),
  /** ISO 8601. */
  exportedAt: v.string(),
  server: SNOWFLAKE,
  settings: v.pipe(
    v.array(v.object({ place: SNOWFLAKE, name: v.pipe(v.string(), v.maxLength(100)), value: v.unknown() })),
    v.maxLength(MAX_SETTINGS),
  ),
  pins: v.pipe(
    v.array(
      v.object({
        question: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_QUESTION)),
        articleId: ID,
        text: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TEXT)),
        start: MOMENT,
        pinnedAt: MOMENT,
      }),
    ),
    v.maxLength(MAX_PINS),
  ),
  votes: v.pipe(
    v.array(v.object({ message: SNOWFLAKE, voter: VOTER, passage: ID, isRight: v.boolean(), votedAt: MOMENT })),
    v.maxLength(MAX_VOTES),
  ),
});

/** What a server chose and voted, without the names of people. */
export type ServerExport = Readonly<v.InferOutput<typeof EXPORT>>;

/** How much of an export was stored. */
export interface ImportCounts {
  readonly settings: number;
  readonly pins: number;
  readonly votes: number;
  /** Settings of channels that are not there or that this version does not know, and pins beyond the most that a server can have. */
  readonly leftOut: number;
}

/** Why a file cannot be imported. */
export type ImportProblem = 'unreadable' | 'newer';

/** What importing needs to know about the server. */
export interface ImportTarget {
  readonly serverId: string;
  /** Whether a channel with this id is in the server. */
  readonly hasChannel: (channelId: string) => boolean;
  /** Whether a role with this id is in the server. */
  readonly hasRole: (roleId: string) => boolean;
  /** Returns whether another question is this one in nearly the same words. */
  readonly sameQuestionAs: (question: string) => (other: string) => boolean;
}

/** Reads an export. Returns what is wrong with it if it cannot be imported. */
export function parseServerExport(text: string): ServerExport | ImportProblem {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'unreadable';
  }
  const parsed = v.safeParse(EXPORT, json);
  if (parsed.success) return parsed.output;
  const format = v.safeParse(v.object({ format: v.pipe(v.number(), v.integer()) }), json);
  return format.success && format.output.format > FORMAT ? 'newer' : 'unreadable';
}

/** Collects what a server chose and voted. Questions are left out: they expire. */
export function exportServer(
  file: CommunityFile,
  pins: Pins,
  serverId: string,
  { footnote, now }: { readonly footnote: string; readonly now: Date },
): ServerExport {
  return file.use((database) => ({
    format: FORMAT,
    footnote,
    exportedAt: now.toISOString(),
    server: serverId,
    settings: (
      database
        .prepare('SELECT place, name, value FROM settings WHERE server = ? ORDER BY place, name')
        .all(serverId) as {
        place: string;
        name: string;
        value: string;
      }[]
    )
      .filter(({ name, value }) => isReadableSetting(name, value))
      .map(({ value, ...setting }) => ({ ...setting, value: JSON.parse(value) as unknown })),
    pins: pins
      .list(serverId)
      .map(({ question, articleId, text, start, pinnedAt }) => ({ question, articleId, text, start, pinnedAt })),
    votes: votesOf(database, serverId),
  }));
}

function votesOf(database: Database, serverId: string): ServerExport['votes'] {
  const rows = database
    .prepare(
      'SELECT message, person, passage, is_right AS isRight, voted_at AS votedAt FROM votes WHERE server = ? ORDER BY voted_at LIMIT ?',
    )
    .all(serverId, MAX_VOTES) as {
    message: string;
    person: string;
    passage: string;
    isRight: number;
    votedAt: number;
  }[];
  return rows.map(({ person, isRight, ...vote }) => ({
    ...vote,
    voter: person.startsWith(IMPORTED) ? person.slice(IMPORTED.length) : voterOf(serverId, person),
    isRight: isRight === 1,
  }));
}

/** Stores an export. What the server has already stays, unless the export says something else about the same thing. */
export function importServer(file: CommunityFile, pins: Pins, data: ServerExport, target: ImportTarget): ImportCounts {
  return file.use((database) =>
    database
      .transaction((): ImportCounts => {
        const settings = importSettings(database, data, target);
        const pinned = importPins(pins, data, target);
        const votes = importVotes(database, data, target.serverId);
        const leftOut = data.settings.length - settings + data.pins.length - pinned;
        return { settings, pins: pinned, votes, leftOut };
      })
      .immediate(),
  );
}

function importSettings(database: Database, { server, settings }: ServerExport, target: ImportTarget): number {
  const { serverId, hasChannel } = target;
  const insert = database.prepare('INSERT OR REPLACE INTO settings (place, name, server, value) VALUES (?, ?, ?, ?)');
  let count = 0;
  for (const { place, name, value } of settings) {
    const isServerWide = place === server;
    const json = JSON.stringify(value);
    const isReadable = Object.hasOwn(SETTINGS, name) && json !== undefined && isReadableSetting(name, json);
    if (!isReadable || !isAbout(name, value, target) || !(isServerWide || hasChannel(place))) continue;
    insert.run(isServerWide ? serverId : place, name, serverId, json);
    count += 1;
  }
  return count;
}

/** Whether the roles and channels that a setting names are in the server. */
function isAbout(name: string, value: unknown, { hasChannel, hasRole }: ImportTarget): boolean {
  const ids = (Array.isArray(value) ? value : [value]).filter((id) => id !== null);
  if (ROLE_SETTINGS.includes(name)) return ids.every((id) => hasRole(id));
  return !CHANNEL_SETTINGS.includes(name) || ids.every((id) => hasChannel(id));
}

function importPins(pins: Pins, { pins: given }: ServerExport, { serverId, sameQuestionAs }: ImportTarget): number {
  return given.filter((pin) => pins.add({ ...pin, serverId, personId: null }, sameQuestionAs(pin.question)) !== null)
    .length;
}

/** Votes that are there already, under the name of the person or of an earlier import, stay. */
function importVotes(database: Database, { server, votes }: ServerExport, serverId: string): number {
  const known = new Set(votesOf(database, serverId).map(({ message, voter }) => `${message} ${voter}`));
  const insert = database.prepare(
    'INSERT OR IGNORE INTO votes (message, person, server, passage, is_right, voted_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  // Messages of another server are not in this one.
  const usable = server === serverId ? votes.filter(({ message, voter }) => !known.has(`${message} ${voter}`)) : [];
  for (const { message, voter, passage, isRight, votedAt } of usable)
    insert.run(message, `${IMPORTED}${voter}`, serverId, passage, Number(isRight), votedAt);
  return usable.length;
}
