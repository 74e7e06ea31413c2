import { once } from 'node:events';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { locateModel } from '../../src/embedding/model.js';
import { UserError } from '../../src/user-error.js';
import { runFootnote } from '../library/footnote-process.js';
import { writeArticle } from '../library/made-up-articles.js';
import { temporaryFolder } from '../library/temporary-folder.js';
import { bundledModel, MODEL_ID, MODELS_FOLDER } from './bundled-model.js';

const FILES = ['config.json', 'tokenizer_config.json', 'tokenizer.json', 'onnx/model_quantized.onnx'];

let models: string;

beforeEach(() => {
  models = temporaryFolder();
});

test('the bundled model is complete and its fingerprint is stable', async () => {
  const model = await bundledModel();
  expect(model.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect((await bundledModel()).fingerprint).toBe(model.fingerprint);
});

test('the fingerprint depends on the tokenizer and the weights but not on the configuration', async () => {
  const fingerprintWith = async (file: string): Promise<string> => {
    const copy = temporaryFolder();
    cpSync(MODELS_FOLDER, copy, { recursive: true });
    appendFileSync(join(copy, MODEL_ID, file), '\n');
    return (await bundledModel(copy)).fingerprint;
  };
  const { fingerprint } = await bundledModel();
  expect(await fingerprintWith('config.json')).toBe(fingerprint);
  expect(await fingerprintWith('tokenizer.json')).not.toBe(fingerprint);
  expect(await fingerprintWith('onnx/model_quantized.onnx')).not.toBe(fingerprint);
});

test('an incomplete folder is refused: the message names the missing files and says what to do', async () => {
  copyModel(MODEL_ID);
  rmSync(join(models, MODEL_ID, 'tokenizer.json'));
  truncateSync(join(models, MODEL_ID, 'onnx/model_quantized.onnx'), 0);
  await expectUserError(
    bundledModel(models),
    `The model folder ${join(models, MODEL_ID)} is incomplete: tokenizer.json, onnx/model_quantized.onnx are missing or empty. ` +
      'Restore it with `git checkout -- models`, or delete the folder to download the model again.',
  );
});

test('if a downloaded model is incomplete, the message says to download it again', async () => {
  copyModel('test/other');
  rmSync(join(models, 'test/other/config.json'));
  await expectUserError(
    bundledModel(models, 'test/other'),
    'config.json is missing or empty. Delete the folder to download the model again.',
  );
});

test('a truncated tokenizer is reported as damaged', async () => {
  copyModel(MODEL_ID);
  truncateSync(join(models, MODEL_ID, 'tokenizer.json'), 1000);
  await expectUserError(
    bundledModel(models),
    `The model folder ${join(models, MODEL_ID)} is damaged: tokenizer.json is not valid JSON. ` +
      'Restore it with `git checkout -- models`, or delete the folder to download the model again.',
  );
});

test('`footnote index` with an incomplete model exits with code 1 and prints only the message', async () => {
  copyModel(MODEL_ID);
  rmSync(join(models, MODEL_ID, 'onnx/model_quantized.onnx'));
  const { code, stderr } = await indexWith(models);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The model folder .* is incomplete: onnx\/model_quantized\.onnx is missing or empty\. .*\n$/);
});

// This happens when a clone is interrupted, or when git-lfs leaves a pointer in place of the file.
test('truncated weights are reported as damaged, with advice', async () => {
  copyModel(MODEL_ID);
  truncateSync(join(models, MODEL_ID, 'onnx/model_quantized.onnx'), 10_000_000);
  const { code, stderr } = await indexWith(models);
  expect(code).toBe(1);
  expect(stderr).toContain(join(models, MODEL_ID));
  expect(stderr).toContain('damaged');
  expect(stderr).not.toMatch(/^\s+at |Error:/m);
});

test('a missing model that cannot be downloaded is refused, and the message lists what can be done', async () => {
  await expectUserError(
    locateModel({ id: 'test/other', modelsFolder: models, hub: 'http://127.0.0.1:9' }),
    /The model test\/other is not in .*, and http:\/\/127\.0\.0\.1:9 cannot be reached \(.+\)\. Connect to the network and try again, copy its files \(config\.json, .*\) into .*, or unset FOOTNOTE_MODEL and FOOTNOTE_MODELS to use the bundled model\./,
  );
  expect(readdirSync(models, { recursive: true })).not.toContain(join('test', 'other'));
});

test('a missing model is downloaded from the hub, file by file, with progress', async () => {
  const hub = await startHub();
  const progress = new Map<string, number>();
  const model = await locateModel({ id: 'test/other', modelsFolder: models, hub }, ({ file, bytes, totalBytes }) => {
    progress.set(file, bytes);
    expect(bytes).toBeLessThanOrEqual(totalBytes ?? 0);
  });
  expect([...progress.keys()]).toEqual(FILES);
  expect(model.fingerprint).toBe((await bundledModel()).fingerprint);
  for (const file of FILES) {
    const copied = readFileSync(join(models, 'test/other', file));
    expect(copied.equals(readFileSync(join(MODELS_FOLDER, MODEL_ID, file))), file).toBe(true);
    expect(progress.get(file)).toBe(copied.length);
  }
});

test('an interrupted download leaves no partial model behind, and the next one succeeds', async () => {
  const unreliable = await startHub({ cutOffAt: 'onnx/model_quantized.onnx' });
  await expectUserError(locateModel({ id: 'test/other', modelsFolder: models, hub: unreliable }), 'cannot be reached');
  expect(readdirSync(join(models, 'test'))).toEqual([]);
  const model = await locateModel({ id: 'test/other', modelsFolder: models, hub: await startHub() });
  expect(model.id).toBe('test/other');
});

test('a model that the hub does not have is refused: the message names the setting', async () => {
  await expectUserError(
    locateModel({ id: 'test/none', modelsFolder: models, hub: await startHub() }),
    /The hub answered 404 for .*\/test\/none\/resolve\/main\/config\.json\. Check FOOTNOTE_MODEL: /,
  );
});

function copyModel(id: string): void {
  mkdirSync(join(models, id), { recursive: true });
  cpSync(join(MODELS_FOLDER, MODEL_ID), join(models, id), { recursive: true });
}

function indexWith(modelsFolder: string): ReturnType<typeof runFootnote> {
  const folder = temporaryFolder();
  writeArticle(folder, 'seeds/island.md', 'The ferry to the northern island leaves every morning at half past seven.');
  return runFootnote(['--seeds', join(folder, 'seeds'), '--index', join(folder, 'index'), 'index'], {
    env: { FOOTNOTE_MODELS: modelsFolder },
  });
}

async function expectUserError(promise: Promise<unknown>, message: string | RegExp): Promise<void> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).message).toMatch(message);
}

/** Starts a hub on this machine that serves the bundled model under another name. */
async function startHub({ cutOffAt = '' } = {}): Promise<string> {
  const server = createServer((request, response) => {
    const file = /^\/test\/other\/resolve\/main\/(.+)$/.exec(request.url ?? '')?.[1];
    if (file === undefined || !FILES.includes(file)) {
      response.writeHead(404).end();
      return;
    }
    const content = readFileSync(join(MODELS_FOLDER, MODEL_ID, file));
    response.writeHead(200, { 'content-length': content.length });
    if (file === cutOffAt) response.write(content.subarray(0, 100_000), () => response.destroy());
    else response.end(content);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The hub has no port');
  return `http://127.0.0.1:${address.port}`;
}
