import type { Database } from 'better-sqlite3';
import { DamagedIndexError } from '../storage/damaged-index-error.js';
import { UserError } from '../user-error.js';
import { indexFolderOf, valueChecksum } from './verification.js';

/** What the embeddings and codes of a library were made with. Only those made the same way can be compared. */
export interface Manifest {
  /** Such as `Xenova/all-MiniLM-L6-v2`. */
  readonly modelId: string;
  /** SHA-256 over the model's files, in hexadecimal. */
  readonly modelFingerprint: string;
  /** The number of values in a vector, and of bits in the sign code of a token. */
  readonly dimensions: number;
  /** The seed of the random rotation before signs are taken. */
  readonly rotationSeed: number;
  /** The mean token vector, subtracted before signs are taken. */
  readonly centre: Float32Array;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** The model that a library will be used with. */
export interface ExpectedModel {
  readonly id: string;
  /** SHA-256 over the model's files, in hexadecimal. */
  readonly fingerprint: string;
}

/**
 * Reads the manifest.
 *
 * @returns The manifest, or null if the library is new.
 * @throws {DamagedIndexError} if it is not as it was stored.
 */
export function readManifest(database: Database): Manifest | null {
  const { value, isIntact } = readValue(database, 'manifest');
  if (!isIntact) throw new DamagedIndexError({ part: 'manifest', indexFolder: indexFolderOf(database) });
  if (value === null) return null;
  const { centre, ...rest } = JSON.parse(value) as Omit<Manifest, 'centre'> & { centre: string };
  const bytes = Buffer.from(centre, 'base64');
  return {
    ...rest,
    centre: new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)),
  };
}

/** Stores the manifest as JSON with the centre in base64, in place of an earlier one. */
export function writeManifest(database: Database, manifest: Manifest): void {
  const { centre, ...rest } = manifest;
  const bytes = Buffer.from(centre.buffer, centre.byteOffset, centre.byteLength);
  writeValue(database, 'manifest', JSON.stringify({ ...rest, centre: bytes.toString('base64') }));
}

/** @throws {UserError} if the library was made with another model. */
export function checkModel(manifest: Manifest, expected: ExpectedModel): void {
  if (manifest.modelFingerprint === expected.fingerprint) return;
  throw new UserError(
    manifest.modelId === expected.id
      ? `The index was built with a different version of the model ${expected.id}, and embeddings of different versions cannot be compared. ` +
          'Run `footnote index --rebuild`.'
      : `The index was built with the model ${manifest.modelId}, but the configured model is ${expected.id}. Embeddings of different models cannot be compared. ` +
          `Run \`footnote index --rebuild\`, or set FOOTNOTE_MODEL=${manifest.modelId}.`,
  );
}

/** A value of the manifest; null if there is none. A damaged one is not to be used. */
export interface StoredManifestValue {
  readonly value: string | null;
  readonly isIntact: boolean;
}

/** Reads a value of the manifest. */
export function readValue(database: Database, name: string): StoredManifestValue {
  // Earlier versions had no checksums, and are read only to be upgraded.
  const row = database.prepare('SELECT * FROM manifest WHERE name = ?').get(name) as
    | { value: string; checksum?: number }
    | undefined;
  if (row === undefined) return { value: null, isIntact: true };
  const { value, checksum = valueChecksum(name, value) } = row;
  return { value, isIntact: checksum === valueChecksum(name, value) };
}

/** Stores a value of the manifest in place of an earlier one. */
export function writeValue(database: Database, name: string, value: string): void {
  database
    .prepare('INSERT OR REPLACE INTO manifest (name, value, checksum) VALUES (?, ?, ?)')
    .run(name, value, valueChecksum(name, value));
}

/** Removes a value of the manifest. */
export function removeValue(database: Database, name: string): void {
  database.prepare('DELETE FROM manifest WHERE name = ?').run(name);
}
