import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { runInSlices } from '../time-slices.js';
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
  signal?.throwIfAborted();
  const keys = database.prepare('SELECT key FROM passages ORDER BY key').pluck().all() as number[];
  const deleted = saved === null ? 0 : deleteOthers(saved, keys);
  const index = saved === null || saved.needsRebuild ? HnswIndex.create(hnswlib, dimensions, keys.length) : saved;
  const added = await runInSlices(additions(index, keys, vectorReader(database, dimensions), onProgress), signal);
  return { index, differsFromSnapshot: index !== saved || deleted + added > 0, problem };
}

/** Reads the snapshot. The graph is null if there is none, or it is not as it was written: then `problem` says why. */
export async function readGraph(
  { folder, database, dimensions }: SnapshotLocation,
  hnswlib: Hnswlib,
): Promise<{ readonly index: HnswIndex | null; readonly problem: string | null }> {
  const snapshot = readSnapshot(database);
  if (snapshot === null) return { index: null, problem: null };
  const problem = await problemWith(folder, snapshot);
  if (problem !== null) return { index: null, problem };
  return { index: HnswIndex.read(hnswlib, dimensions, join(folder, snapshot.file)), problem };
}

/** Deletes the passages from a graph that are not in the library any more. Returns how many there were. */
function deleteOthers(index: HnswIndex, keys: readonly number[]): number {
  const inLibrary = new Set(keys);
  return index.keys().filter((key) => !inLibrary.has(key) && index.delete(key)).length;
}

/**
 * Adds the passages that a graph lacks, one in each step.
 *
 * @param keys Those of all passages, ascending.
 * @returns how many it lacked.
 */
function* additions(
  index: HnswIndex,
  keys: readonly number[],
  vectorOf: (key: number) => Float32Array | null,
  onProgress: (share: number) => void,
): Generator<void, number, void> {
  const inGraph = new Set(index.keys());
  const missing = keys.filter((key) => !inGraph.has(key));
  const kept = keys.length - missing.length;
  for (const [added, key] of missing.entries()) {
    const vector = vectorOf(key);
    if (vector !== null) index.add(key, vector);
    onProgress((kept + added + 1) / keys.length);
    yield;
  }
  return missing.length;
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
    await index.write(unfinished);
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
