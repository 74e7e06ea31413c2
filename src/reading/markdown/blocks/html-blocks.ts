import type { SourceBlock } from '../../compose.js';
import type { Place } from './place.js';

/** Reads HTML in Markdown as the reader of web pages does. */
export type HtmlReader = (source: string) => readonly SourceBlock[];

/**
 * Reads the blocks of HTML at a place in Markdown.
 *
 * @param newGroup Returns a number for a list or table that no other one in the article has.
 */
export function htmlBlocks(
  source: string,
  {
    place,
    readHtml,
    newGroup,
  }: { readonly place: Place; readonly readHtml: HtmlReader; readonly newGroup: () => number },
): { readonly block: SourceBlock; readonly place: Place }[] {
  if (!/[^\s<>]/.test(source)) return [];
  const groups = new Map<number, number>();
  const groupOf = (group: number): number => {
    const known = groups.get(group) ?? newGroup();
    groups.set(group, known);
    return known;
  };
  return readHtml(source).map(({ group, depth, rule: _rule, ...block }) => {
    const isPlain = block.kind === 'paragraph' || block.kind === 'boilerplate' || block.kind === 'title';
    return {
      block: {
        ...block,
        kind: isPlain ? place.paragraph : block.kind,
        ...(group !== undefined && { group: groupOf(group) }),
      },
      place: { ...place, depth: place.depth + (depth ?? 0) },
    };
  });
}
