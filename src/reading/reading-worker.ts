/**
 * The program of the thread that reads files. A file can keep a parser busy for hours, and only a thread of its own can be
 * stopped in the middle of that.
 */
import { parentPort } from 'node:worker_threads';
import { Collections } from './collections.js';
import { readArticles } from './read-articles.js';
import type { ReadingReply, ReadingRequest } from './reading-protocol.js';
import type { ReadResult } from './source-article.js';

/** How long articles of a bulk file are read for one request. At least one is. */
const REQUEST_MS = 50;

let collections = await Collections.read([]);
let open: AsyncGenerator<ReadResult> | null = null;

parentPort?.on('message', (request: ReadingRequest) => {
  void answer(request).then((isLast) => reply({ kind: 'end', isLast }));
});

/** Sends the results of a request. Returns whether the file has no further ones. */
async function answer(request: ReadingRequest): Promise<boolean> {
  if (request.kind === 'begin') {
    open = null;
    collections = await Collections.read(request.collectionFiles);
    return true;
  }
  if (request.kind === 'collection') {
    const read = await Collections.read([request.source]);
    collections = collections.and(read);
    for (const problem of read.problems) reply({ kind: 'result', result: { kind: 'warning', ...problem } });
    return true;
  }
  if (request.kind === 'articles') open = readArticles(request.source, collections);
  return open === null || sendNext(open);
}

async function sendNext(articles: AsyncGenerator<ReadResult>): Promise<boolean> {
  const endsAt = performance.now() + REQUEST_MS;
  do {
    const { done, value } = await articles.next();
    if (done === true) return true;
    // One by one: if the next one ends this thread, these are not lost.
    reply({ kind: 'result', result: value });
  } while (performance.now() < endsAt);
  return false;
}

function reply(message: ReadingReply): void {
  parentPort?.postMessage(message, []);
}
