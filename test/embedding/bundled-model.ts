import { spawn } from 'node:child_process';
import { text as readAll } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { BUNDLED_MODEL_ID } from '../../src/bundled-model.js';
import { Embedder, type EmbedderOptions } from '../../src/embedding/embedder.js';
import { locateModel, type Model } from '../../src/embedding/model.js';
import { requireBuild } from '../build.js';

/** The folder of the repository that contains the bundled model's folder. */
export const MODELS_FOLDER = fileURLToPath(new URL('../../models', import.meta.url));
export const MODEL_ID = BUNDLED_MODEL_ID;
/** The number of values in a vector of the bundled model. */
export const DIMENSIONS = 384;

/** Nothing listens at this address: the bundled model needs no network. */
const NO_HUB = 'http://127.0.0.1:9';

/** Locates the bundled model, or a copy of it in another folder or under another id. */
export function bundledModel(modelsFolder = MODELS_FOLDER, id = MODEL_ID): Promise<Model> {
  return locateModel({ id, modelsFolder, hub: NO_HUB });
}

/** Opens an embedder with the bundled model: one worker and no centre unless the options say otherwise. */
export async function openBundled(options: Partial<EmbedderOptions> = {}): Promise<Embedder> {
  requireBuild();
  return Embedder.open({ model: await bundledModel(), centre: null, rotationSeed: 1, workers: 1, ...options });
}

/** The output of the stock pipeline. */
export interface StockResult {
  /** The embedding of each text, mean pooled and normalised. */
  readonly vectors: readonly (readonly number[])[];
  /** For each list of token ids, the last hidden state of every token. */
  readonly windows: readonly (readonly (readonly number[])[])[];
}

/** Runs the stock pipeline of `@xenova/transformers` on texts and on lists of token ids. */
export async function runStockPipeline(input: {
  readonly texts?: readonly string[];
  readonly windows?: readonly (readonly number[])[];
}): Promise<StockResult> {
  const script = fileURLToPath(new URL('./stock-pipeline.mjs', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ modelsFolder: MODELS_FOLDER, ...input }));
  return JSON.parse(await readAll(child.stdout)) as StockResult;
}
