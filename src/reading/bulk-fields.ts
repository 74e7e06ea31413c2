import { oneLine } from '../text/visible-text.js';
import type { MetadataFields } from './metadata.js';
import { UnreadableFile } from './source-article.js';

/** What a line of a bulk file states. */
interface BulkFields {
  readonly id: string | null;
  readonly text: string;
  readonly metadata: MetadataFields;
  /** A message for each field that cannot be used. */
  readonly warnings: readonly string[];
}

/** The fields that can hold the text, the best first. Data sets call it differently. */
const TEXT_FIELDS = ['text', 'content', 'body'] as const;

/** Unix times are in seconds up to the year 5138, and in milliseconds from 1973 on. */
const MIN_UNIX_SECONDS = 100_000_000;
const MIN_UNIX_MILLISECONDS = 100_000_000_000;
const MAX_UNIX_MILLISECONDS = 100_000_000_000_000;

/**
 * Reads the fields of a parsed line. A field that cannot be used is left out with a warning; only a line without a text is refused.
 *
 * @throws {UnreadableFile} if the line is not an object with a text.
 */
export function readBulkFields(line: unknown): BulkFields {
  const fields = isObject(line) ? line : {};
  const text = TEXT_FIELDS.map((name) => textOf(fields[name])).filter((value) => value !== null);
  const found = text.find((value) => value.trim() !== '') ?? text[0];
  if (found === undefined) {
    throw new UnreadableFile(
      'has no text: write an object with a "text" field of type string ("content" and "body" are read too)',
    );
  }
  const warnings: string[] = [];
  const field = (name: string, convert: (value: unknown) => string | null = plainValue): string | null => {
    const value = fields[name];
    const converted = value === undefined || value === null ? null : convert(value);
    if (converted === null && value !== undefined && value !== null) {
      warnings.push(`${name} is neither text nor a number: it is left out`);
    }
    return converted === null ? null : oneLine(converted.toWellFormed());
  };
  const metadata = {
    title: field('title'),
    url: field('url'),
    publisher: field('publisher'),
    published: field('published', dateValue),
    language: field('language', firstValue),
  };
  return { id: field('id') || null, text: found, metadata, warnings };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text, or a list of paragraphs. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const isList = Array.isArray(value) && value.length > 0 && value.every((part) => typeof part === 'string');
  return isList ? value.join('\n\n') : null;
}

function plainValue(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function firstValue(value: unknown): string | null {
  return plainValue(Array.isArray(value) ? value[0] : value);
}

/** A date as it is written; a Unix time as `YYYY-MM-DD`. */
function dateValue(value: unknown): string | null {
  const written = plainValue(value);
  if (written === null || !/^\d{9,14}(?:\.\d+)?$/.test(written)) return written;
  const number = Number(written);
  if (number < MIN_UNIX_SECONDS || number >= MAX_UNIX_MILLISECONDS) return written;
  const milliseconds = number < MIN_UNIX_MILLISECONDS ? number * 1000 : number;
  return new Date(milliseconds).toISOString().slice(0, 10);
}
