import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import * as v from 'valibot';
import { UserError } from '../user-error.js';

/** The first file of an archive: what else is in it. */
const CONTENTS_FILE = 'backup.json';
const MAX_CONTENTS_BYTES = 100_000;

/** Increase it when archives change so that earlier versions cannot read them. */
const FORMAT = 1;

const CONTENTS = v.object({
  format: v.literal(FORMAT),
  /** Version of Footnote that made it. */
  footnote: v.string(),
  /** ISO 8601. */
  createdAt: v.string(),
  files: v.array(
    v.object({
      name: v.string(),
      bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    }),
  ),
});

/** What is in an archive. */
export type ArchiveContents = Readonly<v.InferOutput<typeof CONTENTS>>;

/** A file of an archive. */
export type ArchivedFile = ArchiveContents['files'][number];

/** What an archive is made from. */
export interface ArchiveSource {
  /** The folder that the files are in. */
  readonly folder: string;
  readonly names: readonly string[];
  readonly footnote: string;
  readonly createdAt: Date;
}

/**
 * Writes files into one archive, in the tar format, and flushes it to disk. If its name ends in `.gz` it is compressed.
 *
 * @param onBytes Called with how many bytes of the files have been written since the last call.
 * @param signal Stops it. It then throws the reason of the signal.
 */
export async function writeArchive(
  file: string,
  { folder, names, footnote, createdAt }: ArchiveSource,
  onBytes: (bytes: number) => void,
  { signal, isCompressed }: { readonly signal?: AbortSignal | undefined; readonly isCompressed: boolean },
): Promise<ArchiveContents> {
  const files: ArchivedFile[] = [];
  for (const name of names) files.push({ name, ...(await measure(join(folder, name), signal)) });
  const contents: ArchiveContents = { format: FORMAT, footnote, createdAt: createdAt.toISOString(), files };
  const archive = pack();
  const fill = async (): Promise<void> => {
    archive.entry({ name: CONTENTS_FILE, mode: 0o600 }, `${JSON.stringify(contents, null, 2)}\n`);
    for (const { name, bytes } of files) {
      const entry = archive.entry({ name, size: bytes, mode: 0o600 });
      await pipeline(createReadStream(join(folder, name)), counting(onBytes), entry);
    }
    archive.finalize();
  };
  const target = createWriteStream(file, { mode: 0o600, flags: 'wx' });
  const written = isCompressed
    ? pipeline(archive, createGzip({ level: 1 }), target, { signal })
    : pipeline(archive, target, { signal });
  await Promise.all([fill(), written]);
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return contents;
}

async function measure(path: string, signal?: AbortSignal): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const part of createReadStream(path, { signal })) {
    hash.update(part as Buffer);
    bytes += (part as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/**
 * Unpacks an archive into an empty folder, and compares every file with its checksum. Nothing but the files it lists is written.
 *
 * @param isKnown Whether a file of this name belongs into an index folder.
 * @throws {UserError} if it is not an archive of Footnote, is damaged, or was made by a newer version.
 * @throws The system's error if the archive cannot be read, or the folder cannot be written.
 */
export async function readArchive(
  file: string,
  folder: string,
  isKnown: (name: string) => boolean,
  onBytes: (bytes: number, contents: ArchiveContents) => void,
  signal?: AbortSignal,
): Promise<ArchiveContents> {
  const entries = extract();
  const source = createReadStream(file);
  const unpacked = (await isGzip(file))
    ? pipeline(source, createGunzip(), entries, { signal })
    : pipeline(source, entries, { signal });
  unpacked.catch(() => {});
  let contents: ArchiveContents | null = null;
  const found = new Set<string>();
  try {
    for await (const entry of entries) {
      const { name, type } = entry.header;
      if (contents === null) {
        contents = await readContents(entry, name, file);
        continue;
      }
      const { files } = contents;
      const listed = files.find((one) => one.name === name);
      if (listed === undefined || type !== 'file' || found.has(name) || !isKnown(name)) throw damaged(file);
      if (entry.header.size !== listed.bytes) throw damaged(file);
      found.add(name);
      const all = contents;
      await unpackFile(entry, join(folder, name), listed, file, (bytes) => onBytes(bytes, all));
    }
    await unpacked;
  } catch (error) {
    if (error instanceof UserError) throw error;
    signal?.throwIfAborted();
    // A full disk says nothing about the archive.
    if (isSystemError(error)) throw error;
    throw damaged(file, error);
  }
  if (contents === null || found.size < contents.files.length) throw damaged(file);
  return contents;
}

/** Whether the operating system reported an error, as opposed to a parser. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b;
  } finally {
    await handle.close();
  }
}

async function readContents(entry: AsyncIterable<unknown>, name: string, file: string): Promise<ArchiveContents> {
  if (name !== CONTENTS_FILE) throw damaged(file);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of entry) {
    bytes += (part as Buffer).length;
    if (bytes > MAX_CONTENTS_BYTES) throw damaged(file);
    parts.push(part as Buffer);
  }
  const json: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
  const format = v.safeParse(v.object({ format: v.number() }), json);
  if (format.success && format.output.format > FORMAT)
    throw new UserError(`${file} was made by a newer Footnote. Update Footnote, then restore it.`);
  return v.parse(CONTENTS, json);
}

async function unpackFile(
  entry: AsyncIterable<unknown>,
  path: string,
  { bytes, sha256 }: ArchivedFile,
  file: string,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const hash = createHash('sha256');
  let written = 0;
  const check = counting((count) => {
    written += count;
    onBytes(count);
  }, hash);
  await pipeline(entry, check, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
  if (written !== bytes || hash.digest('hex') !== sha256) throw damaged(file);
}

function counting(onBytes: (bytes: number) => void, hash?: Hash): Transform {
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      hash?.update(part);
      onBytes(part.length);
      done(null, part);
    },
  });
}

function damaged(file: string, cause?: unknown): UserError {
  return new UserError(`${file} is not a Footnote backup, or it is damaged. Nothing was changed.`, { cause });
}
