import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ACTIONS,
  type ControlId,
  decodeControl,
  EVERYONE,
  encodeControl,
} from '../../../src/discord/format/custom-id.js';

/** The largest number of 64 bits, and the largest with as many digits. */
const LONGEST_SNOWFLAKES = ['18446744073709551615', '99999999999999999999'];
/** An id of a passage or an article. */
const LIBRARY_ID = 'a2b3c4d5e6';

const snowflakes = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const values = fc.array(fc.stringMatching(/^[\w-]{0,12}$/), { maxLength: 4 });
const controls: fc.Arbitrary<ControlId> = fc.record({ action: fc.constantFrom(...ACTIONS), asker: snowflakes, values });

describe('a custom id', () => {
  test('can be read back as it was written', () => {
    fc.assert(
      fc.property(controls, (control) => {
        expect(decodeControl(encodeControl(control))).toEqual(control);
      }),
    );
  });

  test('is short', () => {
    const control = { action: 'page', asker: '1573915863101210625', values: ['3', LIBRARY_ID, 'f'] } as const;
    expect(encodeControl(control)).toMatch(/^1:page:[0-9a-z]{12}:3:a2b3c4d5e6:f$/);
    expect(encodeControl({ action: 'remove', asker: EVERYONE, values: [] })).toBe('1:remove:0');
  });

  test.each(LONGEST_SNOWFLAKES)('has at most the 100 characters that Discord allows, even with the id %s', (id) => {
    // The longest values that the controls use.
    const longest: readonly (readonly string[])[] = [
      ['99', LIBRARY_ID, 'b'],
      [LIBRARY_ID, LIBRARY_ID],
      [LIBRARY_ID, '9999', 'b'],
      [id, 'inlineCiting'],
    ];
    for (const action of ACTIONS)
      for (const one of longest) {
        const written = encodeControl({ action, asker: id, values: one });
        expect(written.length).toBeLessThanOrEqual(100);
        expect(decodeControl(written)).toEqual({ action, asker: id, values: one });
      }
  });

  test('is refused if it would be longer, or ambiguous', () => {
    const written = (...state: readonly string[]) => encodeControl({ action: 'page', asker: '1', values: state });
    expect(written('x'.repeat(91))).toHaveLength(100);
    expect(() => written('x'.repeat(92))).toThrow('Cannot encode a control');
    for (const value of ['a:b', ' ', 'é', '\n', '@everyone']) expect(() => written(value)).toThrow();
  });
});

describe('a custom id that the bot did not make', () => {
  test.each([
    ['of an earlier version', '0:page:2s8fk3qz1a:3:-:f'],
    ['of a later version', '2:page:2s8fk3qz1a:3:-:f'],
    ['of a version that starts with the same digit', '10:page:2s8fk3qz1a'],
    ['of an action that no longer exists', '1:bookmark:2s8fk3qz1a'],
    ['with the name of a property that every object has', '1:constructor:2s8fk3qz1a'],
    ['with a capital letter', '1:Page:2s8fk3qz1a'],
    ['without an asker', '1:page'],
    ['with an empty asker', '1:page::3'],
    ['with an asker in other characters', '1:page:2S8FK:3'],
    ['with a negative asker', '1:page:-5:3'],
    ['with an asker that is too long', `1:page:${'z'.repeat(14)}:3`],
    ['of another bot', 'vote_up'],
    ['an empty id', ''],
    ['only colons', ':::::'],
  ])('is decoded to null: %s', (_, id) => {
    expect(decodeControl(id)).toBeNull();
  });

  test('never throws when it is decoded, and only yields known actions and snowflakes', () => {
    const nearMisses = fc
      .tuple(fc.constantFrom('0', '1', '2', ''), fc.constantFrom(...ACTIONS, 'x', ''), fc.string(), fc.string())
      .map((parts) => parts.join(':'));
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearMisses), (id) => {
        const control = decodeControl(id);
        if (control === null) return;
        expect(ACTIONS).toContain(control.action);
        expect(control.asker).toMatch(/^\d{1,21}$/);
      }),
      { numRuns: 300 },
    );
  });
});
