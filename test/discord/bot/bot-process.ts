import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FakeDiscord } from '../fake/fake-discord.js';
import type { WaitOptions } from '../fake/journal.js';

export interface BotOptions {
  readonly fake: FakeDiscord;
  /** Folder of articles. */
  readonly seeds: string;
  /** Folder of the index, made if it is not there. */
  readonly index: string;
  /** Added to PATH, HOME, DISCORD_TOKEN and DISCORD_API; nothing else is passed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** After `bot --seeds DIR --index DIR`. */
  readonly args?: readonly string[];
  /** What node runs. Default: dist/cli.js of this repository. */
  readonly entryPoint?: string;
}

export interface BotExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface BotProcess {
  readonly pid: number;
  /** Everything printed so far. */
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves when the process has ended, for whatever reason. */
  readonly exit: Promise<BotExit>;
  /** Resolves once the bot has identified and its commands are registered; rejects with its output if it ends before. */
  ready(options?: WaitOptions): Promise<void>;
  /** Asks the bot to end (SIGTERM), insists after 5 s (SIGKILL), resolves with the exit code. */
  stop(): Promise<number | null>;
}

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));
const LOOPBACK_ONLY = fileURLToPath(new URL('./loopback-only.mjs', import.meta.url));
const READY_TIMEOUT_MS = 60_000;
const KILL_AFTER_MS = 5_000;
const MAX_OUTPUT_CHARACTERS = 4_000;
const COMMANDS_PATH = /^\/applications\/\d+\/(guilds\/\d+\/)?commands/;

/**
 * Starts the real entry point against the fake. It runs in an empty folder, so that no .env of a developer's is read,
 * and cannot connect to anything but this machine.
 */
export async function startBot({
  fake,
  seeds,
  index,
  env = {},
  args = [],
  entryPoint,
}: BotOptions): Promise<BotProcess> {
  const workingFolder = await mkdtemp(join(tmpdir(), 'footnote-bot-'));
  const identifiesBefore = fake.connections.identifies;
  const requestsBefore = fake.requests.length;
  const script = entryPoint ?? join(REPOSITORY, 'dist', 'cli.js');
  const child = spawn(
    process.execPath,
    ['--import', LOOPBACK_ONLY, script, 'bot', '--seeds', resolve(seeds), '--index', resolve(index), ...args],
    {
      cwd: workingFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, DISCORD_TOKEN: fake.token, DISCORD_API: fake.api, ...env },
    },
  );
  const output = collectOutput(child);
  let ended: BotExit | undefined;
  const exit = new Promise<BotExit>((settle) => {
    child.once('error', (error) => {
      output.stderr += String(error);
      settle({ code: null, signal: null });
    });
    child.once('close', (code, signal) => settle({ code, signal }));
  }).then(async (how) => {
    ended = how;
    await rm(workingFolder, { recursive: true, force: true });
    return how;
  });

  const isReady = () => {
    const hasIdentified = fake.connections.identifies > identifiesBefore && fake.connections.isConnected;
    // Counted from the start of this process: the fake may remember the commands of an earlier one.
    const asked = fake.requests
      .slice(requestsBefore)
      .some(({ path, status = 0 }) => COMMANDS_PATH.test(path) && status >= 200 && status < 300);
    return hasIdentified && asked && fake.commands.length > 0 ? true : undefined;
  };
  const printed = () =>
    `stdout:\n${output.stdout.slice(-MAX_OUTPUT_CHARACTERS)}\nstderr:\n${output.stderr.slice(-MAX_OUTPUT_CHARACTERS)}`;

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
        throw new Error(`The bot ended (code ${code}, signal ${signal}) before it was ready.\n${printed()}`);
      });
      const registered = fake
        .waitFor('identified bot with registered commands', isReady, { timeoutMs })
        .catch((error: unknown) => {
          throw new Error(`${error instanceof Error ? error.message : String(error)}\n${printed()}`);
        });
      // Whichever loses the race must not be an unhandled rejection later.
      endedEarly.catch(() => {});
      registered.catch(() => {});
      await Promise.race([registered, endedEarly]);
    },
    async stop() {
      if (!ended) child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
      const { code } = await exit;
      clearTimeout(insist);
      return code;
    },
  };
}

function collectOutput(child: ChildProcess): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  }
  return output;
}
