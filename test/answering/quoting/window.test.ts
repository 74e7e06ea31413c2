import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LikelySentence } from '../../../src/answering/quoting/likely-sentences.js';
import { bestWindow, type Window, type WindowLimits } from '../../../src/answering/quoting/window.js';
import { rankedPassage } from '../ranked-passage.js';

const FIRST = rankedPassage({ rank: 1 });
const SECOND = rankedPassage({ rank: 2 });

/** A sentence of ten words with this probability, a label, or a heading. */
type Part = number | 'label' | 'heading';

/** Sentences of ten characters each, one after the other. */
function run(parts: readonly Part[], ranked = FIRST): LikelySentence[] {
  return parts.map((part, index) => ({
    start: 10 * index,
    end: 10 * index + 10,
    isLabel: typeof part === 'string',
    isHeading: part === 'heading',
    words: typeof part === 'string' ? 2 : 10,
    probability: typeof part === 'string' ? 0 : part,
    ranked,
  }));
}

const LIMITS: WindowLimits = { costPerWord: 0.001, maxWords: 1000 };

function chosen(window: Window | null): [number, number] | null {
  return window === null ? null : [window.start / 10, window.end / 10];
}

describe('a window', () => {
  test('has the sentences that are worth reading', () => {
    // A sentence costs .01.
    expect(chosen(bestWindow([run([0.001, 0.2, 0.3, 0.001])], LIMITS))).toEqual([1, 3]);
    // The third is worth its cost together with the fourth.
    expect(chosen(bestWindow([run([0.4, 0.001, 0.2])], LIMITS))).toEqual([0, 3]);
    expect(chosen(bestWindow([run([0.4, 0.001, 0.005])], LIMITS))).toEqual([0, 1]);
    expect(bestWindow([run([0.4, 0.2])], LIMITS)?.probability).toBeCloseTo(0.6, 9);
  });

  test('never spans two runs, and is from the better one', () => {
    expect(chosen(bestWindow([run([0.2, 0.2]), run([0.1, 0.1, 0.3])], LIMITS))).toEqual([0, 3]);
  });

  test('begins with the labels of its first sentence and ends with none', () => {
    expect(chosen(bestWindow([run([0.001, 'label', 'label', 0.3, 'label', 0.001])], LIMITS))).toEqual([1, 4]);
  });

  test('goes on below a heading only for more than it costs', () => {
    // .05 for the heading, .002 for its words and .01 for the sentence.
    expect(chosen(bestWindow([run([0.3, 'heading', 0.07])], LIMITS))).toEqual([0, 3]);
    expect(chosen(bestWindow([run([0.3, 'heading', 0.06])], LIMITS))).toEqual([0, 1]);
    expect(chosen(bestWindow([run([0.3, 'label', 0.06])], LIMITS))).toEqual([0, 3]);
    // The heading that it begins with costs nothing.
    expect(chosen(bestWindow([run(['heading', 'heading', 0.06])], LIMITS))).toEqual([0, 3]);
  });

  test('has no more words than it may, but for a single sentence', () => {
    expect(chosen(bestWindow([run([0.2, 0.3, 0.2])], { ...LIMITS, maxWords: 20 }))).toEqual([0, 2]);
    expect(chosen(bestWindow([run([0.2, 0.3, 0.2])], { ...LIMITS, maxWords: 5 }))).toEqual([1, 2]);
  });

  test('has something of what it must include', () => {
    const runs = [run([0.5, 0.1]), run([0.001, 0.05, 0.001], SECOND)];
    const mustInclude = ({ ranked }: LikelySentence): boolean => ranked === SECOND;
    const window = bestWindow(runs, { ...LIMITS, mustInclude });
    expect(chosen(window)).toEqual([1, 2]);
    expect(window?.sentences[0]?.ranked).toBe(SECOND);
    expect(bestWindow(runs.slice(0, 1), { ...LIMITS, mustInclude })).toBeNull();
    // Even if it is longer than it may be.
    expect(chosen(bestWindow(runs, { ...LIMITS, maxWords: 5, mustInclude }))).toEqual([1, 2]);
  });

  test('is null without a sentence', () => {
    expect(bestWindow([], LIMITS)).toBeNull();
    expect(bestWindow([run(['heading', 'label'])], LIMITS)).toBeNull();
  });

  test('is never worth less than another one that it could be', () => {
    const part = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 40 }).map((hundredths) => hundredths / 100) },
      { weight: 1, arbitrary: fc.constantFrom<Part>('label', 'heading') },
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (parts) => {
        const sentences = run(parts);
        const worth = (from: number, to: number): number => {
          const own = sentences.slice(from, to);
          const headings = own.filter((one, index) => one.isHeading && own[index - 1]?.isLabel === false).length;
          return own.reduce((sum, one) => sum + one.probability - 0.001 * one.words, -0.05 * headings);
        };
        const all = sentences.flatMap((first, from) =>
          sentences.slice(from).flatMap((last, length) => {
            const begins = sentences[from - 1]?.isLabel !== true;
            return begins && !last.isLabel && first !== undefined ? [worth(from, from + length + 1)] : [];
          }),
        );
        const [from, to] = chosen(bestWindow([sentences], LIMITS)) ?? [0, 0];
        if (all.length > 0) expect(worth(from, to)).toBeCloseTo(Math.max(...all), 9);
      }),
    );
  });
});
