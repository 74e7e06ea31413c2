import type { BlockContent, Blockquote, DefinitionContent, Paragraph } from 'mdast';

/** A note in a quotation, as GitHub and Obsidian write them: `> [!NOTE]`. */
interface QuoteAlert {
  /** In lower case. */
  readonly label: string;
  /** The text beside the marker, which is its title. Empty if there is none. */
  readonly title: Paragraph['children'];
  /** The rest of the first paragraph. */
  readonly body: Paragraph['children'];
  /** What follows the first paragraph. */
  readonly rest: readonly (BlockContent | DefinitionContent)[];
}

const MARKER = /^\[!([A-Za-z][\w-]*)(?:\|[^\]\n]*)?\][-+]?[ \t]*/;

/** Reads a quotation that begins with a marker such as `[!NOTE]`. Null for any other quotation. */
export function readQuoteAlert({ children: [first, ...rest] }: Blockquote): QuoteAlert | null {
  if (first?.type !== 'paragraph' || first.children[0]?.type !== 'text') return null;
  const [marker, label = ''] = MARKER.exec(first.children[0].value) ?? [];
  if (marker === undefined) return null;
  return { label: label.toLowerCase(), ...titleAndBody(first.children, marker.length), rest };
}

function titleAndBody(children: Paragraph['children'], marker: number): Pick<QuoteAlert, 'title' | 'body'> {
  const [first, ...rest] = children;
  if (first?.type !== 'text') return { title: children, body: [] };
  const nodes: Paragraph['children'] = [{ ...first, value: first.value.slice(marker) }, ...rest];
  const index = nodes.findIndex((node) => node.type === 'break' || (node.type === 'text' && node.value.includes('\n')));
  const node = nodes[index];
  if (node === undefined) return { title: nodes, body: [] };
  if (node.type !== 'text') return { title: nodes.slice(0, index), body: nodes.slice(index + 1) };
  const at = node.value.indexOf('\n');
  return {
    title: [...nodes.slice(0, index), { ...node, value: node.value.slice(0, at) }],
    body: [{ ...node, value: node.value.slice(at + 1) }, ...nodes.slice(index + 1)],
  };
}
