import type { Answer } from './answering/answer.js';
import type { AnsweringDeps, AnswerOptions } from './answering/answer-question.js';
import type { FindSourcesOptions, FoundSources } from './answering/claims/find-sources.js';
import type { LearnedPriors } from './answering/ranking/priors.js';
import type { DownloadProgress, Model, ModelSource } from './embedding/model.js';
import type { Library } from './library/library.js';
import type { LibraryCatalog } from './library/library-catalog.js';
import { EXIT, UserError } from './user-error.js';

/** Where the index and its model are. */
export interface EngineSource {
  /** Folder of the built index. */
  readonly indexFolder: string;
  /** The embedding model that the index was built with. */
  readonly model: ModelSource;
}

/** What an engine reports while it opens and while it runs. */
export interface EngineEvents {
  /** Something the person running Footnote should know, in one line. */
  readonly onNotice?: ((notice: string) => void) | undefined;
  /** Progress of a model that is being downloaded. */
  readonly onDownload?: ((progress: DownloadProgress) => void) | undefined;
  /** Called when a model process died or hung and is replaced, with the reason. `onNotice` is called as well. */
  readonly onModelReplaced?: ((reason: string) => void) | undefined;
}

/** An index that is open and can be asked questions. Close it when you are done: it owns a model process. */
export interface Engine {
  /** The open index. */
  readonly library: Library;
  /** What questions are answered with, for callers that need more than an answer. */
  readonly deps: AnsweringDeps;
  /** Answers a question with citations. @throws {QuestionError} if there is no question in it. */
  ask(question: string, options?: AnswerOptions): Promise<Answer>;
  /** Finds the passage closest to each sentence of a message. @throws {UserError} if there is no sentence in it. */
  findSources(text: string, options?: FindSourcesOptions): Promise<FoundSources>;
  /** Embeds texts as unit vectors: the dot product of two is their similarity, -1 to 1. */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  /** Checks that a collection exists; null stands for all articles. @throws {UserError} if it does not. */
  requireCollection(collection: string | null): void;
  /** Closes the index and ends the model process. */
  close(): Promise<void>;
}

/**
 * Opens the index for lists and texts: nothing is loaded in advance, and the model, which has to be read whole to be checked, is
 * neither checked nor started.
 *
 * @throws {UserError} if nothing is indexed, or the index does not fit this version.
 */
export async function openCatalog({ indexFolder }: Pick<EngineSource, 'indexFolder'>): Promise<LibraryCatalog> {
  const { LibraryCatalog } = await import('./library/library-catalog.js');
  return LibraryCatalog.open({ folder: indexFolder, model: null });
}

/**
 * Opens the index for answering, without starting the model.
 *
 * @throws {UserError} if nothing is indexed, or the index does not fit this model or this version.
 */
export async function openLibrary(
  { indexFolder, model: source }: EngineSource,
  { onNotice = () => {}, onDownload }: EngineEvents = {},
): Promise<{ library: Library; model: Model }> {
  const [{ locateModel }, { Library }] = await Promise.all([
    import('./embedding/model.js'),
    import('./library/library.js'),
  ]);
  const model = await locateModel(source, onDownload);
  return { library: await Library.open({ folder: indexFolder, model, onNotice }), model };
}

/**
 * Opens the index and starts the model.
 *
 * @throws {UserError} if nothing is indexed, the index does not fit the model, or the model cannot be loaded.
 */
export async function openEngine(source: EngineSource, events: EngineEvents = {}): Promise<Engine> {
  const { onNotice = () => {}, onModelReplaced = () => {} } = events;
  const onWorkerLost = (reason: string): void => {
    onNotice(`${reason}; starting another one.`);
    onModelReplaced(reason);
  };
  const [{ library, model }, { coefficientsFor }, { LivePriors }] = await Promise.all([
    openLibrary(source, events),
    import('./answering/confidence/coefficients-for-model.js'),
    import('./library/live-priors.js'),
  ]);
  const coefficients = coefficientsFor(model.fingerprint);
  if (coefficients === null)
    onNotice(
      `The model ${model.id} has no fitted coefficients: passages are ranked by reciprocal rank fusion, and answers have no confidence.`,
    );
  let embedder: import('./embedding/embedder.js').Embedder | null = null;
  try {
    const compareLanguages = openLanguages();
    embedder = await openEmbedder(library, model, onWorkerLost);
    const clock = (): number => performance.now();
    const live = new LivePriors(source.indexFolder, model.fingerprint, onNotice);
    const priors = (): LearnedPriors => live.current();
    const encoder = embedder;
    const deps: AnsweringDeps = {
      store: library,
      encoder,
      clock,
      coefficients,
      priors,
      compareLanguages: await compareLanguages,
    };
    return await createEngine(library, deps, embedder);
  } catch (error) {
    await embedder?.close();
    library.close();
    throw error;
  }
}

async function openEmbedder(
  { manifest: { centre, rotationSeed } }: Library,
  model: Model,
  onWorkerLost: (reason: string) => void,
): Promise<import('./embedding/embedder.js').Embedder> {
  const { Embedder } = await import('./embedding/embedder.js');
  return Embedder.open({ model, centre, rotationSeed, workers: 1, onWorkerLost });
}

async function openLanguages(): Promise<NonNullable<AnsweringDeps['compareLanguages']>> {
  const { openLanguageComparison } = await import('./reading/language.js');
  return openLanguageComparison();
}

async function createEngine(
  library: Library,
  deps: AnsweringDeps,
  embedder: import('./embedding/embedder.js').Embedder,
): Promise<Engine> {
  const [{ answerQuestion }, { findSources }] = await Promise.all([
    import('./answering/answer-question.js'),
    import('./answering/claims/find-sources.js'),
  ]);
  return {
    library,
    deps,
    ask: (question, options = {}) => answerQuestion(question, deps, options),
    findSources: (text, options = {}) => findSources(text, deps, options),
    async embed(texts) {
      const vectors: Float32Array[] = [];
      // One at a time, so that questions asked in the meantime are not kept waiting.
      for (const text of texts) vectors.push((await embedder.embedQuestion(text)).vector);
      return vectors;
    },
    requireCollection: (collection) => requireCollection(library, collection),
    async close() {
      await embedder.close();
      library.close();
    },
  };
}

function requireCollection(library: Library, collection: string | null): void {
  if (collection === null) return;
  const collections = library.collections();
  if (collections.includes(collection)) return;
  const remedy =
    collections.length === 0
      ? 'There are none: put articles into a folder inside the seeds folder to make one.'
      : `Choose one of: ${collections.join(', ')}.`;
  throw new UserError(`There is no collection "${collection}". ${remedy}`, { exitCode: EXIT.usageError });
}
