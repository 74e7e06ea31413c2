import { isUtf8 } from 'node:buffer';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { ADDED_MARK } from '../corpus/article.js';
import { systemCode, UserError } from '../user-error.js';
import { formatOf, UNSUPPORTED_REASON } from './formats.js';
import { specialKindOf } from './regular-file.js';

/** The names of a file that describes the articles of its folder and of the folders below. */
const COLLECTION_FILES: ReadonlySet<string> = new Set(['_collection.yaml', '_collection.yml']);

/** A file that may contain articles. */
export interface SourceFile {
  /** Where the file is on this machine. */
  readonly path: string;
  /** Path below the seeds folder, with `/` between folders. */
  readonly file: string;
  /** Size of the file. */
  readonly bytes: number;
}

/** A file or folder that is left out. */
interface SkippedFile {
  /** Path below the seeds folder; `.` for the folder itself. */
  readonly file: string;
  readonly reason: string;
}

/** Whether an article was added by people, by its path below the seeds folder. */
export function isAddedFile(file: string): boolean {
  return file.startsWith(ADDED_MARK) && file.includes('/');
}

/** The files found in seeds folders. */
export interface SourceListing {
  /** Sorted by `file`, each of which occurs once. */
  readonly files: readonly SourceFile[];
  /** The files that describe the articles of a folder. */
  readonly collectionFiles: readonly SourceFile[];
  readonly skipped: readonly SkippedFile[];
  /** Files and folders that could not be looked at. Articles indexed earlier from below them may still exist. */
  readonly unseen: readonly string[];
}

/** A listing that is still being collected. */
interface OpenListing {
  readonly files: SourceFile[];
  readonly collectionFiles: SourceFile[];
  readonly skipped: SkippedFile[];
  readonly unseen: string[];
  readonly signal: AbortSignal | undefined;
}

/**
 * Lists the files in seeds folders. Hidden files are ignored. Links are followed only within the folder: a link in an archive
 * of articles from someone else must not open the rest of the disk.
 *
 * @param paths Seeds folders, or single files.
 * @param signal Stops it: the listing then lacks whatever was not found yet.
 * @throws {UserError} if a path does not exist, cannot be looked at, or is neither a file nor a folder.
 */
export async function listSourceFiles(paths: readonly string[], signal?: AbortSignal): Promise<SourceListing> {
  const listing: OpenListing = { files: [], collectionFiles: [], skipped: [], unseen: [], signal };
  for (const path of paths) {
    const root = await stat(path).catch((error: unknown) => {
      throw unreachableError(path, error);
    });
    const special = specialKindOf(root);
    if (special !== null) {
      throw new UserError(
        `${path} is ${special}, not a file or a folder. Save what it holds as a file, or choose another path.`,
      );
    }
    if (root.isDirectory()) await listFolder(path, '', await realpath(path), listing);
    else addFile({ path, file: basename(path), bytes: root.size }, listing);
  }
  const { files, repeated } = separateRepeated(listing.files);
  return {
    files: files.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
    collectionFiles: listing.collectionFiles,
    skipped: [...listing.skipped, ...repeated],
    unseen: listing.unseen,
  };
}

function unreachableError(path: string, error: unknown): UserError {
  const code = systemCode(error);
  return new UserError(
    code === 'ENOENT'
      ? `There is no file or folder ${path}. Create the folder and put articles (.txt, .md, .html or .jsonl) into it, or choose another folder.`
      : `${path} cannot be read (${code ?? 'unknown error'}). Check its permissions, or choose another folder.`,
    { cause: error },
  );
}

/**
 * Adds the files of a folder and of the folders below it.
 *
 * @param below Path of the folder below the seeds folder; empty for the seeds folder itself.
 * @param root Path of the seeds folder, with all links resolved.
 */
async function listFolder(path: string, below: string, root: string, listing: OpenListing): Promise<void> {
  let entries: Buffer[];
  try {
    // As bytes: a name that is not UTF-8 would come back changed, and no file has the changed one.
    entries = await readdir(path, { encoding: 'buffer' });
  } catch (error) {
    const reason = `it cannot be listed (${systemCode(error)}): check its permissions`;
    listing.skipped.push({ file: below === '' ? '.' : below, reason });
    listing.unseen.push(below);
    return;
  }
  const names = entries.filter((entry) => isUtf8(entry)).map((entry) => entry.toString('utf8'));
  for (const entry of entries.filter((one) => !isUtf8(one))) {
    const name = visibleName(entry);
    if (name.startsWith('.')) continue;
    const reason = 'its name is not valid UTF-8: rename it';
    listing.skipped.push({ file: below === '' ? name : `${below}/${name}`, reason });
  }
  for (const name of names.toSorted()) {
    if (listing.signal?.aborted) return;
    if (name.startsWith('.')) continue;
    const file = below === '' ? name : `${below}/${name}`;
    try {
      await addChild(path, name, file, root, listing);
    } catch (error) {
      const code = systemCode(error);
      const reason =
        code === 'ENOENT' || code === 'ELOOP'
          ? 'it is a link that leads nowhere: remove it'
          : `it cannot be read (${code}): check its permissions, or remove it`;
      listing.skipped.push({ file, reason });
      listing.unseen.push(file);
    }
  }
}

/** A name whose bytes are not UTF-8, with everything but ASCII as `\xE9`. */
function visibleName(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[^ -~]/g, (byte) => {
    const code = byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
    return `\\x${code}`;
  });
}

async function addChild(folder: string, name: string, file: string, root: string, listing: OpenListing): Promise<void> {
  const path = join(folder, name);
  const target = await realpath(path);
  if (target !== root && !target.startsWith(root + sep)) {
    const reason = 'it is a link to something outside the seeds folder: copy the file itself into the folder';
    listing.skipped.push({ file, reason });
    return;
  }
  const found = await stat(path);
  if (found.isFile()) addFile({ path, file, bytes: found.size }, listing);
  // A link to a folder is not followed: its target is listed anyway, and a link to a folder above would lead round in circles.
  else if (found.isDirectory() && target === join(await realpath(folder), name))
    await listFolder(path, file, root, listing);
  else {
    const special = specialKindOf(found);
    if (special === null) return;
    const reason = `it is ${special}, not a file: remove it, or save what it holds as a file`;
    listing.skipped.push({ file, reason });
  }
}

function addFile(source: SourceFile, listing: OpenListing): void {
  if (COLLECTION_FILES.has(basename(source.file))) listing.collectionFiles.push(source);
  else if (formatOf(source.file) === null) listing.skipped.push({ file: source.file, reason: UNSUPPORTED_REASON });
  else listing.files.push(source);
}

/** Of files with the same path below their seeds folders, keeps the first. */
function separateRepeated(all: readonly SourceFile[]): { files: SourceFile[]; repeated: SkippedFile[] } {
  const files = new Map<string, SourceFile>();
  const repeated: SkippedFile[] = [];
  for (const source of all) {
    const earlier = files.get(source.file);
    if (earlier === undefined) files.set(source.file, source);
    else {
      const reason = `it has the same path within its seeds folder as ${earlier.path}: rename one of them`;
      repeated.push({ file: source.path, reason });
    }
  }
  return { files: [...files.values()], repeated };
}
