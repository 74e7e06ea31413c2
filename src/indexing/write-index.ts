import { LibraryWriter } from '../library/library-writer.js';
import type { ExpectedModel, Manifest } from '../library/manifest.js';
import type { RemovedDamage } from '../library/repair.js';
import type { SourceListing } from '../reading/source-files.js';
import { toUserError } from '../storage/storage-errors.js';
import { EXIT, UserError } from '../user-error.js';
import type { PassageEmbedder } from './embed-article.js';
import { type Stopping, stoppingBy } from './stopping.js';
import { type UpdateProgress, type UpdateReport, updateLibrary } from './update-library.js';

/** An embedding model that is running. */
export interface OpenedEmbedder {
  readonly embedder: PassageEmbedder & { close(): Promise<void> };
  /** The model, rotation and centre that its embeddings are made with. */
  readonly manifest: Manifest;
}

/** The index to write, its source files and its model. */
export interface WriteRequest {
  readonly indexFolder: string;
  /** The files or folders that were listed, for messages. */
  readonly paths: readonly string[];
  readonly listing: SourceListing;
  /** Whether there is nothing to index, which more often means an unmounted disk than a wish to delete everything. Default: no files. */
  readonly isEmpty?: boolean;
  /** Whether an article stays although its file is not in the listing. Default: none does. */
  readonly keeps?: (file: string) => boolean;
  readonly model: ExpectedModel;
  /**
   * Starts the embedding model. Called at most once, when the first article has to be embedded.
   *
   * @param known The manifest of the library, or null if it is new.
   * @throws the reason of `signal`, if the model was still starting when it was aborted.
   */
  readonly openEmbedder: (known: Manifest | null) => Promise<OpenedEmbedder>;
  /** Builds a new index, which replaces the current one when it is complete. Default: false. */
  readonly rebuild?: boolean;
  /**
   * Stops it within a few seconds: articles that are nearly embedded and stored are finished, and the rest is given up. Work done by
   * then is kept. Only three things are waited for, which take longer in a large library: its upgrade from an earlier version,
   * SQLite's check of the whole file after damage was found, and a snapshot that is being written.
   */
  readonly signal?: AbortSignal;
  /** Called with what the operator should know. One line each. */
  readonly onNotice?: (notice: string) => void;
  readonly onProgress?: (progress: UpdateProgress) => void;
  /** Called while the vector index is being built, with the share of the passages that are in it, 0 to 1. */
  readonly onGraph?: (share: number) => void;
}

/**
 * Brings an index up to date with its source files. It owns the {@link LibraryWriter} from open to close, so no caller
 * needs to know the order of its steps.
 *
 * @throws {UserError} if there is nothing to index, the index cannot be written, or a rebuild was stopped.
 */
export async function writeIndex(request: WriteRequest): Promise<UpdateReport> {
  const { indexFolder, rebuild = false } = request;
  const writer = LibraryWriter.open(indexFolder, { rebuild, now: new Date() });
  const stopping = stoppingBy(request.signal);
  try {
    const { articles } = writer.counts();
    reportTakeover(writer, articles, request);
    if (!request.signal?.aborted) refuseEmptySources(articles, request);
    const updated = await update(writer, request, stopping);
    if (rebuild) refuseIncomplete(updated, indexFolder);
    const isFinished = await finish(writer, request, stopping);
    const report = { ...updated, interrupted: updated.interrupted || !isFinished };
    if (rebuild) refuseIncomplete(report, indexFolder);
    if (!report.interrupted) await writer.publish();
    return report;
  } catch (error) {
    throw toUserError(error, indexFolder);
  } finally {
    stopping.end();
    writer.close();
  }
}

function reportTakeover({ takenOverFrom }: LibraryWriter, indexed: number, { onNotice }: WriteRequest): void {
  if (takenOverFrom === null || indexed === 0) return;
  onNotice?.(
    `Process ${takenOverFrom.pid} started indexing at ${takenOverFrom.startedAt} but did not finish; picking up where it left off.`,
  );
}

function refuseEmptySources(
  indexed: number,
  { listing, paths, indexFolder, isEmpty = listing.files.length + listing.unseen.length === 0 }: WriteRequest,
): void {
  if (!isEmpty) return;
  const folder = paths.join(', ');
  if (indexed === 0) {
    throw new UserError(
      `There are no articles in ${folder}. Put .txt, .md, .html or .jsonl files into it, then run \`footnote index\`.`,
      { exitCode: EXIT.nothingIndexed },
    );
  }
  throw new UserError(
    `There are no articles in ${folder}, but ${indexed} are indexed. To remove them all, delete the files library* in ${indexFolder}.`,
  );
}

/** Updates the library. The embedding model is started when it is first needed, and always stopped. */
async function update(writer: LibraryWriter, request: WriteRequest, stopping: Stopping): Promise<UpdateReport> {
  const { listing, model, onProgress, onNotice } = request;
  const known = writer.manifestFor(model);
  const { articles: damaged, searchTables } = await removeDamaged(writer, stopping);
  if (searchTables) onNotice?.('The full-text tables were damaged in the index and have been written again.');
  let starting: Promise<OpenedEmbedder['embedder']> | undefined;
  const openEmbedder = (): Promise<PassageEmbedder> => {
    starting ??= startEmbedder(writer, known, request);
    return starting;
  };
  try {
    return await updateLibrary({
      writer,
      listing,
      damaged,
      keeps: request.keeps,
      openEmbedder,
      stopping,
      ...(onProgress && { onProgress }),
    });
  } finally {
    // If it could not be started, there is nothing to stop.
    const embedder = await starting?.catch(() => null);
    await embedder?.close();
  }
}

/** Nothing is removed if it is stopped before the end. */
async function removeDamaged(writer: LibraryWriter, { signal }: Stopping): Promise<RemovedDamage> {
  try {
    return await writer.removeDamaged(signal);
  } catch (error) {
    if (!signal?.aborted || error !== signal.reason) throw error;
    return { articles: [], searchTables: false };
  }
}

/** Starts the embedding model and records in a new library what its embeddings will be made with. */
async function startEmbedder(
  writer: LibraryWriter,
  known: Manifest | null,
  { openEmbedder }: WriteRequest,
): Promise<OpenedEmbedder['embedder']> {
  const { embedder, manifest } = await openEmbedder(known);
  try {
    if (known === null) writer.begin(manifest);
    return embedder;
  } catch (error) {
    await embedder.close();
    throw error;
  }
}

/** A rebuild replaces the current index only if it read everything and found something. */
function refuseIncomplete({ interrupted, passages }: UpdateReport, indexFolder: string): void {
  if (!interrupted && passages > 0) return;
  const reason = interrupted ? 'The rebuild was stopped' : 'Nothing could be indexed';
  throw new UserError(`${reason}: the index in ${indexFolder} was left as it was.`);
}

/** Writes what readers compare and search the articles with. Returns false if it was stopped before the end. */
async function finish(
  writer: LibraryWriter,
  { model, onNotice, onGraph }: WriteRequest,
  { deadline }: Stopping,
): Promise<boolean> {
  try {
    await writer.sealSearchTables(deadline);
    const manifest = writer.manifestFor(model);
    if (manifest === null) return true;
    const problem = await writer.saveSnapshot(manifest.dimensions, onGraph, deadline);
    if (problem !== null) onNotice?.(`The vector snapshot could not be used (${problem}), so it was rebuilt.`);
    return true;
  } catch (error) {
    if (!deadline.aborted || error !== deadline.reason) throw error;
    return false;
  }
}
