import type { PassageEmbedding, TokenIds } from '../../src/embedding/protocol.js';
import type { PassageEmbedder } from '../../src/indexing/embed-article.js';
import type { Manifest } from '../../src/library/manifest.js';
import { codeBytes } from '../../src/vectors/sign-codes.js';
import { normalised, randomNumbers, unitVector } from './random.js';

/** The number of values in a fake embedding. */
export const FAKE_DIMENSIONS = 64;

/** The model that libraries of the fake embedder are indexed with. */
export const FAKE_MODEL = { id: 'test/words', fingerprint: 'words-1' };

/** The manifest of libraries of the fake embedder. */
export const FAKE_MANIFEST: Manifest = {
  modelId: FAKE_MODEL.id,
  modelFingerprint: FAKE_MODEL.fingerprint,
  dimensions: FAKE_DIMENSIONS,
  rotationSeed: 1,
  centre: new Float32Array(FAKE_DIMENSIONS),
  createdAt: '2026-01-01T00:00:00.000Z',
};

/** Embeds a text as the mean of its words' vectors. A word's vector depends only on its letters. */
export class FakeEmbedder implements PassageEmbedder {
  /** How many passages and titles it has embedded. */
  embedded = 0;

  tokenize(texts: readonly string[]): Promise<readonly TokenIds[]> {
    return Promise.resolve(
      texts.map((text) => Uint32Array.from(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [], tokenOf)),
    );
  }

  embedPassages(passages: readonly TokenIds[]): Promise<PassageEmbedding[]> {
    this.embedded += passages.length;
    return Promise.resolve(
      passages.map((tokens) => ({
        vector: vectorOf(tokens),
        codes: new Uint8Array(tokens.length * codeBytes(FAKE_DIMENSIONS)).fill(tokens.length % 256),
      })),
    );
  }

  /** Nothing to close. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Embeds a question. */
  async vectorOf(text: string): Promise<Float32Array> {
    const [tokens = new Uint32Array()] = await this.tokenize([text]);
    return vectorOf(tokens);
  }
}

/** The lower 16 bits of FNV-1a. */
function tokenOf(word: string): number {
  let hash = 0x811c9dc5;
  for (const letter of word) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash & 0xffff;
}

function vectorOf(tokens: TokenIds): Float32Array {
  const sum = new Float32Array(FAKE_DIMENSIONS);
  for (const token of tokens) {
    unitVector(FAKE_DIMENSIONS, randomNumbers(token)).forEach((value, index) => {
      sum[index] = (sum[index] ?? 0) + value;
    });
  }
  return normalised(sum);
}
