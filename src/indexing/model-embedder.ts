import { Embedder } from '../embedding/embedder.js';
import type { Model } from '../embedding/model.js';
import { centreFor } from '../embedding/token-centre.js';
import { CENTRE_SAMPLE } from '../embedding/token-centre-sample.js';
import type { Manifest } from '../library/manifest.js';
import type { OpenedEmbedder } from './write-index.js';

/** The seed of the random rotation of a new library. Any number would do, but it must never change within a library. */
const ROTATION_SEED = 1;

/** The model to run, and in how many processes. */
export interface ModelEmbedderOptions {
  readonly model: Model;
  /** Processes that run the model, each with its own copy of it (about 130 MB for the bundled one). */
  readonly workers: number;
  /** Called when a process died and is replaced. */
  readonly onNotice: (notice: string) => void;
  /** Stops it while it starts. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts the embedding model.
 *
 * @param known The manifest of the library, or null if it is new. The centre of a new library is the stored one for the
 * bundled model; for any other it is measured first, in a process of its own.
 * @throws {UserError} if the model cannot be loaded.
 * @throws the reason of the signal, if it was stopped.
 */
export async function openModelEmbedder(
  known: Manifest | null,
  { model, workers, onNotice, signal }: ModelEmbedderOptions,
): Promise<OpenedEmbedder> {
  const onWorkerLost = (reason: string): void => onNotice(`${reason}; starting another one.`);
  const rotationSeed = known?.rotationSeed ?? ROTATION_SEED;
  const centre = known?.centre ?? centreFor(model.fingerprint) ?? (await measureCentre(model, onWorkerLost, signal));
  const embedder = await Embedder.open({ model, centre, rotationSeed, workers, onWorkerLost, signal });
  const manifest = known ?? {
    modelId: model.id,
    modelFingerprint: model.fingerprint,
    dimensions: embedder.dimensions,
    rotationSeed,
    centre,
    createdAt: new Date().toISOString(),
  };
  return { embedder, manifest };
}

async function measureCentre(
  model: Model,
  onWorkerLost: (reason: string) => void,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const start = { model, centre: null, rotationSeed: ROTATION_SEED, workers: 1, onWorkerLost, signal };
  const embedder = await Embedder.open(start);
  try {
    return await embedder.measureCentre(CENTRE_SAMPLE);
  } finally {
    await embedder.close();
  }
}
