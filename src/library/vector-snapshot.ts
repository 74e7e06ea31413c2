import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { runInSlices } from '../storage/time-slices.js';
import { UserError } from '../user-error.js';
import { HnswIndex, type Hnswlib } from './hnsw-index.js';
import { readSnapshot, type Snapshot, writeSnapshot } from './manifest.js';
import { vectorReader } from './stored-articles.js';

/** Where a graph is kept: the index folder, and the library whose manifest names the current snapshot. */
export interface SnapshotLocation {
  readonly folder: string;
  readonly database: Database;
  /** The number of values in a vector. */
  readonly dimensions: number;
}

/** The graph over all passages of a library. */
export interface LoadedGraph {
  readonly index: HnswIndex;
  /** Whether the graph has changed since the snapshot on disk was written. */
  readonly differsFromSnapshot: boolean;
  /** What was wrong with the snapshot. Null if it was intact or none was written yet. */
  readonly problem: string | null;
}

/**
 * Reads the graph from its snapshot if that is intact, or else builds it again. Either way it then has exactly the
 * passages that are in the library.
 *
 * @param onProgress Called with the share of the passages that are in it, 0 to 1.
 * @param signal Stops it. It then throws the reason of the signal.
 */
export async function loadGraph(
  location: SnapshotLocation,
  hnswlib: Hnswlib,
  onProgress: (share: number) => void = () => {},
  signal?: AbortSignal,
): Promise<LoadedGraph> {
  const { database, dimensions } = location;
  const { index: saved, problem } = await readGraph(location, hnswlib);
  if (saved !== null) {
    const differsFromSnapshot = await runInSlices(syncSteps(saved, database, onProgress), signal);
    if (!saved.needsRebuild) return { index: saved, differsFromSnapshot, problem };
  }
  const count = database.prepare('SELECT count(*) FROM passages').pluck().get() as number;
  const index = HnswIndex.create(hnswlib, dimensions, count);
  await runInSlices(syncSteps(index, database, onProgress), signal);
  return { index, differsFromSnapshot: true, problem };
}

/** Reads the snapshot. The graph is null if there is none, or it is not as it was written: then `problem` says why. */
export async function readGraph(
  { folder, database, dimensions }: SnapshotLocation,
  hnswlib: Hnswlib,
): Promise<{ readonly index: HnswIndex | null; readonly problem: string | null }> {
  const snapshot = readSnapshot(database);
  if (snapshot === null) return { index: null, problem: null };
  const problem = await problemWith(folder, snapshot);
  return { index: problem === null ? HnswIndex.read(hnswlib, dimensions, join(folder, snapshot.file)) : null, problem };
}

/**
 * Adds the passages that the graph lacks, and deletes those that are no longer in the library, a passage at a time.
 *
 * @returns Whether the graph changed.
 */
function* syncSteps(
  index: HnswIndex,
  database: Database,
  onProgress: (share: number) => void,
): Generator<void, boolean, void> {
  const inGraph = new Set(index.keys());
  const inLibrary = new Set(database.prepare('SELECT key FROM passages ORDER BY key').pluck().all() as number[]);
  const missing = [...inLibrary].filter((key) => !inGraph.has(key));
  const removed = [...inGraph].filter((key) => !inLibrary.has(key));
  const vectorOf = vectorReader(database);
  for (const [added, key] of missing.entries()) {
    const vector = vectorOf(key);
    if (vector !== null) index.add(key, vector);
    onProgress((inGraph.size + added + 1) / inLibrary.size);
    yield;
  }
  const deleted = removed.filter((key) => index.delete(key));
  return missing.length + deleted.length > 0;
}

/**
 * Saves a graph as the current snapshot. It writes a new file, reads it back, and only then names it in the manifest:
 * whatever goes wrong before that, the old snapshot stays current.
 *
 * @param signal Stops it before the next of these steps. It then throws the reason of the signal.
 * @throws {UserError} if the file cannot be written.
 */
export async function saveGraph(
  index: HnswIndex,
  location: SnapshotLocation,
  hnswlib: Hnswlib,
  signal?: AbortSignal,
): Promise<void> {
  const { folder, database, dimensions } = location;
  const unfinished = join(folder, `vectors.unfinished-${process.pid}`);
  try {
    index.write(unfinished);
    // Lets a signal that came in the meantime arrive.
    await nextTurn();
    if (!signal?.aborted) HnswIndex.read(hnswlib, dimensions, unfinished);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new UserError(
      `The vector index could not be written to ${folder}: the disk is probably full. Free some space, then run \`footnote index\`. The articles are safe.`,
      { cause: error },
    );
  }
  if (signal?.aborted) await rm(unfinished, { force: true });
  signal?.throwIfAborted();
  const { sha256, bytes } = await checksum(unfinished);
  const file = `vectors-${sha256.slice(0, 12)}.hnsw`;
  await rename(unfinished, join(folder, file));
  writeSnapshot(database, { file, bytes, sha256 });
}

/** Deletes all snapshots but the current one, and whatever a killed process left half written. */
export async function removeOtherSnapshots(folder: string, current: Snapshot | null): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^vectors[-.]/.test(name) && name !== current?.file) await rm(join(folder, name), { force: true });
  }
}

/** Compares a snapshot with its checksum. Returns what is wrong with it, or null. */
export async function problemWith(folder: string, snapshot: Snapshot): Promise<string | null> {
  const path = join(folder, snapshot.file);
  if (!existsSync(path)) return `${snapshot.file} is missing`;
  const { bytes, sha256 } = await checksum(path);
  if (bytes !== snapshot.bytes) return `${snapshot.file} has ${bytes} bytes instead of ${snapshot.bytes}`;
  return sha256 === snapshot.sha256 ? null : `${snapshot.file} has the wrong checksum`;
}

async function checksum(path: string): Promise<{ bytes: number; sha256: string }> {
  const { size } = await stat(path);
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return { bytes: size, sha256: hash.digest('hex') };
}
