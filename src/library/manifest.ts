import type { Database } from 'better-sqlite3';
import { UserError } from '../user-error.js';

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

/** Reads the manifest. Returns null if the library is new. */
export function readManifest(database: Database): Manifest | null {
  const value = readValue(database, 'manifest');
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

function readValue(database: Database, name: string): string | null {
  return (
    (database.prepare('SELECT value FROM manifest WHERE name = ?').pluck().get(name) as string | undefined) ?? null
  );
}

function writeValue(database: Database, name: string, value: string): void {
  database
    .prepare('INSERT INTO manifest (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
    .run(name, value);
}
