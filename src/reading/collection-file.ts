import { type Document, isScalar, isSeq, LineCounter, type Pair, parseDocument } from 'yaml';
import { oneLine } from '../text/visible-text.js';
import { isLanguageTag, isWebAddress } from './metadata.js';
import { parseDate } from './publication-date.js';
import { yamlReason } from './yaml-reason.js';

/** What a collection file states. A field that it does not state is absent. */
export interface CollectionFile {
  /** What the collection is called. Named beside its articles if there is no publisher. */
  readonly title?: string;
  /** The address of the folder, with a slash at the end. */
  readonly url?: string;
  /** How the ending of a file's name becomes part of its address: it is dropped, kept, or replaced by this one. */
  readonly extension?: 'drop' | 'keep' | `.${string}`;
  /** Names, without their endings, of the files whose address is that of their folder. */
  readonly index?: readonly string[];
  /** Whether addresses end with a slash. */
  readonly trailingSlash?: boolean;
  readonly publisher?: string;
  /** BCP 47 tag. */
  readonly language?: string;
  /** The publication date as `YYYY-MM-DD`. */
  readonly published?: string;
}

/** A value that cannot be used, with the reason and the remedy. */
class UnusableValue extends Error {
  override readonly name = 'UnusableValue';
}

type FieldReader = (value: unknown) => CollectionFile[keyof CollectionFile];

const FIELDS: Readonly<Record<keyof CollectionFile, FieldReader>> = {
  title: readLine,
  url: readAddress,
  extension: readExtension,
  index: readNames,
  trailingSlash: readBoolean,
  publisher: readLine,
  language: readLanguage,
  published: readDate,
};

/**
 * Reads a collection file (YAML).
 *
 * @param source With `\n` line endings.
 * @returns What can be used of it, and a warning that names the line for everything that cannot.
 */
export function readCollectionFile(source: string): { stated: CollectionFile; warnings: string[] } {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const reason = yamlReason(error.message);
    return { stated: {}, warnings: [`line ${lines.linePos(error.pos[0]).line}: ${reason}. The file is not used`] };
  }
  const stated: Record<string, unknown> = {};
  const warnings: string[] = [];
  for (const { key, value } of pairsOf(document)) {
    const name = isScalar(key) ? String(key.value) : '';
    const line = isScalar(key) ? lines.linePos(key.range?.[0] ?? 0).line : 1;
    const read = Object.hasOwn(FIELDS, name) ? FIELDS[name as keyof CollectionFile] : undefined;
    try {
      if (read === undefined) throw new UnusableValue(`is not a field: use ${Object.keys(FIELDS).join(', ')}`);
      stated[name] = read(plainValue(value));
    } catch (problem) {
      if (!(problem instanceof UnusableValue)) throw problem;
      warnings.push(`line ${line}: ${oneLine(name).slice(0, 60)} ${problem.message}`);
    }
  }
  if (document.contents !== null && pairsOf(document).length === 0)
    warnings.push('line 1: it has no fields: write one "name: value" per line');
  return { stated, warnings };
}

function pairsOf(document: Document): Pair[] {
  const { contents } = document;
  return contents !== null && 'items' in contents && !isSeq(contents) ? contents.items : [];
}

/** A string, number, boolean or list of them as YAML states it. Anything else is undefined. */
function plainValue(node: unknown): unknown {
  if (isSeq(node)) return node.items.map(plainValue);
  // A date such as 2024-01-05 is read as it is written.
  return isScalar(node) ? (node.source ?? node.value) : undefined;
}

function readLine(value: unknown): string {
  const line = typeof value === 'string' || typeof value === 'number' ? oneLine(String(value).toWellFormed()) : '';
  if (line === '') throw new UnusableValue('is not a line of text: it is left out');
  return line;
}

function readAddress(value: unknown): string {
  const address = readLine(value);
  if (!isWebAddress(address))
    throw new UnusableValue('is not an address that starts with https:// or http://: the articles have no links');
  const url = new URL(address);
  url.search = '';
  url.hash = '';
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

function readExtension(value: unknown): 'drop' | 'keep' | `.${string}` {
  const extension = readLine(value);
  if (extension === 'drop' || extension === 'keep') return extension;
  if (/^\.[\w.-]{1,20}$/.test(extension)) return extension as `.${string}`;
  throw new UnusableValue('is neither drop, keep nor an ending such as .html: endings are dropped');
}

function readNames(value: unknown): string[] {
  const names = (Array.isArray(value) ? value : [value]).map((name) => readLine(name));
  return names.map((name) => name.replace(/\.[^.]+$/, ''));
}

function readBoolean(value: unknown): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new UnusableValue('is neither true nor false: it is left out');
}

function readLanguage(value: unknown): string {
  const language = readLine(value);
  if (!isLanguageTag(language)) throw new UnusableValue('is not a language tag like en or pt-BR: it is left out');
  return language;
}

function readDate(value: unknown): string {
  const date = parseDate(readLine(value));
  if (date === null) throw new UnusableValue('is not a date like 2021-05-19: it is left out');
  return date;
}
