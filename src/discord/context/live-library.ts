import type { Logger } from 'pino';
import { OPENING_CHARACTERS, Suggestions } from '../autocomplete/suggestions.js';
import type { EngineHealth, ServedEngine } from './bot-context.js';

/** How often to check whether the index has changed. */
const REFRESH_INTERVAL_MS = 3000;
/** How long a replaced engine stays open for questions it is still answering. */
const CLOSE_DELAY_MS = 4000;

/** An open library that follows its index: what another process writes is in use within seconds. */
export class LiveLibrary {
  readonly #openEngine: () => Promise<ServedEngine>;
  readonly #log: Logger;
  readonly #refreshTimer: NodeJS.Timeout;
  readonly #closing = new AbortController();
  #engine: ServedEngine;
  #suggestions: Suggestions;
  #earlierHealth: EngineHealth = { replacedModels: 0, replacedThreads: 0, replacedAt: null };
  #isRefreshing = false;
  #isBuildingSuggestions = false;
  #areSuggestionsStale = false;

  private constructor(
    openEngine: () => Promise<ServedEngine>,
    engine: ServedEngine,
    suggestions: Suggestions,
    log: Logger,
  ) {
    this.#openEngine = openEngine;
    this.#engine = engine;
    this.#suggestions = suggestions;
    this.#log = log;
    void this.#rebuildSuggestions();
    this.#refreshTimer = setInterval(() => void this.#refresh(), REFRESH_INTERVAL_MS);
  }

  /**
   * Opens the library and starts watching it.
   *
   * @param openEngine Called now, and again whenever the index has been replaced.
   * @throws Whatever `openEngine` throws.
   */
  static async open(openEngine: () => Promise<ServedEngine>, log: Logger): Promise<LiveLibrary> {
    return new LiveLibrary(openEngine, await openEngine(), await Suggestions.build([], []), log);
  }

  /** The engine of the current index. */
  get engine(): ServedEngine {
    return this.#engine;
  }

  /** Suggestions for the current index. Until they are built, those of the previous one; right after the start, none. */
  get suggestions(): Suggestions {
    return this.#suggestions;
  }

  /** What has failed since the start, in the engines of earlier indexes as well. */
  get health(): EngineHealth {
    return addHealth(this.#earlierHealth, this.#engine.health);
  }

  /** Stops watching the index and closes the engine. */
  async close(): Promise<void> {
    clearInterval(this.#refreshTimer);
    this.#closing.abort();
    await this.#engine.close();
  }

  async #refresh(): Promise<void> {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    try {
      if (this.#engine.library.isReplaced) await this.#reopen();
      else if (!this.#engine.library.refresh()) return;
      void this.#rebuildSuggestions();
      this.#log.info({ passages: this.#engine.library.passageCount }, 'index updated');
    } catch (error) {
      // A deleted index cannot be opened until it has been rebuilt. Until then the open one keeps answering.
      this.#log.warn({ err: error }, 'could not refresh the index, will try again');
    } finally {
      this.#isRefreshing = false;
    }
  }

  async #reopen(): Promise<void> {
    const replaced = this.#engine;
    this.#engine = await this.#openEngine();
    this.#earlierHealth = addHealth(this.#earlierHealth, replaced.health);
    setTimeout(() => {
      replaced.close().catch((error: unknown) => this.#log.warn({ err: error }, 'could not close the previous index'));
    }, CLOSE_DELAY_MS).unref();
  }

  /**
   * Builds new suggestions and then replaces the current ones. Changes that arrive during a build are picked up by one
   * more build afterwards, because an index may change every second for an hour.
   */
  async #rebuildSuggestions(): Promise<void> {
    this.#areSuggestionsStale = true;
    if (this.#isBuildingSuggestions) return;
    this.#isBuildingSuggestions = true;
    const { signal } = this.#closing;
    try {
      while (this.#areSuggestionsStale && !signal.aborted) {
        this.#areSuggestionsStale = false;
        const { library } = this.#engine;
        const openings = library.passageOpenings(OPENING_CHARACTERS);
        this.#suggestions = await Suggestions.build(library.eachArticle(), openings, { signal });
      }
    } catch (error) {
      if (!signal.aborted)
        this.#log.warn({ err: error }, 'could not rebuild the suggestions, keeping the previous ones');
    } finally {
      this.#isBuildingSuggestions = false;
    }
  }
}

function addHealth(earlier: EngineHealth, later: EngineHealth): EngineHealth {
  return {
    replacedModels: earlier.replacedModels + later.replacedModels,
    replacedThreads: earlier.replacedThreads + later.replacedThreads,
    replacedAt: later.replacedAt ?? earlier.replacedAt,
  };
}
