import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BUNDLED_MODELS, SMALL_SEEDS, Workspace } from './workspace.js';

const BUNDLED = 'Xenova/all-MiniLM-L6-v2';
const OTHER = 'Somebody/other-model';

let workspace: Workspace;
let models: string;

beforeEach(() => {
  workspace = new Workspace({ 'bridge.txt': SMALL_SEEDS['bridge.txt'] ?? '' });
  models = mkdtempSync(join(tmpdir(), 'footnote-models-'));
});

afterEach(() => {
  workspace.remove();
  rmSync(models, { recursive: true, force: true });
});

/** What a hub sends for a file: these bytes, "not found", or some bytes and then nothing. */
type Responder = (file: string, content: Buffer) => Buffer | 'missing' | 'cut off';

/** A hub on this machine that serves the bundled model's files under another name. */
class Hub {
  readonly requests: string[] = [];
  readonly #server: Server;

  private constructor(respond: Responder) {
    this.#server = createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? '');
      this.requests.push(path);
      const file = path.startsWith(`/${OTHER}/resolve/main/`) ? path.slice(`/${OTHER}/resolve/main/`.length) : '';
      const source = join(BUNDLED_MODELS, BUNDLED, file);
      const content = file !== '' && existsSync(source) ? respond(file, readFileSync(source)) : 'missing';
      if (content === 'missing') {
        response.writeHead(404).end();
      } else if (content === 'cut off') {
        response.writeHead(200, { 'content-length': 1000 }).write('half');
        setTimeout(() => response.destroy(), 50);
      } else {
        response.writeHead(200, { 'content-length': content.length }).end(content);
      }
    });
  }

  static async start(respond: Responder = (_, content) => content): Promise<Hub> {
    const hub = new Hub(respond);
    await new Promise<void>((resolve) => hub.#server.listen(0, '127.0.0.1', resolve));
    return hub;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const withModel = (hub: string): Record<string, string> => ({
  FOOTNOTE_MODELS: models,
  FOOTNOTE_MODEL: OTHER,
  FOOTNOTE_HUB: hub,
});

describe('a model folder', () => {
  test('that is incomplete: the message names the missing files and says what to do', async () => {
    cpSync(join(BUNDLED_MODELS, BUNDLED), join(models, BUNDLED), { recursive: true });
    rmSync(join(models, BUNDLED, 'tokenizer.json'));
    truncateSync(join(models, BUNDLED, 'onnx', 'model_quantized.onnx'), 0);
    const { code, stdout, stderr } = await workspace.footnote(['index'], { env: { FOOTNOTE_MODELS: models } });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `The model folder ${join(models, BUNDLED)} is incomplete: tokenizer.json, onnx/model_quantized.onnx are missing or empty. Restore it with \`git checkout -- models\`, or delete the folder to download the model again.\n`,
    );
  });

  test('with a damaged tokenizer: the message names it', async () => {
    cpSync(join(BUNDLED_MODELS, BUNDLED), join(models, BUNDLED), { recursive: true });
    truncateSync(join(models, BUNDLED, 'tokenizer.json'), 1000);
    const { code, stderr } = await workspace.footnote(['index'], { env: { FOOTNOTE_MODELS: models } });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /is damaged: tokenizer\.json is not valid JSON\. Restore it with `git checkout -- models`, or delete the folder to download the model again\.\n$/,
    );
  });

  test('with a damaged network: the message names the model, without a stack trace', async () => {
    cpSync(join(BUNDLED_MODELS, BUNDLED), join(models, BUNDLED), { recursive: true });
    truncateSync(join(models, BUNDLED, 'onnx', 'model_quantized.onnx'), 1_000_000);
    const { code, stderr } = await workspace.footnote(['index'], { env: { FOOTNOTE_MODELS: models } });
    expect(code).toBe(1);
    expect(stderr).not.toContain('    at ');
    expect(stderr).toMatch(/model/);
  });
});

describe('a model that has to be downloaded', () => {
  test('is downloaded from the hub once, then used without it', async () => {
    await using hub = await Hub.start();
    const { code, stderr } = await workspace.footnote(['index'], { env: withModel(hub.address) });
    expect(code, stderr).toBe(0);
    expect(hub.requests).toEqual(
      ['config.json', 'tokenizer_config.json', 'tokenizer.json', 'onnx/model_quantized.onnx'].map(
        (file) => `/${OTHER}/resolve/main/${file}`,
      ),
    );
    expect(readdirSync(join(models, 'Somebody'))).toEqual(['other-model']);
    const asked = await workspace.footnote(['ask', 'What colour was the bridge painted?'], {
      env: withModel('http://127.0.0.1:1'),
    });
    expect(asked.code, asked.stderr).toBe(0);
    expect(asked.stdout).toContain('signal blue');
  });

  test('from a hub that cannot be reached: the message says what to do', async () => {
    const { code, stdout, stderr } = await workspace.footnote(['index'], { env: withModel('http://127.0.0.1:1') });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      new RegExp(
        `^The model ${OTHER} is not in ${models}, and http://127\\.0\\.0\\.1:1 cannot be reached \\(.+\\)\\. Connect to the network`,
      ),
    );
    expect(stderr).toContain('unset FOOTNOTE_MODEL and FOOTNOTE_MODELS to use the bundled model.');
    expect(stderr).not.toContain('    at ');
  });

  test('that the hub does not have: the message says to check the name', async () => {
    await using hub = await Hub.start((file, content) => (file.endsWith('.onnx') ? 'missing' : content));
    const { code, stdout, stderr } = await workspace.footnote(['index'], { env: withModel(hub.address) });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `The hub answered 404 for ${hub.address}/${OTHER}/resolve/main/onnx/model_quantized.onnx. Check FOOTNOTE_MODEL: it must name a model with quantised ONNX files in the layout of Transformers.js.\n`,
    );
    expect(existsSync(join(models, 'Somebody')) ? readdirSync(join(models, 'Somebody')) : []).toEqual([]);
  });

  test('from a hub that drops the connection: no partial model is left behind', async () => {
    await using hub = await Hub.start((file, content) => (file === 'tokenizer.json' ? 'cut off' : content));
    const { code, stderr } = await workspace.footnote(['index'], { env: withModel(hub.address) });
    expect(code).toBe(1);
    expect(stderr).toContain('cannot be reached');
    expect(stderr).not.toContain('    at ');
    expect(readdirSync(join(models, 'Somebody'))).toEqual([]);
  });
});

test('a different model from the one the index was built with is refused, and the advice works', async () => {
  const folder = join(models, OTHER);
  mkdirSync(folder, { recursive: true });
  cpSync(join(BUNDLED_MODELS, BUNDLED), folder, { recursive: true });
  // The same content in different bytes, which changes the fingerprint.
  writeFileSync(join(folder, 'tokenizer.json'), `${readFileSync(join(folder, 'tokenizer.json'), 'utf8')}\n`);
  const env = withModel('http://127.0.0.1:1');

  expect((await workspace.footnote(['index'])).code).toBe(0);
  for (const command of [['index'], ['ask', 'Who?']]) {
    const { code, stdout, stderr } = await workspace.footnote(command, { env });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `The index was built with the model ${BUNDLED}, but the configured model is ${OTHER}. Embeddings of different models cannot be compared. Run \`footnote --seeds ${workspace.seeds} --index ${workspace.index} index --rebuild\`, or set FOOTNOTE_MODEL=${BUNDLED}.\n`,
    );
  }
  expect((await workspace.footnote(['index', '--rebuild'], { env })).code).toBe(0);
});
