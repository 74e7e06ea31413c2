import chardet from 'chardet';
import iconv from 'iconv-lite';
import { UnreadableFile } from './source-article.js';

/**
 * Turns a file's bytes into text: by byte order mark, else as UTF-8 when it is valid UTF-8, else as the file declares, else by
 * detection. Line ends become `\n`; nothing else is changed.
 *
 * @param declared The name of the encoding that the file itself states, if any. What is valid UTF-8 is read as such all the
 * same: programs that save pages as UTF-8 leave the old name in them.
 * @throws {UnreadableFile} when the bytes are not text, or in no encoding that can be told.
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): string {
  return normaliseLineEnds(decode(bytes, declared));
}

/** `\r\n` and `\r` become `\n`. */
export function normaliseLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function decode(bytes: Uint8Array, declared: string | null): string {
  const text =
    decodeByMark(bytes) ??
    decodeEscaped(bytes, declared) ??
    decodeUtf8(bytes) ??
    decodeAsDeclared(bytes, declared) ??
    decodeByDetection(bytes);
  if (text === null) throw new UnreadableFile('has an encoding that was not recognised: save it as UTF-8');
  if (text.includes('\u0000')) {
    throw new UnreadableFile('is not text (it has zero bytes): remove it or convert it to .txt');
  }
  if (looksBinary(text)) throw new UnreadableFile('is not text: remove it or convert it to .txt');
  return text;
}

function decodeByMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return null;
}

/** Japanese in seven bits would pass for UTF-8. */
function decodeEscaped(bytes: Uint8Array, declared: string | null): string | null {
  return declared?.toLowerCase() === 'iso-2022-jp' ? new TextDecoder('iso-2022-jp').decode(bytes) : null;
}

function decodeAsDeclared(bytes: Uint8Array, declared: string | null): string | null {
  if (declared === null) return null;
  // Browsers read these names so, and pages count on it.
  const name = /^(?:iso-?8859-?1|latin-?1|us-ascii|ascii)$/i.test(declared) ? 'windows-1252' : declared;
  if (/^utf-?(?:8|16|16le|16be)$/i.test(name)) return decodeMostlyUtf8(bytes);
  return iconv.encodingExists(name) ? iconv.decode(Buffer.from(bytes), name) : null;
}

/** Of a page that says it is UTF-8, a few broken bytes are shown as such; more of them, and it is something else. */
function decodeMostlyUtf8(bytes: Uint8Array): string | null {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  return broken <= text.length / 1000 ? text : null;
}

/** By iconv-lite: the TextDecoder of Node.js 20 reads windows-1252 as Latin-1, without its quotation marks and dashes. */
function decodeByDetection(bytes: Uint8Array): string | null {
  const encoding = chardet.detect(bytes);
  return encoding !== null && iconv.encodingExists(encoding) ? iconv.decode(Buffer.from(bytes), encoding) : null;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Bytes that are not UTF-8: some other encoding.
    return null;
  }
}

/** Control characters other than tab, line feed, form feed, carriage return and escape are rare in text. */
function looksBinary(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  const controls = text.match(/[\u0001-\u0008\u000e-\u001a\u001c-\u001f\ufffe\uffff]/g)?.length ?? 0;
  return controls > text.length / 1000;
}
