/** Puts the parts together. Nothing else imports from every folder. */
import { type AnswerOptions, answerQuestion } from './answering/answer-question.js';
import type { Answer } from './answering/answer.js';
import { CENTRE_SAMPLE } from './embedding/centre-sample.js';
import { Embedder } from './embedding/embedder.js';
import { type DownloadProgress, locateModel, type Model } from './embedding/model.js';
import { Library } from './library/library.js';
import { LibraryWriter } from './library/library-writer.js';
import type { Manifest } from './library/manifest.js';
import { updateLibrary, type UpdateProgress, type UpdateReport } from './library/update-library.js';
import { listSourceFiles } from './reading/source-files.js';
import type { Settings } from './settings.js';
import { EXIT, UserError } from './user-error.js';

/** The rotation of token vectors before their signs are taken; any number would do, as long as it stays. */
const ROTATION_SEED = 1;

export interface AppEvents {
  /** Something the person who runs it should know; one line. */
  readonly onNotice?: (notice: string) => void;
  readonly onDownload?: (progress: DownloadProgress) => void;
  readonly onIndexing?: (progress: UpdateProgress) => void;
}

export interface IndexOptions extends AppEvents {
  /** Files or folders in place of the seeds folder. */
  readonly paths?: readonly string[];
  /** Builds the index anew. */
  readonly rebuild?: boolean;
  readonly signal?: AbortSignal;
}

export interface IndexReport extends UpdateReport {
  readonly seconds: number;
}

/** Indexes the articles: reads what changed since, embeds it, and saves the vector snapshot. */
export async function indexArticles(settings: Settings, options: IndexOptions = {}): Promise<IndexReport> {
  const { onNotice = () => {} } = options;
  const startedAt = performance.now();
  const paths = options.paths?.length ? options.paths : [settings.seedsFolder];
  const listing = await listSourceFiles(paths);
  const model = await locateModel(settings.model, options.onDownload);
  const writer = LibraryWriter.open(settings.indexFolder, { rebuild: options.rebuild ?? false, now: new Date() });
  let embedder: Embedder | null = null;
  try {
    const before = writer.counts();
    if (writer.takenOverFrom !== null && before.articles > 0) {
      onNotice(`Indexing by process ${writer.takenOverFrom.pid} (since ${writer.takenOverFrom.startedAt}) did not finish; going on where it stopped.`);
    }
    refuseToEmpty(listing.files.length + listing.skipped.length, before.articles, paths, settings);
    const known = writer.manifestFor(model);
    const openEmbedder = async (): Promise<Embedder> => {
      embedder ??= await openWithManifest(writer, known, model, settings, onNotice);
      return embedder;
    };
    const report = await updateLibrary({
      writer,
      listing,
      embedder: openEmbedder,
      ...(options.onIndexing && { onProgress: options.onIndexing }),
      ...(options.signal && { signal: options.signal }),
    });
    const dimensions = writer.manifestFor(model)?.dimensions;
    if (dimensions !== undefined) {
      const problem = await writer.saveSnapshot(dimensions);
      if (problem !== null) onNotice(`The vector snapshot could not be used (${problem}); it was rebuilt.`);
    }
    return { ...report, seconds: (performance.now() - startedAt) / 1000 };
  } finally {
    await (embedder as Embedder | null)?.close();
    writer.close();
  }
}

/** An empty folder is more often a disk that is not there than the wish to forget everything. */
function refuseToEmpty(found: number, indexed: number, paths: readonly string[], settings: Settings): void {
  if (found > 0) return;
  const folder = paths.join(', ');
  if (indexed === 0) throw new UserError(`There are no articles in ${folder}. Put .txt, .md or .jsonl files into it and run: footnote index`, EXIT.nothingIndexed);
  throw new UserError(`There are no articles in ${folder}, and ${indexed} are indexed. To forget them all, delete ${settings.indexFolder}.`);
}

/** A new library's centre is measured before its first passage is embedded. */
async function openWithManifest(writer: LibraryWriter, known: Manifest | null, model: Model, settings: Settings, onNotice: (notice: string) => void): Promise<Embedder> {
  const open = (centre: Float32Array | null, workers: number): Promise<Embedder> =>
    Embedder.open({ model, centre, rotationSeed: known?.rotationSeed ?? ROTATION_SEED, workers, onWorkerLost: (reason) => onNotice(`${reason}; another takes its place.`) });
  if (known !== null) return open(known.centre, settings.workers);
  const measuring = await open(null, 1);
  const centre = await measuring.measureCentre(CENTRE_SAMPLE);
  await measuring.close();
  writer.begin({
    modelId: model.id,
    modelFingerprint: model.fingerprint,
    dimensions: measuring.dimensions,
    rotationSeed: ROTATION_SEED,
    centre,
    createdAt: new Date().toISOString(),
  });
  return open(centre, settings.workers);
}

/** A library that can be asked. */
export interface Answering {
  readonly library: Library;
  ask(question: string, options?: AnswerOptions): Promise<Answer>;
  close(): Promise<void>;
}

/** @throws {UserError} when nothing is indexed or the index and the model do not fit. */
export async function openAnswering(settings: Settings, events: AppEvents = {}): Promise<Answering> {
  const { onNotice = () => {} } = events;
  const model = await locateModel(settings.model, events.onDownload);
  const library = await Library.open({ folder: settings.indexFolder, model, onNotice });
  const { centre, rotationSeed } = library.manifest;
  const embedder = await Embedder.open({ model, centre, rotationSeed, workers: 1, onWorkerLost: (reason) => onNotice(`${reason}; another takes its place.`) });
  const clock = (): number => performance.now();
  return {
    library,
    ask(question, options = {}) {
      checkCollection(library, options.collection ?? null);
      return answerQuestion(question, { store: library, encoder: embedder, clock }, options);
    },
    async close() {
      await embedder.close();
      library.close();
    },
  };
}

function checkCollection(library: Library, collection: string | null): void {
  if (collection === null) return;
  const collections = library.collections();
  if (collections.includes(collection)) return;
  const known = collections.length === 0 ? 'there are none: put articles into a folder below the seeds folder' : `there are: ${collections.join(', ')}`;
  throw new UserError(`There is no collection "${collection}"; ${known}.`, EXIT.wrongUse);
}
