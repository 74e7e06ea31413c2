import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Article } from '../corpus/article.js';
import { articleId } from '../corpus/identifier.js';
import { sha256, sha256Hex } from '../storage/sha256.js';
import { systemCode } from '../user-error.js';
import { readBulkLine } from './bulk-file.js';
import { decodeText } from './decode.js';
import { declaredEncoding } from './html-encoding.js';
import { readHtml } from './html-file.js';
import { readMarkdown } from './markdown-file.js';
import { type ReadResult, type SourceArticle, UnreadableFile } from './source-article.js';
import type { SourceFile } from './source-files.js';
import { readText } from './text-file.js';

/** One article's text. War and Peace has 3.2 MB; a larger file is an archive, a log or a mistake. */
export const MAX_ARTICLE_BYTES = 10_000_000;

/** Reads one file: its articles in order, and what could not be read, each with the reason and the remedy. */
export async function* readArticles(source: SourceFile): AsyncGenerator<ReadResult> {
  try {
    if (extname(source.file).toLowerCase() === '.jsonl') yield* readBulk(source);
    else yield* readSingle(source);
  } catch (error) {
    yield { kind: 'skipped', file: source.file, reason: reasonOf(error) };
  }
}

async function* readSingle(source: SourceFile): AsyncGenerator<ReadResult> {
  if (source.bytes > MAX_ARTICLE_BYTES) {
    const reason = `has ${megabytes(source.bytes)} MB, one article may have ${megabytes(MAX_ARTICLE_BYTES)}: split it, or make it a .jsonl with one article a line`;
    yield { kind: 'skipped', file: source.file, reason };
    return;
  }
  yield* finish(readOne(source.file, await readFile(source.path)), source.file, null, source.file);
}

function readOne(file: string, bytes: Uint8Array): SourceArticle {
  switch (extname(file).toLowerCase()) {
    case '.txt':
      return readText(decodeText(bytes));
    case '.html':
    case '.htm':
    case '.xhtml':
      return readHtml(decodeText(bytes, declaredEncoding(bytes)));
    default:
      return readMarkdown(decodeText(bytes));
  }
}

async function* readBulk(source: SourceFile): AsyncGenerator<ReadResult> {
  const lineOfIdentity = new Map<string, number>();
  let number = 0;
  for await (const line of linesOf(source.path)) {
    number += 1;
    const place = `${source.file}#${number}`;
    try {
      if (line.length > MAX_ARTICLE_BYTES) {
        throw new UnreadableFile(`is longer than ${megabytes(MAX_ARTICLE_BYTES)} MB: split the article`);
      }
      const read = readBulkLine(line);
      if (read === null) continue;
      const { givenId, article } = read;
      // An article without an id is told from the others by its address, and failing that by its line.
      const identity = givenId ?? (article.url === null ? `line ${number}` : `url ${article.url}`);
      const earlier = lineOfIdentity.get(identity);
      if (earlier !== undefined) {
        throw new UnreadableFile(
          `has the same id as line ${earlier} ("${identity.slice(0, 80)}"): give each article its own`,
        );
      }
      lineOfIdentity.set(identity, number);
      yield* finish(article, source.file, givenId ?? String(number), identity);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      yield { kind: 'skipped', file: place, reason: `line ${number} ${error.message}` };
    }
  }
}

/** The lines of a UTF-8 file, without its byte order mark; a file of any size takes the memory of one line. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let number = 1;
  const decode = (bytes?: Buffer): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (error) {
      throw new UnreadableFile(`is not UTF-8 somewhere after line ${number}: save it as UTF-8`, { cause: error });
    }
  };
  // Parts of the line that has not ended yet: joined once, a line of any length takes linear time.
  let parts: string[] = [];
  const line = (): string => parts.join('').replace(/\r$/, '');
  for await (const bytes of createReadStream(path)) {
    const [end = '', ...further] = decode(bytes as Buffer).split('\n');
    parts.push(end);
    for (const start of further) {
      yield line();
      number += 1;
      parts = [start];
    }
  }
  parts.push(decode());
  yield line();
}

/** @param entry Names one article of a bulk file; null for a file that is one article. */
function* finish(
  read: SourceArticle,
  sourceFile: string,
  entry: string | null,
  identity: string,
): Generator<ReadResult> {
  const { warnings, ...rest } = read;
  const file = entry === null ? sourceFile : `${sourceFile}#${entry}`;
  for (const reason of warnings) yield { kind: 'warning', file, reason };
  if (!rest.paragraphs.some((paragraph) => paragraph.kind === 'body')) {
    const reason =
      rest.text.trim() === ''
        ? 'is empty: write the article into it, or remove it'
        : 'has no text besides headings and page boilerplate: nothing in it can be cited';
    yield { kind: 'skipped', file, reason };
    return;
  }
  const [first, ...further] = sourceFile.split('/');
  const article: Article = {
    id: articleId(entry === null ? sourceFile : `${sourceFile}#${identity}`, sha256),
    ...rest,
    sha256: sha256Hex(rest.text),
    file,
    collection: further.length > 0 && first !== undefined ? first : null,
  };
  yield { kind: 'article', article };
}

function reasonOf(error: unknown): string {
  if (error instanceof UnreadableFile) return error.message;
  const code = systemCode(error);
  if (code !== null) return `cannot be read (${code}): check its permissions`;
  // A bug of ours or of a parser, met by one file: the others are indexed all the same.
  return `could not be read (${error instanceof Error ? error.message : String(error)}): please report it, and save the text as .txt meanwhile`;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}
