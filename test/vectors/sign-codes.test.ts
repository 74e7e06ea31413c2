import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRotation } from '../../src/vectors/rotation.js';
import { codeBytes, signProduct, signTable, writeSignCode } from '../../src/vectors/sign-codes.js';

/** Sizes of common models (MiniLM, E5-small and BGE have 384, others 512 and 768), and sizes that are not multiples of 8. */
const dimensions = fc.oneof(fc.constantFrom(8, 64, 384, 512, 768), fc.integer({ min: 1, max: 200 }));
const coordinate = fc.double({ min: -2, max: 2, noNaN: true });

const pairOfVectors = dimensions.chain((size) =>
  fc.tuple(vectorOf(size), vectorOf(size), fc.integer({ min: 0, max: 0xffff_ffff })),
);

test('a rotation preserves dot products and lengths', () => {
  fc.assert(
    fc.property(pairOfVectors, ([a, b, seed]) => {
      const rotate = createRotation(a.length, seed);
      const [rotatedA, rotatedB] = [a.slice(), b.slice()];
      rotate(rotatedA);
      rotate(rotatedB);
      const tolerance = 1e-4 * (1 + Math.sqrt(dot(a, a) * dot(b, b)));
      expect(Math.abs(dot(rotatedA, rotatedB) - dot(a, b))).toBeLessThanOrEqual(tolerance);
      expect(Math.abs(dot(rotatedA, rotatedA) - dot(a, a))).toBeLessThanOrEqual(1e-4 * (1 + dot(a, a)));
    }),
    { numRuns: 100 },
  );
});

test('the same seed gives the same rotation, and a different seed a different one', () => {
  const rotated = (seed: number): Float32Array => {
    const vector = Float32Array.from({ length: 384 }, (_, index) => Math.sin(index));
    createRotation(384, seed)(vector);
    return vector;
  };
  expect(rotated(1)).toEqual(rotated(1));
  expect(rotated(1)).not.toEqual(rotated(2));
  // Existing libraries were rotated by exactly this matrix, so it must never change.
  expect(Array.from(rotated(1).subarray(0, 3), (value) => Math.round(value * 1e5) / 1e5)).toMatchInlineSnapshot(`
    [
      0.81554,
      -0.556,
      -1.00153,
    ]
  `);
});

test('a rotation spreads a vector with a single coordinate over all coordinates', () => {
  for (let index = 0; index < 384; index += 37) {
    const vector = new Float32Array(384);
    vector[index] = 1;
    createRotation(384, 1)(vector);
    expect(Math.max(...vector.map(Math.abs))).toBeLessThan(0.35);
  }
});

test('bit 7 of the first byte is the sign of the first coordinate, and zero is not positive', () => {
  const code = new Uint8Array(2);
  writeSignCode(Float32Array.from([1, -1, 0.5, -0, 0, 3, -2, 1e-9, -1, 1]), code, 0);
  expect([...code].map((byte) => byte.toString(2).padStart(8, '0'))).toEqual(['10100101', '01000000']);
  expect(codeBytes(384)).toBe(48);
  expect(codeBytes(10)).toBe(2);
});

test('a code is written at its offset and nowhere else', () => {
  const codes = new Uint8Array(6);
  writeSignCode(new Float32Array(16).fill(1), codes, 2);
  expect([...codes]).toEqual([0, 0, 255, 255, 0, 0]);
});

test('the product from the table equals the dot product with the signs', () => {
  fc.assert(
    fc.property(pairOfVectors, fc.integer({ min: 0, max: 9 }), ([question, passage], offset) => {
      const codes = new Uint8Array(offset + codeBytes(passage.length) + 3).fill(0);
      writeSignCode(passage, codes, offset);
      let naive = 0;
      passage.forEach((value, index) => {
        naive += ((value > 0 ? 1 : -1) * (question[index] ?? 0)) / Math.sqrt(question.length);
      });
      expect(signProduct(signTable(question), codes, offset)).toBeCloseTo(naive, 3);
    }),
    { numRuns: 200 },
  );
});

test('no other code has a larger product with a vector than its own', () => {
  fc.assert(
    fc.property(pairOfVectors, ([question, other]) => {
      const width = codeBytes(question.length);
      const codes = new Uint8Array(2 * width);
      writeSignCode(question, codes, 0);
      writeSignCode(other, codes, width);
      const table = signTable(question);
      expect(signProduct(table, codes, 0)).toBeGreaterThanOrEqual(signProduct(table, codes, width) - 1e-4);
    }),
    { numRuns: 100 },
  );
});

function vectorOf(size: number): fc.Arbitrary<Float32Array> {
  return fc.array(coordinate, { minLength: size, maxLength: size }).map((values) => Float32Array.from(values));
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
