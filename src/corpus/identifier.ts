/** Returns the SHA-256 digest of a text's UTF-8 bytes. An argument because this folder does no I/O and imports no module. */
export type Digest = (text: string) => Uint8Array;

/** RFC 4648 base32, in lower case so that an id can be typed. */
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** 10 letters are 50 bits: among a million passages the chance that any two collide is about 1 in 2,000. */
const IDENTIFIER_LETTERS = 10;

/** Separates the parts of an identifier's source; it cannot occur in a path or in a text that was read. */
const SEPARATOR = '\u0000';

/** Id of the article that comes from `source`: its path below the seeds folder, or the id it was given in a bulk file. */
export function articleId(source: string, digest: Digest): string {
  return identify(['article', source], digest);
}

/**
 * Id of a passage: the same text in the same article keeps its id whatever happens around it.
 *
 * @param occurrence 0 for the first passage of the article with this text, 1 for the second, and so on.
 */
export function passageId(articleId: string, text: string, occurrence: number, digest: Digest): string {
  return identify(occurrence === 0 ? [articleId, text] : [articleId, text, String(occurrence)], digest);
}

function identify(parts: readonly string[], digest: Digest): string {
  const bytes = digest(parts.join(SEPARATOR));
  let letters = '';
  let bits = 0;
  let pending = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5 && letters.length < IDENTIFIER_LETTERS) {
      bits -= 5;
      letters += BASE32[(pending >> bits) & 31];
    }
    pending &= (1 << bits) - 1;
    if (letters.length === IDENTIFIER_LETTERS) break;
  }
  return letters;
}
