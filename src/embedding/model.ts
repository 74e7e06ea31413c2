import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemCode, UserError } from '../user-error.js';

/** The files that make a model in the layout of `@xenova/transformers`. */
const MODEL_FILES = ['config.json', 'tokenizer_config.json', 'tokenizer.json', 'onnx/model_quantized.onnx'] as const;
const ONNX_FILE = 'onnx/model_quantized.onnx';

/** A model whose files lie complete on this machine. */
export interface Model {
  readonly id: string;
  readonly modelsFolder: string;
  readonly modelFile: string;
  /** SHA-256 over the model and its tokenizer: vectors of two fingerprints cannot be compared. */
  readonly fingerprint: string;
}

export interface ModelSource {
  /** Such as `Xenova/all-MiniLM-L6-v2`. */
  readonly id: string;
  readonly modelsFolder: string;
  /** Where models that are not on this machine come from, such as `https://huggingface.co`. */
  readonly hub: string;
}

export interface DownloadProgress {
  readonly file: string;
  readonly bytes: number;
  /** Null when the hub does not say. */
  readonly totalBytes: number | null;
}

/**
 * Finds the model's files, and fetches them from the hub when its folder does not exist.
 *
 * @param mayFetch Whether a model that is not there may be fetched; else it is an error.
 *
 * @throws {UserError} when the folder is incomplete, or the hub cannot be reached or does not have the model.
 */
export async function locateModel(
  source: ModelSource,
  onProgress: (progress: DownloadProgress) => void = () => {},
  mayFetch = true,
): Promise<Model> {
  const folder = join(source.modelsFolder, source.id);
  if (!existsSync(folder)) {
    if (!mayFetch)
      throw new UserError(
        `The model ${source.id} is not in ${source.modelsFolder}; it is fetched from ${source.hub} at the first start.`,
      );
    await downloadModel(source, folder, onProgress);
  }
  await checkComplete(source.id, folder);
  return {
    id: source.id,
    modelsFolder: source.modelsFolder,
    modelFile: join(folder, ONNX_FILE),
    fingerprint: await fingerprintOf(folder),
  };
}

async function checkComplete(id: string, folder: string): Promise<void> {
  const missing: string[] = [];
  for (const file of MODEL_FILES) {
    const found = await stat(join(folder, file)).catch(() => null);
    if (found === null || found.size === 0) missing.push(file);
  }
  if (missing.length > 0) {
    throw new UserError(
      `The model folder ${folder} is incomplete: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing or empty. ` +
        (id === 'Xenova/all-MiniLM-L6-v2'
          ? 'Restore it with: git checkout -- models'
          : 'Delete the folder to have the model fetched anew.'),
    );
  }
  try {
    JSON.parse(await readFile(join(folder, 'tokenizer.json'), 'utf8'));
  } catch (error) {
    throw new UserError(
      `The model folder ${folder} is damaged: tokenizer.json is not JSON. Restore or delete the folder.`,
      { cause: error },
    );
  }
}

async function fingerprintOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['tokenizer.json', ONNX_FILE]) {
    for await (const part of createReadStream(join(folder, file))) hash.update(part as Buffer);
  }
  return hash.digest('hex');
}

/** Fetches into a folder beside, and renames that at the end: a broken download leaves no half model. */
async function downloadModel(
  source: ModelSource,
  folder: string,
  onProgress: (progress: DownloadProgress) => void,
): Promise<void> {
  const unfinished = `${folder}.unfinished-${process.pid}`;
  try {
    for (const file of MODEL_FILES) {
      const url = `${source.hub.replace(/\/+$/, '')}/${source.id}/resolve/main/${file}`;
      await download(url, join(unfinished, file), (bytes, totalBytes) => onProgress({ file, bytes, totalBytes }));
    }
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (error instanceof UserError) throw error;
    const code = systemCode(error);
    if (code === 'ENOSPC' || code === 'EACCES' || code === 'EROFS') {
      throw new UserError(
        `The model ${source.id} cannot be written to ${source.modelsFolder} (${code}). Free space or set FOOTNOTE_MODELS to a folder that can be written.`,
        { cause: error },
      );
    }
    throw new UserError(
      `The model ${source.id} is not in ${source.modelsFolder}, and ${source.hub} cannot be reached (${reasonOf(error)}). ` +
        `Connect to the network and start again, put its files (${MODEL_FILES.join(', ')}) into ${folder}, or unset FOOTNOTE_MODEL and FOOTNOTE_MODELS to use the bundled model.`,
      { cause: error },
    );
  }
}

async function download(
  url: string,
  path: string,
  onBytes: (bytes: number, totalBytes: number | null) => void,
): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30 * 60 * 1000) });
  if (!response.ok || response.body === null) {
    throw new UserError(
      `The hub answered ${response.status} for ${url}. Check the name in FOOTNOTE_MODEL: it must be a model with quantised ONNX files in the layout of transformers.js.`,
    );
  }
  const totalBytes = Number(response.headers.get('content-length')) || null;
  let bytes = 0;
  await mkdir(dirname(path), { recursive: true });
  await pipeline(
    Readable.fromWeb(response.body),
    new Transform({
      transform(part: Buffer, _encoding, done) {
        bytes += part.length;
        onBytes(bytes, totalBytes);
        done(null, part);
      },
    }),
    createWriteStream(path),
  );
}

/** fetch hides the reason in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? (systemCode(error.cause) ?? error.cause.message) : error.message;
}
