import type { BlockContent, Blockquote, DefinitionContent, Paragraph } from 'mdast';

/** A note in a quotation, as GitHub and Obsidian write them: `> [!NOTE]`. */
interface QuoteAlert {
  /** In lower case. */
  readonly label: string;
  /** The text beside the marker, which is its title, and the rest of the first paragraph. */
  readonly paragraphs: readonly Paragraph['children'][];
  /** What follows the first paragraph. */
  readonly rest: readonly (BlockContent | DefinitionContent)[];
}

const MARKER = /^\[!([A-Za-z][\w-]*)(?:\|[^\]\n]*)?\][-+]?[ \t]*/;

/** Reads a quotation that begins with a marker such as `[!NOTE]`. Null for any other quotation. */
export function readQuoteAlert({ children: [first, ...rest] }: Blockquote): QuoteAlert | null {
  if (first?.type !== 'paragraph' || first.children[0]?.type !== 'text') return null;
  const [marker, label = ''] = MARKER.exec(first.children[0].value) ?? [];
  if (marker === undefined) return null;
  return { label: label.toLowerCase(), paragraphs: titleAndBody(first.children, marker.length), rest };
}

function titleAndBody(children: Paragraph['children'], marker: number): Paragraph['children'][] {
  const [first, ...rest] = children;
  if (first?.type !== 'text') return [children];
  const nodes: Paragraph['children'] = [{ ...first, value: first.value.slice(marker) }, ...rest];
  const index = nodes.findIndex((node) => node.type === 'break' || (node.type === 'text' && node.value.includes('\n')));
  const node = nodes[index];
  if (node === undefined) return [nodes];
  if (node.type !== 'text') return [nodes.slice(0, index), nodes.slice(index + 1)];
  const at = node.value.indexOf('\n');
  return [
    [...nodes.slice(0, index), { ...node, value: node.value.slice(0, at) }],
    [{ ...node, value: node.value.slice(at + 1) }, ...nodes.slice(index + 1)],
  ];
}
