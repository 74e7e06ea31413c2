import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isContent, isSearched } from '../../src/corpus/block.js';
import { decodeText } from '../../src/reading/decode.js';
import { declaredEncoding } from '../../src/reading/html/declared-encoding.js';
import { readHtml } from '../../src/reading/html-file.js';

/**
 * Zyte's article-extraction-benchmark: web pages, each with what a person considered the text of its article. It is not part of
 * the repository; without a copy next to the repository, its test is skipped.
 */
const PAGES = fileURLToPath(new URL('../../../shared/eval/extraction', import.meta.url));

/** How many runs of four words are in both of two texts, or only in one of them. */
interface Agreement {
  readonly both: number;
  readonly onlyFound: number;
  readonly onlyWanted: number;
}

/**
 * The measure of that benchmark. A text is the multiset of its runs of four words (a shorter text is one run). A page's
 * precision is the share of the found runs that are wanted; its recall is the share of the wanted runs that are found. Both are
 * averaged over the pages where they are defined, so long pages count no more than short ones. F1 is the harmonic mean of the
 * two averages. All are from 0 to 1.
 */
function measure(pages: readonly Agreement[]): { precision: number; recall: number; f1: number } {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const precision = mean(
    pages.filter(({ both, onlyFound }) => both + onlyFound > 0).map(({ both, onlyFound }) => both / (both + onlyFound)),
  );
  const recall = mean(
    pages
      .filter(({ both, onlyWanted }) => both + onlyWanted > 0)
      .map(({ both, onlyWanted }) => both / (both + onlyWanted)),
  );
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

function agreementOf(found: string, wanted: string): Agreement {
  const foundRuns = runsOf(found);
  const wantedRuns = runsOf(wanted);
  const agreement = { both: 0, onlyFound: 0, onlyWanted: 0 };
  for (const run of new Set([...foundRuns.keys(), ...wantedRuns.keys()])) {
    const inFound = foundRuns.get(run) ?? 0;
    const inWanted = wantedRuns.get(run) ?? 0;
    agreement.both += Math.min(inFound, inWanted);
    agreement.onlyFound += Math.max(0, inFound - inWanted);
    agreement.onlyWanted += Math.max(0, inWanted - inFound);
  }
  return agreement;
}

function runsOf(text: string): Map<string, number> {
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const runs = new Map<string, number>();
  for (let start = 0; start < Math.max(1, words.length - 3); start++) {
    const run = words.slice(start, start + 4).join(' ');
    if (run !== '') runs.set(run, (runs.get(run) ?? 0) + 1);
  }
  return runs;
}

describe('the measure, on examples worked by hand,', () => {
  test('counts a run as often as it is in both texts', () => {
    // a b c d, b c d e, c d e f against b c d e, c d e f, d e f g.
    expect(agreementOf('a b c d e f', 'b c d, e f g')).toEqual({ both: 2, onlyFound: 1, onlyWanted: 1 });
    expect(agreementOf('a a a a a', 'a a a a')).toEqual({ both: 1, onlyFound: 1, onlyWanted: 0 });
  });

  test('treats a text of fewer than four words as one run, and an empty text as none', () => {
    expect(agreementOf('two words', 'two words')).toEqual({ both: 1, onlyFound: 0, onlyWanted: 0 });
    expect(agreementOf('', 'two words')).toEqual({ both: 0, onlyFound: 0, onlyWanted: 1 });
  });

  test('averages over the pages where it is defined, whatever their length', () => {
    const pages = [
      { both: 2, onlyFound: 1, onlyWanted: 2 },
      { both: 100, onlyFound: 0, onlyWanted: 0 },
      { both: 0, onlyFound: 0, onlyWanted: 9 },
    ];
    // Precision (2/3 + 1) / 2 = 5/6; recall (1/2 + 1 + 0) / 3 = 1/2; F1 2 · 5/12 / (4/3) = 5/8.
    const { precision, recall, f1 } = measure(pages);
    expect(precision).toBeCloseTo(5 / 6, 10);
    expect(recall).toBeCloseTo(1 / 2, 10);
    expect(f1).toBeCloseTo(5 / 8, 10);
  });
});

describe.skipIf(!existsSync(PAGES))('on 91 web pages (skipped if they are not next to the repository)', () => {
  test('the searched text is the article: F1 is .978, and .950 with Readability alone', () => {
    const wanted = JSON.parse(readFileSync(`${PAGES}/ground-truth.json`, 'utf8')) as Record<
      string,
      { articleBody: string }
    >;
    const ids = readdirSync(`${PAGES}/html`)
      .map((file) => file.replace(/\.html\.gz$/, ''))
      .toSorted();
    expect(ids).toHaveLength(91);
    // The benchmark does not count titles, captions and the numbers of list items as body.
    const agreements = ids.map((id) => {
      const bytes = gunzipSync(readFileSync(`${PAGES}/html/${id}.html.gz`));
      const article = readHtml(decodeText(bytes, declaredEncoding(bytes)));
      const searched = article.blocks.filter((block) => isSearched(block) && block.kind !== 'caption');
      const text = searched.map(({ start, end, marker }) => article.text.slice(marker?.end ?? start, end)).join('\n\n');
      expect(searched.some(isContent), id).toBe(true);
      return agreementOf(text, wanted[id]?.articleBody ?? '');
    });
    // The rules were developed on the other half, the pages with even indexes.
    const unseen = measure(agreements.filter((_, index) => index % 2 === 1));
    expect(unseen.f1).toBeGreaterThan(0.975);
    expect(measure(agreements.filter((_, index) => index % 2 === 0)).f1).toBeGreaterThan(0.975);
    const { f1, precision, recall } = measure(agreements);
    expect(f1).toBeGreaterThan(0.977);
    expect(precision).toBeGreaterThan(0.968);
    expect(recall).toBeGreaterThan(0.985);
  }, 60_000);
});
