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
    ? indent(`“${withEllipses(styled(only.pieces, screen).trim(), only)}”`, QUOTE_INDENT, screen)
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
      const code = styled(
        block.pieces.map((piece) => ({ ...piece, text: piece.text.replaceAll('\t', '    ') })),
        screen,
      );
      return [block.isCutAtStart ? '…' : null, ...code.split('\n'), block.isCutAtEnd ? '…' : null]
        .flatMap((line) => (line === null ? [] : `${' '.repeat(columns)}${line}`.trimEnd()))
        .join('\n');
    }
    case 'row':
      return block.cells
        .map(({ header, pieces }, index) => {
          const label = header === null ? '' : `${screen.colors.dim(printable(`${oneLine(header)}:`))} `;
          const cut = {
            isCutAtStart: block.isCutAtStart && index === 0,
            isCutAtEnd: block.isCutAtEnd && index === block.cells.length - 1,
          };
          return indent(`${label}${withEllipses(oneLine(styled(pieces, screen)), cut)}`, columns, screen);
        })
        .join('\n');
    case 'text': {
      const text = withEllipses(styled(block.pieces, screen), block);
      const kind = block.noteKind === null ? '' : `${screen.colors.dim(`${block.noteKind}:`)} `;
      const shown = kind + (block.isHeading ? screen.colors.bold(text) : text);
      if (!block.hasBullet) return indent(shown, columns, screen);
      return indent(shown, columns + BULLET.length, screen, `${' '.repeat(columns)}${BULLET}`);
    }
  }
}

/** Marks what is left out of a block. */
function withEllipses(
  text: string,
  { isCutAtStart, isCutAtEnd }: Pick<ShownBlock, 'isCutAtStart' | 'isCutAtEnd'>,
): string {
  return `${isCutAtStart ? '… ' : ''}${text}${isCutAtEnd ? ' …' : ''}`;
}

/** Styles end with their line, so that nothing that is put before the next line takes them on. */
function styled(pieces: readonly ShownPiece[], { colors }: Screen): string {
  const styledLine = (line: string, { isHighlight, isStruck }: ShownPiece): string => {
    if (line === '') return '';
    const struck = isStruck ? colors.strikethrough(strikeWithoutColours(line, colors.isColorSupported)) : line;
    return isHighlight ? colors.bold(struck) : struck;
  };
  return pieces
    .map((piece) =>
      printable(piece.text)
        .split('\n')
        .map((line) => styledLine(line, piece))
        .join('\n'),
    )
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
