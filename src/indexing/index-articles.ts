import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DownloadProgress, locateModel, type ModelSource } from '../embedding/model.js';
import { isAddedFile, listSourceFiles, type SourceListing } from '../reading/source-files.js';
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
  /**
   * Indexes only what people have added in Discord, which is kept below the index folder. Default: false, for that and everything else.
   */
  readonly addedOnly?: boolean;
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
  const { paths, indexFolder, workers, signal, addedOnly = false, onDownload, onNotice = () => {} } = request;
  const added = await listAdded(indexFolder, signal);
  const seeds = addedOnly ? null : withoutAdded(await listSourceFiles(paths, signal));
  const model = await locateModel(request.model, onDownload, true, signal).catch((error: unknown) => {
    throw signal?.aborted && error === signal.reason ? new UserError(STOPPED_EARLY) : error;
  });
  const report = await writeIndex({
    ...request,
    listing: seeds === null ? added : joinListings(seeds, added),
    isEmpty: seeds !== null && seeds.files.length + seeds.unseen.length === 0,
    keeps: (file) => addedOnly && !isAddedFile(file),
    model,
    openEmbedder: (known) => openModelEmbedder(known, { model, workers, onNotice, signal }),
  });
  return { ...report, seconds: (performance.now() - startedAt) / 1000 };
}

/** The folder below the index folder in which what people have added is kept: a folder for each server, with `@` before its id. */
export const ADDED_FOLDER = 'added';

const NOTHING: SourceListing = { files: [], collectionFiles: [], skipped: [], unseen: [] };

async function listAdded(indexFolder: string, signal?: AbortSignal): Promise<SourceListing> {
  const folder = join(indexFolder, ADDED_FOLDER);
  if (!existsSync(folder)) return NOTHING;
  const listing = await listSourceFiles([folder], signal);
  return { ...listing, files: listing.files.filter(({ file }) => isAddedFile(file)) };
}

/** A folder of the seeds must not pass for what people have added in a server. */
function withoutAdded({ files, collectionFiles, skipped, unseen }: SourceListing): SourceListing {
  const refused = files.filter(({ file }) => isAddedFile(file));
  const reason = 'names of folders that begin with @ are reserved for what people add in Discord: rename it';
  return {
    files: files.filter((one) => !refused.includes(one)),
    collectionFiles: collectionFiles.filter(({ file }) => !isAddedFile(file)),
    skipped: [...skipped, ...refused.map(({ file }) => ({ file, reason }))],
    unseen,
  };
}

function joinListings(one: SourceListing, other: SourceListing): SourceListing {
  return {
    files: [...one.files, ...other.files],
    collectionFiles: [...one.collectionFiles, ...other.collectionFiles],
    skipped: [...one.skipped, ...other.skipped],
    unseen: [...one.unseen, ...other.unseen],
  };
}
