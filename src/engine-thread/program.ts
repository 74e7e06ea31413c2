/**
 * The program of the answering thread: an engine of its own, with its own connection to the library and its own model process.
 *
 * Answering takes tens of milliseconds of computing, and more for a long question. The thread that talks to Discord must not
 * wait for that.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { answerInDetail } from '../answering/answer-question.js';
import { type Engine, openEngine } from '../engine.js';
import { toUserError } from '../storage/storage-errors.js';
import { messageOf } from '../user-error.js';
import {
  type Call,
  type CallResults,
  type FromThread,
  type ThreadSetup,
  type ToThread,
  toSentError,
} from './messages.js';

/** How often to check whether the index has changed. */
const REFRESH_INTERVAL_MS = 3000;

const { source } = workerData as ThreadSetup;

try {
  const engine = await openEngine(source, {
    onNotice: (notice) => send({ kind: 'notice', notice }),
    onModelReplaced: (reason) => send({ kind: 'model-replaced', reason }),
  });
  serve(engine);
  send({ kind: 'opened' });
} catch (error) {
  send({ kind: 'failed', error: toSentError(error) });
}

function serve(engine: Engine): void {
  const refreshTimer = setInterval(() => refresh(engine), REFRESH_INTERVAL_MS);
  parentPort?.on('message', (message: ToThread) => {
    if (message.kind === 'ping') send({ kind: 'pong' });
    else if (message.kind === 'call') void handle(message.id, message.call, engine);
    else void close(engine, refreshTimer);
  });
}

async function handle(id: number, call: Call, engine: Engine): Promise<void> {
  try {
    send({ kind: 'result', id, result: await run(call, engine) });
  } catch (error) {
    send({ kind: 'error', id, error: toSentError(toUserError(error, source.indexFolder)) });
  }
}

async function run(call: Call, engine: Engine): Promise<CallResults[Call['kind']]> {
  switch (call.kind) {
    case 'ask': {
      const { answer, pinKeys } = await answerInDetail(call.question, engine.deps, call.options);
      return { answer, pinKeys };
    }
    case 'find-sources':
      return engine.findSources(call.text, call.options);
    case 'embed':
      return engine.embed(call.texts);
  }
}

let lastProblem: string | null = null;

/** Catches up with what another process has indexed. A problem that stays is reported once. */
function refresh(engine: Engine): void {
  try {
    engine.library.refresh();
    lastProblem = null;
  } catch (error) {
    const reason = messageOf(error);
    if (reason === lastProblem) return;
    lastProblem = reason;
    send({ kind: 'notice', notice: `The index could not be refreshed (${reason}); answers come from its last state.` });
  }
}

async function close(engine: Engine, refreshTimer: NodeJS.Timeout): Promise<void> {
  clearInterval(refreshTimer);
  await engine.close();
  send({ kind: 'closed' });
  parentPort?.close();
}

function send(message: FromThread): void {
  parentPort?.postMessage(message);
}
