/** Removes `{#id .class}` from the end of a heading. Returns the text without it, and the ids. */
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
