/**
 * Measures a library of 100,000 made-up passages, which are written in a few minutes because nothing has to be embedded. It asserts
 * nothing.
 *
 * - writing: CPU time per passage, and the bytes that it takes in each table
 * - opening, with the files in the system's cache and without, and the first question after it
 * - answering with the files in the system's cache: all of it, and its stages
 * - catching up after one article changed, and the first question to half of the collections, before and after a change
 *
 * Words are drawn by Zipf's law, the vectors have topics and articles as clusters, and the code of a token is that of its word with a
 * few bits flipped. Times are also given as multiples of a reference: the exact similarities of 10,000 vectors, in the same run.
 *
 * To run it alone: node test/bench/large-library.mjs (add `--json` for JSON; the environment variable PASSAGES sets the size).
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { answerQuestion } from '../../dist/answering/answer-question.js';
import { FITTED } from '../../dist/answering/confidence/fitted-coefficients.js';
import { Library } from '../../dist/library/library.js';
import { LibraryWriter } from '../../dist/library/library-writer.js';
import { sha256Hex } from '../../dist/storage/sha256.js';
import { dotProduct } from '../../dist/vectors/dot-product.js';
import { mulberry32 } from '../../dist/vectors/random.js';

const PASSAGES = Number(process.env.PASSAGES ?? 100_000);
const PASSAGES_PER_ARTICLE = 9;
const TOKENS_PER_PASSAGE = 155;
const COLLECTIONS = 20;
const TOPICS = 500;
const VOCABULARY = 60_000;
const DIMENSIONS = 384;
const CODE_BYTES = DIMENSIONS / 8;
const QUESTIONS = 200;
const WARM_UP_QUESTIONS = 20;
const REPETITIONS = 5;
const REFERENCE_VECTORS = 10_000;
const MODEL = { id: 'made-up/words', fingerprint: 'made-up' };

/** @returns Times in milliseconds, and as multiples of the reference; sizes in bytes. */
export async function measureLargeLibrary(passages = PASSAGES) {
  const folder = mkdtempSync(join(tmpdir(), 'footnote-large-'));
  try {
    const source = madeUpArticles();
    const reference = referenceTime();
    const written = await write(folder, source, passages);
    const opening = await measureOpening(folder, source);
    const library = await Library.open({ folder, model: MODEL });
    try {
      await rememberFiles(folder);
      const ask = await measureAsk(library, source);
      const scoped = await measureScoped(library, source);
      const changed = await measureChange(folder, library, source);
      return { passages, reference, written, bytes: bytesOf(folder), opening, ask, scoped, ...changed };
    } finally {
      library.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The measurements as `npm run bench` prints them. */
export function describeLargeLibrary({
  passages,
  reference,
  written,
  bytes,
  opening,
  ask,
  scoped,
  refresh,
  scopedAfter,
}) {
  const n = (number, digits = 1) => number.toFixed(digits);
  const t = (ms) => `${n(ms)} ms (${n(ms / reference, 2)})`;
  const per = (value) => n(value / passages, 0);
  const stages = Object.entries(ask.stages).map(([name, { median, p95 }]) => `${name} ${n(median)} / ${n(p95)}`);
  return [
    `large library ${passages} made-up passages; in brackets: multiples of ${n(reference)} ms, the time for the exact similarities of ${REFERENCE_VECTORS} vectors`,
    `  writing     ${n(written.cpuMs / passages, 2)} ms CPU a passage`,
    `  size        ${per(bytes.total)} bytes a passage: ${Object.entries(bytes.parts)
      .map(([name, size]) => `${name} ${per(size)}`)
      .join(', ')}`,
    `  opening     ${t(opening.warmMs)} warm, ${t(opening.coldMs)} cold; the first question then takes ${t(opening.firstWarmMs)} and ${t(opening.firstColdMs)}`,
    `  asking      ${t(ask.medianMs)} median, ${t(ask.p95Ms)} 95th percentile; ${stages.join(', ')}`,
    `  a scope     of half of the collections: first question ${t(scoped.firstMs)}, then ${t(scoped.medianMs)}`,
    `  one change  caught up with in ${t(refresh.ms)}; next question ${t(refresh.nextMs)}, next in the scope ${t(scopedAfter.firstMs)}`,
    `  memory      ${n(ask.residentMB, 0)} MB resident`,
  ].join('\n');
}

function madeUpArticles() {
  const random = mulberry32(1);
  const words = vocabulary(random);
  const codes = Uint8Array.from({ length: VOCABULARY * CODE_BYTES }, () => random() * 256);
  const topics = Array.from({ length: TOPICS }, () => direction(random));
  // Zipf's law: the word of rank r is 1 / r times as frequent as the first.
  const wordAt = (draw) => Math.floor(VOCABULARY ** draw) - 1;
  const article = (number, version = 0) => {
    const own = mulberry32(number * 8 + version + 1000);
    const centre = near(topics[Math.floor(own() * TOPICS)], 0.6, own);
    // What an article is about: words that it repeats.
    const about = Array.from({ length: 25 }, () => wordAt(0.5 + own() / 2));
    let text = '';
    const passages = [];
    for (let ordinal = 0; ordinal < PASSAGES_PER_ARTICLE; ordinal++) {
      if (ordinal > 0) text += '\n\n';
      const start = text.length;
      const sentences = [];
      const tokens = [];
      while (tokens.length < TOKENS_PER_PASSAGE) {
        const length = Math.min(15 + Math.floor(own() * 16), TOKENS_PER_PASSAGE - tokens.length);
        const sentence = Array.from({ length }, () =>
          own() < 0.2 ? about[Math.floor(own() * about.length)] : wordAt(own()),
        );
        const from = text.length + (sentences.length > 0 ? 1 : 0);
        text += `${sentences.length > 0 ? ' ' : ''}${sentence.map((word) => words[word]).join(' ')}.`;
        sentences.push({ start: from, end: text.length, tokens: length, isLabel: false });
        tokens.push(...sentence);
      }
      passages.push({
        id: idOf(number * PASSAGES_PER_ARTICLE + ordinal, version),
        ordinal,
        start,
        end: text.length,
        sentences,
        context: [],
        vector: near(centre, 0.7, own),
        tokenIds: Uint32Array.from(tokens),
        codes: codesOf(tokens, own),
        sectionCodes: new Uint8Array(),
        contextCodes: new Uint8Array(),
      });
    }
    const id = idOf(number, 9);
    const title = about.slice(0, 5);
    return {
      article: {
        id,
        file: `collection-${number % COLLECTIONS}/${number}.md`,
        collection: `collection-${number % COLLECTIONS}`,
        title: title.map((word) => words[word]).join(' '),
        url: `https://articles.example.org/${number}`,
        publisher: null,
        published: `20${String(number % 26).padStart(2, '0')}-0${1 + (number % 9)}-11`,
        language: 'en',
        text,
        sha256: sha256Hex(text),
        blocks: passages.map(({ start, end }) => ({ start, end, kind: 'paragraph' })),
        marks: [],
        omitted: [],
      },
      fingerprint: id.padEnd(64, '1'),
      passages: passages.map((passage) => ({ ...passage, articleId: id })),
      titleCodes: codesOf(title, own),
    };
  };
  const codesOf = (tokens, own) => {
    const found = new Uint8Array(tokens.length * CODE_BYTES);
    tokens.forEach((word, index) => {
      for (let byte = 0; byte < CODE_BYTES; byte++)
        found[index * CODE_BYTES + byte] = codes[word * CODE_BYTES + byte] ^ (1 << Math.floor(own() * 8));
    });
    return found;
  };
  const tokenVector = (word) =>
    Float32Array.from({ length: DIMENSIONS }, (_, index) =>
      (codes[word * CODE_BYTES + (index >> 3)] >> (7 - (index & 7))) & 1 ? DIMENSIONS ** -0.5 : -(DIMENSIONS ** -0.5),
    );
  /** Asks for six of the rarer words of a passage, among common ones, with a vector near the passage's. */
  const question = (articleNumber) => {
    const own = mulberry32(articleNumber + 77);
    const passage = article(articleNumber).passages[Math.floor(own() * PASSAGES_PER_ARTICLE)];
    const rare = [...new Set(passage.tokenIds)].filter((word) => word > 100).slice(0, 6);
    const common = Array.from({ length: 5 }, () => Math.floor(own() * 60));
    const asked = [...common, ...rare].toSorted(() => own() - 0.5);
    return { text: asked.map((word) => words[word]).join(' '), vector: near(passage.vector, 0.65, own), words: asked };
  };
  return { article, question, tokenVector, words };
}

/** The median time for the exact similarities of 10,000 vectors. */
function referenceTime() {
  const random = mulberry32(5);
  const vectors = Array.from({ length: REFERENCE_VECTORS }, () => Float32Array.from({ length: DIMENSIONS }, random));
  const times = Array.from({ length: 3 * REPETITIONS }, () =>
    timeOf(() => vectors.reduce((sum, vector) => sum + dotProduct(vectors[0], vector), 0)),
  );
  return percentile(times, 0.5);
}

async function write(folder, source, passages) {
  const writer = LibraryWriter.open(folder, { rebuild: false, now: new Date() });
  writer.begin({
    modelId: MODEL.id,
    modelFingerprint: MODEL.fingerprint,
    dimensions: DIMENSIONS,
    rotationSeed: 1,
    centre: new Float32Array(DIMENSIONS),
    createdAt: new Date().toISOString(),
  });
  let cpuMs = 0;
  for (let number = 0; number * PASSAGES_PER_ARTICLE < passages; number++) {
    const article = source.article(number);
    const before = process.cpuUsage();
    await writer.putArticle(article);
    cpuMs += cpuSince(before);
  }
  await writer.sealSearchTables();
  await writer.saveSnapshot(DIMENSIONS);
  await writer.publish();
  writer.close();
  return { cpuMs };
}

function cpuSince(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The bytes of each table, of unused pages, and of the other files. */
function bytesOf(folder) {
  const database = new Database(join(folder, 'library.sqlite'), { readonly: true });
  const rows = database.prepare('SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name').all();
  const free = database.pragma('freelist_count', { simple: true }) * database.pragma('page_size', { simple: true });
  database.close();
  const parts = {};
  for (const { name, bytes } of rows) {
    const part = name.replace(/^sqlite_autoindex_(\w+)_\d$|^(\w+_terms)_\w+$|^(\w+)_by_\w+$/, '$1$2$3');
    parts[part] = (parts[part] ?? 0) + bytes;
  }
  if (free > 0) parts.unused = free;
  const sorted = Object.entries(parts).toSorted(([, a], [, b]) => b - a);
  const total = statSync(join(folder, 'library.sqlite')).size;
  return { total, parts: Object.fromEntries(sorted.filter(([, size], index) => index < 8 || size > total / 100)) };
}

async function measureOpening(folder, source) {
  const warm = [];
  const cold = [];
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    warm.push(await openAndAsk(folder, source));
    if (repetition < 2 && forgetFiles(folder)) cold.push(await openAndAsk(folder, source));
  }
  const medianOf = (list, key) =>
    list.length === 0
      ? Number.NaN
      : percentile(
          list.map((one) => one[key]),
          0.5,
        );
  return {
    warmMs: medianOf(warm, 'openMs'),
    firstWarmMs: medianOf(warm, 'firstMs'),
    coldMs: medianOf(cold, 'openMs'),
    firstColdMs: medianOf(cold, 'firstMs'),
  };
}

async function openAndAsk(folder, source) {
  const startedAt = performance.now();
  const library = await Library.open({ folder, model: MODEL });
  const openMs = performance.now() - startedAt;
  const firstMs = (await ask(library, source, source.question(3))).tookMs;
  library.close();
  return { openMs, firstMs };
}

/** Drops a folder's files from the system's cache. Returns whether that worked: it needs GNU dd. */
function forgetFiles(folder) {
  return readdirSync(folder).every(
    (name) => spawnSync('dd', [`if=${join(folder, name)}`, 'iflag=nocache', 'count=0']).status === 0,
  );
}

/** Reads a folder's files once, so that the system has them in its cache: otherwise most of what is measured is the disk. */
async function rememberFiles(folder) {
  for (const name of readdirSync(folder)) for await (const _ of createReadStream(join(folder, name)));
}

async function measureAsk(library, source) {
  for (let number = 0; number < WARM_UP_QUESTIONS; number++) await ask(library, source, source.question(number));
  const asked = [];
  const articles = Math.floor(library.passageCount / PASSAGES_PER_ARTICLE);
  for (let number = 0; number < QUESTIONS; number++)
    asked.push(await ask(library, source, source.question(Math.floor((number * articles) / QUESTIONS))));
  const times = asked.map(({ tookMs }) => tookMs);
  const stages = Object.keys(asked[0].stages).map((name) => {
    const ofStage = asked.map((one) => one.stages[name]);
    return [name, { median: percentile(ofStage, 0.5), p95: percentile(ofStage, 0.95) }];
  });
  return {
    medianMs: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    stages: Object.fromEntries(stages),
    residentMB: process.memoryUsage().rss / 2 ** 20,
  };
}

/** Answers a question, and adds up the time that each stage takes. */
async function ask(library, source, question, scope = null) {
  const stages = { terms: 0, vectors: 0, fetching: 0, ranking: 0, rest: 0 };
  const stageOf = {
    searchTerms: 'terms',
    searchArticles: 'terms',
    passagesOfArticle: 'terms',
    wordFrequency: 'terms',
    searchVectors: 'vectors',
    candidates: 'fetching',
  };
  let fetchedAt = null;
  const store = new Proxy(library, {
    get(target, name) {
      const value = target[name];
      if (typeof value !== 'function') return value;
      return (...args) => {
        const startedAt = performance.now();
        if (fetchedAt !== null) stages.ranking += startedAt - fetchedAt;
        fetchedAt = null;
        if (name === 'readConsistently') return target.readConsistently(...args);
        const result = value.apply(target, args);
        const stage = stageOf[name];
        if (stage !== undefined) stages[stage] += performance.now() - startedAt;
        if (name === 'candidates') fetchedAt = performance.now();
        return result;
      };
    },
  });
  const encoder = {
    embedQuestion: () =>
      Promise.resolve({
        vector: question.vector,
        tokens: Uint32Array.from(question.words),
        tokenVectors: question.words.map(source.tokenVector),
      }),
    vocabulary: () => Promise.resolve(source.words),
  };
  const deps = { store, encoder, clock: () => performance.now(), coefficients: FITTED };
  const startedAt = performance.now();
  await answerQuestion(question.text, deps, { scope });
  const tookMs = performance.now() - startedAt;
  stages.rest = tookMs - Object.values(stages).reduce((sum, ms) => sum + ms, 0);
  return { tookMs, stages };
}

async function measureScoped(library, source) {
  const collections = Array.from({ length: COLLECTIONS / 2 }, (_, number) => `collection-${number * 2}`);
  const scope = { collections };
  const { tookMs: firstMs } = await ask(library, source, source.question(5), scope);
  const others = [];
  for (let number = 0; number < WARM_UP_QUESTIONS; number++)
    others.push((await ask(library, source, source.question(number), scope)).tookMs);
  return { firstMs, medianMs: percentile(others, 0.5) };
}

/** Changes one article at a time while the library is open. */
async function measureChange(folder, library, source) {
  const refreshes = [];
  const next = [];
  const scoped = [];
  for (let version = 1; version <= REPETITIONS; version++) {
    const writer = LibraryWriter.open(folder, { rebuild: false, now: new Date() });
    await writer.putArticle(source.article(version, version));
    refreshes.push(timeOf(() => library.refresh()));
    next.push((await ask(library, source, source.question(40 + version))).tookMs);
    scoped.push((await measureScoped(library, source)).firstMs);
    writer.close();
  }
  return {
    refresh: { ms: percentile(refreshes, 0.5), nextMs: percentile(next, 0.5) },
    scopedAfter: { firstMs: percentile(scoped, 0.5) },
  };
}

function timeOf(work) {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function direction(random) {
  return unit(Float32Array.from({ length: DIMENSIONS }, () => gaussian(random)));
}

/** A unit vector whose similarity to another is about `similarity`. */
function near(vector, similarity, random) {
  const noise = direction(random);
  const share = Math.sqrt(1 - similarity ** 2);
  return unit(vector.map((value, index) => similarity * value + share * noise[index]));
}

function unit(vector) {
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

/** The sum of three uniform numbers has nearly the shape of a normal distribution. */
function gaussian(random) {
  return random() + random() + random() - 1.5;
}

/** Different words of one to six syllables, shortest first, because frequent words are short. */
function vocabulary(random) {
  const part = (letters) => letters[Math.floor(random() * letters.length)];
  const words = new Set();
  for (let count = 0; words.size < VOCABULARY; count++) {
    let word = '';
    for (let left = Math.floor(1.3 + 4 * random() * (0.2 + count / VOCABULARY)); left >= 0; left--)
      word +=
        part(['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'th', 'w', '']) +
        part('aeiou') +
        part(['', '', 'n', 's', 'r']);
    words.add(word);
  }
  return [...words].toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

function idOf(number, version) {
  const digits = (number * 10 + version).toString(32).padStart(10, '0');
  return digits.replace(/[0189]/g, (digit) => ({ 0: 'w', 1: 'x', 8: 'y', 9: 'z' })[digit]);
}

function percentile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = await measureLargeLibrary();
  console.log(process.argv.includes('--json') ? JSON.stringify(found) : describeLargeLibrary(found));
}
