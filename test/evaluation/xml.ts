/** An XML element. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/**
 * Parses XML with elements, attributes and the five predefined entities.
 *
 * @returns The elements in order of their start tags, each with the text directly inside it.
 * @throws If it is not well-formed, or contains anything else.
 */
export function parseXml(source: string): Element[] {
  const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(source);
  if (illegal !== null) throw new Error(`There is an illegal character at ${illegal.index}.`);
  const elements: Element[] = [];
  const open: Element[] = [];
  const token = /<(\/?)([a-z]+)((?:\s+[a-zA-Z0-9:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
  while (token.lastIndex < source.length) {
    const offset = token.lastIndex;
    const [, isEnd, name = '', attributes = '', isEmpty, words] = token.exec(source) ?? [];
    if (words !== undefined) {
      const parent = open.at(-1);
      if (parent !== undefined) parent.text += withoutEntities(words);
      else if (words.trim() !== '') throw new Error(`There is text outside the root at ${offset}.`);
    } else if (isEnd === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> at ${offset} does not match its start tag.`);
    } else if (name === '' || (open.length === 0 && elements.length > 0)) {
      throw new Error(`There is no tag within the root at ${offset}: ${source.slice(offset, offset + 40)}`);
    } else {
      const pairs = [...attributes.matchAll(/([a-zA-Z0-9:-]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key, withoutEntities(value)] as const,
      );
      if (new Set(pairs.map(([key]) => key)).size < pairs.length)
        throw new Error(`There is a duplicate attribute at ${offset}.`);
      const element: Element = { name, attributes: Object.fromEntries(pairs), text: '' };
      elements.push(element);
      if (isEmpty !== '/') open.push(element);
    }
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)?.name}> is not closed.`);
  return elements;
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function withoutEntities(words: string): string {
  return words.replace(/&([a-z]*;?)/g, (entity, name: string) => {
    const character = name.endsWith(';') ? CHARACTERS[name.slice(0, -1)] : undefined;
    if (character === undefined) throw new Error(`${entity} is not an entity.`);
    return character;
  });
}
