import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { BUNDLED_MODEL_ID } from './bundled-model.js';
import { EXIT, UserError } from './user-error.js';

/** The project's own folder, which holds package.json and the bundled model. */
export const PROJECT_FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** Describes every setting. */
const EXAMPLE_FILE = resolve(PROJECT_FOLDER, '.env.example');

const MAX_WORKERS = 16;
const MAX_LIMIT = 100_000;

function matching(pattern: RegExp, problem: string) {
  return v.pipe(v.string(), v.regex(pattern, problem));
}

/** A whole number in a range, both ends included. */
function wholeNumber(min: number, max: number, problem = `must be a whole number from ${min} to ${max}`) {
  return v.pipe(
    v.string(),
    v.transform(Number),
    v.integer(problem),
    v.minValue(min, problem),
    v.maxValue(max, problem),
  );
}

function oneOf<const Value extends string>(...values: readonly Value[]) {
  return v.picklist(values, `must be one of ${values.join(', ')}`);
}

/** An address on the web, without slashes at its end. */
const WEB_ADDRESS = v.pipe(
  v.string(),
  v.check(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'must be an address that starts with https:// or http://',
  ),
  v.transform((address) => address.replace(/\/+$/, '')),
);

/**
 * Every setting, by the name of its environment variable. A default is written as it would be set there. `.env.example` describes
 * the settings for the people who set them.
 */
const SETTINGS = v.object({
  /** Token of the Discord application's bot. Without it Footnote works in the terminal only. */
  DISCORD_TOKEN: v.nullish(
    matching(/^\S+$/, 'must be one word without spaces: copy it again from the Developer Portal (Bot, Reset Token)'),
    null,
  ),
  /** Base address of Discord's API, for tests and proxies. It also provides the gateway's address. */
  DISCORD_API: v.optional(WEB_ADDRESS, 'https://discord.com/api'),
  /** Registers the commands in this server only, where they appear immediately. Without it they are global. */
  DISCORD_GUILD_ID: v.nullish(
    matching(
      /^\d{17,20}$/,
      'must be an id of 17 to 20 digits (in Discord, turn on Developer Mode, right-click the server and choose Copy Server ID)',
    ),
    null,
  ),
  /** Whether to request the privileged Message Content intent, which shows the bot messages that don't mention it. */
  DISCORD_MESSAGE_CONTENT: v.optional(oneOf('on', 'off'), 'off'),
  /** Shards, each a process of its own. Discord requires them from 2,500 servers on. `auto` takes the number Discord recommends. */
  DISCORD_SHARDS: v.optional(
    v.union([v.literal('auto'), wholeNumber(1, 1000, 'must be a whole number from 1 to 1000, or auto')]),
    '1',
  ),
  /** Seconds until a connection that isn't ready is replaced. */
  DISCORD_STUCK_S: v.optional(wholeNumber(1, 3600), '60'),
  /** Questions and look-ups per minute for one person, and for one server. */
  FOOTNOTE_PERSON_LIMIT: v.optional(wholeNumber(1, MAX_LIMIT), '20'),
  FOOTNOTE_SERVER_LIMIT: v.optional(wholeNumber(1, MAX_LIMIT), '600'),
  /** Seconds until a question that has no answer yet is given up. Half of them may pass before it is its turn. */
  FOOTNOTE_TIMEOUT_S: v.optional(wholeNumber(1, 600), '30'),
  /** Folder of the articles, and folder of the built index. */
  FOOTNOTE_SEEDS: v.optional(v.string(), 'seeds'),
  FOOTNOTE_INDEX: v.optional(v.string(), 'index'),
  /** A sentence embedding model in the file layout of transformers.js. */
  FOOTNOTE_MODEL: v.optional(
    matching(/^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/, `must be a name like ${BUNDLED_MODEL_ID}`),
    BUNDLED_MODEL_ID,
  ),
  /** Folder that holds the models, each in owner/name. */
  FOOTNOTE_MODELS: v.optional(v.string(), resolve(PROJECT_FOLDER, 'models')),
  /** Where a model that isn't in that folder is downloaded from. */
  FOOTNOTE_HUB: v.optional(WEB_ADDRESS, 'https://huggingface.co'),
  /** Model processes used for indexing. Answering uses one. */
  FOOTNOTE_WORKERS: v.optional(
    wholeNumber(1, MAX_WORKERS),
    String(Math.min(MAX_WORKERS, Math.max(1, availableParallelism()))),
  ),
  /** What the bot logs. The terminal commands print and don't log. */
  FOOTNOTE_LOG_LEVEL: v.optional(oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'), 'info'),
});

/** All settings, with defaults filled in and folders as absolute paths. */
export interface Settings {
  readonly discord: {
    /** Null when there is none: then only the terminal is served. */
    readonly token: string | null;
    readonly api: string;
    readonly guildId: string | null;
    /** Whether Discord shows the bot messages that don't mention it. */
    readonly readsMessages: boolean;
    readonly shards: number | 'auto';
    readonly stuckAfterMs: number;
  };
  readonly limits: {
    /** Questions and look-ups per minute. */
    readonly perPerson: number;
    readonly perServer: number;
    /** How long a question may wait for its turn, and how long its answer may take. */
    readonly waitingMs: number;
    readonly answeringMs: number;
  };
  readonly seedsFolder: string;
  readonly indexFolder: string;
  readonly model: { readonly id: string; readonly modelsFolder: string; readonly hub: string };
  readonly workers: number;
  readonly logLevel: v.InferOutput<typeof SETTINGS>['FOOTNOTE_LOG_LEVEL'];
}

/**
 * Reads the settings from the environment. The file `.env` in a folder fills in what the environment doesn't set.
 *
 * @param folder Relative paths start from here.
 * @throws {UserError} that names every invalid setting.
 */
export function readSettings(environment: Environment, folder: string): Settings {
  return parseSettings({ ...stated(readEnvFile(resolve(folder, '.env'))), ...stated(environment) }, folder);
}

function readEnvFile(path: string): Environment {
  if (!existsSync(path)) return {};
  // Loaded only where there is such a file.
  const dotenv = createRequire(import.meta.url)('dotenv') as typeof import('dotenv');
  const values: Record<string, string> = {};
  dotenv.config({ path, processEnv: values, quiet: true });
  return values;
}

/** Values by the name of their environment variable. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** An empty value means "not set", in the file as in the environment. */
function stated(values: Environment): Environment {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value.trim() !== ''));
}

/**
 * Checks settings and fills in the defaults, without reading any file.
 *
 * @param folder Relative paths start from here.
 * @param optionNames What a caller of the library names the settings; error messages then name its options.
 * @throws {UserError} that names every invalid setting.
 */
export function parseSettings(
  environment: Environment,
  folder: string,
  optionNames: Readonly<Record<string, string>> | null = null,
): Settings {
  // At most one problem for each setting: what is no whole number isn't compared with the limits too.
  const checked = v.safeParse(SETTINGS, environment, { abortPipeEarly: true });
  if (!checked.success) {
    const problems = checked.issues.map((issue) => {
      const name = v.getDotPath(issue) ?? '';
      return `  ${optionNames?.[name] ?? name}: ${issue.message}`;
    });
    const example = relative(folder, EXAMPLE_FILE);
    const what =
      optionNames === null
        ? `settings are invalid (see ${example.startsWith('..') ? EXAMPLE_FILE : example})`
        : 'options are invalid';
    throw new UserError(`Some ${what}:`, { details: problems, exitCode: EXIT.usageError });
  }
  const values = checked.output;
  return {
    discord: {
      token: values.DISCORD_TOKEN,
      api: values.DISCORD_API,
      guildId: values.DISCORD_GUILD_ID,
      readsMessages: values.DISCORD_MESSAGE_CONTENT === 'on',
      shards: values.DISCORD_SHARDS,
      stuckAfterMs: values.DISCORD_STUCK_S * 1000,
    },
    limits: {
      perPerson: values.FOOTNOTE_PERSON_LIMIT,
      perServer: values.FOOTNOTE_SERVER_LIMIT,
      waitingMs: values.FOOTNOTE_TIMEOUT_S * 500,
      answeringMs: values.FOOTNOTE_TIMEOUT_S * 500,
    },
    seedsFolder: resolve(folder, values.FOOTNOTE_SEEDS),
    indexFolder: resolve(folder, values.FOOTNOTE_INDEX),
    model: {
      id: values.FOOTNOTE_MODEL,
      modelsFolder: resolve(folder, values.FOOTNOTE_MODELS),
      hub: values.FOOTNOTE_HUB,
    },
    workers: values.FOOTNOTE_WORKERS,
    logLevel: values.FOOTNOTE_LOG_LEVEL,
  };
}
