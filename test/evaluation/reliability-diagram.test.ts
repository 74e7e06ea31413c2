import { describe, expect, test } from 'vitest';
import { expectedCalibrationError, type JudgedConfidence, reliabilityBins } from '../../src/evaluation/measures.js';
import { type ReliabilityDiagram, reliabilityDiagram } from '../../src/evaluation/reliability-diagram.js';
import { parseXml } from './xml.js';

/**
 * bin          right    share   mean confidence   gap
 * .1 to .2     1 of 2   .5      .15               .35
 * .8 to .9     3 of 4   .75     .85               .1
 * .9 to 1      1 of 1   1       1                 0        error (2 * .35 + 4 * .1) / 7 = .157
 */
const JUDGED: readonly JudgedConfidence[] = [
  { confidence: 0.15, isRight: true },
  { confidence: 0.15, isRight: false },
  { confidence: 0.82, isRight: true },
  { confidence: 0.84, isRight: true },
  { confidence: 0.86, isRight: true },
  { confidence: 0.88, isRight: false },
  { confidence: 1, isRight: true },
];

describe('the diagram', () => {
  test('is well-formed XML, whatever the title', () => {
    const hostile = `</title><script>alert("1")</script> & 'quoted' ]]> <!-- \u0000\u001b[31m \uD800 \uFFFE 👩‍👩‍👧 é`;
    for (const title of [hostile, '', 'a\nb', '👩‍👩‍👧'.repeat(100), '<'.repeat(100)]) {
      const elements = parseXml(draw({ title }));
      expect(elements.filter(({ name }) => name === 'script')).toEqual([]);
      expect(elements.filter(({ name }) => name === 'title')).toHaveLength(1);
    }
    const escaped = draw({ title: hostile });
    expect(escaped).toContain(
      '&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &apos;quoted&apos;',
    );
    expect(escaped).toContain('\uFFFD\uFFFD[31m \uFFFD \uFFFD 👩‍👩‍👧 é');
  });

  test('is an image with a title and a description for screen readers', () => {
    const [svg, title, desc, background] = parseXml(draw());
    expect(svg).toMatchObject({ name: 'svg', attributes: { xmlns: 'http://www.w3.org/2000/svg', role: 'img' } });
    expect(title).toMatchObject({ name: 'title', text: 'sample questions' });
    expect(desc).toMatchObject({
      name: 'desc',
      text:
        'Share of right answers by confidence: expected calibration error 0.157, 7 questions; ' +
        'confidence 0.1 to 0.2: 2 questions, 0.5 right; confidence 0.8 to 0.9: 4 questions, 0.75 right; confidence 0.9 to 1: 1 question, 1 right.',
    });
    // White, so that viewers in dark mode do not show dark letters on a dark page.
    expect(background).toMatchObject({ name: 'rect', attributes: { fill: '#ffffff' } });
    expect(background?.attributes.width).toBe(svg?.attributes.width);
    expect(background?.attributes.height).toBe(svg?.attributes.height);
  });

  test('has a bar for each bin with answers, as high as the share that is right', () => {
    // 1/2, 3/4 and 1/1 of a plot that is 384 pixels high and ends at 480.
    const bars = shapes('share');
    expect(bars.map(({ height }) => height)).toEqual([192, 288, 384]);
    expect(bars.map(({ y, height }) => (y ?? 0) + (height ?? 0))).toEqual([480, 480, 480]);
    // The plot starts at 64, and a tenth is 38.4 pixels, minus a pixel on either side.
    expect(bars.map(({ x }) => x)).toEqual([64 + 38.4 + 1, 64 + 8 * 38.4 + 1, 64 + 9 * 38.4 + 1].map(twoDecimals));
    for (const { width } of bars) expect(width).toBeCloseTo(36.4, 9);
  });

  test('has a dot at each bin’s mean confidence, and the diagonal from corner to corner', () => {
    expect(shapes('mean').map(({ cx, cy }) => [cx, cy])).toEqual([
      [twoDecimals(64 + 0.15 * 384), 288],
      [twoDecimals(64 + 0.85 * 384), 192],
      [448, 96],
    ]);
    expect(shapes('diagonal')).toEqual([{ x1: 64, y1: 480, x2: 448, y2: 96 }]);
  });

  test('shows the number of answers in every bin', () => {
    // The counts are 2, 4 and 1, and the highest bar has 26 pixels.
    expect(shapes('count').map(({ height }) => height)).toEqual([0, 13, 0, 0, 0, 0, 0, 0, 26, 6.5]);
    const texts = parseXml(draw())
      .filter(({ name, attributes }) => name === 'text' && attributes.y === '559')
      .map(({ text }) => text);
    expect(texts).toEqual(['0', '2', '0', '0', '0', '0', '0', '0', '4', '1']);
  });

  test.each([
    [0.618, 0.357],
    [0.97, 0.96],
    [0.05, 0.02],
    [1, 0],
  ])('draws the thresholds %f and %f with labels inside the image', (answered, closest) => {
    const svg = draw({ thresholds: { answered, closest } });
    const lines = shapes('threshold', svg);
    expect(lines.map(({ x1, x2 }) => [x1, x2])).toEqual(
      [answered, closest].map((from) => [twoDecimals(64 + from * 384), twoDecimals(64 + from * 384)]),
    );
    const labels = parseXml(svg).filter(({ text }) => / from \d/.test(text));
    expect(labels.map(({ text }) => text)).toEqual([`answered from ${answered}`, `closest passages from ${closest}`]);
    for (const { text, attributes } of labels) {
      const x = Number(attributes.x);
      const width = 6.6 * text.length;
      expect(attributes['text-anchor'] === 'start' ? x : x - width).toBeGreaterThanOrEqual(0);
      expect(attributes['text-anchor'] === 'start' ? x + width : x).toBeLessThanOrEqual(480);
    }
  });

  test('has no thresholds if none are given', () => {
    expect(shapes('threshold')).toEqual([]);
  });

  test('says so if there are no questions', () => {
    const svg = draw({ bins: reliabilityBins([]), expectedCalibrationError: expectedCalibrationError([]) });
    expect(parseXml(svg).some(({ text }) => text === 'no questions')).toBe(true);
    expect(svg).not.toContain('NaN');
    expect(shapes('share', svg)).toEqual([]);
  });
});

function draw(changes: Partial<ReliabilityDiagram> = {}): string {
  return reliabilityDiagram({
    title: 'sample questions',
    bins: reliabilityBins(JUDGED),
    expectedCalibrationError: expectedCalibrationError(JUDGED),
    ...changes,
  });
}

/** The numeric attributes of all elements of a class. */
function shapes(className: string, svg = draw()): Record<string, number>[] {
  return parseXml(svg)
    .filter(({ attributes }) => attributes.class === className)
    .map(({ attributes }) =>
      Object.fromEntries(
        Object.entries(attributes)
          .filter(([name, value]) => /^([xy][12]?|c[xy]|width|height)$/.test(name) && value !== '')
          .map(([name, value]) => [name, Number(value)]),
      ),
    );
}

function twoDecimals(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
