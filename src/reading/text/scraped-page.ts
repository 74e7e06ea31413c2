import { sliceOf } from '../../text/span.js';
import { countWords } from '../../text/words.js';
import type { PlacedBlock } from '../add-context.js';
import { boilerplateRule } from '../boilerplate.js';
import { parseDateLine } from '../publication-date.js';
import type { TextContext } from './context.js';
import { endsSentence, MAX_HEADING_WORDS, startsWithCapital } from './line-shapes.js';

/** At least this many paragraphs must be page controls, credits and the like, recognised by at least this many rules. */
const MIN_PARAGRAPHS = 3;
const MIN_RULES = 2;
const MAX_WRAPPED_SHARE = 0.1;
/** A line without an end mark that is longer than a heading is a caption. If it has more words than this, it is body text. */
const MAX_CAPTION_WORDS = 40;
/** Rules that also apply to texts that do not come from the web. */
const COMMON_RULES: ReadonlySet<string> = new Set(['ornament', 'bare URL', 'keyword list', 'byline', 'page date']);

/**
 * Marks what a web page had besides its article, if the text was saved from a web page. In any other text, nothing is boilerplate
 * because of its words.
 */
export function markPageBoilerplate(
  { text, runs, wrapping, usesEndMarks }: TextContext,
  blocks: readonly PlacedBlock[],
): PlacedBlock[] {
  // The lines of a page saved from the web are not wrapped.
  const wrapped = runs.filter((run, index) => run.length > 1 && wrapping[index]?.isWrapped).length;
  if (wrapped > runs.length * MAX_WRAPPED_SHARE) return [...blocks];
  const rules = blocks.map((block) => {
    if (block.kind !== 'paragraph' && block.kind !== 'heading') return null;
    if (block.depth !== undefined || block.under !== undefined) return null;
    const content = sliceOf(text, block);
    return content.includes('\n') && content.length > 200 ? null : boilerplateRule(content);
  });
  const telling = rules.filter((rule) => rule !== null && !COMMON_RULES.has(rule));
  const different = new Set(
    blocks
      .filter(
        (_, index) =>
          telling.includes(rules[index] ?? null) && rules[index] !== null && !COMMON_RULES.has(rules[index] ?? ''),
      )
      .map((block) => sliceOf(text, block)),
  );
  if (different.size < MIN_PARAGRAPHS || new Set(telling).size < MIN_RULES) return [...blocks];
  return blocks.map((block, index) => {
    const rule = rules[index] ?? restRule(text, block, usesEndMarks);
    return rule === null ? block : boilerplateOf(block, rule);
  });
}

/** Turns a block into boilerplate, which is stored but not searched. */
export function boilerplateOf({ start, end }: PlacedBlock, rule: string): PlacedBlock {
  return { kind: 'boilerplate', start, end, rule };
}

function restRule(text: string, block: PlacedBlock, usesEndMarks: boolean): string | null {
  if (block.kind !== 'paragraph' || block.depth !== undefined || block.under !== undefined) return null;
  const content = sliceOf(text, block);
  if (parseDateLine(content) !== null) return 'page date';
  const words = countWords(content);
  const isCaption = words > MAX_HEADING_WORDS && words <= MAX_CAPTION_WORDS && startsWithCapital(content);
  return usesEndMarks && isCaption && !endsSentence(content) && !content.includes('\n') ? 'caption' : null;
}
