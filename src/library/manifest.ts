import type { Database } from 'better-sqlite3';
import { EXIT, UserError } from '../user-error.js';

/** What the vectors and codes of a library were made with. They can be compared only with others made the same way. */
export interface Manifest {
  readonly modelId: string;
  readonly modelFingerprint: string;
  /** Numbers in a vector; bits in the code of a token. */
  readonly dimensions: number;
  readonly rotationSeed: number;
  /** Mean token vector that was subtracted before the signs were taken. */
  readonly centre: Float32Array;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** A written HNSW graph: a file of the index folder that can be rebuilt from the vectors at any time. */
export interface Snapshot {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The model an index is to be used with. */
export interface ExpectedModel {
  readonly id: string;
  readonly fingerprint: string;
}

/** The manifest; null in a library that nothing was written to. */
export function readManifest(database: Database): Manifest | null {
  const value = readEntry(database, 'manifest');
  if (value === null) return null;
  const { centre, ...rest } = JSON.parse(value) as Omit<Manifest, 'centre'> & { centre: string };
  const bytes = Buffer.from(centre, 'base64');
  return {
    ...rest,
    centre: new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)),
  };
}

export function writeManifest(database: Database, manifest: Manifest): void {
  const { centre, ...rest } = manifest;
  const bytes = Buffer.from(centre.buffer, centre.byteOffset, centre.byteLength);
  writeEntry(database, 'manifest', JSON.stringify({ ...rest, centre: bytes.toString('base64') }));
}

/** The snapshot in force; null when none was written yet. */
export function readSnapshot(database: Database): Snapshot | null {
  const value = readEntry(database, 'snapshot');
  return value === null ? null : (JSON.parse(value) as Snapshot);
}

export function writeSnapshot(database: Database, snapshot: Snapshot): void {
  writeEntry(database, 'snapshot', JSON.stringify(snapshot));
}

/** @throws {UserError} when the library was made with another model. */
export function checkModel(manifest: Manifest, expected: ExpectedModel): void {
  if (manifest.modelFingerprint === expected.fingerprint) return;
  const what =
    manifest.modelId === expected.id
      ? `with other files of the model ${expected.id}`
      : `with the model ${manifest.modelId}, the configured one is ${expected.id}`;
  throw new UserError(
    `The index was built ${what}: their vectors cannot be compared. Build it anew with: footnote index --rebuild` +
      (manifest.modelId === expected.id ? '' : `, or set FOOTNOTE_MODEL=${manifest.modelId}`),
  );
}

/** The error of every command that needs an index and finds none. */
export function nothingIndexedError(folder: string): UserError {
  return new UserError(`Nothing is indexed in ${folder}. Put articles into the seeds folder and run: footnote index`, {
    exitCode: EXIT.nothingIndexed,
  });
}

function readEntry(database: Database, name: string): string | null {
  return (
    (database.prepare('SELECT value FROM manifest WHERE name = ?').pluck().get(name) as string | undefined) ?? null
  );
}

function writeEntry(database: Database, name: string, value: string): void {
  database
    .prepare('INSERT INTO manifest (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
    .run(name, value);
}
