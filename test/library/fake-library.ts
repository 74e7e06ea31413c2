import type { UpdateReport } from '../../src/indexing/update-library.js';
import { type WriteRequest, writeIndex } from '../../src/indexing/write-index.js';
import { Library } from '../../src/library/library.js';
import { listSourceFiles } from '../../src/reading/source-files.js';
import { requireBuild } from '../build.js';
import { FAKE_MANIFEST, FAKE_MODEL, type FakeEmbedder } from './fake-embedder.js';

/** Indexes a folder as `footnote index` does, with a fake embedder instead of the model. */
export async function indexFolder(
  seeds: string,
  index: string,
  embedder: FakeEmbedder,
  options: Pick<WriteRequest, 'rebuild' | 'onGraph'> = {},
): Promise<UpdateReport> {
  // Files are read in a thread, which runs the build.
  requireBuild();
  return writeIndex({
    indexFolder: index,
    paths: [seeds],
    listing: await listSourceFiles([seeds]),
    model: FAKE_MODEL,
    ...options,
    openEmbedder: (known) => Promise.resolve({ embedder, manifest: known ?? FAKE_MANIFEST }),
  });
}

/** Opens a library that was indexed with a fake embedder. */
export function openLibrary(index: string, onNotice: (notice: string) => void = () => {}): Promise<Library> {
  return Library.open({ folder: index, model: FAKE_MODEL, onNotice });
}
