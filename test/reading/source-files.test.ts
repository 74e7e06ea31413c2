import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listSourceFiles } from '../../src/reading/source-files.js';
import { UserError } from '../../src/user-error.js';
import { ArticleFolder } from './article-folder.js';

let folder: ArticleFolder;
let elsewhere: ArticleFolder;

beforeEach(() => {
  folder = new ArticleFolder();
  elsewhere = new ArticleFolder();
});

afterEach(() => {
  folder.remove();
  elsewhere.remove();
});

function link(from: string, to: string): void {
  symlinkSync(to, join(folder.path, from));
}

async function names(paths: readonly string[] = [folder.path]): Promise<string[]> {
  return (await listSourceFiles(paths)).files.map(({ file }) => file);
}

test('files are listed by their path below the folder, sorted, with their sizes', async () => {
  folder.write('b.txt', 'four');
  folder.write('a/z.md', '');
  folder.write('a/b/c.jsonl', '');
  const { files, skipped, unseen } = await listSourceFiles([folder.path]);
  expect(files).toEqual([
    { file: 'a/b/c.jsonl', path: join(folder.path, 'a/b/c.jsonl'), bytes: 0 },
    { file: 'a/z.md', path: join(folder.path, 'a/z.md'), bytes: 0 },
    { file: 'b.txt', path: join(folder.path, 'b.txt'), bytes: 4 },
  ]);
  expect([skipped, unseen]).toEqual([[], []]);
});

test('hidden files and folders are ignored', async () => {
  folder.write('.hidden.md', 'x');
  folder.write('.git/a.md', 'x');
  folder.write('a/.b/c.md', 'x');
  folder.write('a.md', 'x');
  const { files, skipped } = await listSourceFiles([folder.path]);
  expect(files.map(({ file }) => file)).toEqual(['a.md']);
  expect(skipped).toEqual([]);
});

test('a file of an unsupported type is skipped with advice', async () => {
  folder.write('a.pdf', 'x');
  folder.write('b', 'x');
  folder.write('c.txt.bak', 'x');
  const { files, skipped } = await listSourceFiles([folder.path]);
  expect(files).toEqual([]);
  expect(skipped.map(({ file }) => file)).toEqual(['a.pdf', 'b', 'c.txt.bak']);
  expect(skipped[0]?.reason).toBe("this file type isn't supported: save it as .txt, .md, .html or .jsonl");
});

describe('several paths', () => {
  test('may be files and folders', async () => {
    const file = elsewhere.write('deep/one.md', 'x');
    folder.write('two.md', 'x');
    expect(await names([file, folder.path])).toEqual(['one.md', 'two.md']);
  });

  test('with the same path within their folders: the first is read and the other is reported', async () => {
    folder.write('a.md', 'x');
    elsewhere.write('a.md', 'y');
    const { files, skipped } = await listSourceFiles([folder.path, elsewhere.path]);
    expect(files).toEqual([{ file: 'a.md', path: join(folder.path, 'a.md'), bytes: 1 }]);
    expect(skipped).toEqual([
      { file: join(elsewhere.path, 'a.md'), reason: expect.stringContaining('rename one of them') },
    ]);
  });
});

test('a folder that does not exist is a user error with advice', async () => {
  const listing = listSourceFiles([join(folder.path, 'none')]);
  await expect(listing).rejects.toThrow(UserError);
  await expect(listing).rejects.toThrow(/^There is no file or folder .*none\. Create the folder and put articles/);
});

test('an empty folder has no files', async () => {
  expect(await listSourceFiles([folder.path])).toEqual({ files: [], collectionFiles: [], skipped: [], unseen: [] });
});

test('a FIFO, a socket and a link to a device are skipped and named as what they are', async () => {
  folder.write('a.md', 'x');
  execFileSync('mkfifo', [join(folder.path, 'pipe.md')]);
  const server = createServer().listen(join(folder.path, 'socket.md'));
  try {
    await once(server, 'listening');
    const { files, skipped } = await listSourceFiles([folder.path]);
    expect(files.map(({ file }) => file)).toEqual(['a.md']);
    expect(skipped).toEqual([
      { file: 'pipe.md', reason: 'it is a named pipe (FIFO), not a file: remove it, or save what it holds as a file' },
      { file: 'socket.md', reason: 'it is a socket, not a file: remove it, or save what it holds as a file' },
    ]);
  } finally {
    server.close();
  }
});

test.each(['pipe', '/dev/null'])('a path that is neither a file nor a folder is a user error: %s', async (name) => {
  const path = name === 'pipe' ? join(folder.path, name) : name;
  if (name === 'pipe') execFileSync('mkfifo', [path]);
  const listing = listSourceFiles([path]);
  await expect(listing).rejects.toThrow(UserError);
  await expect(listing).rejects.toThrow(
    / is a (?:named pipe \(FIFO\)|device), not a file or a folder\. Save what it holds/,
  );
});

// Elsewhere, the file system refuses such a name or changes it.
test.skipIf(process.platform !== 'linux')(
  'a name that is not UTF-8 is skipped in a visible form, with the remedy',
  async () => {
    const nameOf = (text: string): Buffer => Buffer.from(`${folder.path}/${text}`, 'latin1');
    writeFileSync(nameOf('café.md'), 'x');
    writeFileSync(nameOf('.é.md'), 'x');
    mkdirSync(nameOf('f\u00fcr'));
    writeFileSync(nameOf('f\u00fcr/a.md'), 'x');
    folder.write('sub/été.md', 'x');
    const { files, skipped } = await listSourceFiles([folder.path]);
    expect(files.map(({ file }) => file)).toEqual(['sub/été.md']);
    const reason = 'its name is not valid UTF-8: rename it';
    expect(skipped.toSorted((a, b) => (a.file < b.file ? -1 : 1))).toEqual([
      { file: 'caf\\xE9.md', reason },
      { file: 'f\\xFCr', reason },
    ]);
  },
);

test('stops listing when it is told to', async () => {
  folder.write('a.md', 'x');
  expect((await listSourceFiles([folder.path], AbortSignal.abort())).files).toEqual([]);
});

describe('a link', () => {
  test('to a file within the folder is followed', async () => {
    folder.write('a.md', 'x');
    link('b.md', 'a.md');
    expect(await names()).toEqual(['a.md', 'b.md']);
  });

  test('to a file or folder outside is refused', async () => {
    elsewhere.write('secret.md', 'x');
    link('a.md', join(elsewhere.path, 'secret.md'));
    link('b', elsewhere.path);
    link('c', '..');
    const { files, skipped } = await listSourceFiles([folder.path]);
    expect(files).toEqual([]);
    expect(skipped.map(({ file }) => file)).toEqual(['a.md', 'b', 'c']);
    for (const { reason } of skipped) expect(reason).toMatch(/^it is a link to something outside the seeds folder/);
  });

  test('to a folder outside whose path starts with the same characters is refused', async () => {
    const sibling = `${folder.path}-sibling`;
    mkdirSync(sibling);
    try {
      link('a', sibling);
      expect((await listSourceFiles([folder.path])).skipped.map(({ file }) => file)).toEqual(['a']);
    } finally {
      execFileSync('rmdir', [sibling]);
    }
  });

  test('to a folder above it does not cause an endless loop', async () => {
    folder.write('a/b/c.md', 'x');
    link('a/b/up', join(folder.path, 'a'));
    link('a/self', '.');
    link('root', folder.path);
    expect(await names()).toEqual(['a/b/c.md']);
  });

  test('to itself or to nothing is skipped, and counts as unseen', async () => {
    folder.write('a.md', 'x');
    link('loop.md', 'loop.md');
    link('nowhere.md', 'none.md');
    const { files, skipped, unseen } = await listSourceFiles([folder.path]);
    expect(files.map(({ file }) => file)).toEqual(['a.md']);
    expect(skipped).toEqual([
      { file: 'loop.md', reason: 'it is a link that leads nowhere: remove it' },
      { file: 'nowhere.md', reason: 'it is a link that leads nowhere: remove it' },
    ]);
    expect(unseen).toEqual(['loop.md', 'nowhere.md']);
  });

  test('is followed if it is the seeds folder itself', async () => {
    elsewhere.write('news/a.md', 'x');
    link('seeds', elsewhere.path);
    expect(await names([join(folder.path, 'seeds')])).toEqual(['news/a.md']);
  });
});

test.skipIf(process.getuid?.() === 0)(
  'a folder that cannot be listed counts as unseen (not tested as root, who can list everything)',
  async () => {
    folder.write('closed/a.md', 'x');
    chmodSync(join(folder.path, 'closed'), 0);
    try {
      const { skipped, unseen } = await listSourceFiles([folder.path]);
      expect(skipped).toEqual([{ file: 'closed', reason: 'it cannot be listed (EACCES): check its permissions' }]);
      expect(unseen).toEqual(['closed']);
    } finally {
      chmodSync(join(folder.path, 'closed'), 0o700);
    }
  },
);

test('a named pipe is ignored instead of waited for', async () => {
  execFileSync('mkfifo', [join(folder.path, 'pipe.txt')]);
  folder.write('a.md', 'x');
  expect(await names()).toEqual(['a.md']);
});
