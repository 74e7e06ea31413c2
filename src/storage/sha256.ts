import { createHash } from 'node:crypto';

/** Returns the SHA-256 digest of a text's UTF-8 bytes: 32 bytes. */
export function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text, 'utf8').digest();
}

/** Returns the SHA-256 digest of a text (as UTF-8) or of bytes, as 64 hexadecimal digits. */
export function sha256Hex(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
