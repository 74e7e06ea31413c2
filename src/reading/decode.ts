import chardet from 'chardet';
import iconv from 'iconv-lite';
import { normaliseLineEndings } from '../text/line-endings.js';
import { UnreadableFile } from './source-article.js';

/**
 * Decodes a file's bytes. The encoding is taken from the byte order mark, or from the zero bytes of UTF-16; without
 * these it is UTF-8 if the bytes are valid UTF-8,
 * else the encoding that the file declares, else whatever detection finds. Line endings become `\n`; nothing else is changed.
 *
 * @param declared The name of the encoding that the file itself declares, if any. Valid UTF-8 is read as UTF-8 even so, because
 * programs that save pages as UTF-8 leave the old name in them.
 * @throws {UnreadableFile} if the bytes are not text, or their encoding cannot be detected.
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): string {
  return normaliseLineEndings(decode(bytes, declared));
}

function decode(bytes: Uint8Array, declared: string | null): string {
  const text =
    decodeByByteOrderMark(bytes) ??
    decodeByZeroBytes(bytes) ??
    decodeIso2022Jp(bytes, declared) ??
    decodeUtf8(bytes) ??
    decodeAsDeclared(bytes, declared) ??
    decodeByDetection(bytes);
  if (text === null) throw new UnreadableFile('has an unknown text encoding: save it as UTF-8');
  if (text.includes('\u0000')) {
    throw new UnreadableFile('is not text (it contains null bytes): convert it to .txt or remove it');
  }
  if (looksBinary(text)) throw new UnreadableFile('is not text: convert it to .txt or remove it');
  return text;
}

function decodeByByteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return null;
}

/** Bytes that are looked at for UTF-16 without a byte order mark. */
const SAMPLE_BYTES = 4000;

/** UTF-16 without a byte order mark: in Latin text, every other byte is zero, and the others are not. */
function decodeByZeroBytes(bytes: Uint8Array): string | null {
  const length = Math.min(bytes.length, SAMPLE_BYTES) & ~1;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < length; index += 1) {
    if (bytes[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const pairs = length / 2;
  const isUtf16 =
    bytes.length % 2 === 0 && pairs >= 4 && Math.max(even, odd) >= pairs * 0.6 && Math.min(even, odd) === 0;
  return isUtf16 ? new TextDecoder(odd > even ? 'utf-16le' : 'utf-16be').decode(bytes) : null;
}

/** ISO-2022-JP has to be declared: it writes Japanese with ASCII bytes only, which are valid UTF-8. */
function decodeIso2022Jp(bytes: Uint8Array, declared: string | null): string | null {
  return declared?.toLowerCase() === 'iso-2022-jp' ? new TextDecoder('iso-2022-jp').decode(bytes) : null;
}

function decodeAsDeclared(bytes: Uint8Array, declared: string | null): string | null {
  if (declared === null) return null;
  // Browsers read these names as windows-1252, and pages rely on it.
  const name = /^(?:iso-?8859-?1|latin-?1|us-ascii|ascii)$/i.test(declared) ? 'windows-1252' : declared;
  if (/^utf-?(?:8|16|16le|16be)$/i.test(name)) return decodeMostlyUtf8(bytes);
  return iconv.encodingExists(name) ? iconv.decode(Buffer.from(bytes), name) : null;
}

/** A few broken bytes in a file that declares UTF-8 become replacement characters. With more of them, it is something else. */
function decodeMostlyUtf8(bytes: Uint8Array): string | null {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  return broken <= text.length / 1000 ? text : null;
}

/** Uses iconv-lite because the TextDecoder of Node.js 20 reads windows-1252 as Latin-1 and loses quotation marks and dashes. */
function decodeByDetection(bytes: Uint8Array): string | null {
  const encoding = chardet.detect(bytes);
  return encoding !== null && iconv.encodingExists(encoding) ? iconv.decode(Buffer.from(bytes), encoding) : null;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8, so it is some other encoding.
    return null;
  }
}

/** Text rarely contains control characters other than tab, line feed, form feed, carriage return and escape. */
function looksBinary(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it searches for control characters.
  const controls = text.match(/[\u0001-\u0008\u000e-\u001a\u001c-\u001f\ufffe\uffff]/g)?.length ?? 0;
  return controls > text.length / 1000;
}
