/**
 * Measures autocompletion with 100,000 made-up passages. It asserts nothing.
 *
 * - how long the suggestions take to build, and for how long that blocks the event loop
 * - how long it takes to complete typed texts of many kinds, compared with a scan over all texts in the same run
 * - how much memory they need
 *
 * To run it alone: node --expose-gc test/bench/suggestions.mjs (add `--json` for JSON). It needs --expose-gc to report memory.
 */
import { fileURLToPath } from 'node:url';
import { Suggestions } from '../../dist/discord/autocomplete/suggestions.js';
import { mulberry32 } from '../../dist/vectors/random.js';

const ARTICLES = 5000;
const PASSAGES_PER_ARTICLE = 20;
const VOCABULARY = 60_000;
const OPENING_CHARACTERS = 160;
const REPETITIONS = 3;
const CHOICES = 25;

/** @returns Times in milliseconds and memory in binary megabytes. */
export async function measureSuggestions() {
  const random = mulberry32(1);
  const words = vocabulary(random);
  // Zipf's law: the word of rank r is 1 / r times as frequent as the first.
  const word = () => words[Math.floor(VOCABULARY ** random()) - 1];
  const sentence = (length) => {
    let text = word();
    while (text.length < length) text += `${random() < 0.1 ? ', ' : ' '}${word()}`;
    return `${text[0].toUpperCase()}${text.slice(1, length)}`;
  };
  const articles = Array.from({ length: ARTICLES }, (_, number) => ({
    id: idOf(number),
    title: sentence(45),
    url: null,
    publisher: null,
    published: `20${String(number % 26).padStart(2, '0')}-0${1 + (number % 9)}-11`,
    file: `collection-${number % 20}/${number}.md`,
    collection: `collection-${number % 20}`,
    passages: PASSAGES_PER_ARTICLE,
  }));
  const openings = articles.flatMap(({ id: articleId, title, file, collection }, number) =>
    Array.from({ length: PASSAGES_PER_ARTICLE }, (_, index) => {
      const passageId = idOf(ARTICLES + number * PASSAGES_PER_ARTICLE + index);
      return { passageId, articleId, title, file, collection, opening: sentence(OPENING_CHARACTERS) };
    }),
  );
  const before = heapMegabytes();
  const eventLoop = watchEventLoop();
  const startedAt = performance.now();
  const suggestions = await Suggestions.build(articles, openings);
  const buildSeconds = (performance.now() - startedAt) / 1000;
  const longestDelayMs = eventLoop.end();
  const after = heapMegabytes();

  const texts = [...articles.map(({ title }) => title), ...openings.map(({ title, opening }) => `${title} ${opening}`)];
  const folded = texts.map((text) => ` ${fold(text)}`);
  const typed = typedTexts(words, openings, random);
  const indexed = timesOf(typed, (text) => suggestions.suggest(text));
  const scanned = timesOf(typed, (text) => scan(folded, text));
  const total = (times) => times.reduce((sum, { ms }) => sum + ms, 0);
  return {
    passages: openings.length,
    articles: ARTICLES,
    buildSeconds,
    longestDelayMs,
    memoryMB: before === null ? null : after - before,
    typed: typed.length,
    medianMs: percentile(indexed, 0.5),
    p95Ms: percentile(indexed, 0.95),
    slowestMs: percentile(indexed, 1),
    slowest: indexed.toSorted((a, b) => b.ms - a.ms)[0].text.slice(0, 40),
    scanMedianMs: percentile(scanned, 0.5),
    scanP95Ms: percentile(scanned, 0.95),
    scanSlowestMs: percentile(scanned, 1),
    scanRatio: total(scanned) / total(indexed),
  };
}

/** The measurements as `npm run bench` prints them. */
export function describeSuggestions(found) {
  const n = (number, digits = 1) => number.toFixed(digits);
  return [
    `suggestions   ${n(found.medianMs, 2)} ms median, ${n(found.p95Ms, 2)} ms 95th percentile, ${n(found.slowestMs)} ms slowest (“${found.slowest}”), over ${found.typed} typed texts at ${found.passages} passages`,
    `              a scan over the same texts: ${n(found.scanMedianMs)}, ${n(found.scanP95Ms)} and ${n(found.scanSlowestMs)} ms, ${n(found.scanRatio)} times as long in total`,
    `              built in ${n(found.buildSeconds)} s, blocking the event loop for at most ${n(found.longestDelayMs)} ms${found.memoryMB === null ? '' : `; uses ${n(found.memoryMB, 0)} MB`}`,
  ].join('\n');
}

/** Texts as people type them, letter by letter, and hostile texts. */
function typedTexts(words, openings, random) {
  const some = Array.from({ length: 40 }, () => openings[Math.floor(random() * openings.length)]);
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('');
  return [
    '',
    ' ',
    ...letters,
    ...letters.slice(0, 26).flatMap((first) => ['a', 'n', 'th'].map((second) => first + second)),
    ...words.slice(0, 30),
    // Longer and longer beginnings of titles and passages.
    ...some.slice(0, 10).flatMap(({ title }) => [4, 8, 16, 30, 45].map((length) => title.slice(0, length))),
    ...some.slice(10, 20).flatMap(({ opening }) => [2, 5, 9, 20, 50, 160].map((length) => opening.slice(0, length))),
    ...some.slice(20).map(({ opening }) => opening.split(' ').slice(0, 6).toReversed().join(' ')),
    // Nothing matches.
    'zzzz',
    'xylophone quartet',
    `${words[0]} ${words[1]} ${words[2]} zzzz`,
    // Many words that each match a lot.
    letters.join(' '),
    letters.slice(0, 12).join(' '),
    'a e i o u',
    's t',
    words.slice(0, 6).join(' '),
    words.slice(0, 400).join(' ').slice(0, 2000),
    `${words[0]} `.repeat(400).slice(0, 2000),
    'a '.repeat(1000),
    'x'.repeat(2000),
    '🦓'.repeat(1000),
    some
      .map(({ opening }) => opening)
      .join(' ')
      .slice(0, 2000),
  ];
}

/** The median time for each typed text. */
function timesOf(typed, suggest) {
  for (const text of typed) suggest(text);
  return typed.map((text) => {
    const times = Array.from({ length: REPETITIONS }, () => {
      const startedAt = performance.now();
      suggest(text);
      return performance.now() - startedAt;
    });
    return { text, ms: times.toSorted((a, b) => a - b)[Math.floor(REPETITIONS / 2)] };
  });
}

/** The simplest implementation: look at every text until 25 match. */
function scan(folded, typed) {
  const words = fold(typed).split(' ').filter(Boolean);
  const found = [];
  for (const [index, text] of folded.entries()) {
    if (words.every((word) => text.includes(` ${word}`))) found.push(index);
    if (found.length === CHOICES) break;
  }
  return found;
}

function fold(text) {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Measures the longest time between two turns of the event loop, until `end` is called. */
function watchEventLoop() {
  let last = performance.now();
  let longestMs = 0;
  let isOver = false;
  const turn = () => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    end() {
      isOver = true;
      return Math.max(longestMs, performance.now() - last);
    },
  };
}

function heapMegabytes() {
  if (globalThis.gc === undefined) return null;
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

/** Different words of two to five syllables, shortest first. */
function vocabulary(random) {
  const part = (letters) => letters[Math.floor(random() * letters.length)];
  const words = new Set();
  for (let count = 0; words.size < VOCABULARY; count++) {
    let word = '';
    for (let remaining = 1 + Math.floor(4 * random() ** (1 - count / (2 * VOCABULARY))); remaining >= 0; remaining--)
      word +=
        part(['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'th', 'w', '']) +
        part('aeiou') +
        part(['', '', 'n', 's', 'r']);
    words.add(word);
  }
  return [...words].toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

function idOf(number) {
  return number
    .toString(32)
    .padStart(10, 'a')
    .replace(/[0189]/g, (digit) => ({ 0: 'w', 1: 'x', 8: 'y', 9: 'z' })[digit]);
}

function percentile(times, share) {
  const sorted = times.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = await measureSuggestions();
  console.log(process.argv.includes('--json') ? JSON.stringify(found) : describeSuggestions(found));
}
