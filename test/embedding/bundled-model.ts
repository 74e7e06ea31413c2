import { spawn } from 'node:child_process';
import { text as readAll } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Embedder, type EmbedderOptions } from '../../src/embedding/embedder.js';
import { locateModel, type Model } from '../../src/embedding/model.js';

export const MODELS_FOLDER = fileURLToPath(new URL('../../models', import.meta.url));
export const MODEL_ID = 'Xenova/all-MiniLM-L6-v2';
export const DIMENSIONS = 384;

/** An address where nobody answers: the bundled model needs no network. */
const NO_HUB = 'http://127.0.0.1:9';

export function bundledModel(modelsFolder = MODELS_FOLDER, id = MODEL_ID): Promise<Model> {
  return locateModel({ id, modelsFolder, hub: NO_HUB });
}

export async function openBundled(options: Partial<EmbedderOptions> = {}): Promise<Embedder> {
  return Embedder.open({ model: await bundledModel(), centre: null, rotationSeed: 1, workers: 1, ...options });
}

export interface StockResult {
  /** Of each text, mean pooled and normalised. */
  readonly vectors: readonly (readonly number[])[];
  /** Of each list of token ids the last hidden state of every token. */
  readonly windows: readonly (readonly (readonly number[])[])[];
}

/** What the stock pipeline of `@xenova/transformers` makes of texts and of token ids. */
export async function runStockPipeline(input: {
  readonly texts?: readonly string[];
  readonly windows?: readonly (readonly number[])[];
}): Promise<StockResult> {
  const script = fileURLToPath(new URL('./stock-pipeline.mjs', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ modelsFolder: MODELS_FOLDER, ...input }));
  return JSON.parse(await readAll(child.stdout)) as StockResult;
}
