import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareJudgedSetFolders } from '../../src/evaluation/judged-set-folder.js';
import { sha256Hex } from '../../src/storage/sha256.js';
import { temporaryFolder } from '../library/temporary-folder.js';

test('the articles of a set are written to a folder named after the set and its content', async () => {
  const indexFolder = temporaryFolder();
  const bulk = '{"id":"a","text":"Some words."}';
  const set = { name: 'squad', bulk, sha256: sha256Hex(bulk) };
  const folders = await prepareJudgedSetFolders(set, { seedsFolder: '/articles', indexFolder });
  const setFolder = join(indexFolder, 'evaluation', `squad-${sha256Hex(bulk).slice(0, 12)}`);
  expect(folders).toEqual({ seedsFolder: join(setFolder, 'seeds'), indexFolder: setFolder });
  expect(readFileSync(join(setFolder, 'seeds', 'articles.jsonl'), 'utf8')).toBe(bulk);
  expect(await prepareJudgedSetFolders(set, { seedsFolder: '/other', indexFolder })).toEqual(folders);
});

test('a set with a seeds folder of its own is read there, and its index depends on that folder', async () => {
  const indexFolder = temporaryFolder();
  const set = { name: 'handbook', bulk: null, sha256: null, seedsFolder: '/sets/handbook/seeds' };
  const digest = sha256Hex('/sets/handbook/seeds').slice(0, 12);
  expect(await prepareJudgedSetFolders(set, { seedsFolder: '/articles', indexFolder })).toEqual({
    seedsFolder: '/sets/handbook/seeds',
    indexFolder: join(indexFolder, 'evaluation', `handbook-${digest}`),
  });
  expect(existsSync(join(indexFolder, 'evaluation'))).toBe(false);
});

test('questions about the seeds folder are asked in an index of their own, which depends on the folder', async () => {
  const indexFolder = temporaryFolder();
  const set = { name: 'questions', bulk: null, sha256: null };
  const [first, second] = await Promise.all(
    ['/articles', '/other'].map((seedsFolder) => prepareJudgedSetFolders(set, { seedsFolder, indexFolder })),
  );
  expect(first).toEqual({
    seedsFolder: '/articles',
    indexFolder: join(indexFolder, 'evaluation', `seeds-${sha256Hex('/articles').slice(0, 12)}`),
  });
  expect(second?.seedsFolder).toBe('/other');
  expect(second?.indexFolder).not.toBe(first?.indexFolder);
  expect(existsSync(join(indexFolder, 'evaluation'))).toBe(false);
});
