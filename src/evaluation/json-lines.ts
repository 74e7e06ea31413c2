import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { describeIssues } from '../describe-issues.js';
import { EXIT, UserError } from '../user-error.js';

/** A line of a JSON Lines file. */
export interface JsonLine<Value> {
  /** From 1; blank lines count. */
  readonly lineNumber: number;
  readonly value: Value;
}

/**
 * Reads a JSON Lines file. Blank lines are left out.
 *
 * @throws {UserError} if the file is missing, or a line is not JSON or does not match the schema.
 */
export async function readJsonLines<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<JsonLine<z.infer<Schema>>[]> {
  const lines = (await readText(file)).split('\n');
  return lines.flatMap((line, index) => {
    const lineNumber = index + 1;
    return line.trim() === '' ? [] : [{ lineNumber, value: parseJson(line, schema, `${file} line ${lineNumber}`) }];
  });
}

/** Reads the values of a JSON Lines file, where their lines don't matter. See {@link readJsonLines}. */
export async function readJsonValues<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.infer<Schema>[]> {
  return (await readJsonLines(file, schema)).map(({ value }) => value);
}

/**
 * Parses JSON and checks it against a schema.
 *
 * @param source Where the text comes from, for the error message.
 * @throws {UserError} if it is not JSON or does not match the schema.
 */
export function parseJson<Schema extends z.ZodType>(text: string, schema: Schema, source: string): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const problem = error instanceof z.ZodError ? describeIssues(error) : String(error);
    throw new UserError(`${source} cannot be used: ${problem}`, { exitCode: EXIT.usageError, cause: error });
  }
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
