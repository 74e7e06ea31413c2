import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
export const BUNDLED_MODELS = join(REPOSITORY, 'models');

const CLI = join(REPOSITORY, 'dist', 'cli.js');
const TIMEOUT_MS = 60_000;

// A test starts up to six processes, each of which loads the model; a busy machine takes seconds for one.
vi.setConfig({ testTimeout: 120_000 });

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Added to PATH, HOME and a hub that cannot be reached; nothing else of this process's environment is passed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** What stands on standard input; closed at once by default. */
  readonly input?: string;
}

/** A temporary folder with seeds and an index, in which the real command line runs. */
export class Workplace {
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

  removeArticle(file: string): void {
    rmSync(join(this.seeds, file), { recursive: true });
  }

  /** Runs `footnote --seeds ... --index ...` with these arguments. */
  footnote(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return footnote(['--seeds', this.seeds, '--index', this.index, ...args], options, this.path);
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

/** Runs the built command line in a folder without an .env. */
export function footnote(
  args: readonly string[],
  { env = {}, input = '' }: RunOptions,
  folder: string,
): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, FOOTNOTE_HUB: 'http://127.0.0.1:1', FOOTNOTE_WORKERS: '1', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (stdout += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part));
  // It may end before it has read all.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`footnote ${args.join(' ')} ran longer than ${TIMEOUT_MS / 1000} s: ${stdout}${stderr}`));
    }, TIMEOUT_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}

/** The JSON objects of an output with one a line. */
export function objectsOf<T>(stdout: string): T[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Three small articles: two collections and a file that lies directly in the folder. */
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
