import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { config as readDotenv } from 'dotenv';
import { z } from 'zod';
import { BUNDLED_MODEL_ID } from './bundled-model.js';
import { EXIT, UserError } from './user-error.js';

/** The project's own folder, which holds package.json and the bundled model. */
export const PROJECT_FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** Describes every setting. */
const EXAMPLE_FILE = resolve(PROJECT_FOLDER, '.env.example');

const MAX_WORKERS = 16;
const MAX_SHARDS = 1000;
const MAX_LIMIT = 100_000;

const webAddress = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
    'must be an address that starts with https:// or http://',
  )
  .transform((value) => value.replace(/\/+$/, ''));

const snowflake = z
  .string()
  .regex(
    /^\d{17,20}$/,
    'must be an id of 17 to 20 digits (in Discord, turn on Developer Mode, right-click the server and choose Copy Server ID)',
  );

/** A setting that is a whole number in a range, both ends included. */
function wholeNumber(min: number, max: number, alternative = '') {
  const error = `must be a whole number from ${min} to ${max}${alternative}`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: `must be one of ${values.join(', ')}` });
}

/** Every setting, by the name of its environment variable. `.env.example` describes them for the people who set them. */
const SETTINGS = z.object({
  /** Token of the Discord application's bot. Without it Footnote works in the terminal only. */
  DISCORD_TOKEN: z
    .string()
    .regex(/^\S+$/, 'must be one word without spaces: copy it again from the Developer Portal (Bot, Reset Token)')
    .optional(),
  /** Base address of Discord's API, for tests and proxies. It also provides the gateway's address. */
  DISCORD_API: webAddress.default('https://discord.com/api'),
  /** Registers the commands in this server only, where they appear immediately. Without it they are global. */
  DISCORD_GUILD_ID: snowflake.optional(),
  /** Whether to request the privileged Message Content intent, which shows the bot messages that don't mention it. */
  DISCORD_MESSAGE_CONTENT: oneOf(['on', 'off']).default('off'),
  /** Shards, each a process of its own. Discord requires them from 2,500 servers on. `auto` takes the number Discord recommends. */
  DISCORD_SHARDS: z
    .union([z.literal('auto'), wholeNumber(1, MAX_SHARDS, ', or auto')], {
      error: `must be a whole number from 1 to ${MAX_SHARDS}, or auto`,
    })
    .default(1),
  /** Seconds until a connection that isn't ready is replaced. */
  DISCORD_STUCK_S: wholeNumber(1, 3600).default(60),
  /** Questions and look-ups per minute for one person, and for one server. */
  FOOTNOTE_PERSON_LIMIT: wholeNumber(1, MAX_LIMIT).default(20),
  FOOTNOTE_SERVER_LIMIT: wholeNumber(1, MAX_LIMIT).default(600),
  /** Folder of the articles, and folder of the built index. */
  FOOTNOTE_SEEDS: z.string().default('seeds'),
  FOOTNOTE_INDEX: z.string().default('index'),
  /** A sentence embedding model in the file layout of transformers.js. */
  FOOTNOTE_MODEL: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/, `must be a name like ${BUNDLED_MODEL_ID}`)
    .default(BUNDLED_MODEL_ID),
  /** Folder that holds the models, each in owner/name. */
  FOOTNOTE_MODELS: z.string().default(resolve(PROJECT_FOLDER, 'models')),
  /** Where a model that isn't in that folder is downloaded from. */
  FOOTNOTE_HUB: webAddress.default('https://huggingface.co'),
  /** Model processes used for indexing. Answering uses one. */
  FOOTNOTE_WORKERS: wholeNumber(1, MAX_WORKERS).default(Math.min(MAX_WORKERS, Math.max(1, availableParallelism()))),
  /** What the bot logs. The terminal commands print and don't log. */
  FOOTNOTE_LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
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
  /** Questions and look-ups per minute. */
  readonly limits: { readonly perPerson: number; readonly perServer: number };
  readonly seedsFolder: string;
  readonly indexFolder: string;
  readonly model: { readonly id: string; readonly modelsFolder: string; readonly hub: string };
  readonly workers: number;
  readonly logLevel: z.infer<typeof SETTINGS>['FOOTNOTE_LOG_LEVEL'];
}

/**
 * Reads the settings from the environment. The file `.env` in a folder fills in what the environment doesn't set.
 *
 * @param folder Relative paths start from here.
 * @throws {UserError} that names every invalid setting.
 */
export function readSettings(environment: Environment, folder: string): Settings {
  const fromFile: Record<string, string> = {};
  readDotenv({ path: resolve(folder, '.env'), processEnv: fromFile, quiet: true });
  return parseSettings({ ...stated(fromFile), ...stated(environment) }, folder);
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
  const parsed = SETTINGS.safeParse(environment);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => {
      const name = path.join('.');
      return `  ${optionNames?.[name] ?? name}: ${message}`;
    });
    const example = relative(folder, EXAMPLE_FILE);
    const what =
      optionNames === null
        ? `settings are invalid (see ${example.startsWith('..') ? EXAMPLE_FILE : example})`
        : 'options are invalid';
    throw new UserError(`Some ${what}:`, { details: problems, exitCode: EXIT.usageError });
  }
  const values = parsed.data;
  return {
    discord: {
      token: values.DISCORD_TOKEN ?? null,
      api: values.DISCORD_API,
      guildId: values.DISCORD_GUILD_ID ?? null,
      readsMessages: values.DISCORD_MESSAGE_CONTENT === 'on',
      shards: values.DISCORD_SHARDS,
      stuckAfterMs: values.DISCORD_STUCK_S * 1000,
    },
    limits: { perPerson: values.FOOTNOTE_PERSON_LIMIT, perServer: values.FOOTNOTE_SERVER_LIMIT },
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
