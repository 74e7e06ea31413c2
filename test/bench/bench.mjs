/**
 * Measures how fast Footnote is on this machine and how much memory it needs. It asserts nothing.
 *
 * - indexing in passages per second, compared with the stock pipeline of `@xenova/transformers` on the same passages in the same
 *   run: at batch size 32, which pads each passage to the longest of its batch, and at batch size 1
 * - size of the index, compared with the text of the articles
 * - resident memory of the program and its model process while they are ready and idle
 * - time from start to ready for a new process with an unchanged index
 * - time per answer, within a process
 * - answers and memory, compared with what a person would write in an afternoon: see afternoon.mjs
 * - comparing the tokens of a question with those of passages: see scoring.mjs
 * - autocompletion with 100,000 passages: see suggestions.mjs
 * - a library of 100,000 passages: see large-library.mjs
 *
 * Run `npm run bench`, or `npm run bench -- --json` for JSON. The articles are those of SQuAD if the folder `shared` is next to
 * the repository, else variations of the sample articles.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { app } from '../../dist/app.js';
import { openEngine } from '../../dist/engine.js';
import { readSettings } from '../../dist/settings.js';
import { describeAfternoon, measureAfternoon } from './afternoon.mjs';
import { describeLargeLibrary, measureLargeLibrary } from './large-library.mjs';
import { describeScoring, measureScoring } from './scoring.mjs';
import { describeSuggestions, measureSuggestions } from './suggestions.mjs';

/** The stock pipeline takes about 50 ms per passage, so it embeds only this many. Indexing is measured on these and on all. */
const COMPARED_PASSAGES = 150;
const STOCK_BATCHES = [32, 1];
const ASKED_QUESTIONS = 200;
const STARTS = 5;
const WARM_UP_QUESTIONS = 10;

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const squad = at('../../../shared/eval/squad');
const cli = at('../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'footnote-bench-'));

try {
  const { source, articles, questions } = existsSync(squad) ? squadArticles() : sampleArticles();
  const result = { machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`, node: process.version, source };

  // Loading the model takes as long for one passage as for a million, so it is reported separately.
  const loading = await indexed('one', [{ id: 'one', text: 'One sentence is enough to load the model.' }]);
  // Before and after the stock pipeline, so that other load on the machine affects both.
  const before = await indexed('before', firstOf(articles));
  const stock = [];
  for (const batch of STOCK_BATCHES)
    stock.push(
      await embedWithStockPipeline(passagesOf(before.settings.indexFolder).slice(0, COMPARED_PASSAGES), batch),
    );
  const after = await indexed('after', firstOf(articles));
  const all = await indexed('all', articles);
  const secondsOf = ({ seconds }) => seconds - loading.seconds;
  const compared = { passages: before.passages + after.passages, seconds: secondsOf(before) + secondsOf(after) };
  const perSecond = compared.passages / compared.seconds;
  result.loadingSeconds = loading.seconds;
  result.indexing = {
    passages: compared.passages,
    seconds: compared.seconds,
    passagesPerSecond: perSecond,
    stock: stock.map((one) => ({ ...one, ratio: perSecond / one.passagesPerSecond })),
  };
  result.indexingAll = {
    passages: all.passages,
    seconds: secondsOf(all),
    passagesPerSecond: all.passages / secondsOf(all),
  };
  result.index = measureIndex(all.settings, articles);
  result.memory = await measureMemory(all.settings);
  result.start = measureStart(all.settings);
  result.ask = await measureAsk(all.settings, questions);
  result.afternoon = await measureAfternoon(all.settings, questions);
  result.scoring = measureScoring();
  result.suggestions = await measureSuggestions();
  result.largeLibrary = await measureLargeLibrary();
  print(result);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function squadArticles() {
  const texts = new Map();
  const passages = new Map();
  for (const { id, article, text } of linesOf(join(squad, 'passages.jsonl'))) {
    texts.set(article, [...(texts.get(article) ?? []), text]);
    passages.set(id, text);
  }
  return {
    source: 'SQuAD',
    articles: [...texts].map(([id, paragraphs]) => ({ id, title: id, text: paragraphs.join('\n\n') })),
    questions: linesOf(join(squad, 'queries.jsonl')).map(({ q, gold, answers, answer_start: start }) => ({
      question: q,
      answer: gold.length === 0 ? undefined : aroundAnswer(passages.get(gold[0]), start, answers[0]),
    })),
  };
}

/** The answer with a few words around it, so that the same words elsewhere do not count. */
function aroundAnswer(passage, start, answer) {
  const margin = 15;
  return passage.slice(Math.max(0, start - margin), start + answer.length + margin);
}

/** Ten copies of the sample articles, each with different years and names, so that no passage occurs twice. */
function sampleArticles() {
  const seeds = at('../../seeds');
  const texts = readdirSync(seeds, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => readFileSync(join(seeds, file), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, ''));
  const articles = Array.from({ length: 10 }, (_, copy) =>
    texts.map((text, number) => ({
      id: `${copy}-${number}`,
      title: `Sample ${copy}-${number}`,
      text: text
        .replace(/\b(?:19|20)\d\d\b/g, (year) => String(Number(year) + copy))
        .replaceAll(
          'Moscow',
          ['Moscow', 'Oslo', 'Lima', 'Accra', 'Hanoi', 'Quito', 'Riga', 'Sofia', 'Tunis', 'Vienna'][copy],
        ),
    })),
  ).flat();
  const { questions } = JSON.parse(readFileSync(at('../evaluation/sample-questions.json'), 'utf8'));
  return {
    source: 'sample articles with variations',
    articles,
    questions: questions.map(({ q }) => ({ question: q })),
  };
}

/** The first articles, which together have about `COMPARED_PASSAGES` passages. */
function firstOf(articles) {
  const first = [];
  let paragraphs = 0;
  for (const article of articles) {
    if (paragraphs >= COMPARED_PASSAGES) break;
    first.push(article);
    paragraphs += article.text.split('\n\n').length;
  }
  return first;
}

/** Indexes articles as `footnote index` does. */
async function indexed(name, articles) {
  const seeds = join(folder, `${name}-seeds`);
  mkdirSync(seeds);
  writeFileSync(join(seeds, 'articles.jsonl'), articles.map((article) => JSON.stringify(article)).join('\n'));
  const settings = readSettings({ FOOTNOTE_SEEDS: seeds, FOOTNOTE_INDEX: join(folder, `${name}-index`) }, folder);
  const { passages, seconds } = await app.indexArticles(settings, {});
  return { settings, passages, seconds };
}

function passagesOf(indexFolder) {
  const database = new Database(join(indexFolder, 'library.sqlite'), { readonly: true });
  const rows = database
    .prepare('SELECT a.text, p.start, p.end FROM passages p JOIN articles a ON a.key = p.article ORDER BY p.key')
    .all();
  database.close();
  return rows.map(({ text, start, end }) => text.slice(start, end));
}

/** Measures the files of an index. Sizes are in bytes. */
function measureIndex({ indexFolder }, articles) {
  const passages = passagesOf(indexFolder);
  const files = readdirSync(indexFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return {
    passages: passages.length,
    wordsPerPassage: passages.reduce((sum, text) => sum + text.split(/\s+/).length, 0) / passages.length,
    bytes: files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0),
    textBytes: articles.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
  };
}

async function embedWithStockPipeline(texts, batch) {
  const child = spawn(process.execPath, [at('../embedding/stock-pipeline.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ modelsFolder: at('../../models'), texts, batch }));
  const { seconds } = JSON.parse(await readAll(child.stdout));
  return { batch, passages: texts.length, seconds, passagesPerSecond: texts.length / seconds };
}

/** Measures a `footnote ask` process and its model process, after one answer and two idle seconds. */
async function measureMemory(settings) {
  const child = spawn(process.execPath, [cli, '--index', settings.indexFolder, '--json', 'ask'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.write('What is this about?\n');
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const main = residentMegabytes(child.pid);
  const model = childrenOf(child.pid).map(residentMegabytes);
  child.stdin.end();
  await new Promise((resolve) => child.once('close', resolve));
  if (main === null) return null;
  return {
    mainMB: main,
    modelMB: model.reduce((sum, one) => sum + one, 0),
    allMB: main + model.reduce((sum, one) => sum + one, 0),
  };
}

/** VmRSS in binary megabytes; null if there is no /proc. */
function residentMegabytes(pid) {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return null;
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) / 1024;
}

function childrenOf(pid) {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number) : [];
}

/** Measures `footnote` without a command or a question: it looks for changes, opens everything and exits. */
function measureStart(settings) {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME };
  const seconds = Array.from({ length: STARTS }, () => {
    const startedAt = performance.now();
    const { status, stderr } = spawnSync(
      process.execPath,
      [cli, '--quiet', '--seeds', settings.seedsFolder, '--index', settings.indexFolder],
      { input: '', env, encoding: 'utf8', cwd: folder },
    );
    if (status !== 0) throw new Error(`footnote exited with code ${status}: ${stderr}`);
    return (performance.now() - startedAt) / 1000;
  });
  return { medianSeconds: percentile(seconds, 0.5), slowestSeconds: Math.max(...seconds) };
}

async function measureAsk(settings, questions) {
  const engine = await openEngine(settings);
  try {
    const step = Math.max(1, Math.floor(questions.length / ASKED_QUESTIONS));
    const asked = questions.filter((_, index) => index % step === 0).slice(0, ASKED_QUESTIONS);
    for (const { question } of asked.slice(0, WARM_UP_QUESTIONS)) await engine.ask(question);
    const times = [];
    for (const { question } of asked) times.push((await engine.ask(question)).tookMs);
    return { questions: asked.length, medianMs: percentile(times, 0.5), p95Ms: percentile(times, 0.95) };
  } finally {
    await engine.close();
  }
}

function percentile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

function linesOf(file) {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function print(result) {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(result));
    return;
  }
  const {
    machine,
    node,
    source,
    loadingSeconds,
    indexing,
    indexingAll,
    index,
    memory,
    start,
    ask,
    afternoon,
    scoring,
    suggestions,
    largeLibrary,
  } = result;
  const n = (number, digits = 0) => number.toFixed(digits);
  console.log(`${machine}, Node ${node}, articles: ${source}`);
  console.log(
    `indexing      ${n(indexing.passagesPerSecond)} passages/s (${indexing.passages} in ${n(indexing.seconds, 1)} s)`,
  );
  for (const one of indexing.stock)
    console.log(
      `              stock pipeline at batch size ${one.batch}: ${n(one.passagesPerSecond, 1)} passages/s (${one.passages} in ${n(one.seconds, 1)} s), ratio ${n(one.ratio, 2)}`,
    );
  console.log(
    `loading       ${n(loadingSeconds, 2)} s for the model, before the first passage (not included in the rates)`,
  );
  console.log(
    `indexing all  ${n(indexingAll.passagesPerSecond)} passages/s (${indexingAll.passages} in ${n(indexingAll.seconds, 1)} s)`,
  );
  console.log(
    `index         ${n(index.bytes / 1e6, 1)} MB for ${index.passages} passages of ${n(index.wordsPerPassage)} words: ${n(index.bytes / index.passages / 1e3, 1)} kB each, ${n(index.bytes / index.textBytes, 1)} times the text`,
  );
  console.log(
    memory === null
      ? 'memory        unknown: there is no /proc here'
      : `memory        ${n(memory.allMB)} MB resident when idle (${n(memory.mainMB)} MB main, ${n(memory.modelMB)} MB model)`,
  );
  console.log(
    `start         ${n(start.medianSeconds, 2)} s from start to ready on an unchanged index (median of ${STARTS}, slowest ${n(start.slowestSeconds, 2)} s)`,
  );
  console.log(
    `ask           ${n(ask.medianMs, 1)} ms median, ${n(ask.p95Ms, 1)} ms 95th percentile (${ask.questions} questions)`,
  );
  console.log(describeAfternoon(afternoon));
  console.log(describeScoring(scoring));
  console.log(describeSuggestions(suggestions));
  console.log(describeLargeLibrary(largeLibrary));
}
