import { readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../', import.meta.url));
/** `npm run build` sets the modification time of this file when it is done, even if there was nothing to compile. */
const STAMP = '.tsbuildinfo';

/** Which folders to compare. */
export interface BuildFolders {
  /** Folder of the TypeScript files. Default: `src` of this repository. */
  readonly source?: string;
  /** Folder of the compiled files. Default: `dist` of this repository. */
  readonly build?: string;
}

/** What was wrong with a build, by its folders; undefined if nothing was. A test run does not change them. */
const checkedBuilds = new Map<string, string | undefined>();

/**
 * Makes sure that the build is there and up to date. Tests that start `dist/cli.js` call it first: a stale build would
 * let them pass, or fail, with yesterday's code. It compares modification times, once per process.
 *
 * @throws {Error} if there is no build, or if a source file is newer than the build. The message names that file and
 *   says what to run.
 */
export function requireBuild({
  source = join(REPOSITORY, 'src'),
  build = join(REPOSITORY, 'dist'),
}: BuildFolders = {}): void {
  const key = `${source}\0${build}`;
  if (!checkedBuilds.has(key)) checkedBuilds.set(key, problemOf(source, build));
  const problem = checkedBuilds.get(key);
  if (problem !== undefined) throw new Error(`${problem}: run \`npm run build\``);
}

function problemOf(source: string, build: string): string | undefined {
  const builtAtMs = modifiedAtMs(join(build, STAMP));
  if (builtAtMs === undefined) return `${basename(build)}/ is missing`;
  const newest = newestFile(source);
  if (newest === undefined || newest.modifiedAtMs <= builtAtMs) return undefined;
  return `${basename(build)}/ is older than ${join(basename(source), relative(source, newest.path))}`;
}

function newestFile(folder: string): { readonly path: string; readonly modifiedAtMs: number } | undefined {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path, modifiedAtMs: modifiedAtMs(path) ?? 0 }))
    .reduce<ReturnType<typeof newestFile>>(
      (newest, file) => (newest && newest.modifiedAtMs >= file.modifiedAtMs ? newest : file),
      undefined,
    );
}

/** Undefined if there is no such file: an editor may delete one between listing the folder and asking for its time. */
function modifiedAtMs(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
