import { oneLine } from '../../text/visible-text.js';
import { readMetadata, shorten } from '../metadata.js';
import type { FrontMatterField, FrontMatterValue, ParsedFrontMatter } from './front-matter-value.js';
import { readJsonFields } from './json-fields.js';
import { readToml } from './toml.js';
import { readYamlFields } from './yaml-fields.js';

type Metadata = ReturnType<typeof readMetadata>['stated'];

/** What the beginning of a Markdown file states about the article. */
interface FrontMatter {
  readonly stated: Metadata;
  /** One for each field that cannot be used, with its line. */
  readonly warnings: readonly string[];
  /** The source below the front matter. */
  readonly body: string;
}

/** The names of each field, the most specific first. Case, "-" and "_" do not matter. */
const NAMES: Readonly<Record<keyof Metadata, readonly string[]>> = {
  title: ['title'],
  url: ['url'],
  publisher: ['publisher'],
  published: [
    'published',
    'publishedat',
    'publishedon',
    'publisheddate',
    'datepublished',
    'publicationdate',
    'publishdate',
    'pubdate',
    'date',
  ],
  language: ['language', 'lang'],
};

/** Reads YAML, TOML or JSON at the beginning of a file. It never fails: what cannot be used is left out with a warning. */
export function readFrontMatter(source: string): FrontMatter {
  const found = findFrontMatter(source);
  if (found === null) return { stated: readMetadata({}).stated, warnings: [], body: source };
  const { fields, problems } = found.parse(found.content);
  const warnings = problems.map(
    ({ line, reason }) =>
      `line ${line + found.linesBefore}: the front matter is malformed (${reason}): ${found.remedy}`,
  );
  const shifted = fields.map((field) => ({ ...field, line: field.line + found.linesBefore }));
  warnings.push(...repeatedKeys(shifted));
  return { stated: usableFields(shifted, warnings), warnings, body: found.body };
}

interface FoundFrontMatter {
  readonly content: string;
  readonly linesBefore: number;
  readonly body: string;
  readonly parse: (content: string) => ParsedFrontMatter;
  /** What to do if it is malformed. */
  readonly remedy: string;
}

function findFrontMatter(source: string): FoundFrontMatter | null {
  const opening = /^(?:[ \t]*\n)*(---|\+\+\+|---[ \t]*json|---[ \t]*toml|---[ \t]*yaml|\{)[ \t]*\n/.exec(source);
  if (opening === null) return null;
  const mark = opening[1] ?? '';
  const isBrace = mark === '{';
  const start = opening[0].length;
  const closing = isBrace ? /^\}[ \t]*$/gm : mark === '+++' ? /^\+\+\+[ \t]*$/gm : /^(?:---|\.\.\.)[ \t]*$/gm;
  closing.lastIndex = start;
  const closed = closing.exec(source);
  if (closed === null) return null;
  const inside = source.slice(start, closed.index);
  const content = isBrace ? `{\n${inside}}` : inside;
  const parse = isBrace || mark.endsWith('json') ? readJsonFields : /^\+|toml$/.test(mark) ? readToml : readYamlFields;
  const isStated = parse === readJsonFields ? readJsonFields(content).problems.length === 0 : hasFields(inside, parse);
  if (!isStated) return null;
  const linesBefore = opening[0].split('\n').length - 1 - (isBrace ? 1 : 0);
  const remedy =
    parse === readYamlFields
      ? 'put values that contain ":" or "#" in quotation marks'
      : 'write fields as name = "value"';
  return { content, linesBefore, body: source.slice(closed.index + closed[0].length), parse, remedy };
}

/** A line of YAML: a field, an item, a comment, the continuation of the line before or the end of a list. */
const YAML_LINE = /^(?:["']?[\w$.-]+(?: [\w-]+)?["']?[ \t]*:(?:\s|$)|[ \t]|-[ \t]|#|[}\]])/;

/** Whether the text between two lines of dashes is front matter, not a part of the article between two thematic breaks. */
function hasFields(content: string, parse: FoundFrontMatter['parse']): boolean {
  const lines = content.split('\n').filter((line) => line.trim() !== '');
  const first = lines.find((line) => !line.trimStart().startsWith('#'));
  if (first === undefined) return true;
  if (parse === readToml) return /^[ \t]*(?:\[|["']?[\w.-]+["']?[ \t]*=)/.test(first);
  if (!/^(?:[^\s-]|\{[{%])/.test(first) || !YAML_LINE.test(first)) return false;
  return lines.filter((line) => YAML_LINE.test(line)).length > lines.length / 2;
}

function repeatedKeys(fields: readonly FrontMatterField[]): string[] {
  const lines = new Map<string, number>();
  const warnings: string[] = [];
  for (const { key, line } of fields) {
    const earlier = lines.get(key);
    if (earlier !== undefined)
      warnings.push(`line ${line}: ${shorten(key)} is given twice, first on line ${earlier}: the last one is used`);
    lines.set(key, line);
  }
  return warnings;
}

/** Adds a warning to `warnings` for each field that cannot be used. */
function usableFields(fields: readonly FrontMatterField[], warnings: string[]): Metadata {
  const byName = new Map(fields.map((field) => [field.key.toLowerCase().replace(/[-_]/g, ''), field]));
  const stated: Partial<Record<keyof Metadata, string | null>> = {};
  for (const [name, names] of Object.entries(NAMES) as [keyof Metadata, readonly string[]][]) {
    const problems: string[] = [];
    for (const field of names.flatMap((one) => byName.get(one) ?? [])) {
      const value = usableValue(name, field, problems);
      if (value === null) continue;
      stated[name] = value;
      // "published: true" beside a date says that the page is not a draft.
      if (name === 'published') problems.length = 0;
      break;
    }
    warnings.push(...problems);
  }
  return { ...readMetadata({}).stated, ...stated };
}

function usableValue(name: keyof Metadata, { key, value, line }: FrontMatterField, problems: string[]): string | null {
  const say = (problem: string): null => {
    problems.push(`line ${line}: ${key} ${problem}`);
    return null;
  };
  const first = name === 'language' && Array.isArray(value) ? (value[0] ?? null) : value;
  if (first === null) return null;
  if (typeof first === 'boolean' && name !== 'published' && name !== 'title') return say(`is ${first}: it is left out`);
  if (typeof first !== 'string' && typeof first !== 'boolean')
    return say(`is ${nameOf(first)}, not a text: it is left out`);
  const text = String(first);
  if (/\{\{|\{%/.test(text)) return say(`"${shorten(text)}" is a template: it is left out`);
  const { stated, warnings } = readMetadata({ [name]: oneLine(text.toWellFormed()) });
  // Each of these begins with the name of the field.
  for (const warning of warnings) say(warning.slice(name.length + 1));
  if (first !== value && stated[name]) say(`is a list: only the first, "${shorten(text)}", is used`);
  return stated[name];
}

function nameOf(value: Exclude<FrontMatterValue, string | boolean | null>): string {
  return 'unusable' in value ? value.unusable : 'a list';
}
