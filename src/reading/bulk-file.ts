import { z } from 'zod';
import { normaliseLineEnds } from './decode.js';
import { METADATA_FIELDS, readMetadata } from './metadata.js';
import { type SourceArticle, UnreadableFile } from './source-article.js';
import { readText } from './text-file.js';

const LINE_FIELDS = METADATA_FIELDS.extend({
  id: z.union([z.string(), z.number()]).transform(String).nullish(),
  text: z.string(),
});

/**
 * Reads one line of a bulk file: a JSON object with `text` and any of `id`, `title`, `url`, `publisher`, `published`, `language`.
 *
 * @returns null for a line without content; else the article and the id it was given, if any.
 * @throws {UnreadableFile} when the line is not such an object.
 */
export function readBulkLine(line: string): { givenId: string | null; article: SourceArticle } | null {
  if (line.trim() === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new UnreadableFile(
      `is not JSON (${error instanceof Error ? error.message : 'unknown error'}): write one JSON object a line`,
    );
  }
  const parsed = LINE_FIELDS.safeParse(value);
  if (!parsed.success) {
    throw new UnreadableFile(
      `cannot be used (${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}): give an object with a "text" of type string`,
    );
  }
  const { id, text, ...fields } = parsed.data;
  // It separates the parts of ids, and it is no character of any text.
  if (text.includes('\u0000')) throw new UnreadableFile('has zero characters (\\u0000) in its text: take them out');
  const { stated, warnings } = readMetadata(fields);
  const article = readText(normaliseLineEnds(text.toWellFormed()));
  return {
    givenId: id || null,
    article: {
      ...article,
      ...stated,
      title: stated.title ?? article.title,
      published: stated.published ?? article.published,
      warnings,
    },
  };
}
