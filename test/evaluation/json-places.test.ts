import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineOfPath, lineOfSyntaxError } from '../../src/evaluation/json-places.js';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('the line of a syntax error', () => {
  test.each<[what: string, text: string, line: number]>([
    ['a word without quotation marks', '{\n "a": 1,\n "b": yes\n}', 3],
    ['a comma after the last field', '{\n "a": 1,\n}', 3],
    ['a missing comma', '[\n 1\n 2]', 3],
    ['a line end in a text', '[\n "a\nb"]', 2],
    ['an end that is missing', '{\n "a": [1,\n', 3],
    ['a second value', '{}\n{}', 2],
    ['a bracket of the other kind', '{\n "a": 1]', 2],
    ['a key without a value', '{"a"\n}', 2],
    ['nothing', '', 1],
  ])('is that of %s', (_, text, line) => {
    expect(isJson(text)).toBe(false);
    expect(lineOfSyntaxError(text)).toBe(line);
  });

  test('is null exactly where JSON.parse accepts the text', () => {
    const part = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\u00e9\\n"',
      '"\\x"',
      '1',
      '-0.5e+3',
      '01',
      'true',
      ' ',
      '\n',
      'é',
    );
    const changed = fc.tuple(fc.json(), fc.nat(), part).map(([json, at, inserted]) => {
      const place = at % (json.length + 1);
      return json.slice(0, place) + inserted + json.slice(place);
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          changed,
          fc.array(part).map((parts) => parts.join('')),
        ),
        (text) => {
          expect(lineOfSyntaxError(text) === null).toBe(isJson(text));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('the line of a part', () => {
  const text = '{"a": [\n {"b": "{",\n  "c": [\n   1,\n   2]},\n 3],\n "d": {}, "a": [{\n"b": 4}]}';

  test('is where the part begins, in the last of equal keys', () => {
    expect(lineOfPath(text, ['d'])).toBe(7);
    expect(lineOfPath(text, ['a', 0, 'b'])).toBe(8);
    expect(lineOfPath('[\n[\n1,\n2]]', [0, 1])).toBe(4);
    expect(lineOfPath(text, [])).toBe(1);
  });

  test('that is missing is where the part around it begins', () => {
    expect(lineOfPath(text, ['d', 'e'])).toBe(7);
    expect(lineOfPath(text, ['e'])).toBe(1);
  });

  test('does not need more stack or time for a deep or long text', () => {
    const deep = `${'[\n'.repeat(50_000)}${']'.repeat(50_000)}`;
    expect(lineOfPath(deep, [0, 0])).toBe(3);
    expect(lineOfSyntaxError(deep)).toBeNull();
    expect(lineOfSyntaxError(`["${'\\n'.repeat(200_000)}",\n"${'a'.repeat(500_000)}`)).toBe(2);
  });
});
