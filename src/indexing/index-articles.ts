import { type DownloadProgress, locateModel, type ModelSource } from '../embedding/model.js';
import { listSourceFiles } from '../reading/source-files.js';
import { UserError } from '../user-error.js';
import { openModelEmbedder } from './model-embedder.js';
import type { UpdateProgress, UpdateReport } from './update-library.js';
import { writeIndex } from './write-index.js';

const STOPPED_EARLY = 'Stopped early: run it again to continue.';

/** The articles to index, the folder of the index and the model. */
export interface IndexRequest {
  /** Files or folders of articles. */
  readonly paths: readonly string[];
  /** The folder of the index. It is created if it does not exist. */
  readonly indexFolder: string;
  /** The embedding model. It is downloaded if it is not on this machine. */
  readonly model: ModelSource;
  /** Processes that run the model, each with its own copy of it (about 130 MB for the bundled one). */
  readonly workers: number;
  /** Builds a new index, which replaces the current one when it is complete. Default: false. */
  readonly rebuild?: boolean;
  /** Stops it within a few seconds, wherever it is. Work done by then is kept. */
  readonly signal?: AbortSignal;
  /** Called with what the operator should know. One line each. */
  readonly onNotice?: (notice: string) => void;
  /** Called while the model is being downloaded. */
  readonly onDownload?: (progress: DownloadProgress) => void;
  /** Called whenever a file has been read or an article stored. */
  readonly onProgress?: (progress: UpdateProgress) => void;
  /** Called while the vector index is being built, with the share of the passages that are in it, 0 to 1. */
  readonly onGraph?: (share: number) => void;
}

/** The outcome of an update and its duration. */
export interface IndexReport extends UpdateReport {
  readonly seconds: number;
}

/**
 * Indexes articles: reads the source files, embeds what is new or has changed, removes articles whose source is gone,
 * and saves the vector snapshot.
 *
 * @throws {UserError} if there is nothing to index, the model cannot be used, the index cannot be written, or a rebuild
 *   was stopped.
 */
export async function indexArticles(request: IndexRequest): Promise<IndexReport> {
  const startedAt = performance.now();
  const { paths, workers, signal, onDownload, onNotice = () => {} } = request;
  const listing = await listSourceFiles(paths, signal);
  const model = await locateModel(request.model, onDownload, true, signal).catch((error: unknown) => {
    throw signal?.aborted && error === signal.reason ? new UserError(STOPPED_EARLY) : error;
  });
  const report = await writeIndex({
    ...request,
    listing,
    model,
    openEmbedder: (known) => openModelEmbedder(known, { model, workers, onNotice, signal }),
  });
  return { ...report, seconds: (performance.now() - startedAt) / 1000 };
}
