import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireBuild } from '../../build.js';
import type { FakeDiscord } from '../fake/fake-discord.js';
import type { WaitOptions } from '../fake/journal.js';

/** How to start a bot. */
export interface BotOptions {
  /** The Discord it connects to. */
  readonly fake: FakeDiscord;
  /** Folder of the articles. */
  readonly seeds: string;
  /** Folder of the index. The bot creates it if it is missing. */
  readonly index: string;
  /** Environment besides PATH, HOME, DISCORD_TOKEN and DISCORD_API. Nothing of this process's own is passed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments that follow `bot --seeds DIR --index DIR`. */
  readonly args?: readonly string[];
  /** The script to run. Default: dist/cli.js of this repository, which must be up to date. */
  readonly entryPoint?: string;
}

/** How a process ended: with an exit code or by a signal. */
export interface BotExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running bot. */
export interface BotProcess {
  readonly pid: number;
  /** What it has printed so far. */
  readonly stdout: string;
  /** What it has printed to standard error so far. */
  readonly stderr: string;
  /** Resolves when the process has ended, for any reason. */
  readonly exit: Promise<BotExit>;
  /**
   * Waits until the bot has identified and registered its commands.
   *
   * @throws {Error} with the bot's output if it ends before that, or takes longer than `timeoutMs` (default: 60000).
   */
  ready(options?: WaitOptions): Promise<void>;
  /** Sends SIGTERM, and SIGKILL after 5 seconds. Resolves with the exit code, null if a signal ended the bot. */
  stop(): Promise<number | null>;
}

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));
const LOOPBACK_ONLY = fileURLToPath(new URL('./loopback-only.mjs', import.meta.url));
const READY_TIMEOUT_MS = 60_000;
const KILL_AFTER_MS = 5_000;
const MAX_OUTPUT_CHARACTERS = 4_000;
const COMMANDS_PATH = /^\/applications\/\d+\/(guilds\/\d+\/)?commands/;

/**
 * Starts the built bot against the fake. It runs in an empty folder, where it finds no developer's .env, and can
 * connect only to this machine.
 *
 * @throws {Error} if the build is missing or stale.
 */
export async function startBot(options: BotOptions): Promise<BotProcess> {
  const { fake, entryPoint } = options;
  if (entryPoint === undefined) requireBuild();
  const workingFolder = await mkdtemp(join(tmpdir(), 'footnote-bot-'));
  const isReady = readinessOfNextBot(fake);
  const child = spawnBot(options, workingFolder);
  const output = collectOutput(child);
  let hasEnded = false;
  const exit = exitOf(child, output).then(async (botExit) => {
    hasEnded = true;
    await rm(workingFolder, { recursive: true, force: true });
    return botExit;
  });

  return {
    pid: child.pid ?? -1,
    exit,
    get stdout() {
      return output.stdout;
    },
    get stderr() {
      return output.stderr;
    },
    async ready({ timeoutMs = READY_TIMEOUT_MS } = {}) {
      const endedEarly = exit.then(({ code, signal }) => {
        throw new Error(
          `The bot ended (code ${code}, signal ${signal}) before it was ready.\n${describeOutput(output)}`,
        );
      });
      const registered = fake
        .waitFor('identified bot with registered commands', isReady, { timeoutMs })
        .catch((error: unknown) => {
          const message = error instanceof Error ? error.message : String(error);
          throw new Error(`${message}\n${describeOutput(output)}`);
        });
      // The one that loses the race must not become an unhandled rejection.
      endedEarly.catch(() => {});
      registered.catch(() => {});
      await Promise.race([registered, endedEarly]);
    },
    async stop() {
      if (!hasEnded) child.kill('SIGTERM');
      const killTimer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
      const { code } = await exit;
      clearTimeout(killTimer);
      return code;
    },
  };
}

function spawnBot({ fake, seeds, index, env, args = [], entryPoint }: BotOptions, workingFolder: string): ChildProcess {
  const script = entryPoint ?? join(REPOSITORY, 'dist', 'cli.js');
  return spawn(
    process.execPath,
    ['--import', LOOPBACK_ONLY, script, 'bot', '--seeds', resolve(seeds), '--index', resolve(index), ...args],
    {
      cwd: workingFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, DISCORD_TOKEN: fake.token, DISCORD_API: fake.api, ...env },
    },
  );
}

/** Tells, as `waitFor` wants it, whether a bot that starts from now on is ready. */
function readinessOfNextBot(fake: FakeDiscord): () => true | undefined {
  const identifiesBefore = fake.connections.identifies;
  const requestsBefore = fake.requests.length;
  return () => {
    const hasIdentified = fake.connections.identifies > identifiesBefore && fake.connections.isConnected;
    // Only requests of this process count: the fake may still have the commands of an earlier bot.
    const hasRegistered = fake.requests
      .slice(requestsBefore)
      .some(({ path, status = 0 }) => COMMANDS_PATH.test(path) && status >= 200 && status < 300);
    return hasIdentified && hasRegistered && fake.commands.length > 0 ? true : undefined;
  };
}

interface Output {
  stdout: string;
  stderr: string;
}

/** Resolves when the process has ended or could not be started; why it could not is added to the output. */
function exitOf(child: ChildProcess, output: Output): Promise<BotExit> {
  return new Promise((resolveExit) => {
    child.once('error', (error) => {
      output.stderr += String(error);
      resolveExit({ code: null, signal: null });
    });
    child.once('close', (code, signal) => resolveExit({ code, signal }));
  });
}

function collectOutput(child: ChildProcess): Output {
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  }
  return output;
}

function describeOutput({ stdout, stderr }: Output): string {
  return `stdout:\n${stdout.slice(-MAX_OUTPUT_CHARACTERS)}\nstderr:\n${stderr.slice(-MAX_OUTPUT_CHARACTERS)}`;
}
