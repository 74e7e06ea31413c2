import type { Definition, FootnoteDefinition, Nodes, Root } from 'mdast';

/** What the text of an article can refer to, by identifier, in the order of the source. */
interface Definitions {
  readonly links: ReadonlyMap<string, Definition>;
  readonly footnotes: ReadonlyMap<string, FootnoteDefinition>;
}

/** Finds the targets of links and the footnotes in a tree. Of several with the same identifier, the first one counts. */
export function definitionsIn(tree: Root): Definitions {
  const links = new Map<string, Definition>();
  const footnotes = new Map<string, FootnoteDefinition>();
  const rest: Nodes[] = [tree];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    // The tree is searched backwards, so the first one is set last.
    if (node.type === 'definition') links.set(node.identifier, node);
    else if (node.type === 'footnoteDefinition') footnotes.set(node.identifier, node);
    if ('children' in node && node.type !== 'paragraph' && node.type !== 'table')
      for (const child of node.children) rest.push(child);
  }
  return { links, footnotes: new Map([...footnotes].toReversed()) };
}
