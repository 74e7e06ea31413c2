import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type * as v from 'valibot';
import { EXIT, messageOf, UserError } from '../user-error.js';
import { checkFields, type FieldProblem, type Remedies } from './field-problems.js';
import { lineOfPath, lineOfSyntaxError } from './json-places.js';
import { type LineProblem, rejectLines } from './line-problems.js';

/** A line of a JSON Lines file. */
export interface JsonLine<Value> {
  /** From 1; blank lines count. */
  readonly lineNumber: number;
  readonly value: Value;
}

/**
 * Reads a JSON Lines file. Blank lines are left out.
 *
 * @param remedies What to do about fields that do not match the schema.
 * @throws {UserError} if the file is missing, or lines are not JSON or do not match the schema. It names the lines and fields.
 */
export async function readJsonLines<Value>(
  file: string,
  schema: v.GenericSchema<unknown, Value>,
  remedies: Remedies,
): Promise<JsonLine<Value>[]> {
  const problems: LineProblem[] = [];
  const lines: JsonLine<Value>[] = [];
  for (const [index, line] of (await readText(file)).split('\n').entries()) {
    if (line.trim() === '') continue;
    const lineNumber = index + 1;
    const read = readJson(line, schema, remedies);
    if ('value' in read) lines.push({ lineNumber, value: read.value });
    else if ('syntax' in read)
      problems.push({ lineNumber, problem: `${read.syntax} Write one JSON object on each line.` });
    else problems.push(...read.problems.map(({ problem }) => ({ lineNumber, problem })));
  }
  rejectLines(file, problems);
  return lines;
}

/**
 * Reads a JSON file.
 *
 * @param remedies What to do about fields that do not match the schema.
 * @throws {UserError} if the file is missing, is not JSON or does not match the schema. It names the lines and fields.
 */
export async function readJsonFile<Value>(
  file: string,
  schema: v.GenericSchema<unknown, Value>,
  remedies: Remedies,
): Promise<Value> {
  const text = await readText(file);
  const read = readJson(text, schema, remedies);
  if ('value' in read) return read.value;
  const problems =
    'syntax' in read
      ? [
          {
            lineNumber: lineOfSyntaxError(text),
            problem: `${read.syntax} Correct it there, or save the file as JSON again.`,
          },
        ]
      : read.problems.map(({ path, problem }) => ({ lineNumber: lineOfPath(text, path), problem }));
  rejectLines(file, problems);
  throw new Error('A value that cannot be used has no problems.');
}

type Read<Value> =
  | { readonly value: Value }
  | { readonly syntax: string }
  | { readonly problems: readonly FieldProblem[] };

function readJson<Value>(text: string, schema: v.GenericSchema<unknown, Value>, remedies: Remedies): Read<Value> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { syntax: `it is not JSON (${messageOf(error)}).` };
  }
  return checkFields(value, schema, remedies);
}

/**
 * Reads a UTF-8 file, without its byte order mark if it has one.
 *
 * @throws {UserError} if the file is missing.
 */
export async function readText(file: string): Promise<string> {
  if (!existsSync(file)) throw new UserError(`${file} is missing.`, { exitCode: EXIT.usageError });
  return (await readFile(file, 'utf8')).replace(/^\ufeff/, '');
}
