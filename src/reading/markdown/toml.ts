import type {
  FrontMatterField,
  FrontMatterProblem,
  FrontMatterValue,
  ParsedFrontMatter,
} from './front-matter-value.js';

/** Deeper lists are refused: they are read recursively. */
const MAX_DEPTH = 50;

/** Numbers in all notations, truth values, dates and times. */
const BARE_VALUE =
  /^(?:[+-]?(?:inf|nan|[\d_.]+(?:e[+-]?\d+)?|0x[\da-f_]+|0o[0-7_]+|0b[01_]+)|\d{4}-\d{2}-\d{2}[Tt \d:.Z+-]*|\d{2}:\d{2}[\d:.]*)$/i;

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\u001b',
  '"': '"',
  '\\': '\\',
};

/**
 * Reads the TOML that front matter uses: strings of all four kinds, numbers, dates, lists and tables. Only the fields before the
 * first table are returned. A line that cannot be read is a problem, and reading continues with the next line.
 */
export function readToml(text: string): ParsedFrontMatter {
  return new TomlReader(text).read();
}

class TomlError extends Error {}

class TomlReader {
  readonly #text: string;
  #at = 0;
  #line = 1;
  #lineCountedTo = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): ParsedFrontMatter {
    const fields: FrontMatterField[] = [];
    const problems: FrontMatterProblem[] = [];
    let isTopLevel = true;
    for (this.#skipBlank(); this.#at < this.#text.length; this.#skipBlank()) {
      const line = this.#lineNumber();
      try {
        if (this.#text[this.#at] === '[') {
          isTopLevel = false;
          this.#take(/\[\[?[^\]\n]+\]\]?/y, 'a table has no closing "]"');
        } else {
          const field = this.#field(line);
          if (isTopLevel && field !== null) fields.push(field);
        }
        this.#take(/[ \t]*(?:#[^\n]*)?(?=\n|$)/y, 'something stands behind the value');
      } catch (error) {
        if (!(error instanceof TomlError)) throw error;
        problems.push({ line: this.#lineNumber(), reason: error.message });
        this.#take(/[^\n]*/y, '');
      }
    }
    return { fields, problems };
  }

  /** Null for a dotted key, which belongs to a table. */
  #field(line: number): FrontMatterField | null {
    const key = this.#take(
      /(?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*/y,
      'it is not of the form key = value',
    );
    this.#take(/[ \t]*=[ \t]*/y, 'it is not of the form key = value');
    const value = this.#value(0);
    if (/^(?:"[^"]*"|'[^']*')$/.test(key)) return { key: key.slice(1, -1), value, line };
    return key.includes('.') ? null : { key, value, line };
  }

  #value(depth: number): FrontMatterValue {
    const rest = this.#text.slice(this.#at, this.#at + 3);
    if (rest === '"""' || rest === "'''") return this.#multiLineString(rest);
    if (rest[0] === '"')
      return withoutEscapes(
        this.#take(/"(?:[^"\\\n]|\\[^\n])*"/y, 'a string has no closing quotation mark').slice(1, -1),
      );
    if (rest[0] === "'") return this.#take(/'[^'\n]*'/y, 'a string has no closing quotation mark').slice(1, -1);
    if (rest[0] === '[') return this.#list(depth + 1);
    if (rest[0] === '{') return this.#inlineTable(depth + 1);
    const bare = this.#take(/[^\n,\]}#]+/y, 'a value is missing').trim();
    if (bare === 'true' || bare === 'false') return bare === 'true';
    if (!BARE_VALUE.test(bare)) throw new TomlError('a text is not in quotation marks');
    return bare;
  }

  #multiLineString(mark: string): string {
    const start = this.#at + 3;
    let end = this.#text.indexOf(mark, start);
    if (mark === '"""')
      while (end !== -1 && isEscaped(this.#text, end, start)) end = this.#text.indexOf('"""', end + 1);
    if (end === -1) throw new TomlError('a string has no closing quotation marks');
    // Up to two more quotation marks belong to the text.
    while (this.#text[end + 3] === mark[0] && this.#text.startsWith(mark, end + 1)) end += 1;
    this.#at = end + 3;
    const content = this.#text.slice(start, end).replace(/^\n/, '');
    return mark === '"""' ? withoutEscapes(content.replace(/\\[ \t]*\n\s*/g, '')) : content;
  }

  #list(depth: number): FrontMatterValue[] {
    if (depth > MAX_DEPTH) throw new TomlError('its lists are nested too deeply');
    const values: FrontMatterValue[] = [];
    this.#at += 1;
    for (this.#skipBlank(); this.#text[this.#at] !== ']'; this.#skipBlank()) {
      values.push(this.#value(depth));
      this.#skipBlank();
      if (this.#text[this.#at] !== ']') this.#take(/,/y, 'a list has no closing "]"');
    }
    this.#at += 1;
    return values;
  }

  #inlineTable(depth: number): FrontMatterValue {
    if (depth > MAX_DEPTH) throw new TomlError('its tables are nested too deeply');
    this.#at += 1;
    for (this.#skipBlank(); this.#text[this.#at] !== '}'; this.#skipBlank()) {
      this.#take(/[^=\n{}]+=[ \t]*/y, 'a table has no closing "}"');
      this.#value(depth);
      this.#skipBlank();
      if (this.#text[this.#at] !== '}') this.#take(/,/y, 'a table has no closing "}"');
    }
    this.#at += 1;
    return { unusable: 'a table' };
  }

  #skipBlank(): void {
    this.#take(/(?:\s|#[^\n]*)*/y, '');
  }

  #take(pattern: RegExp, problem: string): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw new TomlError(problem);
    this.#at += found.length;
    return found;
  }

  #lineNumber(): number {
    for (; this.#lineCountedTo < this.#at; this.#lineCountedTo += 1)
      if (this.#text[this.#lineCountedTo] === '\n') this.#line += 1;
    return this.#line;
  }
}

function isEscaped(text: string, at: number, start: number): boolean {
  let backslashes = 0;
  while (at - backslashes - 1 >= start && text[at - backslashes - 1] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function withoutEscapes(text: string): string {
  return text.replace(
    /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|(.))/gs,
    (whole, four, eight, two, one) => {
      const code: string | undefined = four ?? eight ?? two;
      if (code === undefined) return ESCAPES[one] ?? whole;
      const point = Number.parseInt(code, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}
