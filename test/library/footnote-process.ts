import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Runs as this user and group, root's rights given up. */
  readonly uid?: number;
  readonly stdin?: string;
  /** A run that takes longer hangs and is killed. A minute by default. */
  readonly timeoutMs?: number;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface FootnoteProcess {
  readonly pid: number;
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts `footnote` as a person would, with nothing of this machine's settings. */
export function startFootnote(args: readonly string[], options: ProcessOptions = {}): FootnoteProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { PATH, HOME, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.uid !== undefined && { uid: options.uid, gid: options.uid, cwd: '/' }),
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  // A process that ends before it has read its input is no fault of the input.
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin ?? '');
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 60_000);
  const ended = once(child, 'close').then(([code, signal]): Ended => {
    clearTimeout(timer);
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, ...printed };
  });
  return { pid: child.pid ?? 0, process: child, ended };
}

export function runFootnote(args: readonly string[], options: ProcessOptions = {}): Promise<Ended> {
  return startFootnote(args, options).ended;
}

/** Process ids of the children of a process, from /proc; none where there is no /proc. */
export function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    // A dead process that its parent has not asked about is still listed.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until a condition holds. @throws when it does not within the time. */
export async function until(condition: () => boolean, timeoutMs: number, what: string): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
