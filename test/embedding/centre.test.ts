import { expect, test } from 'vitest';
import { centreFor } from '../../src/embedding/token-centre.js';
import { CENTRE_SAMPLE } from '../../src/embedding/token-centre-sample.js';
import { bundledModel, DIMENSIONS, openBundled } from './bundled-model.js';

test('the stored centre of the bundled model is the one measured on this machine', async () => {
  const { fingerprint } = await bundledModel();
  const stored = centreFor(fingerprint) ?? new Float32Array();
  expect(stored).toHaveLength(DIMENSIONS);
  const embedder = await openBundled({ centre: null });
  try {
    const measured = await embedder.measureCentre(CENTRE_SAMPLE);
    expect(measured).toHaveLength(DIMENSIONS);
    expect(cosine(stored, measured)).toBeGreaterThanOrEqual(0.9999);
    const differences = Array.from(stored, (value, index) => Math.abs(value - (measured[index] ?? 0)));
    expect(Math.max(...differences)).toBeLessThan(1e-3);
  } finally {
    await embedder.close();
  }
});

test('each call returns a vector of its own', async () => {
  const { fingerprint } = await bundledModel();
  centreFor(fingerprint)?.fill(0);
  expect(Math.hypot(...(centreFor(fingerprint) ?? []))).toBeGreaterThan(0.1);
});

test('no centre is stored for any other model', () => {
  expect(centreFor('0'.repeat(64))).toBeNull();
  expect(centreFor('')).toBeNull();
});

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}
