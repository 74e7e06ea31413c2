/** An object or a list that has begun, and the key or index of the value in it. */
interface Container {
  readonly isObject: boolean;
  key: string | number;
}

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

const SPACE = /[ \t\r\n]*/y;
const TOKEN =
  /[{}[\],:]|"[ !#-[\]-\u{10ffff}]*(?:\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})[ !#-[\]-\u{10ffff}]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;

/** Returns the line on which a text stops being JSON, from 1; null if all of it is JSON. `JSON.parse` does not always say. */
export function lineOfSyntaxError(json: string): number | null {
  const end = new JsonWalk(json).walk();
  return end === null ? null : lineAt(json, end);
}

/**
 * Returns the line on which a part of a JSON text begins, from 1. For a part that is missing, it is the line of the part around it.
 *
 * @param path Keys and indices, such as `['questions', 0, 'q']`.
 */
export function lineOfPath(json: string, path: readonly PropertyKey[]): number {
  let found = { depth: 0, offset: 0 };
  new JsonWalk(json).walk((containers, offset) => {
    const depth = containers.length;
    // Of equal keys in an object, the last one counts.
    if (depth < found.depth || depth > path.length) return;
    if (containers.every(({ key }, index) => key === path[index])) found = { depth, offset };
  });
  return lineAt(json, found.offset);
}

/** Is told of each value: what is around it, and where it begins. */
type OnValue = (around: readonly Container[], offset: number) => void;

/** Goes through a JSON text token by token. */
class JsonWalk {
  readonly #json: string;
  readonly #open: Container[] = [];

  constructor(json: string) {
    this.#json = json;
  }

  /** @returns Where the text stops being JSON; null if all of it is JSON. */
  walk(onValue: OnValue = () => {}): number | null {
    let expected: Expected = 'value';
    for (let offset = this.#afterSpace(0); offset < this.#json.length; ) {
      TOKEN.lastIndex = offset;
      const [token = ''] = TOKEN.exec(this.#json) ?? [];
      const next: Expected | null =
        token === '' ? null : this.#take(token, expected, () => onValue(this.#open, offset));
      if (next === null) return offset;
      expected = next;
      offset = this.#afterSpace(offset + token.length);
    }
    return expected === 'nothing' ? null : this.#json.length;
  }

  #afterSpace(offset: number): number {
    SPACE.lastIndex = offset;
    SPACE.test(this.#json);
    return SPACE.lastIndex;
  }

  /** Takes a token. @returns What may follow it; null if it may not be there. */
  #take(token: string, expected: Expected, onValue: () => void): Expected | null {
    const top = this.#open.at(-1);
    if (token === ':') return expected === 'colon' ? 'value' : null;
    if (token === ',') return expected === 'comma or end' && top !== undefined ? nextIn(top) : null;
    if (token === '}' || token === ']') {
      if (!expected.endsWith('or end') || top?.isObject !== (token === '}')) return null;
      this.#open.pop();
      return this.#afterValue();
    }
    if (expected.startsWith('key')) {
      if (!token.startsWith('"') || top === undefined) return null;
      top.key = String(JSON.parse(token));
      return 'colon';
    }
    if (!expected.startsWith('value')) return null;
    onValue();
    if (token !== '{' && token !== '[') return this.#afterValue();
    this.#open.push({ isObject: token === '{', key: token === '{' ? '' : 0 });
    return token === '{' ? 'key or end' : 'value or end';
  }

  #afterValue(): Expected {
    return this.#open.length === 0 ? 'nothing' : 'comma or end';
  }
}

function nextIn(container: Container): Expected {
  if (typeof container.key === 'number') container.key += 1;
  return container.isObject ? 'key' : 'value';
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
