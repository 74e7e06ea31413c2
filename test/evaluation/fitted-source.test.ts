import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { FittedCoefficients } from '../../src/answering/confidence/coefficients.js';
import { FITTED } from '../../src/answering/confidence/fitted-coefficients.js';
import { fittedSource } from '../../src/evaluation/fitted-source.js';
import { temporaryFolder } from '../library/temporary-folder.js';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

test('the source file with the current coefficients is exactly what would be written', () => {
  const source = readFileSync(join(REPOSITORY, 'src', 'answering', 'confidence', 'fitted-coefficients.ts'), 'utf8');
  expect(fittedSource(FITTED)).toBe(source);
});

test('the written source contains the fitted values, even without sets', async () => {
  const others: FittedCoefficients = {
    ...FITTED,
    model: { id: 'someone/other-model', fingerprint: 'abc' },
    ranking: { ...FITTED.ranking, maxSim: -0.001, termShare: 0 },
    decision: { ...FITTED.decision, intercept: -12 },
    sets: [],
  };
  for (const fitted of [FITTED, others]) expect(await readBack(fittedSource(fitted))).toEqual(fitted);
});

test('the written source is formatted as Biome would format it', () => {
  const fitted: FittedCoefficients = { ...FITTED, sets: [{ name: 'one', sha256: '', halves: [] }] };
  for (const each of [FITTED, fitted, { ...fitted, sets: [] }])
    expect(formatted(fittedSource(each))).toBe(fittedSource(each));
});

test('the name of a set may contain an apostrophe', async () => {
  const fitted: FittedCoefficients = { ...FITTED, sets: [{ name: "reader's questions", sha256: '', halves: [] }] };
  expect(await readBack(fittedSource(fitted))).toEqual(fitted);
});

/** Runs the source as JavaScript. It has types only in its import and on one constant. */
async function readBack(source: string): Promise<unknown> {
  const file = join(temporaryFolder(), 'fitted.mjs');
  writeFileSync(file, source.replace(/^import type .*\n/, '').replace('FITTED: FittedCoefficients', 'FITTED'));
  const written = (await import(pathToFileURL(file).href)) as { FITTED: unknown };
  return written.FITTED;
}

function formatted(source: string): string {
  const biome = join(dirname(createRequire(import.meta.url).resolve('@biomejs/biome/package.json')), 'bin', 'biome');
  return execFileSync(
    process.execPath,
    [
      biome,
      'format',
      '--config-path',
      join(REPOSITORY, 'biome.json'),
      '--stdin-file-path',
      'src/answering/confidence/fitted-coefficients.ts',
    ],
    { input: source, encoding: 'utf8', cwd: REPOSITORY },
  );
}
