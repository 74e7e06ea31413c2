import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireBuild } from '../build.js';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const CLI = join(REPOSITORY, 'dist', 'cli.js');

/** How messages name the program when these tests start it with these options, such as `--index` and a folder. */
export function programWith(options: readonly string[]): string {
  return ['node dist/cli.js', ...options].join(' ');
}

/** How to start the program. */
export interface ProcessOptions {
  /** Environment variables besides PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
  /** Runs as this user and group instead of root. */
  readonly uid?: number;
  readonly stdin?: string;
  /** A run that takes longer is killed. Default: one minute. */
  readonly timeoutMs?: number;
}

/** How a process ended, and what it printed. */
export interface CommandResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that is running. */
export interface FootnoteProcess {
  readonly pid: number;
  readonly process: ChildProcess;
  readonly ended: Promise<CommandResult>;
}

/** Starts the built program as a person would, without the settings of this machine. */
export function startFootnote(args: readonly string[], options: ProcessOptions = {}): FootnoteProcess {
  requireBuild();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: REPOSITORY,
    // One model process is enough for a few articles, and each takes half a second to start.
    env: { PATH, HOME, FOOTNOTE_WORKERS: '1', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.uid !== undefined && { uid: options.uid, gid: options.uid, cwd: '/' }),
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  // The process may end before it has read its input.
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin ?? '');
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 60_000);
  const ended = once(child, 'close').then(([code, signal]): CommandResult => {
    clearTimeout(timer);
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, ...printed };
  });
  return { pid: child.pid ?? 0, process: child, ended };
}

/** Starts the built program and waits until it has ended. */
export function runFootnote(args: readonly string[], options: ProcessOptions = {}): Promise<CommandResult> {
  return startFootnote(args, options).ended;
}

/** Lists the process ids of a process's children, from /proc. Empty on systems without /proc. */
export function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

/** Returns whether a process is running. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    // A process that has ended stays listed until its parent has waited for it.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/**
 * Waits until a condition is true.
 *
 * @param what Describes the condition, for the error.
 * @throws if it is not true within `timeoutMs`.
 */
export async function until(condition: () => boolean, timeoutMs: number, what: string): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
