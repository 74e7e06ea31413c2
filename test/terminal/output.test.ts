import { PassThrough } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createOutput, toTerminal } from '../../src/terminal/output.js';
import { createColors, indent, wrapMessage } from '../../src/terminal/screen.js';

/** What a terminal obeys: everything but text, line feeds and tabs. */
const OBEYED = /[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const evil = fc
  .array(
    fc.oneof(
      fc.constantFrom('\u001b[31m', '\u001b[1m', '\u001b[22m', '\u001b]0;x\u0007', '\u009b2J', '\u202e', '\n', 'word '),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

async function printed(text: string): Promise<string> {
  const stream = new PassThrough();
  createOutput(stream).write(text);
  stream.end();
  return readAll(stream);
}

describe('an output', () => {
  test('writes out whatever a terminal would obey', async () => {
    expect(await printed('a\u001b[31mb\u001b[39m\u009b2J\u007f\u202e\r\n\tc')).toBe(
      'a\\u001b[31mb\\u001b[39m\\u009b2J\\u007f\\u202e\\u000d\n\tc',
    );
    await fc.assert(
      fc.asyncProperty(evil, async (text) => {
        expect(await printed(text)).not.toMatch(OBEYED);
      }),
    );
  });

  test('lets our own colours through, and no others, however they are nested and wrapped', () => {
    const { bold, dim, cyan } = createColors(true);
    fc.assert(
      fc.property(evil, evil, fc.integer({ min: 20, max: 60 }), (first, second, columns) => {
        const text = indent(`${bold(first)} ${dim(`x ${cyan(second)}`)} ${first}`, 4, { columns });
        for (const shown of [toTerminal(text), toTerminal(wrapMessage(text, { columns }))]) {
          // None of them is red.
          expect(shown).not.toContain('\u001b[31m');
          // biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with one.
          expect(shown.replace(/\u001b\[(?:1|2|22|36|39)m/g, '')).not.toMatch(OBEYED);
        }
      }),
    );
  });

  test('keeps the values in JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ stringUnit: 'binary' }), async (value) => {
        const json = JSON.stringify(value);
        const shown = await printed(json);
        expect(shown).not.toMatch(OBEYED);
        expect(JSON.parse(shown)).toEqual(JSON.parse(json));
      }),
    );
    expect(JSON.parse(await printed(JSON.stringify('\u0085\u009b\u007f\u2028\u202e\u001b')))).toBe(
      '\u0085\u009b\u007f\u2028\u202e\u001b',
    );
  });

  test('knows the size of its terminal at each moment', () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    const output = createOutput(stream);
    stream.columns = 40;
    expect([output.isTTY, output.columns]).toEqual([true, 40]);
  });
});
