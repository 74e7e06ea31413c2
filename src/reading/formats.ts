import { extname } from 'node:path';
import { decodeText } from './decode.js';
import { declaredEncoding } from './html/declared-encoding.js';
import { readHtml } from './html-file.js';
import { readMarkdown } from './markdown-file.js';
import type { SourceArticle } from './source-article.js';
import { readText } from './text-file.js';

/** A file format with one article per file. */
export interface Format {
  /** Endings of file names, in lower case and with the dot. */
  readonly extensions: readonly string[];
  /**
   * Reads the content of a file.
   *
   * @throws {UnreadableFile} if it is not in this format.
   */
  readonly read: (bytes: Uint8Array) => SourceArticle;
}

/** The formats with one article per file. To add a format, write its reader in a file of its own and add a line here. */
export const FORMATS: readonly Format[] = [
  { extensions: ['.txt'], read: (bytes) => readText(decodeText(bytes)) },
  { extensions: ['.md', '.markdown'], read: (bytes) => readMarkdown(decodeText(bytes)) },
  { extensions: ['.html', '.htm', '.xhtml'], read: (bytes) => readHtml(decodeText(bytes, declaredEncoding(bytes))) },
];

/** The ending of bulk files, which have one article per line and are read line by line: see bulk-file.ts. */
const BULK_EXTENSION = '.jsonl';

/** Why a file of any other type is skipped. */
export const UNSUPPORTED_REASON = "this file type isn't supported: save it as .txt, .md or .html";

/** Finds the format of a file by the ending of its name, in upper or lower case. */
export function formatOf(file: string): Format | 'bulk' | null {
  const extension = extname(file).toLowerCase();
  if (extension === BULK_EXTENSION) return 'bulk';
  return FORMATS.find(({ extensions }) => extensions.includes(extension)) ?? null;
}
