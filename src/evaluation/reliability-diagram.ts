import type { ReliabilityBin } from './measures.js';

/** The bins and labels of a reliability diagram. */
export interface ReliabilityDiagram {
  /** Any text. Only its beginning is drawn if it is long. */
  readonly title: string;
  /** In ascending order of confidence. Empty bins, whose shares are NaN, have no bar. */
  readonly bins: readonly ReliabilityBin[];
  /** NaN if there are no answers. */
  readonly expectedCalibrationError: number;
  /** The minimum confidence for an answer, and for showing the closest passages. Default: not drawn. */
  readonly thresholds?: { readonly answered: number; readonly closest: number };
}

const WIDTH = 480;
const HEIGHT = 580;
/** The square plot of share right over confidence, in pixels. */
const PLOT = { left: 64, top: 96, size: 384 };
/** The histogram below the plot, in pixels. */
const HISTOGRAM = { top: 522, height: 26 };
const MAX_TITLE_CHARACTERS = 46;
/** Width of a character at font size 12, in pixels: what a wide font needs. */
const CHARACTER_WIDTH = 6.6;

const COLOURS = { bar: '#9ecae1', edge: '#2171b5', dot: '#08306b', text: '#222222', grid: '#dddddd', line: '#b2182b' };

/**
 * Draws how well confidence matches reality (DeGroot & Fienberg 1983; Guo et al. 2017). Each bin has a bar as high as the
 * share of its answers that are right, with a dot at their mean confidence: it is on the diagonal if the confidence is
 * accurate. A histogram below shows how many answers each bin has.
 *
 * @returns A standalone SVG file with a white background, so it is readable on dark pages.
 */
export function reliabilityDiagram(diagram: ReliabilityDiagram): string {
  const { title, bins, expectedCalibrationError, thresholds } = diagram;
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  const summary =
    count === 0
      ? 'no questions'
      : `expected calibration error ${expectedCalibrationError.toFixed(3)}, ${questions(count)}`;
  const filled = bins.filter((bin) => bin.count > 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="${COLOURS.text}">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description(filled, summary))}</desc>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text({ x: PLOT.left, y: 28, size: 16, isBold: true }, shorten(title)),
    text({ x: PLOT.left, y: 48 }, summary),
    ...grid(),
    ...filled.map(bar),
    line('diagonal', [across(0), up(0), across(1), up(1)], 'stroke="#555555" stroke-dasharray="5 4"'),
    ...filled.map(dot),
    ...histogram(bins),
    ...(thresholds === undefined ? [] : thresholdLines(thresholds)),
    text({ x: across(0.5), y: up(0) + 34, anchor: 'middle' }, 'confidence'),
    text(
      { x: across(0.5), y: HEIGHT - 6, size: 10, anchor: 'middle' },
      'dot: mean confidence of the bin; grey: number of questions',
    ),
    `<text transform="translate(18 ${up(0.5)}) rotate(-90)" text-anchor="middle">share right</text>`,
    '</svg>',
    '',
  ].join('\n');
}

function description(filled: readonly ReliabilityBin[], summary: string): string {
  const shares = filled.map(
    ({ from, to, shareRight, count }) =>
      `; confidence ${short(from)} to ${short(to)}: ${questions(count)}, ${short(shareRight)} right`,
  );
  return `Share of right answers by confidence: ${summary}${shares.join('')}.`;
}

/** "1 question", "1,200 questions" */
function questions(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'question' : 'questions'}`;
}

function grid(): string[] {
  return [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((share) => [
    line('grid', [across(0), up(share), across(1), up(share)], `stroke="${COLOURS.grid}"`),
    text({ x: PLOT.left - 8, y: up(share) + 4, anchor: 'end' }, short(share)),
    text({ x: across(share), y: up(0) + 16, anchor: 'middle' }, short(share)),
  ]);
}

function bar({ from, to, shareRight }: ReliabilityBin): string {
  const [left, right, top] = [across(from), across(to), up(shareRight)];
  return `<rect class="share" x="${round(left + 1)}" y="${top}" width="${round(right - left - 2)}" height="${round(up(0) - top)}" fill="${COLOURS.bar}" stroke="${COLOURS.edge}"/>`;
}

function dot({ meanConfidence, shareRight }: ReliabilityBin): string {
  return `<circle class="mean" cx="${across(meanConfidence)}" cy="${up(shareRight)}" r="3.5" fill="${COLOURS.dot}"/>`;
}

/** The histogram, with each count below its bar. */
function histogram(bins: readonly ReliabilityBin[]): string[] {
  const maxCount = Math.max(...bins.map(({ count }) => count), 1);
  return bins.flatMap(({ from, to, count }) => {
    const height = round((HISTOGRAM.height * count) / maxCount);
    const [left, right] = [across(from), across(to)];
    return [
      `<rect class="count" x="${round(left + 1)}" y="${round(HISTOGRAM.top + HISTOGRAM.height - height)}" width="${round(right - left - 2)}" height="${height}" fill="#bbbbbb"/>`,
      text(
        { x: (left + right) / 2, y: HISTOGRAM.top + HISTOGRAM.height + 11, size: 10, anchor: 'middle' },
        String(count),
      ),
    ];
  });
}

/**
 * The labels are above the plot, away from the bars, in two rows because the thresholds can be close together. The higher one's
 * label is to the right of its line and the lower one's to the left, if there is room.
 */
function thresholdLines(thresholds: { readonly answered: number; readonly closest: number }): string[] {
  const answered = { x: across(thresholds.answered), y: 68, label: `answered from ${short(thresholds.answered)}` };
  const closest = { x: across(thresholds.closest), y: 86, label: `closest passages from ${short(thresholds.closest)}` };
  const width = ({ label }: { readonly label: string }): number => 5 + CHARACTER_WIDTH * label.length;
  const rows = [
    { ...answered, isRightOfLine: answered.x + width(answered) < WIDTH },
    { ...closest, isRightOfLine: closest.x - width(closest) < 0 },
  ];
  return rows.flatMap(({ x, y, label, isRightOfLine }) => [
    line('threshold', [x, y - 10, x, up(0)], `stroke="${COLOURS.line}" stroke-width="1.5"`),
    text({ x: x + (isRightOfLine ? 5 : -5), y, anchor: isRightOfLine ? 'start' : 'end', colour: COLOURS.line }, label),
  ]);
}

/** The x coordinate of a confidence. */
function across(share: number): number {
  return round(PLOT.left + share * PLOT.size);
}

/** The y coordinate of a share. */
function up(share: number): number {
  return round(PLOT.top + (1 - share) * PLOT.size);
}

function line(
  name: string,
  [x1, y1, x2, y2]: readonly [x1: number, y1: number, x2: number, y2: number],
  style: string,
): string {
  return `<line class="${name}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${style}/>`;
}

interface TextStyle {
  readonly x: number;
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly isBold?: boolean;
  readonly colour?: string;
}

/** Text has a white outline, so it stays readable on top of lines. */
function text(
  { x, y, anchor = 'start', size = 12, isBold = false, colour = COLOURS.text }: TextStyle,
  words: string,
): string {
  const weight = isBold ? ' font-weight="bold"' : '';
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" font-size="${size}"${weight} fill="${colour}" stroke="#ffffff" stroke-width="3" paint-order="stroke">${escapeXml(words)}</text>`;
}

function shorten(title: string): string {
  const characters = [...new Intl.Segmenter().segment(title)].map(({ segment }) => segment);
  return characters.length <= MAX_TITLE_CHARACTERS
    ? title
    : `${characters.slice(0, MAX_TITLE_CHARACTERS - 1).join('')}…`;
}

/** At most three decimals, without trailing zeros: 0.62, 0.357. */
function short(share: number): string {
  return String(Number(share.toFixed(3)));
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Replaces control characters and lone surrogates, too: XML cannot contain them even when escaped. */
function escapeXml(words: string): string {
  return words
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (character) => (/\s/.test(character) ? ' ' : '\uFFFD'))
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
