import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { UserError } from '../user-error.js';
import { HnswIndex, loadHnswlib } from './hnsw-index.js';
import { readSnapshot, type Snapshot, writeSnapshot } from './manifest.js';
import { toFloats } from './rows.js';

export interface LoadedGraph {
  readonly index: HnswIndex;
  /** Whether the graph in memory has something that the snapshot on the disk has not. */
  readonly differsFromSnapshot: boolean;
  /** What was wrong with the snapshot; null when it was right, or when none was written yet. */
  readonly problem: string | null;
}

/**
 * The graph over all passages of the library: read from the snapshot if that is whole, else built anew; then brought up to
 * date with the passages that came and went since.
 *
 * @returns null where hnswlib is not installed.
 */
export async function loadGraph(folder: string, database: Database, dimensions: number): Promise<LoadedGraph | null> {
  const hnswlib = await loadHnswlib();
  if (hnswlib === null) return null;
  const snapshot = readSnapshot(database);
  const problem = snapshot === null ? null : await problemOf(folder, snapshot);
  let index: HnswIndex | null = null;
  if (snapshot !== null && problem === null) {
    index = HnswIndex.read(hnswlib, dimensions, join(folder, snapshot.file));
    const differsFromSnapshot = syncPassages(index, database);
    if (!index.isWorn) return { index, differsFromSnapshot, problem };
  }
  const count = database.prepare('SELECT count(*) FROM passages').pluck().get() as number;
  index = HnswIndex.create(hnswlib, dimensions, count);
  syncPassages(index, database);
  return { index, differsFromSnapshot: true, problem };
}

/** Adds the passages that the graph lacks and takes out those that are gone. @returns whether anything changed. */
export function syncPassages(index: HnswIndex, database: Database): boolean {
  const known = new Set(index.keys());
  const present = new Set(database.prepare('SELECT key FROM passages ORDER BY key').pluck().all() as number[]);
  const missing = [...present].filter((key) => !known.has(key));
  const gone = [...known].filter((key) => !present.has(key));
  const vectorOf = database.prepare('SELECT vector FROM passages WHERE key = ?').pluck();
  for (const key of missing) {
    const vector = vectorOf.get(key) as Buffer | undefined;
    // Another process may have taken the passage out since; the next look finds the rest.
    if (vector !== undefined) index.add(key, toFloats(vector));
  }
  const deleted = gone.filter((key) => index.delete(key));
  return missing.length + deleted.length > 0;
}

/**
 * Writes the graph beside the old snapshot, reads it again, and only then lets the manifest name it: whatever goes wrong
 * before leaves the old one in force.
 */
export async function saveGraph(
  folder: string,
  database: Database,
  index: HnswIndex,
  dimensions: number,
): Promise<void> {
  const hnswlib = await loadHnswlib();
  if (hnswlib === null) return;
  const unfinished = join(folder, `vectors.unfinished-${process.pid}`);
  try {
    index.write(unfinished);
    HnswIndex.read(hnswlib, dimensions, unfinished);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new UserError(
      `The vector index could not be written to ${folder}: the disk is probably full. Free space and run: footnote index (the articles are safe).`,
      { cause: error },
    );
  }
  const { sha256, bytes } = await checksum(unfinished);
  const file = `vectors-${sha256.slice(0, 12)}.hnsw`;
  await rename(unfinished, join(folder, file));
  writeSnapshot(database, { file, bytes, sha256 });
}

async function problemOf(folder: string, snapshot: Snapshot): Promise<string | null> {
  const path = join(folder, snapshot.file);
  if (!existsSync(path)) return `${snapshot.file} is missing`;
  const { bytes, sha256 } = await checksum(path);
  if (bytes !== snapshot.bytes) return `${snapshot.file} has ${bytes} bytes instead of ${snapshot.bytes}`;
  return sha256 === snapshot.sha256 ? null : `${snapshot.file} has a wrong checksum`;
}

async function checksum(path: string): Promise<{ bytes: number; sha256: string }> {
  const { size } = await stat(path);
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return { bytes: size, sha256: hash.digest('hex') };
}

/** Removes the snapshots that the manifest does not name, and what a killed process left half written. */
export async function removeOtherSnapshots(folder: string, keep: Snapshot | null): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^vectors[-.]/.test(name) && name !== keep?.file) await rm(join(folder, name), { force: true });
  }
}
