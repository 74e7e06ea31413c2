import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../src/reading/decode.js';
import { declaredEncoding } from '../../src/reading/html-encoding.js';
import { readHtml } from '../../src/reading/html-file.js';
import { textsOf } from './article-folder.js';

/**
 * The article-extraction-benchmark of Zyte: pages of the web, and of each what a person took for the article's text. They are
 * no part of the repository and lie beside it, if at all.
 */
const PAGES = fileURLToPath(new URL('../../../shared/eval/extraction', import.meta.url));

/** How much of two texts agrees, in runs of four words that stand in both, in one only, or in the other only. */
interface Agreement {
  readonly both: number;
  readonly onlyFound: number;
  readonly onlyWanted: number;
}

/**
 * The measure of that benchmark. A text is the multiset of its runs of four words (a shorter text is one run). A page's
 * precision is the share of the found runs that are wanted, its recall the share of the wanted runs that are found. Both are
 * averaged over the pages on which they are defined, so that long pages count no more than short ones; F1 is the harmonic
 * mean of the averages.
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

describe('the measure, worked by hand', () => {
  test('counts runs of four words as often as they stand in both', () => {
    // a b c d, b c d e, c d e f against b c d e, c d e f, d e f g.
    expect(agreementOf('a b c d e f', 'b c d, e f g')).toEqual({ both: 2, onlyFound: 1, onlyWanted: 1 });
    expect(agreementOf('a a a a a', 'a a a a')).toEqual({ both: 1, onlyFound: 1, onlyWanted: 0 });
  });

  test('takes a shorter text for one run, and no text for none', () => {
    expect(agreementOf('two words', 'two words')).toEqual({ both: 1, onlyFound: 0, onlyWanted: 0 });
    expect(agreementOf('', 'two words')).toEqual({ both: 0, onlyFound: 0, onlyWanted: 1 });
  });

  test('averages over pages, whatever their length, where it is defined', () => {
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

describe.skipIf(!existsSync(PAGES))(
  'of 91 pages of the web (left out where there are none beside the repository)',
  () => {
    test('the searched text is the article: F1 .979, where Readability alone has .950', () => {
      const wanted = JSON.parse(readFileSync(`${PAGES}/ground-truth.json`, 'utf8')) as Record<
        string,
        { articleBody: string }
      >;
      const ids = readdirSync(`${PAGES}/html`)
        .map((file) => file.replace(/\.html\.gz$/, ''))
        .sort();
      expect(ids).toHaveLength(91);
      // Body and headings, which is what passages are made of. Titles are searched too, but are no part of the body wanted here.
      const agreements = ids.map((id) => {
        const bytes = gunzipSync(readFileSync(`${PAGES}/html/${id}.html.gz`));
        const article = readHtml(decodeText(bytes, declaredEncoding(bytes)));
        const kept = article.paragraphs.filter(({ kind }) => kind === 'body' || kind === 'heading');
        const text = kept.map(({ start, end }) => article.text.slice(start, end)).join('\n\n');
        expect(textsOf(article, 'body').length, id).toBeGreaterThan(0);
        return agreementOf(text, wanted[id]?.articleBody ?? '');
      });
      // The rules were made by the pages at even places only.
      const unseen = measure(agreements.filter((_, index) => index % 2 === 1));
      expect(unseen.f1).toBeGreaterThan(0.974);
      const { f1, precision, recall } = measure(agreements);
      expect(f1).toBeGreaterThan(0.977);
      expect(precision).toBeGreaterThan(0.968);
      expect(recall).toBeGreaterThan(0.985);
    }, 60_000);
  },
);
