import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { config as readDotenv } from 'dotenv';
import { z } from 'zod';
import { EXIT, UserError } from './user-error.js';

/** The folder of the project, where the bundled model lies. */
export const PROJECT_FOLDER = fileURLToPath(new URL('..', import.meta.url));

export const BUNDLED_MODEL = 'Xenova/all-MiniLM-L6-v2';

const MAX_WORKERS = 16;
const MAX_SHARDS = 1000;
const MAX_LIMIT = 100_000;

const webAddress = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
    'must be an address that begins with https:// or http://',
  )
  .transform((value) => value.replace(/\/+$/, ''));

const snowflake = z
  .string()
  .regex(
    /^\d{17,20}$/,
    'must be an id of 17 to 20 digits (in Discord: Developer Mode on, right click the server, Copy Server ID)',
  );

/** Every setting, by the name of its environment variable. `.env.example` says the same in words for people. */
const SETTINGS = z.object({
  /** Token of the Discord application's bot; without one only the terminal is served. */
  DISCORD_TOKEN: z
    .string()
    .regex(/^\S+$/, 'must be one word without spaces: copy it again from the Developer Portal (Bot, Reset Token)')
    .optional(),
  /** Base address of Discord's API, for tests and proxies; the gateway's address comes from it. */
  DISCORD_API: webAddress.default('https://discord.com/api'),
  /** A server in which commands appear at once; without it they are registered for all servers. */
  DISCORD_GUILD_ID: snowflake.optional(),
  /** Whether the privileged Message Content intent is asked for, and with it messages that do not mention the bot. */
  DISCORD_MESSAGE_CONTENT: z.enum(['on', 'off']).default('off'),
  /** Connections, each a process of its own; Discord asks for them from 2,500 servers on. `auto`: as many as Discord recommends. */
  DISCORD_SHARDS: z.union([z.literal('auto'), z.coerce.number().int().min(1).max(MAX_SHARDS)]).default(1),
  /** Seconds after which a connection that is not ready is replaced. */
  DISCORD_STUCK_S: z.coerce.number().int().min(1).max(3600).default(60),
  /** Questions and look-ups a minute that one person, and one server, may ask of the bot. */
  FOOTNOTE_PERSON_LIMIT: z.coerce.number().int().min(1).max(MAX_LIMIT).default(20),
  FOOTNOTE_SERVER_LIMIT: z.coerce.number().int().min(1).max(MAX_LIMIT).default(600),
  /** Folder of the articles and folder of the built index. */
  FOOTNOTE_SEEDS: z.string().default('seeds'),
  FOOTNOTE_INDEX: z.string().default('index'),
  /** A sentence embedding model in the layout of transformers.js. */
  FOOTNOTE_MODEL: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/, `must be a name such as ${BUNDLED_MODEL}`)
    .default(BUNDLED_MODEL),
  /** Folder below which the models lie, each as owner/name. */
  FOOTNOTE_MODELS: z.string().default(resolve(PROJECT_FOLDER, 'models')),
  /** Where a model that is not in that folder is fetched from. */
  FOOTNOTE_HUB: webAddress.default('https://huggingface.co'),
  /** Processes that embed while indexing; answering uses one. */
  FOOTNOTE_WORKERS: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_WORKERS)
    .default(Math.min(MAX_WORKERS, Math.max(1, availableParallelism()))),
  /** What the bot logs; the terminal's commands print and log nothing. */
  FOOTNOTE_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** The settings with defaults filled in and folders made absolute. */
export interface Settings {
  readonly discord: {
    readonly token: string | null;
    readonly api: string;
    readonly guildId: string | null;
    readonly readsMessages: boolean;
    readonly shards: number | 'auto';
    readonly stuckAfterMs: number;
  };
  /** A minute. */
  readonly limits: { readonly perPerson: number; readonly perServer: number };
  readonly seedsFolder: string;
  readonly indexFolder: string;
  readonly model: { readonly id: string; readonly modelsFolder: string; readonly hub: string };
  readonly workers: number;
  readonly logLevel: z.infer<typeof SETTINGS>['FOOTNOTE_LOG_LEVEL'];
}

/**
 * Reads the settings from the environment, and from the file `.env` of a folder what the environment does not set.
 *
 * @throws {UserError} that names every invalid setting at once.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>, folder: string): Settings {
  const fromFile: Record<string, string> = {};
  readDotenv({ path: resolve(folder, '.env'), processEnv: fromFile, quiet: true });
  // "DISCORD_TOKEN=" means: not set, here as in the environment.
  const stated = (values: Readonly<Record<string, string | undefined>>): [string, string | undefined][] =>
    Object.entries(values).filter(([, value]) => value !== undefined && value.trim() !== '');
  const parsed = SETTINGS.safeParse(Object.fromEntries([...stated(fromFile), ...stated(environment)]));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new UserError(`These settings cannot be used (see .env.example):\n${problems.join('\n')}`, {
      exitCode: EXIT.wrongUse,
    });
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
