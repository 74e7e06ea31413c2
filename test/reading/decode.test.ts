import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../src/reading/decode.js';
import { UnreadableFile } from '../../src/reading/source-article.js';
import { normaliseLineEndings } from '../../src/text/line-endings.js';

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');

/** The characters of windows-1252 from 0x80 to 0x9f. All others have the same codes in Unicode. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function windows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const index = WINDOWS_1252.indexOf(character);
    return index === -1 ? character.charCodeAt(0) : 0x80 + index;
  });
}

/** Encodes Russian letters, punctuation and spaces in windows-1251. */
function windows1251(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x80 ? code : code - 0x410 + 0xc0;
  });
}

function utf16(text: string, endian: 'little' | 'big'): Uint8Array {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return endian === 'little' ? bytes : bytes.swap16();
}

const GERMAN =
  'Die Außenminister trafen sich am Mittwoch in Reykjavík. Über die Rüstungskontrolle müsse man weiter sprechen, hieß es danach. Für uns ist das ein Anfang, sagte er. Das Gespräch dauerte länger als geplant.';
const RUSSIAN =
  'Министр иностранных дел встретился со своим коллегой в Рейкьявике. Разговор продолжался дольше, чем было запланировано. Стороны договорились о продолжении переговоров.';

describe('decodes', () => {
  test.each([
    ['UTF-8', utf8('naïve 北京 😀'), 'naïve 北京 😀'],
    ['UTF-8 with a byte order mark', utf8('\ufeffnaïve 北京'), 'naïve 北京'],
    ['UTF-16, little-endian', utf16('naïve 北京 😀', 'little'), 'naïve 北京 😀'],
    ['UTF-16, big-endian', utf16('naïve 北京 😀', 'big'), 'naïve 北京 😀'],
    ['UTF-16 without a byte order mark, little-endian', utf16('naïve “tests”', 'little').slice(2), 'naïve “tests”'],
    ['UTF-16 without a byte order mark, big-endian', utf16('naïve “tests”', 'big').slice(2), 'naïve “tests”'],
    ['windows-1252', windows1252(GERMAN), GERMAN],
    ['windows-1251', windows1251(RUSSIAN), RUSSIAN],
    ['ASCII', utf8('plain'), 'plain'],
  ])('%s', (_, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });
});

test('decodes quotation marks, dashes and apostrophes in windows-1252', () => {
  const text = '“We’re ready to talk,” Lavrov said in Reykjavík – and cafés closed… for 5 €.';
  expect(decodeText(windows1252(text))).toBe(text);
});

test('normalises line endings and changes nothing else', () => {
  expect(decodeText(utf8('a\r\nb\rc\n\r\n\r\rd \t\u00a0e\u2028f\fg'))).toBe('a\nb\nc\n\n\n\nd \t\u00a0e\u2028f\fg');
  expect(normaliseLineEndings('\r\n\r')).toBe('\n\n');
});

describe('refuses what is not text, and says what to do', () => {
  test.each([
    ['null bytes', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 9), /not text .*convert it to \.txt/],
    ['control characters', utf8('\u0001\u0002\u0003\u0004 text'), /not text: .*convert it to \.txt/],
    ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d), /not text/],
  ])('%s', (_, bytes, reason) => {
    expect(() => decodeText(bytes)).toThrow(UnreadableFile);
    expect(() => decodeText(bytes)).toThrow(reason);
  });
});

test('accepts a single control character in a long text', () => {
  const text = `${'A sentence that goes on. '.repeat(100)}\u0007`;
  expect(decodeText(utf8(text))).toBe(text);
});

test('decodes no bytes as an empty text', () => {
  expect(decodeText(new Uint8Array())).toBe('');
});

test('decodes or refuses any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      try {
        expect(decodeText(bytes)).not.toMatch(/\r/);
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableFile);
      }
    }),
    { numRuns: 200 },
  );
});

test('decodes UTF-8 to the text that was encoded, except for line endings', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      fc.pre(!text.startsWith('\ufeff') && !text.includes('\u0000'));
      expect(decodeText(utf8(text))).toBe(normaliseLineEndings(text));
    }),
    { numRuns: 100 },
  );
});
