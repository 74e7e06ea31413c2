import type { Nodes, Paragraph } from 'mdast';

/** Whether a paragraph is nothing but one bold run, with a colon or question mark behind it at most. */
export function isBold({ children }: Paragraph): boolean {
  const shown = children.filter((node) => !(node.type === 'text' && node.value.trim() === ''));
  const [first, second] = shown;
  if (shown.length === 2 && !(second?.type === 'text' && /^\s*[:?：？]\s*$/.test(second.value))) return false;
  return shown.length >= 1 && shown.length <= 2 && first !== undefined && isStrong(first);
}

function isStrong(node: Nodes): boolean {
  if (node.type === 'strong') return true;
  const only = 'children' in node && node.children.length === 1 ? node.children[0] : undefined;
  return node.type === 'emphasis' && only !== undefined && isStrong(only);
}

/** Counts what stands between spaces. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** Parts the first paragraph of an admonition in a quotation: what stands beside its marker is its title. */
export function titleAndBody(children: Paragraph['children'], marker: number): Paragraph['children'][] {
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

/** Takes `{#id .class}` from the end of a heading. */
export function withoutAttributes(text: string): { text: string; ids: string[] } {
  const open = text.endsWith('}') ? text.lastIndexOf('{') : -1;
  const inside =
    open === -1
      ? ''
      : text
          .slice(open + 1, -1)
          .replace(/^:/, '')
          .trim();
  if (inside === '' || !inside.split(/\s+/).every((part) => /^(?:[#.][\w:.-]+|[\w-]+=\S+|-)$/.test(part)))
    return { text, ids: [] };
  const ids = inside.split(/\s+/).flatMap((part) => (part.startsWith('#') ? [part.slice(1)] : []));
  return { text: text.slice(0, open).trimEnd(), ids };
}
