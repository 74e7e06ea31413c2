import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { requireBuild } from './build.js';
import { temporaryFolder } from './library/temporary-folder.js';

const STAMP = '.tsbuildinfo';

let source: string;
let build: string;

beforeEach(() => {
  const folder = temporaryFolder();
  source = join(folder, 'src');
  build = join(folder, 'dist');
  write(join(source, 'cli.ts'), 10);
  write(join(source, 'discord', 'serve.ts'), 20);
});

describe('a build', () => {
  test('is fresh when it is as new as the newest source file', () => {
    write(join(build, STAMP), 20);

    expect(() => requireBuild({ source, build })).not.toThrow();
  });

  test('is fresh even if its unchanged files are older than the source', () => {
    write(join(build, 'cli.js'), 5);
    write(join(build, STAMP), 30);

    expect(() => requireBuild({ source, build })).not.toThrow();
  });

  test('is stale when a source file in any folder is newer, and the error names that file', () => {
    write(join(build, 'cli.js'), 30);
    write(join(build, STAMP), 15);

    expect(() => requireBuild({ source, build })).toThrow(
      'dist/ is older than src/discord/serve.ts: run `npm run build`',
    );
  });

  test('is missing when there is no folder, or when nothing was built into it', () => {
    const missing = 'dist/ is missing: run `npm run build`';
    expect(() => requireBuild({ source, build })).toThrow(missing);

    const empty = join(build, 'dist');
    mkdirSync(empty, { recursive: true });
    expect(() => requireBuild({ source, build: empty })).toThrow(missing);
  });

  test('is checked once per process', () => {
    write(join(build, STAMP), 20);
    requireBuild({ source, build });
    write(join(source, 'cli.ts'), 40);

    expect(() => requireBuild({ source, build })).not.toThrow();
  });
});

/** Writes an empty file that was last modified at this second of 2026. */
function write(path: string, second: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  const modifiedAt = new Date(Date.UTC(2026, 0, 1, 0, 0, second));
  utimesSync(path, modifiedAt, modifiedAt);
}
