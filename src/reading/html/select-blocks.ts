import type { SourceBlock } from '../compose.js';
import { judgeByParts, markBoilerplate } from './mark-boilerplate.js';
import type { PageElement } from './page.js';
import { bySources, isLinkOnly, type RawBlock, type TextSource } from './raw-block.js';

/** What is known about a page when its article is selected. */
interface PageTraits {
  /** Whether the page marks one part as its main part. */
  readonly hasMain: boolean;
  /** Whether it is news or a blog post, whose main part contains parts that lead to other articles. */
  readonly isNews: boolean;
}

/**
 * The share of the page's own main part that Readability must keep. Where it finds the article, it keeps nine tenths or more.
 */
const MIN_SHARE_OF_MAIN = 0.5;

/** If the main part of a manual's page has this share of what Readability finds, the rest is help or navigation. */
const MAIN_SHARE = 0.8;

/**
 * If lists, tables, code and entries are a larger share of a main part, Readability, which is made for paragraphs, cannot judge
 * it.
 */
const MAX_STRUCTURED_SHARE = 0.5;

const STRUCTURED: ReadonlySet<SourceBlock['kind']> = new Set([
  'item',
  'row',
  'code',
  'term',
  'definition',
  'question',
  'answer',
  'note',
]);

/**
 * Selects the blocks of the article from all blocks of a page: those that Readability keeps, and those that it wrongly drops from
 * among them. It is made for news. In a manual, it drops lists, short sections, and sections called "comments".
 *
 * @param survivors The elements whose text Readability keeps.
 */
export function selectBlocks(
  all: readonly RawBlock[],
  survivors: ReadonlySet<PageElement>,
  { hasMain, isNews }: PageTraits,
): RawBlock[] {
  const found = new Set(all.filter(bySources((sources) => areMostlyIn(sources, survivors))));
  const main = new Set(hasMain ? all.filter(isInMain) : all);
  const mainBody = bodyOf([...main], isNews);
  const minLength = hasMain ? MIN_SHARE_OF_MAIN * lengthOf(mainBody) : 1;
  if (lengthOf(bodyOf([...found], isNews)) < minLength) return [...main];
  const isStructured =
    lengthOf(mainBody.filter(({ kind }) => STRUCTURED.has(kind))) > MAX_STRUCTURED_SHARE * lengthOf(mainBody);
  const groups = new Set([...found].map(({ group }) => group));
  const first = all.findIndex((block) => found.has(block));
  const last = all.findLastIndex((block) => found.has(block));
  const ruleOf = judgeByParts([...main]);
  const isMainEnough =
    hasMain && !isNews && lengthOf([...found].filter((block) => main.has(block))) > MAIN_SHARE * lengthOf([...found]);
  const belongs = (block: RawBlock, index: number): boolean => {
    const isBoilerplate = ruleOf(block) !== null;
    // Readability also keeps what is next to the main part.
    if (found.has(block)) return main.has(block) || (!isBoilerplate && !isMainEnough);
    if (!main.has(block) || isBoilerplate) return false;
    const isBetween = index > first && index < last;
    if (!isNews && (hasMain || isBetween)) return true;
    if (block.group !== undefined && groups.has(block.group) && !isLinkOnly(block)) return true;
    if (isBetween && (isStructured || (STRUCTURED.has(block.kind) && block.kind !== 'item'))) return true;
    const next = all[index + 1];
    return (block.kind === 'heading' || block.kind === 'question') && next !== undefined && found.has(next);
  };
  return all.filter(belongs);
}

/** Whether a block is in the part that the page marks as its main part. */
export function isInMain(block: RawBlock): boolean {
  return block.sources[0]?.around.isMain ?? false;
}

function areMostlyIn(sources: readonly TextSource[], survivors: ReadonlySet<PageElement>): boolean {
  let found = 0;
  let whole = 0;
  for (const { owner, characters } of sources) {
    whole += characters;
    if (survivors.has(owner)) found += characters;
  }
  return found > 0 && found * 2 >= whole;
}

function bodyOf(blocks: readonly RawBlock[], isNews: boolean): SourceBlock[] {
  return markBoilerplate(blocks, isNews).filter(({ kind }) => kind !== 'heading' && kind !== 'boilerplate');
}

function lengthOf(blocks: readonly SourceBlock[]): number {
  return blocks.reduce((length, { text }) => length + text.length, 0);
}
