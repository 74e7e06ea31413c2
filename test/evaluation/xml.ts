export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/**
 * The elements in order of their start tags, each with the text right inside it. Enough of XML for what has elements,
 * attributes and the five entities of its own; throws at anything else, and at what is not well-formed.
 */
export function parseXml(source: string): Element[] {
  const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(source);
  if (illegal !== null) throw new Error(`An illegal character at ${illegal.index}.`);
  const elements: Element[] = [];
  const open: Element[] = [];
  const token = /<(\/?)([a-z]+)((?:\s+[a-zA-Z0-9:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const [, isEnd, name = '', attributes = '', isEmpty, words] = token.exec(source) ?? [];
    if (words !== undefined) {
      const parent = open.at(-1);
      if (parent !== undefined) parent.text += withoutEntities(words);
      else if (words.trim() !== '') throw new Error(`Text outside the root at ${at}.`);
    } else if (isEnd === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> at ${at} closes something else.`);
    } else if (name === '' || (open.length === 0 && elements.length > 0)) {
      throw new Error(`No tag of an element within the root at ${at}: ${source.slice(at, at + 40)}`);
    } else {
      const pairs = [...attributes.matchAll(/([a-zA-Z0-9:-]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key, withoutEntities(value)] as const,
      );
      if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`An attribute twice at ${at}.`);
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
    if (character === undefined) throw new Error(`${entity} is no entity.`);
    return character;
  });
}
