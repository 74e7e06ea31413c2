import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { UnreadableFile } from './source-article.js';

/** Opening a FIFO waits for a writer unless it is opened with this flag. Windows has neither. */
const WITHOUT_WAITING = constants.O_NONBLOCK ?? 0;

/**
 * Opens a file for reading. Anything but a file is refused without waiting for it, even if it took the place of a file after the
 * folder was listed.
 *
 * @returns The open file. The caller closes it.
 * @throws {UnreadableFile} if the path leads to a FIFO, a socket, a device or a folder.
 * @throws System errors such as `ENOENT`.
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | WITHOUT_WAITING);
  const found = await handle.stat();
  if (found.isFile()) return handle;
  await handle.close();
  throw new UnreadableFile(`is ${specialKindOf(found) ?? 'a folder'}, not a file: remove it`);
}

/**
 * Reads a whole file.
 *
 * @param tooLarge Returns what is wrong with a file of that many bytes, as the message of an {@link UnreadableFile}. Null if
 * nothing is: it is asked about the open file, which may have grown since the folder was listed.
 * @throws {UnreadableFile} as `openRegularFile`, or if the file is too large.
 */
export async function readRegularFile(path: string, tooLarge: (bytes: number) => string | null): Promise<Uint8Array> {
  const handle = await openRegularFile(path);
  try {
    const problem = tooLarge((await handle.stat()).size);
    if (problem !== null) throw new UnreadableFile(problem);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Says what something that is neither a file nor a folder is; null for these two. */
export function specialKindOf(found: Stats): string | null {
  if (found.isFIFO()) return 'a named pipe (FIFO)';
  if (found.isSocket()) return 'a socket';
  return found.isCharacterDevice() || found.isBlockDevice() ? 'a device' : null;
}
