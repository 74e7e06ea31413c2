/** Puts reading, embedding, library, answering and evaluation together; cli.ts adds the terminal and Discord. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from './answering/answer.js';
import { type AnswerOptions, answerQuestion, rankPassages } from './answering/answer-question.js';
import { COEFFICIENTS, type Coefficients } from './answering/coefficients.js';
import { decide } from './answering/decision.js';
import { CENTRE_SAMPLE } from './embedding/centre-sample.js';
import { Embedder } from './embedding/embedder.js';
import { type DownloadProgress, locateModel, type Model } from './embedding/model.js';
import {
  type EvaluatedAnswering,
  type EvaluatedQuestion,
  type EvaluationReport,
  evaluateSet,
  reportOn,
} from './evaluation/evaluate.js';
import { fitDecision, fitRanking, fitThresholds } from './evaluation/fit.js';
import { type JudgedSet, readJudgedSet } from './evaluation/judged-set.js';
import { explained } from './library/explained.js';
import { Library } from './library/library.js';
import { LibraryWriter } from './library/library-writer.js';
import type { Manifest } from './library/manifest.js';
import { type UpdateProgress, type UpdateReport, updateLibrary } from './library/update-library.js';
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
      onNotice(
        `Indexing by process ${writer.takenOverFrom.pid} (since ${writer.takenOverFrom.startedAt}) did not finish; going on where it stopped.`,
      );
    }
    refuseToEmpty(listing.files.length + listing.unseen.length, before.articles, paths, settings);
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
    if (options.rebuild && (report.interrupted || report.passages === 0)) {
      const why = report.interrupted ? 'It was stopped' : 'Nothing could be indexed';
      throw new UserError(`${why}: the index in ${settings.indexFolder} was left as it was.`);
    }
    const dimensions = writer.manifestFor(model)?.dimensions;
    if (dimensions !== undefined) {
      const problem = await writer.saveSnapshot(dimensions);
      if (problem !== null) onNotice(`The vector snapshot could not be used (${problem}); it was rebuilt.`);
    }
    if (!report.interrupted) await writer.publish();
    return { ...report, seconds: (performance.now() - startedAt) / 1000 };
  } catch (error) {
    throw explained(error, settings.indexFolder);
  } finally {
    await (embedder as Embedder | null)?.close();
    writer.close();
  }
}

/** An empty folder is more often a disk that is not there than the wish to forget everything. */
function refuseToEmpty(found: number, indexed: number, paths: readonly string[], settings: Settings): void {
  if (found > 0) return;
  const folder = paths.join(', ');
  if (indexed === 0)
    throw new UserError(
      `There are no articles in ${folder}. Put .txt, .md, .html or .jsonl files into it and run: footnote index`,
      EXIT.nothingIndexed,
    );
  throw new UserError(
    `There are no articles in ${folder}, and ${indexed} are indexed. To forget them all, delete ${settings.indexFolder}.`,
  );
}

/** A new library's centre is measured before its first passage is embedded. */
async function openWithManifest(
  writer: LibraryWriter,
  known: Manifest | null,
  model: Model,
  settings: Settings,
  onNotice: (notice: string) => void,
): Promise<Embedder> {
  const open = (centre: Float32Array | null, workers: number): Promise<Embedder> =>
    Embedder.open({
      model,
      centre,
      rotationSeed: known?.rotationSeed ?? ROTATION_SEED,
      workers,
      onWorkerLost: workerNotice(onNotice),
    });
  if (known !== null) return open(known.centre, settings.workers);
  const measuring = await open(null, 1);
  let centre: Float32Array;
  try {
    centre = await measuring.measureCentre(CENTRE_SAMPLE);
  } finally {
    await measuring.close();
  }
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

function workerNotice(onNotice: (notice: string) => void): (reason: string) => void {
  return (reason) => onNotice(`${reason}; another takes its place.`);
}

/** A library that can be asked. */
export interface Answering {
  readonly library: Library;
  ask(question: string, options?: AnswerOptions): Promise<Answer>;
  /** @throws {UserError} when there is no such collection; null means all articles. */
  requireCollection(collection: string | null): void;
  /** For evaluations: the whole ranking of a question and what would be decided from it. */
  readonly evaluated: (coefficients?: Coefficients) => EvaluatedAnswering;
  close(): Promise<void>;
}

/** Opens the library for reading only, without starting the model. @throws as `openAnswering`. */
export async function openLibrary(
  settings: Settings,
  { onNotice = () => {}, onDownload }: AppEvents = {},
): Promise<{ library: Library; model: Model }> {
  const model = await locateModel(settings.model, onDownload);
  return { library: await Library.open({ folder: settings.indexFolder, model, onNotice }), model };
}

/** @throws {UserError} when nothing is indexed or the index and the model do not fit. */
export async function openAnswering(settings: Settings, events: AppEvents = {}): Promise<Answering> {
  const { onNotice = () => {} } = events;
  const { library, model } = await openLibrary(settings, events);
  const { centre, rotationSeed } = library.manifest;
  let embedder: Embedder;
  try {
    embedder = await Embedder.open({ model, centre, rotationSeed, workers: 1, onWorkerLost: workerNotice(onNotice) });
  } catch (error) {
    library.close();
    throw error;
  }
  const clock = (): number => performance.now();
  return {
    library,
    requireCollection: (collection) => requireCollection(library, collection),
    ask(question, options = {}) {
      return answerQuestion(question, { store: library, encoder: embedder, clock }, options);
    },
    evaluated: (coefficients = COEFFICIENTS) => ({
      rank: (question) => rankPassages(question, { store: library, encoder: embedder, clock, coefficients }),
      decide: (ranking) => decide(ranking, coefficients.decision, coefficients.thresholds),
      givenIdOf: (articleKey) => library.article(articleKey).reference.file.replace(/^[^#]*#/, ''),
    }),
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
  const known =
    collections.length === 0
      ? 'there are none: put articles into a folder below the seeds folder'
      : `there are: ${collections.join(', ')}`;
  throw new UserError(`There is no collection "${collection}"; ${known}.`, EXIT.wrongUse);
}

/** Asks the questions of an evaluation folder. */
export async function evaluateFolder(
  folder: string,
  half: 0 | 1 | undefined,
  settings: Settings,
  events: AppEvents = {},
): Promise<EvaluationReport> {
  const set = await readJudgedSet(folder);
  const answering = await openJudgedSet(set, settings, events);
  try {
    return reportOn(set.name, await evaluateSet(set, answering.evaluated(), half === undefined ? {} : { half }));
  } finally {
    await answering.close();
  }
}

/** At least nine in ten answers called `answered` right; of the right ones nearly all at least shown. */
const THRESHOLD_GOALS = { rightAmongAnswered: 0.9, rightShown: 0.97 };

/** Fits ranking and decision on half 0 of evaluation folders. */
export async function fitFolders(
  folders: readonly string[],
  settings: Settings,
  events: AppEvents = {},
): Promise<Coefficients> {
  const open: { set: JudgedSet; answering: Answering }[] = [];
  const ask = async (coefficients: Coefficients): Promise<EvaluatedQuestion[][]> => {
    const evaluated: EvaluatedQuestion[][] = [];
    for (const { set, answering } of open)
      evaluated.push(await evaluateSet(set, answering.evaluated(coefficients), { half: 0 }));
    return evaluated;
  };
  try {
    for (const folder of folders) {
      const set = await readJudgedSet(folder);
      open.push({ set, answering: await openJudgedSet(set, settings, events) });
    }
    const ranking = fitRanking(await ask(COEFFICIENTS));
    const decision = fitDecision(await ask({ ...COEFFICIENTS, ranking }));
    const decided = await ask({ ...COEFFICIENTS, ranking, decision });
    const judged = decided.map((set) =>
      set.map(({ decision: { confidence }, rank }) => ({ confidence, isRight: rank === 1 })),
    );
    return { ranking, decision, thresholds: fitThresholds(judged, THRESHOLD_GOALS) };
  } finally {
    for (const { answering } of open) await answering.close();
  }
}

/** Indexes the articles of a judged set, once for each content, in a folder of its own below the index folder, and opens it. */
async function openJudgedSet(set: JudgedSet, settings: Settings, events: AppEvents = {}): Promise<Answering> {
  const folder = join(settings.indexFolder, 'evaluation', `${set.name}-${set.sha256.slice(0, 12)}`);
  const seedsFolder = join(folder, 'seeds');
  await mkdir(seedsFolder, { recursive: true });
  await writeFile(join(seedsFolder, 'articles.jsonl'), set.bulk);
  const own: Settings = { ...settings, seedsFolder, indexFolder: folder };
  await indexArticles(own, events);
  return openAnswering(own, events);
}
