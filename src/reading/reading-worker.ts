/**
 * The program of the thread that reads files. A file can keep a parser busy for hours, and only a thread of its own can be
 * stopped in the middle of that.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Collections } from './collections.js';
import { readArticles } from './read-articles.js';
import type { ReadingReply, ReadingRequest, ReadingSetup } from './reading-protocol.js';
import type { ReadResult } from './source-article.js';

/** A reply has the articles of a bulk file that are read in this time, and at least one. */
const REPLY_MS = 50;

const { collectionFiles } = workerData as ReadingSetup;
let collections = await Collections.read(collectionFiles);
let open: AsyncGenerator<ReadResult> | null = null;

parentPort?.on('message', (request: ReadingRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply, []));
});

async function answer(request: ReadingRequest): Promise<ReadingReply> {
  if (request.kind === 'collection') {
    const read = await Collections.read([request.source]);
    collections = collections.and(read);
    return { results: read.problems.map((problem) => ({ kind: 'warning', ...problem })), isLast: true };
  }
  if (request.kind === 'articles') open = readArticles(request.source, collections);
  return open === null ? { results: [], isLast: true } : nextArticles(open);
}

async function nextArticles(articles: AsyncGenerator<ReadResult>): Promise<ReadingReply> {
  const results: ReadResult[] = [];
  const endsAt = performance.now() + REPLY_MS;
  do {
    const { done, value } = await articles.next();
    if (done === true) return { results, isLast: true };
    results.push(value);
  } while (performance.now() < endsAt);
  return { results, isLast: false };
}
