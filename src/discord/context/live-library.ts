import type { Logger } from 'pino';
import { ADDED_MARK } from '../../corpus/article.js';
import { LiveSuggestions } from '../autocomplete/live-suggestions.js';
import type { Suggestions } from '../autocomplete/suggestions.js';
import type { AddedIndex, EngineHealth, ServedEngine } from './bot-context.js';

/** How often to check whether the index has changed. */
const REFRESH_INTERVAL_MS = 3000;

/** How a {@link LiveLibrary} is opened. */
export interface LiveLibraryOptions {
  /** Opens the engine of the current index. Called now, and again whenever the index has been replaced. */
  readonly openEngine: () => Promise<ServedEngine>;
  /** How many milliseconds a replaced engine stays open for the questions that it is still answering. */
  readonly closeDelayMs: number;
  readonly log: Logger;
}

/** An open library that follows its index: what another process writes is in use within seconds. */
export class LiveLibrary {
  readonly #openEngine: () => Promise<ServedEngine>;
  readonly #closeDelayMs: number;
  readonly #log: Logger;
  readonly #refreshTimer: NodeJS.Timeout;
  readonly #closing = new AbortController();
  #engine: ServedEngine;
  #added: AddedIndex;
  readonly #suggestions = new LiveSuggestions();
  #earlierHealth: EngineHealth = { replacedModels: 0, replacedThreads: 0, replacedAt: null };
  #isRefreshing = false;
  #isUpdatingSuggestions = false;
  #areSuggestionsStale = false;

  private constructor({ openEngine, closeDelayMs, log }: LiveLibraryOptions, engine: ServedEngine) {
    this.#openEngine = openEngine;
    this.#closeDelayMs = closeDelayMs;
    this.#log = log;
    this.#engine = engine;
    this.#added = addedIn(engine);
    void this.#updateSuggestions();
    this.#refreshTimer = setInterval(() => void this.#refresh(), REFRESH_INTERVAL_MS);
  }

  /**
   * Opens the library and starts watching it.
   *
   * @throws Whatever `openEngine` throws.
   */
  static async open(options: LiveLibraryOptions): Promise<LiveLibrary> {
    return new LiveLibrary(options, await options.openEngine());
  }

  /** The engine of the current index. */
  get engine(): ServedEngine {
    return this.#engine;
  }

  /** The articles of the current index that people have added. */
  get added(): AddedIndex {
    return this.#added;
  }

  /** Suggestions for the current index. Until they are built, those of the previous one; right after the start, none. */
  get suggestions(): Suggestions {
    return this.#suggestions.current;
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

  /** Looks at once whether the index has changed. The answering thread follows within seconds. */
  refresh(): Promise<void> {
    return this.#refresh();
  }

  async #refresh(): Promise<void> {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    try {
      if (this.#engine.library.isReplaced) await this.#reopen();
      else if (!this.#engine.library.refresh()) {
        // The last update may have failed.
        if (this.#areSuggestionsStale) void this.#updateSuggestions();
        return;
      }
      this.#added = addedIn(this.#engine);
      void this.#updateSuggestions();
      this.#log.info({ passages: this.#engine.library.passageCount }, 'index updated');
    } catch (error) {
      // A deleted index cannot be opened until it has been rebuilt. Until then the open one keeps answering.
      this.#log.warn({ err: error }, 'could not refresh the index, will try again');
    } finally {
      this.#isRefreshing = false;
    }
  }

  async #reopen(): Promise<void> {
    const opened = await this.#openEngine();
    if (this.#closing.signal.aborted) return opened.close();
    const replaced = this.#engine;
    this.#engine = opened;
    this.#earlierHealth = addHealth(this.#earlierHealth, replaced.health);
    setTimeout(() => {
      replaced.close().catch((error: unknown) => this.#log.warn({ err: error }, 'could not close the previous index'));
    }, this.#closeDelayMs).unref();
  }

  /** Reads what has changed in slices. Changes that arrive meanwhile are read once more afterwards. */
  async #updateSuggestions(): Promise<void> {
    this.#areSuggestionsStale = true;
    if (this.#isUpdatingSuggestions || this.#closing.signal.aborted) return;
    this.#isUpdatingSuggestions = true;
    const { signal } = this.#closing;
    try {
      while (this.#areSuggestionsStale && !signal.aborted) {
        this.#areSuggestionsStale = false;
        await this.#suggestions.update(this.#engine.library, signal);
      }
    } catch (error) {
      this.#areSuggestionsStale = true;
      if (!signal.aborted) this.#log.warn({ err: error }, 'could not update the suggestions, will try again');
    } finally {
      this.#isUpdatingSuggestions = false;
    }
  }
}

function addedIn({ library }: ServedEngine): AddedIndex {
  const added = new Map<string, { readonly id: string; readonly file: string }[]>();
  for (const { collection, ...article } of library.articlesMarked(ADDED_MARK))
    added.set(collection, [...(added.get(collection) ?? []), article]);
  return added;
}

function addHealth(earlier: EngineHealth, later: EngineHealth): EngineHealth {
  return {
    replacedModels: earlier.replacedModels + later.replacedModels,
    replacedThreads: earlier.replacedThreads + later.replacedThreads,
    replacedAt: later.replacedAt ?? earlier.replacedAt,
  };
}
