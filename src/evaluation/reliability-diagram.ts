import type { ReliabilityBin } from './measures.js';

export interface ReliabilityDiagram {
  /** Any text; only its beginning is drawn when it is long. */
  readonly title: string;
  /** Parts of 0 to 1, rising. Empty ones, whose shares are NaN, have no bar. */
  readonly bins: readonly ReliabilityBin[];
  /** NaN when there are no answers. */
  readonly expectedCalibrationError: number;
  /** Confidences from which the bot answers, and shows the closest passages; none are drawn by default. */
  readonly thresholds?: { readonly answered: number; readonly closest: number };
}

const WIDTH = 480;
const HEIGHT = 580;
/** The square of confidence and share right, in pixels of the drawing. */
const PLOT = { left: 64, top: 96, size: 384 };
/** The histogram below it. */
const COUNTS = { top: 522, height: 26 };
const TITLE_CHARACTERS = 46;
/** About the width of a character of 12 pixels, in pixels; a wide font needs so much. */
const CHARACTER_WIDTH = 6.6;

const COLOURS = { bar: '#9ecae1', edge: '#2171b5', dot: '#08306b', text: '#222222', grid: '#dddddd', line: '#b2182b' };

/**
 * Draws how far confidence can be believed (DeGroot & Fienberg 1983; Guo et al. 2017): for each bin a bar as high as the
 * share of its answers that are right, on it a dot at their mean confidence, which stands on the diagonal where the
 * confidence is true, and below how many there are.
 *
 * @returns A standalone SVG file on a white ground, so that it can be read where the page around it is dark.
 */
export function reliabilityDiagram(diagram: ReliabilityDiagram): string {
  const { title, bins, expectedCalibrationError, thresholds } = diagram;
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  const summary =
    count === 0
      ? 'no questions'
      : `expected calibration error ${expectedCalibrationError.toFixed(3)}, ${count.toLocaleString('en')} ${count === 1 ? 'question' : 'questions'}`;
  const filled = bins.filter((bin) => bin.count > 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="${COLOURS.text}">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description(filled, summary))}</desc>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text({ x: PLOT.left, y: 28, size: 16, isBold: true }, shortened(title)),
    text({ x: PLOT.left, y: 48 }, summary),
    ...grid(),
    ...filled.map(bar),
    line('diagonal', [across(0), up(0), across(1), up(1)], 'stroke="#555555" stroke-dasharray="5 4"'),
    ...filled.map(dot),
    ...counts(bins),
    ...(thresholds === undefined ? [] : thresholdLines(thresholds)),
    text({ x: across(0.5), y: up(0) + 34, anchor: 'middle' }, 'confidence'),
    text(
      { x: across(0.5), y: HEIGHT - 6, size: 10, anchor: 'middle' },
      'dot: mean confidence of a bar’s questions; grey: how many they are',
    ),
    `<text transform="translate(18 ${up(0.5)}) rotate(-90)" text-anchor="middle">share right</text>`,
    '</svg>',
    '',
  ].join('\n');
}

function description(filled: readonly ReliabilityBin[], summary: string): string {
  const shares = filled.map(
    ({ from, to, shareRight, count }) =>
      `; confidence ${short(from)} to ${short(to)}: ${short(shareRight)} right of ${count}`,
  );
  return `Share of right answers by confidence: ${summary}${shares.join('')}.`;
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

/** A histogram below the plot, each count written under its bar. */
function counts(bins: readonly ReliabilityBin[]): string[] {
  const most = Math.max(...bins.map(({ count }) => count), 1);
  return bins.flatMap(({ from, to, count }) => {
    const height = round((COUNTS.height * count) / most);
    const [left, right] = [across(from), across(to)];
    return [
      `<rect class="count" x="${round(left + 1)}" y="${round(COUNTS.top + COUNTS.height - height)}" width="${round(right - left - 2)}" height="${height}" fill="#bbbbbb"/>`,
      text({ x: (left + right) / 2, y: COUNTS.top + COUNTS.height + 11, size: 10, anchor: 'middle' }, String(count)),
    ];
  });
}

/**
 * Their labels stand above the plot, where no bar is, in two rows, because the thresholds can be next to each other; that
 * of the higher one to the right of its line and that of the lower to the left, where there is room.
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

function across(share: number): number {
  return round(PLOT.left + share * PLOT.size);
}

function up(share: number): number {
  return round(PLOT.top + (1 - share) * PLOT.size);
}

function line(
  name: string,
  [x1, y1, x2, y2]: readonly [x1: number, y1: number, x2: number, y2: number],
  look: string,
): string {
  return `<line class="${name}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${look}/>`;
}

interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly isBold?: boolean;
  readonly colour?: string;
}

/** Text over lines keeps a white rim, so that it can be read. */
function text(
  { x, y, anchor = 'start', size = 12, isBold = false, colour = COLOURS.text }: TextPlace,
  words: string,
): string {
  const weight = isBold ? ' font-weight="bold"' : '';
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" font-size="${size}"${weight} fill="${colour}" stroke="#ffffff" stroke-width="3" paint-order="stroke">${escapeXml(words)}</text>`;
}

function shortened(title: string): string {
  const characters = [...new Intl.Segmenter().segment(title)].map(({ segment }) => segment);
  return characters.length <= TITLE_CHARACTERS ? title : `${characters.slice(0, TITLE_CHARACTERS - 1).join('')}…`;
}

/** Three decimals at most, and no more than are needed: 0.62, 0.357. */
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

/** Control characters and lone surrogates cannot stand in XML, not even escaped. */
function escapeXml(words: string): string {
  return words
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (character) => (/\s/.test(character) ? ' ' : '\uFFFD'))
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
