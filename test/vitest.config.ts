import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Files that take longest, from the slowest: they start first, so that none of them is left running alone at the end. Any
 * order works; this one is fast. To bring it up to date, look at the durations that a run prints.
 */
const SLOWEST: readonly string[] = readFileSync(new URL('./slowest-files.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '');

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- this is the sequencer's own method
    const sorted = await super.sort(files);
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const rank = SLOWEST.findIndex((file) => moduleId.endsWith(file));
      return rank === -1 ? SLOWEST.length : rank;
    };
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

export default defineConfig({
  root: ROOT,
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/shared-indexes.ts'],
    // Most of what the slow files do is wait for processes and for Discord's timeouts: three share two cores well.
    maxWorkers: 3,
    sequence: { sequencer: SlowestFirst },
    // The files of one process share its modules: loading discord.js or the parsers for each file takes a minute in all. So no
    // module of the tests may register hooks or keep state when it is imported; it exports a function like `useBot` instead.
    isolate: false,
    // A test may start six processes, each of which loads the model. On a busy machine one takes seconds.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
