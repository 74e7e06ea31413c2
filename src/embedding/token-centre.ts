import { BUNDLED_CENTRE_BASE64, BUNDLED_MODEL_FINGERPRINT } from './bundled-token-centre.js';

/** Bytes in a float32. */
const FLOAT_BYTES = 4;

/**
 * Returns the stored mean token vector of a model, so that a new index does not have to measure it. That would take a
 * second model process and about half a second.
 *
 * @param modelFingerprint `Model.fingerprint`, 64 hexadecimal digits.
 * @returns A new vector of the model's dimensions (384 for the bundled model), or null for any model but the bundled one:
 * measure it with `Embedder.measureCentre(CENTRE_SAMPLE)`.
 */
export function centreFor(modelFingerprint: string): Float32Array | null {
  return modelFingerprint === BUNDLED_MODEL_FINGERPRINT ? decodeFloats(BUNDLED_CENTRE_BASE64) : null;
}

/**
 * Reads little-endian float32 values one by one. A view on the buffer's memory would use the byte order of the machine, and
 * Node.js may place a small buffer at an offset that is not a multiple of four.
 */
function decodeFloats(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return Float32Array.from({ length: bytes.length / FLOAT_BYTES }, (_, index) =>
    bytes.readFloatLE(index * FLOAT_BYTES),
  );
}
