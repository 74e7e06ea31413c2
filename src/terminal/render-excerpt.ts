import type { Excerpt, IntroductionLine } from '../corpus/excerpt.js';
import { headingPathAbove } from '../corpus/heading-path.js';
import { linksIn } from '../corpus/links.js';
import { introductionPieces, type ShownBlock, type ShownPiece, shownBlocks } from '../corpus/shown-block.js';
import type { Span } from '../text/span.js';
import { oneLine } from '../text/visible-text.js';
import { indent, printable, type Screen } from './screen.js';

/** Columns of one level of a list. */
const LIST_INDENT = 2;
const BULLET = '• ';
/** How many links are listed below a quote. */
const MAX_LINKS = 3;
/** Columns left of a quote, and of the bar beside it. */
const QUOTE_INDENT = 4;

/**
 * Renders a quote: a single paragraph in quotation marks; anything else, such as lists, code and rows, beside a bar. The headings
 * above it stand first, then what introduces it; where its links lead stands last.
 *
 * @param highlights Spans of the excerpt's text to emphasise.
 * @param base The article's address, for links that are relative to it.
 */
export function renderQuote(
  excerpt: Excerpt,
  highlights: readonly Span[],
  base: string | null,
  screen: Screen,
): string {
  const blocks = shownBlocks(excerpt, highlights);
  const { introduction } = excerpt;
  const [only] = blocks;
  const isParagraph =
    blocks.length === 1 &&
    only?.form === 'text' &&
    !only.hasBullet &&
    only.noteKind === null &&
    introduction.length === 0;
  const quote = isParagraph
    ? indent(`“${styled(only.pieces, screen).trim()}”`, QUOTE_INDENT, screen)
    : besideBar(blocks, introduction, screen);
  return [...pathLines(excerpt, screen), quote, ...linkLines(excerpt, base, screen)].join('\n');
}

function besideBar(blocks: readonly ShownBlock[], introduction: readonly IntroductionLine[], screen: Screen): string {
  const above = introduction.map((line) => indent(styled(introductionPieces(line), screen), QUOTE_INDENT + 2, screen));
  const text = [...above, renderBlocks(blocks, QUOTE_INDENT + 2, screen)].join('\n');
  const bar = `${' '.repeat(QUOTE_INDENT)}${screen.colors.dim('│')} `;
  return text
    .split('\n')
    .map((line) => `${bar}${line.slice(QUOTE_INDENT + 2)}`.trimEnd())
    .join('\n');
}

/** Renders blocks one below the other, with a blank line between those that do not belong together. */
function renderBlocks(blocks: readonly ShownBlock[], by: number, screen: Screen): string {
  return blocks
    .map((block, index) => `${index === 0 || block.isTight ? '' : '\n'}${renderBlock(block, by, screen)}`)
    .join('\n');
}

/** Renders one block, indented by some columns and by the lists it is inside. */
export function renderBlock(block: ShownBlock, by: number, screen: Screen): string {
  const columns = by + LIST_INDENT * Math.max(0, block.depth - 1);
  switch (block.form) {
    case 'code': {
      // A tab would become one space.
      const code = printable(block.text.replaceAll('\t', '    '));
      return code
        .split('\n')
        .map((line) => `${' '.repeat(columns)}${line}`.trimEnd())
        .join('\n');
    }
    case 'row':
      return block.cells
        .map(({ header, pieces }) => {
          const label = header === null ? '' : `${screen.colors.dim(printable(`${oneLine(header)}:`))} `;
          return indent(`${label}${oneLine(styled(pieces, screen))}`, columns, screen);
        })
        .join('\n');
    case 'text': {
      const text = styled(block.pieces, screen);
      const kind = block.noteKind === null ? '' : `${screen.colors.dim(`${block.noteKind}:`)} `;
      const shown = kind + (block.isHeading ? screen.colors.bold(text) : text);
      if (!block.hasBullet) return indent(shown, columns, screen);
      return indent(shown, columns + BULLET.length, screen, `${' '.repeat(columns)}${BULLET}`);
    }
  }
}

function styled(pieces: readonly ShownPiece[], { colors }: Screen): string {
  return pieces
    .map(({ text, isHighlight, isStruck }) => {
      const shown = printable(text);
      const struck = isStruck ? colors.strikethrough(strikeWithoutColours(shown, colors.isColorSupported)) : shown;
      return isHighlight ? colors.bold(struck) : struck;
    })
    .join('');
}

/** Where nothing can be struck through, tildes say so. */
function strikeWithoutColours(text: string, hasColours: boolean): string {
  return hasColours ? text : `~~${text}~~`;
}

function pathLines(excerpt: Excerpt, screen: Screen): string[] {
  const path = printable(headingPathAbove(excerpt));
  return path === '' ? [] : [screen.colors.dim(indent(path, QUOTE_INDENT, screen))];
}

function linkLines(excerpt: Excerpt, base: string | null, screen: Screen): string[] {
  return linksIn(excerpt, base)
    .slice(0, MAX_LINKS)
    .map(({ text, address }) =>
      screen.colors.dim(indent(printable(`${oneLine(text)} → ${address}`), QUOTE_INDENT, screen)),
    );
}
