import type { Article } from '../corpus/article.js';
import { isContent } from '../corpus/block.js';
import { articleId } from '../corpus/identifier.js';
import { sha256, sha256Hex } from '../storage/sha256.js';
import { messageOf, systemCode } from '../user-error.js';
import { type ArticleDefaults, type Collections, NO_COLLECTIONS } from './collections.js';
import { type Format, formatOf, UNSUPPORTED_REASON } from './formats.js';
import { readRegularFile } from './regular-file.js';
import { resolveLinks } from './resolve-links.js';
import { MAX_ARTICLE_BYTES, type ReadResult, type SourceArticle, UnreadableFile } from './source-article.js';
import type { SourceFile } from './source-files.js';

/**
 * Reads one file: its articles in order, and everything that could not be read, with the reason and the remedy. It never throws
 * because of what is in a file.
 *
 * @param collections What its articles get if they do not state it themselves, and where their links lead. Default: nothing.
 */
export async function* readArticles(
  source: SourceFile,
  collections: Pick<Collections, 'defaultsFor' | 'addressOf'> = NO_COLLECTIONS,
): AsyncGenerator<ReadResult> {
  const { file } = source;
  try {
    const format = formatOf(file);
    if (format === null) yield { kind: 'skipped', file, reason: UNSUPPORTED_REASON };
    else if (format === 'bulk') yield* readBulk(source, collections);
    else yield* readSingle(source, format, collections);
  } catch (error) {
    yield { kind: 'skipped', file, reason: reasonOf(error) };
  }
}

async function* readSingle(
  { path, file }: SourceFile,
  format: Format,
  collections: Pick<Collections, 'defaultsFor' | 'addressOf'>,
): AsyncGenerator<ReadResult> {
  const bytes = await readRegularFile(path, tooLarge);
  const read = await format.load();
  const article = await read(bytes);
  const marks = resolveLinks(article.marks, {
    file,
    stated: article.url,
    addressOf: (target) => collections.addressOf(target),
  });
  const defaults = collections.defaultsFor(file);
  yield* finish({ ...article, marks }, { source: file, file, sourceFile: file, defaults });
}

function tooLarge(bytes: number): string | null {
  if (bytes <= MAX_ARTICLE_BYTES) return null;
  return (
    `is ${megabytes(bytes)} MB, but an article may be at most ${megabytes(MAX_ARTICLE_BYTES)} MB: ` +
    'split it, or make it a .jsonl file with one article per line'
  );
}

async function* readBulk(
  { path, file: sourceFile }: SourceFile,
  collections: Pick<Collections, 'defaultsFor'>,
): AsyncGenerator<ReadResult> {
  // The articles of a bulk file share its path, so an address made from that would be wrong for all of them.
  const shared = { ...collections.defaultsFor(sourceFile), url: null };
  const { readBulkFile } = await import('./bulk-file.js');
  for await (const line of readBulkFile(path)) {
    const { lineNumber } = line;
    if ('error' in line) {
      const reason = `line ${lineNumber} ${line.error.message}`;
      yield { kind: 'skipped', file: `${sourceFile}#${lineNumber}`, reason };
    } else {
      const file = `${sourceFile}#${line.givenId ?? lineNumber}`;
      yield* finish(line.article, { source: `${sourceFile}#${line.identity}`, file, sourceFile, defaults: shared });
    }
  }
}

/** Where an article comes from. */
interface Origin {
  /** The text that the article's id is made from. It must not change as long as the article is the same. */
  readonly source: string;
  /** The article's file as it is shown, with `#id` or `#line` for an article of a bulk file. */
  readonly file: string;
  /** The file that contains the article. */
  readonly sourceFile: string;
  /** What the article gets if it does not state it itself. */
  readonly defaults: ArticleDefaults;
}

function* finish(
  { warnings, ...article }: SourceArticle,
  { source, file, sourceFile, defaults }: Origin,
): Generator<ReadResult> {
  for (const reason of warnings) yield { kind: 'warning', file, reason };
  if (!article.blocks.some(isContent)) {
    const reason =
      article.text.trim() === ''
        ? 'there is no text in it: write the article into it, or remove it'
        : 'it has no text besides headings and page boilerplate: nothing in it can be cited';
    yield { kind: 'skipped', file, reason };
    return;
  }
  const finished: Article = {
    id: articleId(source, sha256),
    ...article,
    omitted: article.omitted ?? [],
    url: article.url ?? defaults.url,
    publisher: article.publisher ?? defaults.publisher,
    published: article.published ?? defaults.published,
    language: article.language ?? defaults.language,
    sha256: sha256Hex(article.text),
    file,
    collection: collectionOf(sourceFile),
  };
  yield { kind: 'article', article: finished };
}

/** The first folder of the path; null for a file that is directly in the seeds folder. */
function collectionOf(sourceFile: string): string | null {
  const [first, ...rest] = sourceFile.split('/');
  return rest.length > 0 && first !== undefined ? first : null;
}

function reasonOf(error: unknown): string {
  if (error instanceof UnreadableFile) return `it ${error.message}`;
  const code = systemCode(error);
  if (code !== null) return `it cannot be read (${code}): check its permissions`;
  // A bug in a parser or in Footnote that one file ran into. The other files are still indexed.
  const message = messageOf(error);
  return `it could not be read (${message}): please report this, and save the text as .txt in the meantime`;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}
