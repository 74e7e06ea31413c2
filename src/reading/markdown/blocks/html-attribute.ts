/** Returns the value of an attribute of an HTML tag as it is written. */
export function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
  return found?.[1] ?? found?.[2] ?? found?.[3];
}

/** Returns the id by which links lead to an element: its `id`, or the `name` of an `<a>`. */
export function anchorId(tag: string, name: string): string | undefined {
  return attribute(tag, 'id') ?? (name === 'a' ? attribute(tag, 'name') : undefined);
}
