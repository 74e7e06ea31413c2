import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Article, ParagraphKind } from '../../src/corpus/article.js';
import { readArticles } from '../../src/reading/read-articles.js';
import { listSourceFiles } from '../../src/reading/source-files.js';

interface Remark {
  readonly file: string;
  readonly reason: string;
}

export interface FolderReading {
  readonly articles: readonly Article[];
  readonly skipped: readonly Remark[];
  readonly warnings: readonly Remark[];
}

/** A temporary folder of articles. */
export class ArticleFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'footnote-reading-'));

  write(file: string, content: string | Uint8Array): string {
    const path = join(this.path, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** Lists and reads all that is in it. */
  async read(paths: readonly string[] = [this.path]): Promise<FolderReading> {
    const listing = await listSourceFiles(paths);
    const articles: Article[] = [];
    const skipped: Remark[] = [...listing.skipped];
    const warnings: Remark[] = [];
    for (const source of listing.files) {
      for await (const reading of readArticles(source)) {
        if (reading.kind === 'article') articles.push(reading.article);
        else (reading.kind === 'skipped' ? skipped : warnings).push({ file: reading.file, reason: reading.reason });
      }
    }
    return { articles, skipped, warnings };
  }

  /** Reads one file that is written into it, which must be one article. */
  async readOne(file: string, content: string | Uint8Array): Promise<Article> {
    const { articles, skipped } = await this.read([this.write(file, content)]);
    const [article] = articles;
    if (article === undefined || articles.length > 1) throw new Error(`Not one article: ${JSON.stringify(skipped)}`);
    return article;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The texts of an article's paragraphs of one kind. */
export function textsOf({ text, paragraphs }: Pick<Article, 'text' | 'paragraphs'>, kind: ParagraphKind): string[] {
  return paragraphs.filter((one) => one.kind === kind).map(({ start, end }) => text.slice(start, end));
}

/** Kind and text of every paragraph, as a table that reads like the article. */
export function outlineOf({ text, paragraphs }: Pick<Article, 'text' | 'paragraphs'>): string[] {
  return paragraphs.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);
}
