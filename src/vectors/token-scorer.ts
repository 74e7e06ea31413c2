import { MAX_SIM_KERNEL } from './max-sim-kernel.js';
import { codeBytes, signProduct, signTable } from './sign-codes.js';
import { compileKernel, type WebAssemblyMemory } from './webassembly.js';

/** The best partner of each question token in one part of a text, by the index of the question token. */
export interface TokenMatches {
  /** Index of the partner in the text; -1 if the part has no tokens. */
  readonly tokens: readonly number[];
  /** Similarity of the two tokens, about -1 to 1 because it is estimated from signs; 0 if the part has no tokens. */
  readonly similarities: readonly number[];
}

/** The tokens of a question, prepared for comparison with the tokens of many texts. */
export interface TokenScorer {
  /**
   * Finds the best partner of each question token in each part of a text, such as its sentences; of equal ones the first.
   *
   * @param codes Sign codes of the text's tokens, one after the other.
   * @param lengths Number of tokens in each part. Part follows part from the first token. Tokens without a code do not count.
   *   Default: the whole text is one part.
   * @returns One element for each part.
   */
  match(codes: Uint8Array, lengths?: readonly number[]): TokenMatches[];
}

/**
 * Prepares the tokens of a question. With WebAssembly SIMD the comparison takes about a tenth of the time; the result is the same up to
 * rounding (1e-6).
 *
 * @param vectors One for each token, all of the same size.
 */
export function createTokenScorer(vectors: readonly Float32Array[]): TokenScorer {
  if (shared === undefined) shared = createKernel();
  return shared === null || vectors.length === 0 ? new ReferenceScorer(vectors) : new KernelScorer(vectors, shared);
}

/** Compares token by token, with the look-up tables of `sign-codes.ts`: what is done where the kernel cannot be used. */
export class ReferenceScorer implements TokenScorer {
  readonly #vectors: readonly Float32Array[];
  readonly #width: number;
  #tables: readonly Float32Array[] | null = null;

  /** @param vectors As for {@link createTokenScorer}. */
  constructor(vectors: readonly Float32Array[]) {
    this.#vectors = vectors;
    this.#width = codeBytes(vectors[0]?.length ?? 1);
  }

  match(codes: Uint8Array, lengths: readonly number[] = ONE_PART): TokenMatches[] {
    this.#tables ??= this.#vectors.map(signTable);
    let from = 0;
    const matches: TokenMatches[] = [];
    for (const length of clampLengths(lengths, codes.length / this.#width)) {
      matches.push(matchRange(this.#tables, codes, this.#width, from, from + length));
      from += length;
    }
    return matches;
  }
}

class KernelScorer implements TokenScorer {
  readonly #vectors: PackedVectors;
  readonly #kernel: Kernel;
  readonly #reference: ReferenceScorer;

  constructor(vectors: readonly Float32Array[], kernel: Kernel) {
    this.#vectors = packVectors(vectors);
    this.#kernel = kernel;
    this.#reference = new ReferenceScorer(vectors);
  }

  match(codes: Uint8Array, lengths: readonly number[] = ONE_PART): TokenMatches[] {
    const clamped = clampLengths(lengths, codes.length / this.#vectors.width);
    return this.#kernel.match(this.#vectors, codes, clamped) ?? this.#reference.match(codes, lengths);
  }
}

const ONE_PART: readonly number[] = [Number.POSITIVE_INFINITY];

function matchRange(
  tables: readonly Float32Array[],
  codes: Uint8Array,
  width: number,
  from: number,
  to: number,
): TokenMatches {
  const tokens: number[] = tables.map(() => -1);
  const similarities: number[] = tables.map(() => 0);
  tables.forEach((table, index) => {
    for (let token = from; token < to; token++) {
      const product = signProduct(table, codes, token * width);
      if (tokens[index] !== -1 && product <= (similarities[index] as number)) continue;
      tokens[index] = token;
      similarities[index] = product;
    }
  });
  return { tokens, similarities };
}

/** Shortens the last parts if there are fewer tokens than they should have together. */
function clampLengths(lengths: readonly number[], available: number): number[] {
  let rest = Math.floor(available);
  return lengths.map((length) => {
    const clamped = Math.min(length, rest);
    rest -= clamped;
    return clamped;
  });
}

/** The vectors of question tokens as the kernel reads them. */
interface PackedVectors {
  /** One vector after the other, divided by the square root of the dimensions, with zeros up to 8 × `width` numbers each. */
  readonly values: Float32Array;
  readonly count: number;
  /** Bytes of a code. */
  readonly width: number;
}

function packVectors(vectors: readonly Float32Array[]): PackedVectors {
  const dimensions = vectors[0]?.length ?? 0;
  const width = codeBytes(dimensions);
  const values = new Float32Array(vectors.length * width * 8);
  const scale = 1 / Math.sqrt(dimensions);
  vectors.forEach((vector, index) => {
    const start = index * width * 8;
    for (let i = 0; i < dimensions; i++) values[start + i] = (vector[i] as number) * scale;
  });
  return { values, count: vectors.length, width };
}

/** What `assembly/max-sim.ts` exports. Addresses and sizes are in bytes. */
interface KernelExports {
  readonly memory: WebAssemblyMemory;
  tableBytes(width: number): number;
  floatBytes(width: number): number;
  blockBytes(width: number): number;
  prepare(vectors: number, count: number, width: number, tables: number, floats: number): void;
  match(
    tables: number,
    floats: number,
    count: number,
    codes: number,
    tokens: number,
    width: number,
    blocks: number,
    estimates: number,
    lengths: number,
    parts: number,
    partners: number,
    similarities: number,
  ): void;
}

/** A sum of 16 bits holds the entries of so many bytes. */
const MAX_WIDTH = 512;

/** One instance of the kernel. It keeps the tables of one question at a time. */
class Kernel {
  readonly #exports: KernelExports;
  /** All of it, from the start: growing would detach its buffer, which makes every loop over typed arrays in the thread slower. */
  readonly #memory: KernelMemory;
  #loaded: PackedVectors | null = null;

  constructor(exports: KernelExports) {
    this.#exports = exports;
    this.#memory = viewsOf(exports.memory.buffer);
  }

  /** As `TokenScorer.match`. Returns null if it would take too much memory. */
  match(question: PackedVectors, codes: Uint8Array, lengths: readonly number[]): TokenMatches[] | null {
    const { count, width } = question;
    let tokens = 0;
    for (const length of lengths) tokens += length;
    const blockCount = Math.ceil(tokens / 16);
    const results = lengths.length * count;
    // One region of memory behind the other. The tables come first, so they stay where they are while the text changes.
    const tables = 0;
    const floats = tables + count * this.#exports.tableBytes(width);
    const vectors = floats + count * this.#exports.floatBytes(width);
    const similarities = vectors + question.values.byteLength;
    const partners = similarities + results * 8;
    const lengthsAt = partners + results * 4;
    // The kernel reads estimates four at a time, and codes 16 at a time.
    const estimates = lengthsAt + lengths.length * 4;
    const blocks = estimates + (blockCount * 16 + 4) * 4;
    const codesAt = blocks + blockCount * this.#exports.blockBytes(width);
    const end = codesAt + (tokens + 16) * width + 16;
    const { bytes, integers, floats32, floats64 } = this.#memory;
    // No passage needs more.
    if (width > MAX_WIDTH || end > bytes.length) return null;
    if (this.#loaded !== question) {
      floats32.set(question.values, vectors / 4);
      this.#exports.prepare(vectors, count, width, tables, floats);
      this.#loaded = question;
    }
    integers.set(lengths, lengthsAt / 4);
    bytes.set(tokens * width === codes.length ? codes : codes.subarray(0, tokens * width), codesAt);
    this.#exports.match(
      tables,
      floats,
      count,
      codesAt,
      tokens,
      width,
      blocks,
      estimates,
      lengthsAt,
      lengths.length,
      partners,
      similarities,
    );
    return lengths.map((_, part) => ({
      tokens: sliceOf(integers, partners / 4 + part * count, count),
      similarities: sliceOf(floats64, similarities / 8 + part * count, count),
    }));
  }
}

/** Views of the same memory. */
interface KernelMemory {
  readonly bytes: Uint8Array;
  readonly integers: Int32Array;
  readonly floats32: Float32Array;
  readonly floats64: Float64Array;
}

function viewsOf(buffer: ArrayBuffer): KernelMemory {
  return {
    bytes: new Uint8Array(buffer),
    integers: new Int32Array(buffer),
    floats32: new Float32Array(buffer),
    floats64: new Float64Array(buffer),
  };
}

/** Copies numbers to an array. For so few, a typed array takes longer to make. */
function sliceOf(numbers: Int32Array | Float64Array, start: number, length: number): number[] {
  const slice: number[] = [];
  for (let index = start; index < start + length; index++) slice.push(numbers[index] as number);
  return slice;
}

/** The instance that all questions of this thread share; undefined before the first one, and null if there can be none. */
let shared: Kernel | null | undefined;

/** Returns null if WebAssembly with SIMD is not available. */
function createKernel(): Kernel | null {
  const start = compileKernel<KernelExports>(MAX_SIM_KERNEL);
  return start === null ? null : new Kernel(start());
}
