import type { AskedEngine } from './bot-context.js';
import type { QuestionQueue } from './question-queue.js';

/**
 * An engine for one person, whose questions wait for their turn.
 *
 * @param engine Returns the current engine. Called when it is the person's turn.
 */
export function queuedEngine(personId: string, engine: () => AskedEngine, queue: QuestionQueue): AskedEngine {
  return {
    ask: (question, options) => queue.run(personId, () => engine().ask(question, options)),
    findSources: (text, options) => queue.run(personId, () => engine().findSources(text, options)),
    embed: (texts) => queue.run(personId, () => engine().embed(texts)),
  };
}
