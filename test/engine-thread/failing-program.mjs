/**
 * Replaces the program of the answering thread in tests. It "embeds" texts as [1], and fails on these:
 * - "hang": computes forever;
 * - "silent": never answers, but looks at its messages;
 * - "exit": ends the thread;
 * - "exit once <file>": ends the thread, unless the file exists; creates it.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

parentPort.on('message', (message) => {
  if (message.kind === 'ping') parentPort.postMessage({ kind: 'pong' });
  else if (message.kind === 'close') process.exit(0);
  else run(message);
});
parentPort.postMessage({ kind: 'opened' });

function run({ id, call }) {
  const [text] = call.texts;
  if (text === 'hang') for (;;);
  if (text === 'silent') return;
  if (text === 'exit') process.exit(3);
  const file = /^exit once (.*)$/.exec(text)?.[1];
  if (file !== undefined && !existsSync(file)) {
    writeFileSync(file, '');
    process.exit(3);
  }
  parentPort.postMessage({ kind: 'result', id, result: call.texts.map(() => Float32Array.of(1)) });
}
