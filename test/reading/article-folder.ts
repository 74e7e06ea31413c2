import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Article } from '../../src/corpus/article.js';
import type { BlockKind } from '../../src/corpus/block.js';
import { readArticles } from '../../src/reading/read-articles.js';
import { listSourceFiles } from '../../src/reading/source-files.js';

/** A file that was skipped, or one with a warning. */
interface Notice {
  readonly file: string;
  readonly reason: string;
}

/** Everything that was read from a folder. */
export interface FolderReading {
  readonly articles: readonly Article[];
  readonly skipped: readonly Notice[];
  readonly warnings: readonly Notice[];
}

/** A temporary folder of articles. Call `remove` at the end of a test. */
export class ArticleFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'footnote-reading-'));

  /** Writes a file and returns its path. */
  write(file: string, content: string | Uint8Array): string {
    const path = join(this.path, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** Lists and reads everything in the folder, or only some paths. */
  async read(paths: readonly string[] = [this.path]): Promise<FolderReading> {
    const listing = await listSourceFiles(paths);
    const articles: Article[] = [];
    const skipped: Notice[] = [...listing.skipped];
    const warnings: Notice[] = [];
    for (const source of listing.files) {
      for await (const reading of readArticles(source)) {
        if (reading.kind === 'article') articles.push(reading.article);
        else (reading.kind === 'skipped' ? skipped : warnings).push({ file: reading.file, reason: reading.reason });
      }
    }
    return { articles, skipped, warnings };
  }

  /** Writes a file and reads it. It must contain exactly one article. */
  async readOne(file: string, content: string | Uint8Array): Promise<Article> {
    const { articles, skipped } = await this.read([this.write(file, content)]);
    const [article] = articles;
    if (article === undefined || articles.length > 1)
      throw new Error(`Expected one article: ${JSON.stringify(skipped)}`);
    return article;
  }

  /** Deletes the folder and everything in it. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Returns the texts of an article's blocks of one kind. */
export function textsOf({ text, blocks }: Pick<Article, 'text' | 'blocks'>, kind: BlockKind): string[] {
  return blocks.filter((block) => block.kind === kind).map(({ start, end }) => text.slice(start, end));
}

/** Returns each paragraph as "kind: text", so that a test reads like the article. */
export function outlineOf({ text, blocks }: Pick<Article, 'text' | 'blocks'>): string[] {
  return blocks.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);
}
