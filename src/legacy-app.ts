/** Puts reading, embedding, library, answering and evaluation together; cli.ts adds the terminal and Discord. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Answer } from './answering/answer.js';
import {
  type AnsweringDeps,
  type AnswerOptions,
  answerInDetail,
  answerQuestion,
  type CompareLanguages,
  fullRanking,
} from './answering/answer-question.js';
import { type FoundSources, findSources } from './answering/claims.js';
import { type Coefficients, coefficientsFor, type FittedCoefficients } from './answering/coefficients.js';
import type { Scope } from './answering/scope.js';
import { Community } from './community/community.js';
import { CENTRE_SAMPLE } from './embedding/centre-sample.js';
import { Embedder } from './embedding/embedder.js';
import { type DownloadProgress, locateModel, type Model } from './embedding/model.js';
import { type Engine, openEngine } from './engine.js';
import { type EvaluatedQuestion, type EvaluateOptions, evaluateSet } from './evaluation/evaluate.js';
import type { EvaluatedEngine, ScoredSpan } from './evaluation/evaluated-engine.js';
import { fitCoefficients, fittedHalf } from './evaluation/fit.js';
import type { BeirSplit, JudgedSet } from './evaluation/judged-set.js';
import { readJudgedSet } from './evaluation/read-judged-set.js';
import { type EvaluationReport, type ReportOptions, reportOn } from './evaluation/report.js';
import { type UpdateProgress, type UpdateReport, updateLibrary } from './indexing/update-library.js';
import type { Library } from './library/library.js';
import { LibraryWriter } from './library/library-writer.js';
import type { Manifest } from './library/manifest.js';
import { openLanguageComparison } from './reading/language.js';
import { listSourceFiles } from './reading/source-files.js';
import type { Settings } from './settings.js';
import { sha256Hex } from './storage/sha256.js';
import { toUserError } from './storage/storage-errors.js';
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
    throw toUserError(error, settings.indexFolder);
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
      { exitCode: EXIT.nothingIndexed },
    );
  throw new UserError(
    `There are no articles in ${folder}, and ${indexed} are indexed. To forget them all, delete the files library* in ${settings.indexFolder}.`,
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

/** Opens what the bot keeps of people and servers. @throws {UserError} when it cannot be used. */
export function openCommunity({ indexFolder }: Settings): Community {
  try {
    return Community.open(indexFolder);
  } catch (error) {
    throw toUserError(error, indexFolder);
  }
}

function evaluatedAnswering(library: Library, deps: AnsweringDeps): EvaluatedEngine {
  const spansOf = (found: readonly { readonly key: number; readonly score: number }[]): ScoredSpan[] => {
    const scores = new Map(found.map(({ key, score }) => [key, score]));
    return library.passageSpans([...scores.keys()]).map((place) => ({ ...place, score: scores.get(place.key) ?? 0 }));
  };
  // The texts of all articles of a judged set: a few megabytes, asked for with every candidate of every question.
  const articles = new Map<number, { source: string; text: string }>();
  return {
    async ask(question) {
      const { answer, found } = await answerInDetail(question, deps);
      return { answer, found, ranking: fullRanking(found) };
    },
    retrieve: ({ prepared: { text, encoded } }, depth) => ({
      terms: spansOf(library.searchTerms(text, depth, null)),
      vectors: spansOf(library.searchVectors(encoded.vector, depth, null)),
    }),
    article(articleKey) {
      const known = articles.get(articleKey);
      if (known !== undefined) return known;
      const { reference, text } = library.article(articleKey);
      const article = { source: reference.file.replace(/^.*?\.jsonl#/i, ''), text };
      articles.set(articleKey, article);
      return article;
    },
    articleById(id) {
      const key = library.articleKey(id);
      if (key === null) throw new Error(`Article ${id} is cited and not in the library`);
      return this.article(key);
    },
  };
}

export interface EvaluateFolderOptions extends ReportOptions, AppEvents {
  readonly split?: BeirSplit;
  readonly onAsking?: (asked: number, all: number) => void;
}

/** Asks the questions of an evaluation and measures the answers. @throws {UserError} when it cannot be read. */
export async function evaluateFolder(
  path: string,
  settings: Settings,
  options: EvaluateFolderOptions = {},
): Promise<EvaluationReport> {
  const set = await readJudgedSet(path, options.split);
  const answering = await openJudgedSet(set, settings, options);
  try {
    const { thresholds = null } = answering.deps.coefficients ?? {};
    return reportOn(
      set.name,
      await evaluateSet(set, evaluatedAnswering(answering.library, answering.deps), evaluateOptions(options)),
      {
        ...options,
        thresholds,
      },
    );
  } finally {
    await answering.close();
  }
}

function evaluateOptions({ half, onAsking }: EvaluateFolderOptions): EvaluateOptions {
  return { ...(half !== undefined && { half }), ...(onAsking && { onProgress: onAsking }) };
}

/**
 * Fits ranking and decision for the model in use on half 0 of evaluations, and measures them on both halves.
 *
 * @param today `YYYY-MM-DD`.
 */
export async function fitFolders(
  paths: readonly string[],
  settings: Settings,
  today: string,
  events: EvaluateFolderOptions = {},
): Promise<FittedCoefficients> {
  const asked: { set: JudgedSet; halves: readonly (readonly EvaluatedQuestion[])[] }[] = [];
  for (const path of paths) {
    const set = await readJudgedSet(path, events.split);
    const answering = await openJudgedSet(set, settings, events);
    try {
      const evaluated = await evaluateSet(
        set,
        evaluatedAnswering(answering.library, answering.deps),
        evaluateOptions(events),
      );
      const halves = ([0, 1] as const).map((half) => evaluated.filter(({ question }) => question.half === half));
      asked.push({ set, halves });
    } finally {
      await answering.close();
    }
  }
  const coefficients = fitCoefficients(asked.map(({ halves }) => halves[0] ?? []));
  const { id, fingerprint } = await locateModel(settings.model, events.onDownload);
  return {
    model: { id, fingerprint },
    fittedAt: today,
    ...coefficients,
    sets: asked.map(({ set, halves }) => ({
      name: set.name,
      sha256: set.sha256 ?? '',
      halves: halves.map((half, index) => fittedHalf(half, index === 0 ? 'fitting' : 'reporting', coefficients)),
    })),
  };
}

/** Indexes the articles of a judged set in a folder of its own below the index folder, and opens it; unchanged ones stay indexed. */
export async function openJudgedSet(set: JudgedSet, settings: Settings, events: AppEvents = {}): Promise<Engine> {
  const own = await settingsFor(set, settings);
  await indexArticles(own, events);
  return openEngine(own, events);
}

async function settingsFor({ name, bulk, sha256 }: JudgedSet, settings: Settings): Promise<Settings> {
  const evaluations = join(settings.indexFolder, 'evaluation');
  if (bulk === null) {
    const place = sha256Hex(resolve(settings.seedsFolder)).slice(0, 12);
    return { ...settings, indexFolder: join(evaluations, `seeds-${place}`) };
  }
  const folder = join(evaluations, `${name}-${sha256?.slice(0, 12)}`);
  const seedsFolder = join(folder, 'seeds');
  await mkdir(seedsFolder, { recursive: true });
  await writeFile(join(seedsFolder, 'articles.jsonl'), bulk);
  return { ...settings, seedsFolder, indexFolder: folder };
}
