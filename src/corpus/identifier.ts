/** Returns the SHA-256 digest of a text's UTF-8 bytes. It is passed in because this folder imports no Node module. */
export type Digest = (text: string) => Uint8Array;

/** RFC 4648 base32, in lower case so ids are easy to type. */
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** 10 letters are 50 bits. Among a million passages, the chance that any two collide is about 1 in 2,000. */
const IDENTIFIER_LETTERS = 10;

/** Separates the parts that are hashed. It cannot occur in a path or in the text of an article. */
const SEPARATOR = '\u0000';

/**
 * Returns the id of an article.
 *
 * @param source Its path relative to the seeds folder, or its id in a bulk file.
 */
export function articleId(source: string, digest: Digest): string {
  return identify(['article', source], digest);
}

/**
 * Returns the id of a passage. A passage keeps its id when the text around it changes.
 *
 * @param article Id of the article.
 * @param occurrence How many earlier passages of the article have the same text.
 */
export function passageId(article: string, text: string, occurrence: number, digest: Digest): string {
  return identify(occurrence === 0 ? [article, text] : [article, text, String(occurrence)], digest);
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
