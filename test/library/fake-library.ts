import { type UpdateReport, updateLibrary } from '../../src/indexing/update-library.js';
import { Library } from '../../src/library/library.js';
import { LibraryWriter } from '../../src/library/library-writer.js';
import { listSourceFiles } from '../../src/reading/source-files.js';
import { FAKE_DIMENSIONS, FAKE_MODEL, type FakeEmbedder } from './fake-embedder.js';

/** Indexes a folder as `footnote index` does, with a fake embedder in place of the model. */
export async function indexFolder(seeds: string, index: string, embedder: FakeEmbedder): Promise<UpdateReport> {
  const writer = LibraryWriter.open(index, { rebuild: false, now: new Date() });
  try {
    if (writer.manifestFor(FAKE_MODEL) === null) {
      writer.begin({
        modelId: FAKE_MODEL.id,
        modelFingerprint: FAKE_MODEL.fingerprint,
        dimensions: FAKE_DIMENSIONS,
        rotationSeed: 1,
        centre: new Float32Array(FAKE_DIMENSIONS),
        createdAt: '2026-01-01T00:00:00.000Z',
      });
    }
    const listing = await listSourceFiles([seeds]);
    const report = await updateLibrary({ writer, listing, embedder: () => Promise.resolve(embedder) });
    await writer.saveSnapshot(FAKE_DIMENSIONS);
    await writer.publish();
    return report;
  } finally {
    writer.close();
  }
}

export function openLibrary(index: string, onNotice: (notice: string) => void = () => {}): Promise<Library> {
  return Library.open({ folder: index, model: FAKE_MODEL, onNotice });
}
