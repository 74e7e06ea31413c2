import { sliceOf } from '../text/span.js';
import { oneLine } from '../text/visible-text.js';
import { addContext, type PlacedBlock } from './add-context.js';
import { captionsArticle } from './captions-file.js';
import { parseDateLine } from './publication-date.js';
import type { SourceArticle } from './source-article.js';
import { contextOf, type TextContext } from './text/context.js';
import { captionsIn } from './text/cues.js';
import { runsOf } from './text/lines.js';
import { mailHeadOf } from './text/mail.js';
import { readPages } from './text/pages.js';
import { boilerplateOf, markPageBoilerplate } from './text/scraped-page.js';
import { StructureReader } from './text/structure-reader.js';
import { titleOf } from './text/title.js';

/** A date after more blocks than this is the date of something else. */
const MAX_DATE_BLOCKS = 6;
/** After more blocks than this, a line like the title belongs to the text. */
const MAX_REPEAT_BLOCKS = 8;

/**
 * Reads plain text. The text stays as it is; only the heads and feet of printed pages are moved out of the paragraphs that they
 * interrupt. The indentation, length, punctuation and words of its lines show what they are.
 *
 * @param source With `\n` line endings.
 */
export function readText(source: string): SourceArticle {
  const cues = captionsIn(source);
  if (cues !== null) return captionsArticle(cues);
  const { text, lines, marks } = readPages(source);
  const context = contextOf(text, runsOf(lines));
  const { blocks, title } = blocksOf(context);
  return {
    text,
    blocks: addContext(
      text,
      blocks.map((block) => markWrapped(block, text)),
    ),
    marks,
    title,
    url: null,
    publisher: null,
    published: publishedOf(context, blocks),
    language: null,
    warnings: [],
  };
}

function blocksOf(context: TextContext): { blocks: PlacedBlock[]; title: string | null } {
  const { text, runs, isMail } = context;
  const mails = isMail ? runs.flatMap((run) => mailHeadOf(run) ?? []) : [];
  const title = isMail ? null : titleOf(runs, context.wrapping, context.base);
  const found = new StructureReader(context, title).read();
  const blocks = markPageBoilerplate(context, found);
  if (isMail) return { blocks, title: mails.find(({ subject }) => subject !== '')?.subject ?? null };
  return {
    blocks: title === null ? blocks : markRepeatedTitle(text, blocks, title.title),
    title: title?.title ?? null,
  };
}

/** A scraped page often repeats its title in its first lines. */
function markRepeatedTitle(text: string, blocks: readonly PlacedBlock[], title: string): PlacedBlock[] {
  return blocks.map((block, index) => {
    const canRepeat = index < MAX_REPEAT_BLOCKS && (block.kind === 'paragraph' || block.kind === 'heading');
    return canRepeat && oneLine(sliceOf(text, block)) === title ? boilerplateOf(block, 'repeated title') : block;
  });
}

/** Lines that are not wrapped are blocks of their own, so a line end within a block only wraps it, except in verse. */
function markWrapped({ isWrapped, ...block }: PlacedBlock, text: string): PlacedBlock {
  if (isWrapped === false) return block;
  const keepsLines = block.kind === 'code' || block.kind === 'row' || block.kind === 'boilerplate';
  return !keepsLines && sliceOf(text, block).includes('\n') ? { ...block, isWrapped: true } : block;
}

function publishedOf(context: TextContext, blocks: readonly PlacedBlock[]): string | null {
  const [first] = context.runs;
  const mailDate = context.isMail && first !== undefined ? mailHeadOf(first)?.date : null;
  if (mailDate) return mailDate;
  return (
    blocks
      .slice(0, MAX_DATE_BLOCKS)
      .map((block) => parseDateLine(sliceOf(context.text, block)))
      .find((date) => date !== null) ?? null
  );
}
