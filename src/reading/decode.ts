import chardet from 'chardet';
import iconv from 'iconv-lite';
import { UnreadableFile } from './reading.js';

/**
 * Turns a file's bytes into text: by byte order mark, else as UTF-8 when it is valid UTF-8, else by detection.
 * Line ends become `\n`; nothing else is changed.
 *
 * @throws {UnreadableFile} when the bytes are not text, or in no encoding that can be told.
 */
export function decodeText(bytes: Uint8Array): string {
  return normaliseLineEnds(decode(bytes));
}

/** `\r\n` and `\r` become `\n`. */
export function normaliseLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function decode(bytes: Uint8Array): string {
  const text = decodeByMark(bytes) ?? decodeUtf8(bytes) ?? decodeByDetection(bytes);
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
