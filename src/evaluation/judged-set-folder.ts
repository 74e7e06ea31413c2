import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sha256Hex } from '../storage/sha256.js';
import type { JudgedSet } from './judged-set.js';

/** The folder of the articles and the folder of their index. */
export interface EvaluationFolders {
  readonly seedsFolder: string;
  readonly indexFolder: string;
}

/** Twelve hexadecimal digits are 48 bits: enough to tell the versions of a set apart. */
const DIGEST_DIGITS = 12;

/**
 * Gives a judged set folders of its own in `evaluation/` in the index folder, so that evaluating never touches the index
 * that people ask. The set's articles are written there as a bulk file, unless they are in a seeds folder, which is read in place. The same
 * articles get the same folders, so they are indexed only once.
 *
 *     index/evaluation/squad-0123456789ab/seeds/articles.jsonl    a set with articles of its own, and its index next to seeds/
 *     index/evaluation/manual-4567890123ab/                       the index of a set with a seeds folder of its own
 *     index/evaluation/seeds-ba9876543210/                        the index of a set of questions about the seeds folder
 *
 * @param folders The folders that are configured.
 * @returns The folders to index and ask the set with.
 */
export async function prepareJudgedSetFolders(
  { name, bulk, sha256, seedsFolder: ownSeeds }: Pick<JudgedSet, 'name' | 'bulk' | 'sha256' | 'seedsFolder'>,
  { seedsFolder, indexFolder }: EvaluationFolders,
): Promise<EvaluationFolders> {
  const evaluations = join(indexFolder, 'evaluation');
  if (bulk === null) {
    const read = ownSeeds ?? seedsFolder;
    const digest = sha256Hex(resolve(read)).slice(0, DIGEST_DIGITS);
    const label = ownSeeds === undefined ? 'seeds' : name;
    return { seedsFolder: read, indexFolder: join(evaluations, `${label}-${digest}`) };
  }
  const setFolder = join(evaluations, `${name}-${sha256?.slice(0, DIGEST_DIGITS)}`);
  const setSeeds = join(setFolder, 'seeds');
  await mkdir(setSeeds, { recursive: true });
  await writeFile(join(setSeeds, 'articles.jsonl'), bulk);
  return { seedsFolder: setSeeds, indexFolder: setFolder };
}
