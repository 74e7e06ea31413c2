import { extname } from 'node:path';
import type { SourceArticle } from './source-article.js';

/** A file format with one article per file. */
export interface Format {
  /** Endings of file names, in lower case and with the dot. */
  readonly extensions: readonly string[];
  /** Loads the reader. A parser takes a tenth of a second to load, so it waits for the first file that needs it. */
  readonly load: () => Promise<Reader>;
}

/**
 * Reads the content of a file.
 *
 * @throws {UnreadableFile} if it is not in the reader's format.
 */
export type Reader = (bytes: Uint8Array) => SourceArticle | Promise<SourceArticle>;

/** The formats with one article per file. To add a format, write its reader in a file of its own and add a line here. */
export const FORMATS: readonly Format[] = [
  { extensions: ['.txt'], load: loadText },
  { extensions: ['.md', '.markdown'], load: () => loadMarkdown(false) },
  { extensions: ['.html', '.htm', '.xhtml'], load: loadHtml },
  { extensions: ['.mdx'], load: () => loadMarkdown(true) },
  { extensions: ['.srt', '.vtt'], load: loadCaptions },
];

async function loadText(): Promise<Reader> {
  const [{ readText }, { decodeText }] = await Promise.all([import('./text-file.js'), import('./decode.js')]);
  return (bytes) => readText(decodeText(bytes));
}

async function loadMarkdown(isMdx: boolean): Promise<Reader> {
  const [{ readMarkdown }, { decodeText }] = await Promise.all([import('./markdown-file.js'), import('./decode.js')]);
  return (bytes) => readMarkdown(decodeText(bytes), isMdx);
}

async function loadCaptions(): Promise<Reader> {
  const [{ readCaptions }, { decodeText }] = await Promise.all([import('./captions-file.js'), import('./decode.js')]);
  return (bytes) => readCaptions(decodeText(bytes));
}

async function loadHtml(): Promise<Reader> {
  const [{ readHtml }, { declaredEncoding }, { decodeText }] = await Promise.all([
    import('./html-file.js'),
    import('./html/declared-encoding.js'),
    import('./decode.js'),
  ]);
  return (bytes) => readHtml(decodeText(bytes, declaredEncoding(bytes)));
}

/** The ending of bulk files, which have one article per line and are read line by line: see bulk-file.ts. */
const BULK_EXTENSION = '.jsonl';

/** Why a file of any other type is skipped. */
export const UNSUPPORTED_REASON = "this file type isn't supported: save it as .txt, .md, .html or .jsonl";

/** Finds the format of a file by the ending of its name, in upper or lower case. */
export function formatOf(file: string): Format | 'bulk' | null {
  const extension = extname(file).toLowerCase();
  if (extension === BULK_EXTENSION) return 'bulk';
  return FORMATS.find(({ extensions }) => extensions.includes(extension)) ?? null;
}
