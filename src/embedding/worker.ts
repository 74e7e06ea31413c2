/**
 * Runs the model in a process of its own: onnxruntime blocks the thread it is called from, and the thread that talks to
 * Discord must not wait. Not in a worker thread, because onnxruntime-node 1.14 keeps one static reference for all threads of
 * a process: when a thread that used it has ended, loading it in another corrupts the heap.
 */
import { AutoTokenizer, env, type PreTrainedTokenizer } from '@xenova/transformers';
import onnxruntime from 'onnxruntime-node';
import { createRotation } from '../vectors/rotation.js';
import { codeBytes, writeSignCode } from '../vectors/sign-codes.js';
import type {
  EmbeddingTask,
  FromWorker,
  PassageEmbedding,
  QuestionEmbedding,
  TaskResults,
  TokenIds,
  ToWorker,
  WorkerSetup,
} from './protocol.js';

// CommonJS whose names Node does not see.
const { InferenceSession, Tensor } = onnxruntime;

/** With the two special tokens 256, the length the bundled model was trained on. Longer texts are encoded window by window. */
const WINDOW_TOKENS = 254;

// Ctrl-C in a terminal reaches every process of the group: the parent decides when the work is over.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit());

const setup = await new Promise<WorkerSetup>((resolve) => {
  process.once('message', (message: ToWorker) => {
    if (message.kind === 'setup') resolve(message.setup);
  });
});

env.allowRemoteModels = false;
env.localModelPath = setup.modelsFolder;
// The default lies inside node_modules, which may be read-only.
env.cacheDir = setup.modelsFolder;

const { tokenizer, session } = await load().catch((error: unknown) => {
  send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  // The parent ends a worker that failed; until then there is nothing more to do.
  return new Promise<never>(() => {});
});
const [opening, closing] = specialTokens();
const dimensions = (await encodeWindow(tokenize('a'))).length / (opening.length + 1 + closing.length);
const rotate = createRotation(dimensions, setup.rotationSeed);

process.on('message', (message: ToWorker) => {
  if (message.kind !== 'task') return;
  run(message.task).then(
    (result) => send({ kind: 'result', result }),
    (error: unknown) =>
      send({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
send({ kind: 'ready', dimensions });

function send(message: FromWorker): void {
  // Where the parent has just ended there is nobody to tell.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

async function load(): Promise<{ tokenizer: PreTrainedTokenizer; session: onnxruntime.InferenceSession }> {
  return {
    tokenizer: await AutoTokenizer.from_pretrained(setup.modelId),
    // One thread a session: two workers with one thread each encode more passages a second than one with two.
    session: await InferenceSession.create(setup.modelFile, { intraOpNumThreads: 1, interOpNumThreads: 1 }),
  };
}

async function run(task: EmbeddingTask): Promise<TaskResults[EmbeddingTask['kind']]> {
  switch (task.kind) {
    case 'tokenize':
      return task.texts.map(tokenize);
    case 'embed': {
      const embeddings: PassageEmbedding[] = [];
      for (const tokens of task.passages) embeddings.push(await embedPassage(tokens));
      return embeddings;
    }
    case 'question':
      return embedQuestion(task.text);
    case 'measure-centre':
      return measureCentre(task.texts);
    case 'vocabulary':
      return vocabulary();
  }
}

function tokenize(text: string): TokenIds {
  return Uint32Array.from(tokenizer.encode(text, null, { add_special_tokens: false }));
}

/** The tokens that the model's own tokenizer sets before and after a text. */
function specialTokens(): [before: number[], after: number[]] {
  const [probe] = tokenize('a');
  const withSpecial = tokenizer.encode('a');
  const at = withSpecial.indexOf(probe ?? -1);
  return [withSpecial.slice(0, at), withSpecial.slice(at + 1)];
}

/** Last hidden states of a window, special tokens included: rows of `dimensions` floats. */
async function encodeWindow(tokens: ArrayLike<number>): Promise<Float32Array> {
  const ids = [...opening, ...Array.from(tokens), ...closing];
  const shape = [1, ids.length];
  const feeds: Record<string, onnxruntime.Tensor> = {
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
  };
  if (session.inputNames.includes('token_type_ids')) {
    feeds.token_type_ids = new Tensor('int64', new BigInt64Array(ids.length), shape);
  }
  const output = await session.run(feeds, ['last_hidden_state']);
  return output.last_hidden_state?.data as Float32Array;
}

/** Encodes any number of tokens; calls back for each token with its vector (valid during the call only) and returns the passage vector. */
async function encode(tokens: TokenIds, onToken: (vector: Float32Array, index: number) => void): Promise<Float32Array> {
  const mean = new Float32Array(dimensions);
  for (let start = 0; start === 0 || start < tokens.length; start += WINDOW_TOKENS) {
    const window = tokens.subarray(start, start + WINDOW_TOKENS);
    const states = await encodeWindow(window);
    for (let row = 0; row * dimensions < states.length; row++) {
      const state = states.subarray(row * dimensions, (row + 1) * dimensions);
      for (let i = 0; i < dimensions; i++) mean[i] = (mean[i] as number) + (state[i] as number);
      const index = row - opening.length;
      if (index >= 0 && index < window.length) onToken(state, start + index);
    }
  }
  // Mean pooling divides by the number of tokens, and normalising undoes that: the sum has the same direction.
  normalise(mean);
  return mean;
}

async function embedPassage(tokens: TokenIds): Promise<PassageEmbedding> {
  const width = codeBytes(dimensions);
  const codes = new Uint8Array(tokens.length * width);
  const vector = await encode(tokens, (state, index) => {
    normalise(state);
    const { centre } = setup;
    if (centre !== null) for (let i = 0; i < dimensions; i++) state[i] = (state[i] as number) - (centre[i] as number);
    rotate(state);
    writeSignCode(state, codes, index * width);
  });
  return { vector, codes };
}

async function embedQuestion(text: string): Promise<QuestionEmbedding> {
  const tokens = tokenize(text);
  const tokenVectors: Float32Array[] = [];
  const vector = await encode(tokens, (state) => {
    const token = state.slice();
    normalise(token);
    rotate(token);
    tokenVectors.push(token);
  });
  return { vector, tokens, tokenVectors };
}

async function measureCentre(texts: readonly string[]): Promise<Float32Array> {
  const centre = new Float32Array(dimensions);
  let count = 0;
  for (const text of texts) {
    await encode(tokenize(text), (state) => {
      normalise(state);
      for (let i = 0; i < dimensions; i++) centre[i] = (centre[i] as number) + (state[i] as number);
      count += 1;
    });
  }
  return centre.map((total) => total / Math.max(1, count));
}

function vocabulary(): string[] {
  const { vocab } = tokenizer.model as { vocab: string[] };
  return Array.from(vocab, String);
}

function normalise(vector: Float32Array): void {
  let square = 0;
  for (const value of vector) square += value * value;
  const length = Math.sqrt(square) || 1;
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / length;
}
