import type { Logger } from 'pino';
import { OPENING_CHARACTERS, Suggestions } from '../autocomplete/suggestions.js';
import type { ServedEngine } from './bot-context.js';

/** How often a new generation of the library is looked for. */
const REFRESH_MS = 3000;
/** Questions that are being answered from a library that was replaced end within this time. */
const FAREWELL_MS = 4000;

/** The library as it is now: what another process indexes is in use within seconds. */
export class LiveLibrary {
  readonly #open: () => Promise<ServedEngine>;
  readonly #log: Logger;
  readonly #refreshing: NodeJS.Timeout;
  #answering: ServedEngine;
  #lookUp: Suggestions;
  readonly #closing = new AbortController();
  #isBuilding = false;
  #isOutdated = false;
  #isRefreshing = false;

  private constructor(open: () => Promise<ServedEngine>, answering: ServedEngine, lookUp: Suggestions, log: Logger) {
    this.#open = open;
    this.#answering = answering;
    this.#lookUp = lookUp;
    this.#log = log;
    void this.#renewLookUp();
    this.#refreshing = setInterval(() => void this.#refresh(), REFRESH_MS);
  }

  /** @throws as `open` does. */
  static async open(open: () => Promise<ServedEngine>, log: Logger): Promise<LiveLibrary> {
    return new LiveLibrary(open, await open(), await Suggestions.build([], []), log);
  }

  get engine(): ServedEngine {
    return this.#answering;
  }

  /** Of the generation before, or empty after the start, until the present one's is built. */
  get suggestions(): Suggestions {
    return this.#lookUp;
  }

  async close(): Promise<void> {
    clearInterval(this.#refreshing);
    this.#closing.abort();
    await this.#answering.close();
  }

  async #refresh(): Promise<void> {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    try {
      if (this.#answering.library.isReplaced) {
        const replaced = this.#answering;
        this.#answering = await this.#open();
        setTimeout(() => {
          replaced.close().catch((error: unknown) => this.#log.warn({ err: error }, 'the index before was not closed'));
        }, FAREWELL_MS).unref();
      } else if (!this.#answering.library.refresh()) return;
      void this.#renewLookUp();
      this.#log.info({ passages: this.#answering.library.passageCount }, 'a new generation of the index is in use');
    } catch (error) {
      // An index that was deleted is empty until it is built again: the present one stays in use.
      this.#log.warn({ err: error }, 'the index could not be looked at; trying again');
    } finally {
      this.#isRefreshing = false;
    }
  }

  /** The present look-up stays in use until the new one is built. What changes meanwhile is built after it: an index may change every second for an hour. */
  async #renewLookUp(): Promise<void> {
    this.#isOutdated = true;
    if (this.#isBuilding) return;
    this.#isBuilding = true;
    const { signal } = this.#closing;
    try {
      while (this.#isOutdated && !signal.aborted) {
        this.#isOutdated = false;
        const { library } = this.#answering;
        this.#lookUp = await Suggestions.build(library.eachArticle(), library.passageOpenings(OPENING_CHARACTERS), {
          signal,
        });
      }
    } catch (error) {
      if (!signal.aborted)
        this.#log.warn({ err: error }, 'the look-up could not be built; the one before stays in use');
    } finally {
      this.#isBuilding = false;
    }
  }
}
