import { pinFinder } from './answering/pins/find-pin.js';
import { FoldedQuestions } from './answering/pins/folded-questions.js';
import type { Community } from './community/community.js';
import { type Engine, type EngineEvents, type EngineSource, openEngine } from './engine.js';
import { messageOf } from './user-error.js';

/**
 * Opens an engine whose answers begin with what is pinned to a question everywhere. The bot pins for each server, and passes
 * `findPin` itself.
 *
 * @throws {UserError} if nothing is indexed, the index does not fit the model, or the model cannot be loaded.
 */
export async function openPinnedEngine(source: EngineSource, events: EngineEvents = {}): Promise<Engine> {
  const [engine, { Community: CommunityClass }] = await Promise.all([
    openEngine(source, events),
    import('./community/community.js'),
  ]);
  const pins = new SharedPins(
    () => CommunityClass.openIfThere(source.indexFolder, { onNotice: events.onNotice ?? (() => {}) }),
    events,
  );
  const findPin = pinFinder({
    lists: () => [pins.list()],
    library: () => engine.library,
    folded: new FoldedQuestions(),
  });
  return {
    ...engine,
    ask: (question, options = {}) => engine.ask(question, { findPin, ...options }),
    async close() {
      pins.close();
      await engine.close();
    },
  };
}

/** The pins that apply everywhere. Their file is opened with the first question, or as soon as there is one. */
class SharedPins {
  readonly #open: () => Community | null;
  readonly #onNotice: (notice: string) => void;
  #community: Community | null = null;
  #hasFailed = false;

  constructor(open: () => Community | null, { onNotice = () => {} }: EngineEvents) {
    this.#open = open;
    this.#onNotice = onNotice;
  }

  list(): ReturnType<Community['pins']['list']> {
    try {
      this.#community ??= this.#open();
      const pins = this.#community?.pins.list(null) ?? [];
      this.#hasFailed = false;
      return pins;
    } catch (error) {
      // Questions can be answered without pins: with a file that cannot be written, or that a newer version has written. The next
      // question tries again, but says so only once.
      if (!this.#hasFailed) this.#onNotice(`Pins are not used: ${messageOf(error)}`);
      this.#hasFailed = true;
      return [];
    }
  }

  close(): void {
    this.#community?.close();
    this.#community = null;
  }
}
