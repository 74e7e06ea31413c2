import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { app } from '../../src/app.js';
import { createOutput } from '../../src/terminal/output.js';
import { runCli } from '../../src/terminal/run-cli.js';
import { requireBuild } from '../build.js';

/** The root folder of this repository. */
export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
/** The folder of the model that comes with the repository. */
export const BUNDLED_MODELS = join(REPOSITORY, 'models');

const CLI = join(REPOSITORY, 'dist', 'cli.js');
const TIMEOUT_MS = 60_000;

/** How a command ended, and what it printed. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command runs with. */
export interface RunOptions {
  /** Added to HOME and to a hub that can't be reached. Nothing else from this process's environment is passed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is on standard input; empty by default. */
  readonly input?: string;
  /** Columns of the terminal that is printed to, for commands in this process; by default it is not a terminal. */
  readonly columns?: number;
}

/** A temporary folder with seeds and an index for the command line. */
export class Workspace {
  readonly path = mkdtempSync(join(tmpdir(), 'footnote-cli-'));
  readonly seeds = join(this.path, 'articles');
  readonly index = join(this.path, 'built');

  constructor(articles: Readonly<Record<string, string>> = {}) {
    mkdirSync(this.seeds);
    for (const [file, content] of Object.entries(articles)) this.write(file, content);
  }

  /** Writes an article. */
  write(file: string, content: string | Uint8Array): void {
    const path = join(this.seeds, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  /** Removes an article, or a folder of them. */
  removeArticle(file: string): void {
    rmSync(join(this.seeds, file), { recursive: true });
  }

  /** Runs `footnote --seeds … --index …` with these arguments, in this process. */
  footnote(args: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
    return runFootnote(['--seeds', this.seeds, '--index', this.index, ...args], options, this.path);
  }

  /** Runs the built program with these arguments, in a separate process. */
  spawn(args: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
    return spawnFootnote(['--seeds', this.seeds, '--index', this.index, ...args], options, this.path);
  }

  /** Runs it with --json and reads the one object it prints. */
  async json<T>(args: readonly string[], options: RunOptions = {}): Promise<T> {
    const { code, stdout, stderr } = await this.footnote(['--json', ...args], options);
    if (code !== 0) throw new Error(`footnote ${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

function environmentOf(folder: string, env: RunOptions['env']): Record<string, string> {
  return { HOME: folder, FOOTNOTE_HUB: 'http://127.0.0.1:1', FOOTNOTE_WORKERS: '1', ...env };
}

/**
 * Runs the command line from the source, in this process. Everything works as it does in a separate process, except for
 * signals and exiting, and it is half a second faster.
 */
export async function runFootnote(
  args: readonly string[],
  { env, input = '', columns }: RunOptions,
  folder: string,
): Promise<CommandResult> {
  // The model runs in a separate process, from the build.
  requireBuild();
  const terminal = columns === undefined ? {} : { isTTY: true, columns, rows: 24 };
  const [stdout, stderr] = [new PassThrough(), new PassThrough()].map((stream) => Object.assign(stream, terminal));
  if (stdout === undefined || stderr === undefined) throw new Error('There are no streams.');
  const printed = Promise.all([readAll(stdout), readAll(stderr)]);
  const code = await runCli(
    {
      args,
      environment: environmentOf(folder, env),
      workingFolder: folder,
      stdin: Readable.from(input === '' ? [] : [input]),
      stdout: createOutput(stdout),
      stderr: createOutput(stderr),
      program: 'footnote',
      script: CLI,
      onInterrupt: () => () => {},
      exit: () => {},
    },
    app,
  );
  stdout.end();
  stderr.end();
  const [out, error] = await printed;
  return { code, stdout: out, stderr: error };
}

/** Runs the built command line in a separate process, in a folder without a .env. */
export function spawnFootnote(
  args: readonly string[],
  { env, input = '' }: RunOptions,
  folder: string,
): Promise<CommandResult> {
  requireBuild();
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environmentOf(folder, env) },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  const printed = Promise.all([readAll(child.stdout), readAll(child.stderr)]);
  // It may end before it has read everything.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      printed.then(([stdout, stderr]) => {
        if (signal === 'SIGKILL') reject(new Error(`footnote ${args.join(' ')} was killed: ${stdout}${stderr}`));
        else resolve({ code, stdout, stderr });
      }, reject);
    });
  });
}

/** Parses output that has one JSON object per line. */
export function objectsOf<T>(stdout: string): T[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Three small articles: one in each of two collections, and a file directly in the folder. */
export const SMALL_SEEDS: Readonly<Record<string, string>> = {
  'diplomacy/reykjavik.md': `---
title: Blinken and Lavrov in Reykjavik
url: https://example.com/reykjavik
publisher: Example
published: 2021-05-19
---

Antony Blinken and Sergey Lavrov sat down together in Reykjavik on Wednesday 19 May 2021. The venue was the Harpa concert hall, beside the old harbour.

## What each side said

Blinken told Lavrov that Washington wanted a relationship with Moscow that was stable and predictable. Lavrov said that Moscow would put any subject on the table, provided the exchange was frank.
`,
  'energy/pipeline.txt': `The Nord Stream 2 pipeline

The Nord Stream 2 pipeline runs from Russia to Germany under the Baltic Sea. It was finished in September 2021 and never brought gas to anybody.

Engineers laid 1,234 kilometres of pipe for it. The company that built it had its seat in the Swiss town of Zug.
`,
  'bridge.txt':
    'The bridge over the river was painted “signal blue” – 青い橋 😀 – in the spring of 1987. Its painters needed eleven weeks and four hundred buckets of paint for the work.\n',
};
