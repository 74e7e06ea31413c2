import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mulberry32 } from '../../src/vectors/random.js';
import { codeBytes, writeSignCode } from '../../src/vectors/sign-codes.js';
import { createTokenScorer, ReferenceScorer, type TokenMatches } from '../../src/vectors/token-scorer.js';
import { requireBuild } from '../build.js';

/** Sizes of models, and sizes that fill neither a byte nor a block of 16 bytes. */
const dimensions = fc.oneof(fc.constantFrom(64, 384, 512, 768, 1024), fc.integer({ min: 1, max: 300 }));

/** A question, a text and the lengths of the text's parts. */
const comparison = fc.record({
  dimensions,
  questionTokens: fc.integer({ min: 1, max: 70 }),
  lengths: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 }),
  seed: fc.integer(),
  /** How many different tokens the text has: few make ties. */
  distinct: fc.constantFrom(1, 2, 5, 1000),
});

test('the kernel finds the same partners with the same similarities as the reference, whatever the sizes', () => {
  fc.assert(
    fc.property(comparison, ({ dimensions, questionTokens, lengths, seed, distinct }) => {
      const random = mulberry32(seed);
      const question = Array.from({ length: questionTokens }, () => unitVector(dimensions, random));
      const known = Array.from({ length: distinct }, () => unitVector(dimensions, random));
      const tokens = lengths.reduce((sum, length) => sum + length, 0);
      const codes = codesOf(
        Array.from({ length: tokens }, (_, token) =>
          distinct < 1000 ? (known[token % distinct] ?? known[0]) : unitVector(dimensions, random),
        ),
        dimensions,
      );
      // The same memory serves all of these questions, one after the other.
      expectSame(
        createTokenScorer(question).match(codes, lengths),
        new ReferenceScorer(question).match(codes, lengths),
      );
    }),
    { numRuns: 60 },
  );
});

test('two questions can be compared in turn', () => {
  const random = mulberry32(7);
  const vectors = Array.from({ length: 30 }, () => unitVector(384, random));
  const codes = codesOf(vectors, 384);
  const [first, second] = [createTokenScorer(vectors.slice(0, 3)), createTokenScorer(vectors.slice(5, 20))];
  const tokensOf = (scorer: typeof first): unknown => scorer.match(codes)[0]?.tokens;
  for (let round = 0; round < 3; round++) {
    expect(tokensOf(first)).toEqual([0, 1, 2]);
    expect(tokensOf(second)).toEqual(Array.from({ length: 15 }, (_, index) => index + 5));
  }
});

test('parts are compared separately, an empty one has no partner, and tokens without a code do not count', () => {
  const random = mulberry32(1);
  const [a, b, c] = Array.from({ length: 3 }, () => unitVector(64, random)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const codes = codesOf([a, b, c, b], 64);
  for (const create of [createTokenScorer, (vectors: Float32Array[]) => new ReferenceScorer(vectors)]) {
    const partners = (lengths?: number[]): unknown =>
      create([a, b])
        .match(codes, lengths)
        .map(({ tokens }) => tokens);
    expect(partners()).toEqual([[0, 1]]);
    // The first of two equal tokens.
    expect(partners([1, 0, 3])).toEqual([[0, 0], [-1, -1], expect.arrayContaining([1])]);
    expect(create([a]).match(codes, [0])).toEqual([{ tokens: [-1], similarities: [0] }]);
    expect(partners([1, 9])).toEqual(partners([1, 3]));
    expect(create([]).match(codes)).toEqual([{ tokens: [], similarities: [] }]);
  }
});

test('a text that is too large for the memory of the kernel is compared without it', () => {
  const random = mulberry32(3);
  const question = [unitVector(8, random), unitVector(8, random)];
  const codes = Uint8Array.from({ length: 500_000 }, (_, index) => index >> 2);
  expectSame(createTokenScorer(question).match(codes), new ReferenceScorer(question).match(codes));
});

// Without a compiler at run time, Node.js has no WebAssembly.
test('without WebAssembly, the reference is used', () => {
  requireBuild();
  const scorer = new URL('../../dist/vectors/token-scorer.js', import.meta.url).href;
  const script = `const { createTokenScorer } = await import('${scorer}');
    const scorer = createTokenScorer([new Float32Array(8).fill(1)]);
    console.log(typeof WebAssembly, JSON.stringify(scorer.match(Uint8Array.of(0, 255))));`;
  const { stdout } = spawnSync(process.execPath, ['--jitless', '--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  expect(stdout).toMatch(/^undefined .*"tokens":\[1\]/);
});

function expectSame(actual: readonly TokenMatches[], expected: readonly TokenMatches[]): void {
  expect(actual.map(({ tokens }) => tokens)).toEqual(expected.map(({ tokens }) => tokens));
  actual.forEach(({ similarities }, part) => {
    similarities.forEach((similarity, index) => {
      expect(Math.abs(similarity - (expected[part]?.similarities[index] ?? Number.NaN))).toBeLessThan(1e-6);
    });
  });
}

function codesOf(vectors: readonly (Float32Array | undefined)[], dimensions: number): Uint8Array {
  const width = codeBytes(dimensions);
  const codes = new Uint8Array(vectors.length * width);
  vectors.forEach((vector, index) => {
    if (vector !== undefined) writeSignCode(vector, codes, index * width);
  });
  return codes;
}

function unitVector(dimensions: number, random: () => number): Float32Array {
  const vector = Float32Array.from({ length: dimensions }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
