/**
 * The program of a worker process: loads the model, then runs one task at a time.
 *
 * It is a separate process because onnxruntime blocks the thread that calls it, and the thread that talks to Discord must not wait.
 * A worker thread will not do: onnxruntime-node 1.14 keeps one static reference for all threads of a process, and loading it
 * again after a thread that used it has ended corrupts the heap.
 */
import type { EmbeddingTask, FromWorker, PassageEmbedding, TaskResults, ToWorker, WorkerSetup } from './protocol.js';

// Ctrl-C in a terminal signals every process of the group, but the parent decides when the work is over.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit());
// Imported only now: loading onnxruntime takes a while, in which Ctrl-C would end the process.
const [{ Encoder }, { LoadedModel }] = await Promise.all([import('./encoder.js'), import('./loaded-model.js')]);

const setup = await new Promise<WorkerSetup>((resolve) => {
  process.once('message', (message: ToWorker) => {
    if (message.kind === 'setup') resolve(message.setup);
  });
});
const model = await LoadedModel.load(setup).catch((error: unknown) => {
  send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  // The parent now kills this process.
  return new Promise<never>(() => {});
});
// A model that loads but cannot embed text ends this process here. The parent reports it.
const encoder = await Encoder.create(model, setup);

process.on('message', (message: ToWorker) => {
  if (message.kind !== 'task') return;
  run(message.task).then(
    (result) => send({ kind: 'result', result }),
    (error: unknown) =>
      send({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
send({ kind: 'ready', dimensions: encoder.dimensions });

async function run(task: EmbeddingTask): Promise<TaskResults[EmbeddingTask['kind']]> {
  switch (task.kind) {
    case 'tokenize':
      return task.texts.map((text) => model.tokenize(text));
    case 'embed': {
      const embeddings: PassageEmbedding[] = [];
      for (const tokens of task.passages) embeddings.push(await encoder.embedPassage(tokens));
      return embeddings;
    }
    case 'question':
      return encoder.embedQuestion(task.text);
    case 'measure-centre':
      return encoder.measureCentre(task.texts);
    case 'vocabulary':
      return model.vocabulary();
  }
}

function send(message: FromWorker): void {
  // If the parent has just ended, there is no one left to tell, so a failure to send is ignored.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}
