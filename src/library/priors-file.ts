import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { systemCode, UserError } from '../user-error.js';

/**
 * The file in the index folder that holds what collections have learned. It is not in the library, so indexing and rebuilding
 * leave it alone.
 */
export const PRIORS_FILE = 'priors.json';

/** Far above anything that is fitted. A larger weight would leave nothing of the ranking. */
const MAX_WEIGHT = 100;
const WEIGHT = v.pipe(v.number(), v.minValue(-MAX_WEIGHT), v.maxValue(MAX_WEIGHT));

const COLLECTION_PRIORS = v.object({
  /** Null for the articles without a collection. */
  collection: v.nullable(v.string()),
  /** Fingerprint of the embedding model: the ranking that the weights are added to depends on it. */
  model: v.string(),
  /** `YYYY-MM-DD`. */
  learnedAt: v.string(),
  /** How many questions they were learned from. */
  questions: v.pipe(v.number(), v.finite()),
  weights: v.object({ early: WEIGHT, recent: WEIGHT, title: WEIGHT }),
});
const FILE = v.object({ version: v.literal(1), collections: v.array(COLLECTION_PRIORS) });

/** What one collection has learned with one model. */
export type CollectionPriors = Readonly<v.InferOutput<typeof COLLECTION_PRIORS>>;

/** What is in the file, and what keeps it from being used, in one sentence with the remedy; null if nothing does. */
export interface ReadPriors {
  readonly entries: readonly CollectionPriors[];
  readonly problem: string | null;
}

/** Reads what collections have learned. Without the file they have learned nothing; a file that cannot be used counts as none. */
export function readPriors(folder: string): ReadPriors {
  const file = join(folder, PRIORS_FILE);
  try {
    return { entries: v.parse(FILE, JSON.parse(readFileSync(file, 'utf8'))).collections, problem: null };
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { entries: [], problem: null };
    const state = code === null ? 'is damaged or of another version' : `cannot be read (${code})`;
    return {
      entries: [],
      problem: `${file} ${state}, so what collections have learned is not used. Learn again with \`footnote learn\`, or remove the file with \`footnote learn --forget\`.`,
    };
  }
}

/**
 * Stores what a collection has learned in place of what it had learned with the same model. The file is replaced in one step, so
 * that a bot reads either the old or the new one.
 */
export function storePriors(folder: string, priors: CollectionPriors): void {
  const others = readPriors(folder).entries.filter(
    ({ collection, model }) => collection !== priors.collection || model !== priors.model,
  );
  writePriors(folder, [...others, priors]);
}

/**
 * Forgets what a collection has learned.
 *
 * @param model Only what it has learned with this model. Default: with any.
 * @returns Whether there was anything.
 * @throws {UserError} if the file cannot be used.
 */
export function forgetPriors(folder: string, collection: string | null, model?: string): boolean {
  const { entries, problem } = readPriors(folder);
  if (problem !== null) throw new UserError(problem);
  const kept = entries.filter((one) => one.collection !== collection || (model !== undefined && one.model !== model));
  if (kept.length === entries.length) return false;
  writePriors(folder, kept);
  return true;
}

/**
 * Forgets what all collections have learned, by removing the file.
 *
 * @returns Whether there was one.
 */
export function forgetAllPriors(folder: string): boolean {
  const file = join(folder, PRIORS_FILE);
  const wasThere = existsSync(file);
  rmSync(file, { force: true });
  return wasThere;
}

function writePriors(folder: string, collections: readonly CollectionPriors[]): void {
  const file = join(folder, PRIORS_FILE);
  const unfinished = `${file}.unfinished-${process.pid}`;
  try {
    writeFileSync(unfinished, `${JSON.stringify({ version: 1, collections }, null, 2)}\n`);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
