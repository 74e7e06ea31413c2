import { boilerplateRule, captionRule } from '../boilerplate.js';
import type { SourceBlock } from '../compose.js';
import { type BoilerplatePart, bySources, isLinkOnly, isWithinLinks, type RawBlock, sourcesOf } from './raw-block.js';

/** A longer paragraph may be content, even if all of it is a link. */
const MAX_LINK_LINE_CHARACTERS = 200;

/** Fewer links in a row may belong to the text around them. */
const MIN_LINKS = 3;

/** An element with more than this share of the article's text is not boilerplate: some pages call the whole article a widget. */
const MAX_SHARE = 0.25;

/** A block, and why it is boilerplate, if it is. */
interface Judged {
  readonly block: RawBlock;
  readonly rule: string | null;
}

/** Finds the boilerplate among the blocks of an article: first by where it is on the page, then by its words. */
export function markBoilerplate(blocks: readonly RawBlock[], isNews: boolean): SourceBlock[] {
  const ruleOf = judgeByParts(blocks);
  const judged = blocks.map((block) => ({ block, rule: ruleOf(block) }));
  return judgeHeadings(judgeWords(judgeLinkLists(judged, isNews), isNews)).map(({ block, rule }) => {
    const { sources: _sources, ...rest } = block;
    if (rule === null) return rest;
    return { text: rest.text, kind: 'boilerplate', rule, ...(rest.marks && { marks: rest.marks }) };
  });
}

/**
 * Judges blocks by the elements around them. An element with a large part of their text is not boilerplate.
 *
 * @param blocks The blocks of the whole article, which shares are measured against.
 * @returns A function that says why a block is boilerplate; null if it is not.
 */
export function judgeByParts(blocks: readonly RawBlock[]): (block: RawBlock) => string | null {
  const lengths = new Map<BoilerplatePart, number>();
  let whole = 0;
  for (const source of sourcesOf(blocks)) {
    whole += source.characters;
    for (let part = source.around.boilerplate; part !== null; part = part.around)
      lengths.set(part, (lengths.get(part) ?? 0) + source.characters);
  }
  const ruleOf = (innermost: BoilerplatePart | null): string | null => {
    for (let part = innermost; part !== null; part = part.around)
      if ((lengths.get(part) ?? 0) <= MAX_SHARE * whole) return part.rule;
    return null;
  };
  return bySources((sources) => {
    const rules = sources.map(({ around }) => ruleOf(around.boilerplate));
    return rules.every((rule) => rule !== null) ? (rules[0] ?? null) : null;
  });
}

/** Three or more lines in a row that are only links are a list of other pages, or of the sections of this one. */
function judgeLinkLists(judged: readonly Judged[], isNews: boolean): Judged[] {
  const marked: Judged[] = [];
  let before: Judged | undefined;
  let links: Judged[] = [];
  let linksTo: string | null = null;
  const endLinks = (): void => {
    const isList = links.length >= MIN_LINKS && (isNews || !introduces(before, links[0]));
    for (const one of links) marked.push(isList ? { ...one, rule: one.rule ?? linksTo } : one);
    links = [];
  };
  for (const one of judged) {
    const to = linkRule(one.block);
    if (to !== linksTo) {
      endLinks();
      before = marked.at(-1);
    }
    linksTo = to;
    if (to === null) marked.push(one);
    else links.push(one);
  }
  endLinks();
  return marked;
}

/** In a manual, "These programs can open it:" above a list of links is an answer. In news, it is "Read more:". */
function introduces(before: Judged | undefined, link: Judged | undefined): boolean {
  if (before === undefined || before.rule !== null || link === undefined || link.block.depth === undefined)
    return false;
  const isAbove = (before.block.depth ?? 0) < link.block.depth;
  return isAbove && before.block.kind !== 'heading' && /[:：,;]$|\p{L}$/u.test(before.block.text);
}

function linkRule(block: RawBlock): string | null {
  if (block.text.length > MAX_LINK_LINE_CHARACTERS || block.kind === 'code') return null;
  if (isLinkOnly(block)) return 'list of links';
  return isWithinLinks(block) ? 'table of contents' : null;
}

/** Judges paragraphs and captions by their words. What is in a list, a table or code belongs to the article. */
function judgeWords(judged: readonly Judged[], isNews: boolean): Judged[] {
  return judged.map((one) => {
    const { kind, depth, under, text } = one.block;
    if (one.rule !== null || depth !== undefined || under !== undefined) return one;
    if (kind === 'paragraph') return { ...one, rule: boilerplateRule(text, isNews) };
    if (kind === 'caption') return { ...one, rule: isNews ? captionRule(text) : null };
    // A heading such as "Search" belongs to the text below it. A heading that leads elsewhere has no text.
    const rule = kind === 'heading' ? boilerplateRule(text, isNews) : null;
    return rule === 'link to another article' || rule === 'ornament' ? { ...one, rule } : one;
  });
}

/** A heading above nothing but boilerplate is boilerplate too: "Related stories". */
function judgeHeadings(judged: readonly Judged[]): Judged[] {
  let below: string | null = 'heading without text';
  return judged
    .toReversed()
    .map((one) => {
      const isHeading = one.block.kind === 'heading';
      const rule = one.rule ?? (isHeading ? below : null);
      // A boilerplate heading makes no difference to the heading above it: the text below both counts.
      if (rule !== 'ornament' && (!isHeading || rule === null)) below = rule;
      return { ...one, rule };
    })
    .toReversed();
}
