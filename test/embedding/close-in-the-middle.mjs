/** Closes the embedder while its worker is busy with a long task that cannot be interrupted. */
import { Embedder } from '../../dist/embedding/embedder.js';
import { locateModel } from '../../dist/embedding/model.js';

const [modelsFolder] = process.argv.slice(2);
const model = await locateModel({ id: 'Xenova/all-MiniLM-L6-v2', modelsFolder, hub: 'http://127.0.0.1:9' });
const embedder = await Embedder.open({ model, centre: null, rotationSeed: 1, workers: 1 });
const task = embedder.tokenize(
  Array.from({ length: 3000 }, (_, number) => `the lighthouse of the year ${number}. `.repeat(5)),
);
task.catch((error) => console.log(error.message));
setTimeout(() => void embedder.close(), 100);
