/**
 * MaxSim over sign codes, with WebAssembly SIMD. Written in AssemblyScript; `npm run build:kernel` compiles it to
 * `src/vectors/max-sim-kernel.ts`.
 *
 * A code is cut into half-bytes (nibbles), as a byte of a code is looked up in `sign-codes.ts`. A question token has a table of
 * 16 entries for each of them, and one SIMD instruction (`swizzle`) looks up the same nibble of 16 passage tokens:
 *
 *     block of 16 passage tokens, nibble by nibble         table of one question token
 *     nibble 0   n0 of token 0 │ n0 of token 1 │ …   ──▶   16 entries, 12 bits each: upper 6 bits, lower 6 bits
 *     nibble 1   n1 of token 0 │ n1 of token 1 │ …   ──▶   …
 *     …
 *
 * The 12 bits make an estimate with a known largest error. The passage tokens whose estimate is so close to the best one that
 * they may be better are compared again, with entries of 32-bit floats. So the result is exact.
 *
 * The caller lays out the memory and passes addresses. A `width` is the number of bytes in a code, at most `MAX_WIDTH`.
 */

/** Largest value of 6 bits. Four of them fit into a byte. */
const MAX_PART: i32 = 63;
/** Largest value of an entry. */
const MAX_ENTRY: f64 = 4095;

/** Number of nibbles that the scan reads: it takes four at a time. */
// @ts-ignore: decorator
@inline
function scannedNibbles(width: i32): i32 {
  return (2 * width + 3) & ~3;
}

/** Bytes of one question token in `tables`: two bytes for each of the 16 entries of a nibble. */
export function tableBytes(width: i32): i32 {
  return scannedNibbles(width) << 5;
}

/** Bytes of one question token in `floats`: four for each of the 16 entries of a nibble. */
export function floatBytes(width: i32): i32 {
  return width << 7;
}

/** Bytes of a block of 16 passage tokens. */
export function blockBytes(width: i32): i32 {
  return ((width + 15) >> 4) << 9;
}

/**
 * Computes the tables of question tokens.
 *
 * @param vectors 8 × `width` 32-bit floats for each token, divided by the square root of the dimensions; zeros at the end if the
 *   vectors are shorter.
 */
export function prepare(vectors: usize, count: i32, width: i32, tables: usize, floats: usize): void {
  memory.fill(tables, 0, <usize>(count * tableBytes(width)));
  const nibbles = 2 * width;
  for (let q = 0; q < count; q++) {
    const vector = vectors + <usize>(q * width * 32);
    const exact = floats + <usize>(q * floatBytes(width));
    let largest: f32 = 0;
    for (let nibble = 0; nibble < nibbles; nibble++) {
      const at = vector + <usize>(nibble << 4);
      const entries = exact + <usize>(nibble << 6);
      const a = load<f32>(at), b = load<f32>(at, 4), c = load<f32>(at, 8), d = load<f32>(at, 12);
      // The first coordinate is in the highest bit.
      for (let value = 0; value < 16; value++) {
        const sum = (value & 8 ? a : -a) + (value & 4 ? b : -b) + (value & 2 ? c : -c) + (value & 1 ? d : -d);
        store<f32>(entries + <usize>(value << 2), sum);
      }
      largest = max(largest, abs(a) + abs(b) + abs(c) + abs(d));
    }
    if (largest == 0) continue;
    const scale = MAX_ENTRY / (2 * <f64>largest);
    const table = tables + <usize>(q * tableBytes(width));
    for (let nibble = 0; nibble < nibbles; nibble++) {
      const entries = exact + <usize>(nibble << 6);
      const parts = table + <usize>(nibble << 5);
      for (let value = 0; value < 16; value++) {
        const sum = <f64>load<f32>(entries + <usize>(value << 2)) + <f64>largest;
        const entry = min<i32>(<i32>MAX_ENTRY, max<i32>(0, <i32>(sum * scale + 0.5)));
        store<u8>(parts + <usize>value, entry >> 6);
        store<u8>(parts + <usize>value, entry & MAX_PART, 16);
      }
    }
  }
}

/**
 * Finds the best partner of each question token in each part of a text; of equal ones the first.
 *
 * @param codes One code for each of `tokens` tokens, and 16 × `width` + 16 more bytes that can be read.
 * @param blocks Room for `blockBytes` for each 16 tokens.
 * @param estimates Room for a 32-bit integer for each token, rounded up to 16 tokens, and four more.
 * @param lengths Number of tokens in each part, as 32-bit integers. Part follows part from the first token.
 * @param partners A 32-bit integer for each question token of each part: the index of the token in `codes`, or -1 if the part is
 *   empty.
 * @param similarities A 64-bit float for each of them: the product, or 0.
 */
export function match(
  tables: usize,
  floats: usize,
  count: i32,
  codes: usize,
  tokens: i32,
  width: i32,
  blocks: usize,
  estimates: usize,
  lengths: usize,
  parts: i32,
  partners: usize,
  similarities: usize,
): void {
  arrange(codes, tokens, width, blocks);
  // Each of the 2 × width entries of two sums is rounded by at most 1/2; 2 more for the rounding of the floats.
  const margin = 2 * width + 2;
  for (let q = 0; q < count; q++) {
    estimate(tables + <usize>(q * tableBytes(width)), tokens, width, blocks, estimates);
    const exact = floats + <usize>(q * floatBytes(width));
    let from = 0;
    for (let part = 0; part < parts; part++) {
      const to = from + load<i32>(lengths + <usize>(part << 2));
      const least = i32x4.splat(highestOf(estimates, from, to) - margin);
      let partner = -1;
      let similarity: f64 = 0;
      for (let first = from; first < to; first += 4) {
        const near = i32x4.ge_s(v128.load(estimates + <usize>(first << 2)), least);
        // A bit for each of four tokens. Those behind the part do not count.
        let candidates = i32x4.bitmask(near) & ((1 << min(4, to - first)) - 1);
        for (; candidates != 0; candidates &= candidates - 1) {
          const token = first + ctz(candidates);
          const product = productOf(exact, codes + <usize>(token * width), width);
          if (partner == -1 || product > similarity) {
            partner = token;
            similarity = product;
          }
        }
      }
      const result = part * count + q;
      store<i32>(partners + <usize>(result << 2), partner);
      store<f64>(similarities + <usize>(result << 3), similarity);
      from = to;
    }
  }
}

/** The highest estimate of the tokens `from` (inclusive) to `to` (exclusive), or 0 if there are none. */
function highestOf(estimates: usize, from: i32, to: i32): i32 {
  let highest = i32x4.splat(0);
  let token = from;
  for (; token + 4 <= to; token += 4) highest = i32x4.max_s(highest, v128.load(estimates + <usize>(token << 2)));
  let best = max(
    max(i32x4.extract_lane(highest, 0), i32x4.extract_lane(highest, 1)),
    max(i32x4.extract_lane(highest, 2), i32x4.extract_lane(highest, 3)),
  );
  for (; token < to; token++) best = max(best, load<i32>(estimates + <usize>(token << 2)));
  return best;
}

/** The sum of the entries for each nibble of a code. */
// @ts-ignore: decorator
@inline
function productOf(floats: usize, code: usize, width: i32): f64 {
  let upper: f64 = 0;
  let lower: f64 = 0;
  for (let byte = 0; byte < width; byte++) {
    const value = <usize>load<u8>(code + <usize>byte);
    const entries = floats + <usize>(byte << 7);
    upper += <f64>load<f32>(entries + ((value >> 4) << 2));
    lower += <f64>load<f32>(entries + ((value & 15) << 2), 64);
  }
  return upper + lower;
}

/** Adds up the entries of all nibbles, for 16 passage tokens at a time. */
function estimate(table: usize, tokens: i32, width: i32, blocks: usize, estimates: usize): void {
  const nibbles = scannedNibbles(width);
  const count = (tokens + 15) >> 4;
  for (let b = 0; b < count; b++) {
    const block = blocks + <usize>(b * blockBytes(width));
    // Sums of 16 bits, in which the bytes of odd tokens are counted as well, times 256; and those of the odd tokens alone.
    let upper = i16x8.splat(0), upperOdd = i16x8.splat(0), lower = i16x8.splat(0), lowerOdd = i16x8.splat(0);
    for (let nibble = 0; nibble < nibbles; nibble += 4) {
      const at = block + <usize>(nibble << 4);
      const n0 = v128.load(at), n1 = v128.load(at, 16), n2 = v128.load(at, 32), n3 = v128.load(at, 48);
      const t = table + <usize>(nibble << 5);
      const u = i8x16.add(
        i8x16.add(i8x16.swizzle(v128.load(t), n0), i8x16.swizzle(v128.load(t, 32), n1)),
        i8x16.add(i8x16.swizzle(v128.load(t, 64), n2), i8x16.swizzle(v128.load(t, 96), n3)),
      );
      const l = i8x16.add(
        i8x16.add(i8x16.swizzle(v128.load(t, 16), n0), i8x16.swizzle(v128.load(t, 48), n1)),
        i8x16.add(i8x16.swizzle(v128.load(t, 80), n2), i8x16.swizzle(v128.load(t, 112), n3)),
      );
      upper = i16x8.add(upper, u);
      upperOdd = i16x8.add(upperOdd, i16x8.shr_u(u, 8));
      lower = i16x8.add(lower, l);
      lowerOdd = i16x8.add(lowerOdd, i16x8.shr_u(l, 8));
    }
    const upperEven = i16x8.sub(upper, i16x8.shl(upperOdd, 8));
    const lowerEven = i16x8.sub(lower, i16x8.shl(lowerOdd, 8));
    const out = estimates + <usize>(b << 6);
    const even0 = joined(i32x4.extend_low_i16x8_u(upperEven), i32x4.extend_low_i16x8_u(lowerEven));
    const odd0 = joined(i32x4.extend_low_i16x8_u(upperOdd), i32x4.extend_low_i16x8_u(lowerOdd));
    const even1 = joined(i32x4.extend_high_i16x8_u(upperEven), i32x4.extend_high_i16x8_u(lowerEven));
    const odd1 = joined(i32x4.extend_high_i16x8_u(upperOdd), i32x4.extend_high_i16x8_u(lowerOdd));
    v128.store(out, v128.shuffle<i32>(even0, odd0, 0, 4, 1, 5));
    v128.store(out, v128.shuffle<i32>(even0, odd0, 2, 6, 3, 7), 16);
    v128.store(out, v128.shuffle<i32>(even1, odd1, 0, 4, 1, 5), 32);
    v128.store(out, v128.shuffle<i32>(even1, odd1, 2, 6, 3, 7), 48);
  }
}

// @ts-ignore: decorator
@inline
function joined(upper: v128, lower: v128): v128 {
  return i32x4.add(i32x4.shl(upper, 6), lower);
}

/** Writes the codes nibble by nibble, in blocks of 16 tokens. */
function arrange(codes: usize, tokens: i32, width: i32, blocks: usize): void {
  const count = (tokens + 15) >> 4;
  for (let b = 0; b < count; b++) {
    const from = codes + <usize>(b * 16 * width);
    const block = blocks + <usize>(b * blockBytes(width));
    for (let byte = 0; byte < width; byte += 16) {
      transpose(from + <usize>byte, <usize>width, block + <usize>(byte << 5));
    }
  }
}

/** Transposes 16 bytes of 16 codes, and splits each byte into its upper and its lower nibble. */
function transpose(from: usize, width: usize, to: usize): void {
  let a0 = v128.load(from), a1 = v128.load(from + width), a2 = v128.load(from + 2 * width), a3 = v128.load(from + 3 * width);
  let a4 = v128.load(from + 4 * width), a5 = v128.load(from + 5 * width), a6 = v128.load(from + 6 * width), a7 = v128.load(from + 7 * width);
  let a8 = v128.load(from + 8 * width), a9 = v128.load(from + 9 * width), aa = v128.load(from + 10 * width), ab = v128.load(from + 11 * width);
  let ac = v128.load(from + 12 * width), ad = v128.load(from + 13 * width), ae = v128.load(from + 14 * width), af = v128.load(from + 15 * width);
  // Four perfect shuffles of 16 vectors transpose them.
  for (let round = 0; round < 4; round++) {
    const b0 = low(a0, a8), b1 = high(a0, a8), b2 = low(a1, a9), b3 = high(a1, a9);
    const b4 = low(a2, aa), b5 = high(a2, aa), b6 = low(a3, ab), b7 = high(a3, ab);
    const b8 = low(a4, ac), b9 = high(a4, ac), ba = low(a5, ad), bb = high(a5, ad);
    const bc = low(a6, ae), bd = high(a6, ae), be = low(a7, af), bf = high(a7, af);
    a0 = b0; a1 = b1; a2 = b2; a3 = b3; a4 = b4; a5 = b5; a6 = b6; a7 = b7;
    a8 = b8; a9 = b9; aa = ba; ab = bb; ac = bc; ad = bd; ae = be; af = bf;
  }
  split(a0, to); split(a1, to + 32); split(a2, to + 64); split(a3, to + 96);
  split(a4, to + 128); split(a5, to + 160); split(a6, to + 192); split(a7, to + 224);
  split(a8, to + 256); split(a9, to + 288); split(aa, to + 320); split(ab, to + 352);
  split(ac, to + 384); split(ad, to + 416); split(ae, to + 448); split(af, to + 480);
}

// @ts-ignore: decorator
@inline
function low(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

// @ts-ignore: decorator
@inline
function high(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

// @ts-ignore: decorator
@inline
function split(bytes: v128, to: usize): void {
  v128.store(to, i8x16.shr_u(bytes, 4));
  v128.store(to, v128.and(bytes, i8x16.splat(15)), 16);
}
