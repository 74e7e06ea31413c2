import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { EXIT, UserError } from '../user-error.js';

/** The lines of a JSON Lines file. @throws {UserError} when it is missing or a line is not as it should be. */
export async function readJsonLines<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.infer<Schema>[]> {
  const lines = (await readText(file)).split('\n');
  return lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [parseJson(line, schema, `${file} line ${index + 1}`)],
  );
}

/** @param place Names the text for a person. @throws {UserError} when it is not JSON or not as it should be. */
export function parseJson<Schema extends z.ZodType>(text: string, schema: Schema, place: string): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const what = error instanceof z.ZodError ? z.prettifyError(error).replace(/\s+/g, ' ') : String(error);
    throw new UserError(`${place} cannot be used: ${what}`, { exitCode: EXIT.wrongUse, cause: error });
  }
}

/** @throws {UserError} when the file is missing. */
export async function readText(file: string): Promise<string> {
  if (!existsSync(file)) throw new UserError(`${file} is missing.`, { exitCode: EXIT.wrongUse });
  return (await readFile(file, 'utf8')).replace(/^\ufeff/, '');
}
