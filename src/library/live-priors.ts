import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { LearnedPriors } from '../answering/ranking/priors.js';
import { PRIORS_FILE, readPriors } from './priors-file.js';

/** Follows the file of an index folder: what another process has learned is in use with the next question. */
export class LivePriors {
  readonly #folder: string;
  readonly #model: string;
  readonly #onNotice: (notice: string) => void;
  #readVersion: string | null = null;
  #current: LearnedPriors = new Map();

  /**
   * @param model Fingerprint of the model that questions are embedded with. What was learned with another one is not used.
   * @param onNotice Called once for each version of the file that cannot be used.
   */
  constructor(folder: string, model: string, onNotice: (notice: string) => void) {
    this.#folder = folder;
    this.#model = model;
    this.#onNotice = onNotice;
  }

  /** Returns what collections have learned. It looks at the file each time, but reads it only if it has changed. */
  current(): LearnedPriors {
    const version = versionOf(join(this.#folder, PRIORS_FILE));
    if (version === this.#readVersion) return this.#current;
    this.#readVersion = version;
    const { entries, problem } = readPriors(this.#folder);
    if (problem !== null) this.#onNotice(problem);
    const usable = entries.filter(({ model }) => model === this.#model);
    this.#current = new Map(usable.map(({ collection, weights }) => [collection, weights]));
    return this.#current;
  }
}

/** Differs whenever a file was replaced or written to; null if there is none, or it cannot be looked at. */
function versionOf(file: string): string | null {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    return found === undefined ? null : `${found.ino} ${found.mtimeMs} ${found.size}`;
  } catch {
    return null;
  }
}
