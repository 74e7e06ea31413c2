import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BUNDLED_MODEL_ID } from '../bundled-model.js';
import { systemCode, UserError } from '../user-error.js';

const ONNX_FILE = 'onnx/model_quantized.onnx';
/** The files of a model in the layout of Transformers.js (`@xenova/transformers`). */
const MODEL_FILES = ['config.json', 'tokenizer_config.json', 'tokenizer.json', ONNX_FILE] as const;

const DOWNLOAD_TIMEOUT_MS = 30 * 60 * 1000;

/** A model whose files are all on this machine. */
export interface Model {
  /** Such as `Xenova/all-MiniLM-L6-v2`. */
  readonly id: string;
  /** The folder that contains the model's own folder, `<modelsFolder>/<id>`. */
  readonly modelsFolder: string;
  /** Path of the ONNX file. */
  readonly modelFile: string;
  /**
   * SHA-256 of the tokenizer and the ONNX file, as 64 hexadecimal digits. Vectors can be compared only if their models have the
   * same fingerprint.
   */
  readonly fingerprint: string;
}

/** Which model to use and where to find it. */
export interface ModelSource {
  /** Such as `Xenova/all-MiniLM-L6-v2`. */
  readonly id: string;
  /** The folder that contains the folders of models. */
  readonly modelsFolder: string;
  /** The address that missing models are downloaded from, such as `https://huggingface.co`. */
  readonly hub: string;
}

/** The progress of one file's download. */
export interface DownloadProgress {
  /** Path below the model's folder, such as `onnx/model_quantized.onnx`. */
  readonly file: string;
  readonly bytes: number;
  /** Null if the hub does not say. */
  readonly totalBytes: number | null;
}

/**
 * Finds the files of a model, and downloads them if the model's folder does not exist.
 *
 * @param onProgress Called many times for each downloaded file.
 * @param mayDownload Whether a missing model may be downloaded. If not, it is an error. Default: true.
 * @param signal Stops a download. It then throws the reason of the signal.
 * @throws {UserError} if files are missing or damaged, or the hub cannot be reached or does not have the model.
 */
export async function locateModel(
  source: ModelSource,
  onProgress: (progress: DownloadProgress) => void = () => {},
  mayDownload = true,
  signal?: AbortSignal,
): Promise<Model> {
  const { id, modelsFolder, hub } = source;
  const folder = join(modelsFolder, id);
  if (!existsSync(folder)) {
    if (!mayDownload) {
      throw new UserError(
        `The model ${id} is not in ${modelsFolder} yet. Run \`footnote index\` to download it from ${hub}.`,
      );
    }
    await downloadModel(source, folder, onProgress, signal);
  }
  await checkFiles(id, folder);
  return { id, modelsFolder, modelFile: join(folder, ONNX_FILE), fingerprint: await modelFingerprint(folder) };
}

async function checkFiles(id: string, folder: string): Promise<void> {
  const missing: string[] = [];
  for (const file of MODEL_FILES) {
    const found = await stat(join(folder, file)).catch(() => null);
    if (found === null || found.size === 0) missing.push(file);
  }
  if (missing.length > 0) {
    const files = `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing or empty`;
    throw new UserError(`The model folder ${folder} is incomplete: ${files}. ${restoring(id)}`);
  }
  try {
    JSON.parse(await readFile(join(folder, 'tokenizer.json'), 'utf8'));
  } catch (error) {
    throw new UserError(`The model folder ${folder} is damaged: tokenizer.json is not valid JSON. ${restoring(id)}`, {
      cause: error,
    });
  }
}

/** The remedy for missing or damaged files of a model. */
function restoring(id: string): string {
  return id === BUNDLED_MODEL_ID
    ? 'Restore it with `git checkout -- models`, or delete the folder to download the model again.'
    : 'Delete the folder to download the model again.';
}

async function modelFingerprint(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['tokenizer.json', ONNX_FILE]) {
    for await (const bytes of createReadStream(join(folder, file))) hash.update(bytes as Buffer);
  }
  return hash.digest('hex');
}

/**
 * Downloads into a folder next to the final one and renames it at the end, so that an interrupted download does not leave
 * half a model behind.
 */
async function downloadModel(
  source: ModelSource,
  folder: string,
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const unfinished = `${folder}.unfinished-${process.pid}`;
  try {
    for (const file of MODEL_FILES) {
      const url = `${source.hub.replace(/\/+$/, '')}/${source.id}/resolve/main/${file}`;
      const onBytes = (bytes: number, totalBytes: number | null): void => onProgress({ file, bytes, totalBytes });
      await downloadFile(url, join(unfinished, file), onBytes, signal);
    }
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    signal?.throwIfAborted();
    throw error instanceof UserError ? error : downloadError(source, folder, error);
  }
}

function downloadError({ id, modelsFolder, hub }: ModelSource, folder: string, error: unknown): UserError {
  const code = systemCode(error);
  const message =
    code === 'ENOSPC' || code === 'EACCES' || code === 'EROFS'
      ? `The model ${id} cannot be saved to ${modelsFolder} (${code}). ` +
        'Free some disk space, or set FOOTNOTE_MODELS to a folder that can be written to.'
      : `The model ${id} is not in ${modelsFolder}, and ${hub} cannot be reached (${reasonOf(error)}). ` +
        `Connect to the network and try again, copy its files (${MODEL_FILES.join(', ')}) into ${folder}, ` +
        'or unset FOOTNOTE_MODEL and FOOTNOTE_MODELS to use the bundled model.';
  return new UserError(message, { cause: error });
}

async function downloadFile(
  url: string,
  path: string,
  onBytes: (bytes: number, totalBytes: number | null) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const timeout = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS);
  const response = await fetch(url, { signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]) });
  if (!response.ok || response.body === null) {
    throw new UserError(
      `The hub answered ${response.status} for ${url}. ` +
        'Check FOOTNOTE_MODEL: it must name a model with quantised ONNX files in the layout of Transformers.js.',
    );
  }
  const totalBytes = Number(response.headers.get('content-length')) || null;
  let bytes = 0;
  await mkdir(dirname(path), { recursive: true });
  await pipeline(
    Readable.fromWeb(response.body),
    new Transform({
      transform(received: Buffer, _encoding, done) {
        bytes += received.length;
        onBytes(bytes, totalBytes);
        done(null, received);
      },
    }),
    createWriteStream(path),
  );
}

/** The reason of a failed download. `fetch` itself only says "fetch failed" and hides the reason in `cause`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? (systemCode(error.cause) ?? error.cause.message) : error.message;
}
