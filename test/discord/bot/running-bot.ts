import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { APIMessage } from 'discord-api-types/v10';
import { expect } from 'vitest';
import { SHARED_INDEXES } from '../../shared-indexes.js';
import { FakeDiscord, type FakeDiscordOptions } from '../fake/fake-discord.js';
import { type BotProcess, startBot } from './bot-process.js';

const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** A folder of articles with their index. */
export interface IndexedFolder {
  readonly seeds: string;
  readonly index: string;
  /** Takes over what was written into the seeds folder since. */
  update(...options: string[]): Promise<void>;
  /** The outcome of each question, asked in a terminal. */
  outcomes(questions: readonly string[]): Promise<string[]>;
  /** The same in a folder of its own. */
  copy(): IndexedFolder;
  remove(): void;
}

export interface StoredArticle {
  readonly id: string;
  readonly file: string;
  readonly title: string | null;
  readonly url: string | null;
  readonly text: string;
}

export interface StoredPassage {
  readonly id: string;
  readonly text: string;
  readonly article: StoredArticle;
}

export interface RunningBot {
  readonly fake: FakeDiscord;
  readonly bot: BotProcess;
  /** Ends both, and sees that the bot did nothing that Discord refuses and logged no token. */
  end(options?: { readonly violations?: readonly unknown[] }): Promise<void>;
}

/** Writes articles into a new folder and indexes them. The same articles are indexed once for all test files. */
export async function indexSeeds(write: (folder: string) => void): Promise<IndexedFolder> {
  const folder = newFolder();
  write(join(folder, 'seeds'));
  const indexed = indexedFolder(folder);
  const shared = join(process.env[SHARED_INDEXES] ?? folder, fingerprintOf(indexed.seeds));
  if (existsSync(shared)) cpSync(shared, indexed.index, { recursive: true });
  else {
    await indexed.update();
    const own = `${shared}-${process.pid}`;
    cpSync(indexed.index, own, { recursive: true });
    // Whole or not at all. Another file may have been quicker: its index is as good.
    try {
      renameSync(own, shared);
    } catch {
      rmSync(own, { recursive: true });
    }
  }
  return indexed;
}

/** Tells what lies in a folder from anything else that could. */
function fingerprintOf(folder: string): string {
  const digest = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of files.map(({ parentPath, name }) => join(parentPath, name)).sort())
    digest
      .update(`${relative(folder, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return digest.digest('hex').slice(0, 32);
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'footnote-test-'));
}

function indexedFolder(folder: string): IndexedFolder {
  const seeds = join(folder, 'seeds');
  const index = join(folder, 'index');
  const run = async (args: readonly string[], input = ''): Promise<string> => {
    const child = spawn(process.execPath, [CLI, '--seeds', seeds, '--index', index, ...args], {
      cwd: folder,
      // A few articles are indexed in no time; each process that embeds takes its time to start.
      env: { PATH: process.env.PATH, HOME: process.env.HOME, FOOTNOTE_WORKERS: '1' },
    });
    const printed = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        printed[stream] += text;
      });
    }
    child.stdin.end(input);
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`footnote ${args.join(' ')} ended with code ${code}:\n${printed.stderr}`);
    return printed.stdout;
  };
  const update = async (...options: string[]): Promise<void> => void (await run(['index', ...options]));
  const outcomes = async (questions: readonly string[]): Promise<string[]> => {
    const lines = (await run(['--json', 'ask'], questions.join('\n'))).trim().split('\n');
    return lines.map((line) => (JSON.parse(line) as { outcome: string }).outcome);
  };
  const copy = (): IndexedFolder => {
    const target = newFolder();
    cpSync(folder, target, { recursive: true });
    return indexedFolder(target);
  };
  return { seeds, index, update, outcomes, copy, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** One person asks a lot here. */
const GENEROUS = { FOOTNOTE_PERSON_LIMIT: '10000', FOOTNOTE_SERVER_LIMIT: '10000' };

/** Starts a fake Discord and the bot on it, and waits until the bot is ready. */
export async function runBot(
  { seeds, index }: IndexedFolder,
  options: { readonly fake?: FakeDiscordOptions; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<RunningBot> {
  const fake = await FakeDiscord.start(options.fake);
  const bot = await startBot({ fake, seeds, index, env: { ...GENEROUS, ...options.env } });
  const end = async ({ violations = [] }: { readonly violations?: readonly unknown[] } = {}): Promise<void> => {
    await bot.stop();
    await fake.stop();
    expect(fake.violations).toEqual(violations);
    expect(bot.stderr).not.toContain(fake.token);
    expect(bot.stdout).toBe('');
  };
  try {
    await bot.ready();
  } catch (error) {
    await bot.stop();
    await fake.stop();
    throw error;
  }
  return { fake, bot, end };
}

/** All passages of an index with their articles, as they are stored. */
export function readPassages({ index }: Pick<IndexedFolder, 'index'>): StoredPassage[] {
  const database = new Database(join(index, 'library.sqlite'), { readonly: true });
  try {
    const articles = database
      .prepare('SELECT key, id, file, title, url, text FROM articles')
      .all() as (StoredArticle & { key: number })[];
    const passagesOf = database.prepare('SELECT id, start, end FROM passages WHERE article = ? ORDER BY ordinal');
    return articles.flatMap(({ key, ...article }) =>
      (passagesOf.all(key) as { id: string; start: number; end: number }[]).map(({ id, start, end }) => ({
        id,
        text: article.text.slice(start, end),
        article,
      })),
    );
  } finally {
    database.close();
  }
}

/** The first answer to a message. */
export async function answerTo({ fake }: RunningBot, question: APIMessage): Promise<APIMessage> {
  const [answer] = await fake.answersTo(question.id);
  if (answer === undefined) throw new Error('There is no answer');
  return answer;
}
