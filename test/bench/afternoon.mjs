/**
 * Compares Footnote with what a person would write in an afternoon: the stock pipeline of `@xenova/transformers` for the question,
 * hnswlib for the nearest passages, and the first three of them as the answer. Both search the same passages of the same index.
 * It asserts nothing.
 *
 * - time per answer, and how many questions a second when 20 are asked at once
 * - how often the passage that answers is first, and among the first three, where the questions say which one it is
 *
 * The afternoon's program runs in a process of its own, because two copies of onnxruntime-node in one process conflict. To run it
 * alone, pass an index folder: node test/bench/afternoon.mjs INDEX < questions.json
 */
import { spawn } from 'node:child_process';
import { text as readAll } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { openEngine } from '../../dist/engine.js';

const QUESTIONS = 200;
const AT_ONCE = 20;
const ROUNDS = 5;
const WARM_UP = 10;

/**
 * @param settings Of an index.
 * @param questions Each with `question` and perhaps `answer`: text that the right passage contains.
 */
export async function measureAfternoon(settings, questions) {
  const step = Math.max(1, Math.floor(questions.length / QUESTIONS));
  const asked = questions.filter((_, index) => index % step === 0).slice(0, QUESTIONS);
  const afternoon = await runAfternoon(settings.indexFolder, asked);
  const engine = await openEngine(settings);
  try {
    const footnote = await measure(asked, async (question) =>
      (await engine.ask(question, { limit: 3 })).ranking.map(({ text }) => text),
    );
    return { questions: asked.length, footnote, afternoon, ratio: footnote.medianMs / afternoon.medianMs };
  } finally {
    await engine.close();
  }
}

/** The measurements as `npm run bench` prints them. */
export function describeAfternoon({ questions, footnote, afternoon, ratio }) {
  const n = (number, digits = 1) => number.toFixed(digits);
  const line = (name, { medianMs, p95Ms, perSecond, first, inThree }) =>
    `${name}${n(medianMs)} ms median, ${n(p95Ms)} ms 95th percentile, ${n(perSecond, 0)} a second when ${AT_ONCE} ask at once` +
    (first === null ? '' : `; right passage first ${n(first, 3)}, in three ${n(inThree, 3)}`);
  return [
    `side by side  ${questions} questions`,
    line('  Footnote    ', footnote),
    line('  afternoon   ', afternoon),
    `              Footnote takes ${n(ratio, 2)} times as long`,
  ].join('\n');
}

async function runAfternoon(indexFolder, asked) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), indexFolder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(asked));
  return JSON.parse(await readAll(child.stdout));
}

/** @param search Returns the texts of the first three passages for a question. */
async function measure(asked, search) {
  for (const { question } of asked.slice(0, WARM_UP)) await search(question);
  const times = [];
  let [first, inThree, judged] = [0, 0, 0];
  for (const { question, answer } of asked) {
    const startedAt = performance.now();
    const texts = await search(question);
    times.push(performance.now() - startedAt);
    if (answer === undefined) continue;
    judged += 1;
    if (texts[0]?.includes(answer)) first += 1;
    if (texts.some((text) => text.includes(answer))) inThree += 1;
  }
  const startedAt = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    const together = asked.slice(round * AT_ONCE, (round + 1) * AT_ONCE);
    await Promise.all(together.map(({ question }) => search(question)));
  }
  const count = Math.min(asked.length, ROUNDS * AT_ONCE);
  return {
    medianMs: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    perSecond: count / ((performance.now() - startedAt) / 1000),
    first: judged === 0 ? null : first / judged,
    inThree: judged === 0 ? null : inThree / judged,
  };
}

function percentile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

/** The program of the afternoon. It embeds the passages anew, as it would have. */
async function answerInAfternoon(indexFolder, asked) {
  const [{ env, pipeline }, { default: hnswlib }] = await Promise.all([
    import('@xenova/transformers'),
    import('hnswlib-node'),
  ]);
  env.allowRemoteModels = false;
  env.localModelPath = fileURLToPath(new URL('../../models', import.meta.url));
  const extract = await pipeline('feature-extraction', 'Xenova/all-MiniLM-L6-v2', { quantized: true });
  const embed = async (text) => (await extract(text, { pooling: 'mean', normalize: true })).tolist()[0];
  const texts = passagesOf(indexFolder);
  const index = new hnswlib.HierarchicalNSW('ip', 384);
  index.initIndex(texts.length);
  for (const [number, text] of texts.entries()) index.addPoint(await embed(text), number);
  return measure(asked, async (question) => {
    const { neighbors } = index.searchKnn(await embed(question), Math.min(3, texts.length));
    return neighbors.map((number) => texts[number]);
  });
}

function passagesOf(indexFolder) {
  const database = new Database(`${indexFolder}/library.sqlite`, { readonly: true });
  const rows = database
    .prepare('SELECT a.text, p.start, p.end FROM passages p JOIN articles a ON a.key = p.article ORDER BY p.key')
    .all();
  database.close();
  return rows.map(({ text, start, end }) => text.slice(start, end));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = JSON.parse(await readAll(process.stdin));
  process.stdout.write(JSON.stringify(await answerInAfternoon(process.argv[2], asked)));
}
