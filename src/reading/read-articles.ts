import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Article } from '../corpus/article.js';
import { articleId, type Digest } from '../corpus/identifier.js';
import { systemCode } from '../user-error.js';
import { readBulkLine } from './bulk-file.js';
import { decodeText } from './decode.js';
import { readMarkdown } from './markdown-file.js';
import { type Reading, type SourceArticle, UnreadableFile } from './reading.js';
import type { SourceFile } from './source-files.js';
import { readText } from './text-file.js';

/** One article's text. War and Peace has 3.2 MB; a larger file is an archive, a log or a mistake. */
export const MAX_ARTICLE_BYTES = 10_000_000;

/** SHA-256, for ids. */
export const sha256: Digest = (text) => createHash('sha256').update(text, 'utf8').digest();

/** SHA-256 in hexadecimal, for checksums. */
export function sha256Hex(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Reads one file: its articles in order, and what could not be read, each with the reason and the remedy. */
export async function* readArticles(source: SourceFile): AsyncGenerator<Reading> {
  try {
    if (extname(source.file).toLowerCase() === '.jsonl') yield* readBulk(source);
    else yield* readSingle(source);
  } catch (error) {
    yield { kind: 'skipped', file: source.file, reason: reasonOf(error) };
  }
}

async function* readSingle(source: SourceFile): AsyncGenerator<Reading> {
  if (source.bytes > MAX_ARTICLE_BYTES) {
    const reason = `has ${megabytes(source.bytes)} MB, one article may have ${megabytes(MAX_ARTICLE_BYTES)}: split it, or make it a .jsonl with one article a line`;
    yield { kind: 'skipped', file: source.file, reason };
    return;
  }
  const text = decodeText(await readFile(source.path));
  const read = /\.txt$/i.test(source.file) ? readText(text) : readMarkdown(text);
  yield* finish(read, source.file, source.file);
}

async function* readBulk(source: SourceFile): AsyncGenerator<Reading> {
  const lines = createInterface({ input: createReadStream(source.path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  const lineOfId = new Map<string, number>();
  let number = 0;
  for await (const line of lines) {
    number += 1;
    const place = `${source.file}#${number}`;
    try {
      if (line.length > MAX_ARTICLE_BYTES)
        throw new UnreadableFile(`is longer than ${megabytes(MAX_ARTICLE_BYTES)} MB: split the article`);
      // The byte order mark stands before the first line only.
      const read = readBulkLine(number === 1 ? line.replace(/^\ufeff/, '') : line);
      if (read === null) continue;
      // An article without an id is told from the others by its address, and failing that by its line.
      const name = read.givenId ?? read.article.url ?? String(number);
      const earlier = lineOfId.get(name);
      if (earlier !== undefined)
        throw new UnreadableFile(
          `has the same id as line ${earlier} ("${name.slice(0, 80)}"): give each article its own`,
        );
      lineOfId.set(name, number);
      yield* finish(read.article, `${source.file}#${read.givenId ?? number}`, `${source.file}#${name}`);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      yield { kind: 'skipped', file: place, reason: `line ${number} ${error.message}` };
    }
  }
}

function* finish(read: SourceArticle, file: string, identity: string): Generator<Reading> {
  const { warnings, ...rest } = read;
  for (const reason of warnings) yield { kind: 'warning', file, reason };
  if (!rest.paragraphs.some((paragraph) => paragraph.kind === 'body')) {
    const reason =
      rest.text.trim() === ''
        ? 'is empty: write the article into it, or remove it'
        : 'has no text besides headings and page furniture: nothing in it can be cited';
    yield { kind: 'skipped', file, reason };
    return;
  }
  const [first, ...further] = file.split('#', 1)[0]?.split('/') ?? [];
  const article: Article = {
    id: articleId(identity, sha256),
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
  throw error;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}
