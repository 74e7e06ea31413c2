import { normaliseLineEndings } from '../text/line-endings.js';
import { readBulkFields } from './bulk-fields.js';
import { readMetadata } from './metadata.js';
import { openRegularFile } from './regular-file.js';
import { MAX_ARTICLE_BYTES, type SourceArticle, UnreadableFile } from './source-article.js';
import { readText } from './text-file.js';

/** Longer ids are cut to this length in messages. */
const MAX_SHOWN_ID_CHARACTERS = 80;

const TOO_LONG = `is longer than ${MAX_ARTICLE_BYTES / 1_000_000} MB: split the article`;

/** An article of a bulk file. */
interface BulkArticle {
  /** From 1. */
  readonly lineNumber: number;
  readonly article: SourceArticle;
  /** The id that the line states; null if it states none. */
  readonly givenId: string | null;
  /**
   * Distinguishes the article from the others in its file: the given id, else the address, else the line number. With an id or
   * an address, the article's own id stays the same when lines are added above it.
   */
  readonly identity: string;
}

/** A line of a bulk file that cannot be read. */
interface UnreadableLine {
  /** From 1. */
  readonly lineNumber: number;
  readonly error: UnreadableFile;
}

/**
 * Reads a bulk file (.jsonl, UTF-8): one article per line. A bad line does not affect the others, and only one line at a time is
 * in memory.
 *
 * @throws {UnreadableFile} if the file is not valid UTF-8. The lines before that have been read.
 */
export async function* readBulkFile(path: string): AsyncGenerator<BulkArticle | UnreadableLine> {
  const lineOfIdentity = new Map<string, number>();
  let lineNumber = 0;
  for await (const line of linesOf(path)) {
    lineNumber += 1;
    try {
      if (line === null) throw new UnreadableFile(TOO_LONG);
      const read = readBulkLine(line);
      if (read === null) continue;
      const identity = identityOf(read, lineNumber);
      refuseRepeated(identity, lineOfIdentity.get(identity));
      lineOfIdentity.set(identity, lineNumber);
      yield { lineNumber, identity, ...read };
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      yield { lineNumber, error };
    }
  }
}

/**
 * Reads one line of a bulk file: a JSON object with `text` (or `content` or `body`) and, if known, `id`, `title`, `url`, `publisher`,
 * `published` and `language`. Whatever the fields do not state may still be found in the text.
 *
 * @internal Exported for tests.
 * @returns The article and the id the line gives it, or null for a blank line.
 * @throws {UnreadableFile} if the line is not such an object or is too long.
 */
export function readBulkLine(line: string): { givenId: string | null; article: SourceArticle } | null {
  if (line.length > MAX_ARTICLE_BYTES) throw new UnreadableFile(TOO_LONG);
  if (line.trim() === '') return null;
  const { id, text, metadata, warnings: fieldWarnings } = readBulkFields(parseLine(line));
  // Ids are made of parts separated by this character, so no text may contain it.
  if (text.includes('\u0000')) throw new UnreadableFile('has null characters (U+0000) in its text: remove them');
  const { stated, warnings } = readMetadata(metadata);
  const article = readText(normaliseLineEndings(text.toWellFormed()));
  return {
    givenId: id,
    article: {
      ...article,
      ...stated,
      title: stated.title ?? article.title,
      published: stated.published ?? article.published,
      warnings: [...fieldWarnings, ...warnings],
    },
  };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new UnreadableFile(
      `is not JSON (${error instanceof Error ? error.message : 'unknown error'}): write one JSON object per line`,
    );
  }
}

function identityOf({ givenId, article }: Pick<BulkArticle, 'givenId' | 'article'>, lineNumber: number): string {
  return givenId ?? (article.url === null ? `line ${lineNumber}` : `url ${article.url}`);
}

function refuseRepeated(identity: string, earlierLine: number | undefined): void {
  if (earlierLine === undefined) return;
  throw new UnreadableFile(
    `has the same id as line ${earlierLine} ("${identity.slice(0, MAX_SHOWN_ID_CHARACTERS)}"): give each article an id of its own`,
  );
}

/** The lines of a UTF-8 file, without its byte order mark. Null for a line that is too long, which may not even fit into memory. */
async function* linesOf(path: string): AsyncGenerator<string | null> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let lineNumber = 1;
  const decode = (bytes?: Buffer): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (error) {
      throw new UnreadableFile(`is not valid UTF-8 somewhere after line ${lineNumber}: save it as UTF-8`, {
        cause: error,
      });
    }
  };
  const line = new OpenLine();
  const file = await openRegularFile(path);
  for await (const bytes of file.createReadStream()) {
    const [end = '', ...starts] = decode(bytes as Buffer).split('\n');
    line.add(end);
    for (const start of starts) {
      yield line.take();
      lineNumber += 1;
      line.add(start);
    }
  }
  line.add(decode());
  yield line.take();
}

/** A line that has not ended yet. Its pieces are joined only once: that takes linear time however long the line is. */
class OpenLine {
  #pieces: string[] = [];
  #length = 0;

  add(piece: string): void {
    this.#length += piece.length;
    // One more character for a carriage return.
    if (this.#length > MAX_ARTICLE_BYTES + 1) this.#pieces = [];
    else this.#pieces.push(piece);
  }

  /** Returns the line, or null if it was too long, and begins the next one. */
  take(): string | null {
    const line = this.#length > MAX_ARTICLE_BYTES + 1 ? null : this.#pieces.join('').replace(/\r$/, '');
    this.#pieces = [];
    this.#length = 0;
    return line;
  }
}
