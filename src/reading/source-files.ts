import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, extname, join, sep } from 'node:path';
import { systemCode, UserError } from '../user-error.js';

/** Kinds of file that are read, by the ending of their name. */
export const READ_ENDINGS = ['.txt', '.md', '.markdown', '.html', '.htm', '.xhtml', '.jsonl'] as const;

export interface SourceFile {
  /** Where it lies. */
  readonly path: string;
  /** Path below the seeds folder, with `/` between folders. */
  readonly file: string;
  readonly bytes: number;
}

export interface SourceListing {
  readonly files: readonly SourceFile[];
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Files and folders below which something may exist that could not be seen. */
  readonly unseen: readonly string[];
}

/**
 * Lists the files of seeds folders (or single files), sorted by path. Hidden files are passed over. A link is followed
 * only as far as it stays in its folder: an archive of articles that somebody sent must not open the rest of the disk.
 *
 * @throws {UserError} when a path does not exist or cannot be listed at all.
 */
export async function listSourceFiles(paths: readonly string[]): Promise<SourceListing> {
  const listing = {
    files: [] as SourceFile[],
    skipped: [] as { file: string; reason: string }[],
    unseen: [] as string[],
  };
  for (const path of paths) {
    const root = await stat(path).catch((error: unknown) => {
      throw new UserError(
        systemCode(error) === 'ENOENT'
          ? `There is no folder ${path}. Create it and put articles (.txt, .md, .html or .jsonl) into it, or name another with --seeds DIR.`
          : `${path} cannot be read (${systemCode(error) ?? 'unknown error'}). Check its permissions, or name another folder with --seeds DIR.`,
        { cause: error },
      );
    });
    if (root.isDirectory()) await listFolder(path, '', await realpath(path), listing);
    else addFile(path, basename(path), root.size, listing);
  }
  const seen = new Map<string, SourceFile>();
  for (const file of listing.files) {
    const other = seen.get(file.file);
    if (other === undefined) seen.set(file.file, file);
    else
      listing.skipped.push({
        file: file.path,
        reason: `has the same place below its folder as ${other.path}: rename one of them`,
      });
  }
  const files = [...seen.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
  return { ...listing, files };
}

async function listFolder(
  path: string,
  below: string,
  root: string,
  listing: { files: SourceFile[]; skipped: { file: string; reason: string }[]; unseen: string[] },
): Promise<void> {
  let names: string[];
  try {
    names = (await readdir(path)).sort();
  } catch (error) {
    listing.skipped.push({
      file: below === '' ? '.' : below,
      reason: `cannot be listed (${systemCode(error)}): check its permissions`,
    });
    listing.unseen.push(below);
    return;
  }
  for (const name of names) {
    if (name.startsWith('.')) continue;
    const child = join(path, name);
    const file = below === '' ? name : `${below}/${name}`;
    try {
      const target = await realpath(child);
      if (target !== root && !target.startsWith(root + sep)) {
        listing.skipped.push({
          file,
          reason: 'is a link to a place outside the seeds folder: put the file itself there',
        });
        continue;
      }
      const found = await stat(child);
      // A link to a folder above would lead round for ever; the folder it names is listed by itself.
      if (found.isDirectory() && target === join(await realpath(path), name))
        await listFolder(child, file, root, listing);
      else if (found.isFile()) addFile(child, file, found.size, listing);
    } catch (error) {
      listing.skipped.push({
        file,
        reason: `cannot be read (${systemCode(error)}): check its permissions, or remove it`,
      });
      listing.unseen.push(file);
    }
  }
}

function addFile(
  path: string,
  file: string,
  bytes: number,
  listing: { files: SourceFile[]; skipped: { file: string; reason: string }[] },
): void {
  const ending = extname(file).toLowerCase();
  if ((READ_ENDINGS as readonly string[]).includes(ending)) listing.files.push({ path, file, bytes });
  else
    listing.skipped.push({
      file,
      reason: `is of a kind that is not read: save it as .txt, .md or .html`,
    });
}
