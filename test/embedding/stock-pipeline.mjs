/**
 * Embeds texts with the stock pipeline of `@xenova/transformers`, in a process of its own because two copies of onnxruntime-node
 * in one process conflict.
 *
 * Reads {"modelsFolder", "texts", "batch", "windows"} from standard input and prints {"vectors", "windows", "seconds"}:
 * - vectors: the embedding of each text, mean pooled and normalised, `batch` texts at a time;
 * - windows: for each list of token ids, the last hidden states: one row of numbers per token, special tokens included;
 * - seconds: how long the embeddings took.
 */
import { text as readAll } from 'node:stream/consumers';
import { AutoModel, env, pipeline, Tensor } from '@xenova/transformers';

const { modelsFolder, texts = [], batch = 1, windows = [] } = JSON.parse(await readAll(process.stdin));
const MODEL = 'Xenova/all-MiniLM-L6-v2';
env.allowRemoteModels = false;
env.localModelPath = modelsFolder;

const extract = await pipeline('feature-extraction', MODEL, { quantized: true });
await extract('warm up', { pooling: 'mean', normalize: true });
const startedAt = performance.now();
const vectors = [];
for (let start = 0; start < texts.length; start += batch) {
  const output = await extract(texts.slice(start, start + batch), { pooling: 'mean', normalize: true });
  vectors.push(...output.tolist());
}
const seconds = (performance.now() - startedAt) / 1000;

const states = [];
if (windows.length > 0) {
  const model = await AutoModel.from_pretrained(MODEL, { quantized: true });
  for (const ids of windows) {
    const shape = [1, ids.length];
    const output = await model({
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
      attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
      token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
    });
    states.push(output.last_hidden_state.tolist()[0]);
  }
}
process.stdout.write(JSON.stringify({ vectors, windows: states, seconds }));
