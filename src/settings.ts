import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUNDLED_MODEL_ID } from './bundled-model.js';
import { EXIT, UserError } from './user-error.js';

/** The project's own folder, which holds package.json and the bundled model. */
export const PROJECT_FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** Describes every setting. */
const EXAMPLE_FILE = resolve(PROJECT_FOLDER, '.env.example');

const MAX_WORKERS = 16;
const MAX_LIMIT = 100_000;

/**
 * One setting: its value if nobody sets it, and how a stated value is read. Settings are not checked with zod, because loading it takes
 * longer than all the rest of a short command.
 */
interface Setting<Value> {
  readonly defaultValue: Value;
  /** @throws {InvalidValue} if the text is not a value of this setting. */
  readonly read: (text: string) => Value;
}

/** Says what a value has to be. */
class InvalidValue extends Error {}

function anyText<Default>(defaultValue: Default): Setting<string | Default> {
  return { defaultValue, read: (text) => text };
}

function matching<Default>(defaultValue: Default, pattern: RegExp, problem: string): Setting<string | Default> {
  return {
    defaultValue,
    read(text) {
      if (!pattern.test(text)) throw new InvalidValue(problem);
      return text;
    },
  };
}

/** An address on the web, without slashes at its end. */
function webAddress(defaultValue: string): Setting<string> {
  return {
    defaultValue,
    read(text) {
      if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
        throw new InvalidValue('must be an address that starts with https:// or http://');
      return text.replace(/\/+$/, '');
    },
  };
}

/** A whole number in a range, both ends included, or one of some words. */
function wholeNumber<const Word extends string = never>(
  defaultValue: number,
  [min, max]: readonly [number, number],
  words: readonly Word[] = [],
): Setting<number | Word> {
  return {
    defaultValue,
    read(text) {
      const word = words.find((one) => one === text);
      if (word !== undefined) return word;
      const number = Number(text);
      if (!Number.isInteger(number) || number < min || number > max)
        throw new InvalidValue([`must be a whole number from ${min} to ${max}`, ...words].join(', or '));
      return number;
    },
  };
}

function oneOf<const Value extends string>(defaultValue: Value, values: readonly Value[]): Setting<Value> {
  return {
    defaultValue,
    read(text) {
      const value = values.find((one) => one === text);
      if (value === undefined) throw new InvalidValue(`must be one of ${values.join(', ')}`);
      return value;
    },
  };
}

/** Every setting, by the name of its environment variable. `.env.example` describes them for the people who set them. */
const SETTINGS = {
  /** Token of the Discord application's bot. Without it Footnote works in the terminal only. */
  DISCORD_TOKEN: matching(
    null,
    /^\S+$/,
    'must be one word without spaces: copy it again from the Developer Portal (Bot, Reset Token)',
  ),
  /** Base address of Discord's API, for tests and proxies. It also provides the gateway's address. */
  DISCORD_API: webAddress('https://discord.com/api'),
  /** Registers the commands in this server only, where they appear immediately. Without it they are global. */
  DISCORD_GUILD_ID: matching(
    null,
    /^\d{17,20}$/,
    'must be an id of 17 to 20 digits (in Discord, turn on Developer Mode, right-click the server and choose Copy Server ID)',
  ),
  /** Whether to request the privileged Message Content intent, which shows the bot messages that don't mention it. */
  DISCORD_MESSAGE_CONTENT: oneOf('off', ['on', 'off']),
  /** Shards, each a process of its own. Discord requires them from 2,500 servers on. `auto` takes the number Discord recommends. */
  DISCORD_SHARDS: wholeNumber(1, [1, 1000], ['auto']),
  /** Seconds until a connection that isn't ready is replaced. */
  DISCORD_STUCK_S: wholeNumber(60, [1, 3600]),
  /** Questions and look-ups per minute for one person, and for one server. */
  FOOTNOTE_PERSON_LIMIT: wholeNumber(20, [1, MAX_LIMIT]),
  FOOTNOTE_SERVER_LIMIT: wholeNumber(600, [1, MAX_LIMIT]),
  /** Seconds until a question that has no answer yet is given up. Half of them may pass before it is its turn. */
  FOOTNOTE_TIMEOUT_S: wholeNumber(30, [1, 600]),
  /** Folder of the articles, and folder of the built index. */
  FOOTNOTE_SEEDS: anyText('seeds'),
  FOOTNOTE_INDEX: anyText('index'),
  /** A sentence embedding model in the file layout of transformers.js. */
  FOOTNOTE_MODEL: matching(
    BUNDLED_MODEL_ID,
    /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/,
    `must be a name like ${BUNDLED_MODEL_ID}`,
  ),
  /** Folder that holds the models, each in owner/name. */
  FOOTNOTE_MODELS: anyText(resolve(PROJECT_FOLDER, 'models')),
  /** Where a model that isn't in that folder is downloaded from. */
  FOOTNOTE_HUB: webAddress('https://huggingface.co'),
  /** Model processes used for indexing. Answering uses one. */
  FOOTNOTE_WORKERS: wholeNumber(Math.min(MAX_WORKERS, Math.max(1, availableParallelism())), [1, MAX_WORKERS]),
  /** What the bot logs. The terminal commands print and don't log. */
  FOOTNOTE_LOG_LEVEL: oneOf('info', ['trace', 'debug', 'info', 'warn', 'error', 'silent']),
};

type Name = keyof typeof SETTINGS;
type Values = { readonly [One in Name]: ReturnType<(typeof SETTINGS)[One]['read']> };

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
  readonly logLevel: Values['FOOTNOTE_LOG_LEVEL'];
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
  const problems: string[] = [];
  const values = Object.fromEntries(
    Object.entries<Setting<unknown>>(SETTINGS).map(([name, { defaultValue, read }]) => {
      try {
        const text = environment[name];
        return [name, text === undefined ? defaultValue : read(text)];
      } catch (error) {
        if (!(error instanceof InvalidValue)) throw error;
        problems.push(`  ${optionNames?.[name] ?? name}: ${error.message}`);
        return [name, defaultValue];
      }
    }),
  ) as Values;
  if (problems.length > 0) {
    const example = relative(folder, EXAMPLE_FILE);
    const what =
      optionNames === null
        ? `settings are invalid (see ${example.startsWith('..') ? EXAMPLE_FILE : example})`
        : 'options are invalid';
    throw new UserError(`Some ${what}:`, { details: problems, exitCode: EXIT.usageError });
  }
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
