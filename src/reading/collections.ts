import { posix } from 'node:path';
import type { Article } from '../corpus/article.js';
import { systemCode } from '../user-error.js';
import type { CollectionFile } from './collection-file.js';
import { readRegularFile } from './regular-file.js';
import { UnreadableFile } from './source-article.js';
import type { SourceFile } from './source-files.js';

/** What an article gets if it does not state it itself. */
export type ArticleDefaults = Pick<Article, 'url' | 'publisher' | 'published' | 'language'>;

/** Something in a collection file that cannot be used. */
interface CollectionProblem {
  /** Path below the seeds folder. */
  readonly file: string;
  readonly reason: string;
}

/** The defaults of an article for which no collection file states any. */
export const NO_DEFAULTS: ArticleDefaults = { url: null, publisher: null, published: null, language: null };

/** No collection files at all. */
export const NO_COLLECTIONS = { defaultsFor: (): ArticleDefaults => NO_DEFAULTS, addressOf: (): null => null };

/** A larger file is something else. */
const MAX_BYTES = 100_000;

/** Names of the files whose address is that of their folder, unless a collection file names others. */
const INDEX_NAMES = ['index', 'README'];

/** The collection files of a seeds folder. Each holds for its folder and the folders below, and the nearest one counts. */
export class Collections {
  readonly problems: readonly CollectionProblem[];
  /** By the path of their folder; empty for the seeds folder. */
  readonly #byFolder: ReadonlyMap<string, CollectionFile>;

  private constructor(byFolder: ReadonlyMap<string, CollectionFile>, problems: readonly CollectionProblem[]) {
    this.#byFolder = byFolder;
    this.problems = problems;
  }

  /** Reads collection files. One that cannot be read is a problem, and counts as empty. */
  static async read(files: readonly SourceFile[]): Promise<Collections> {
    const byFolder = new Map<string, CollectionFile>();
    const problems: CollectionProblem[] = [];
    for (const { path, file } of files) {
      // Most folders have no such file, and the parser takes a while to load.
      const [{ readCollectionFile }, { decodeText }] = await Promise.all([
        import('./collection-file.js'),
        import('./decode.js'),
      ]);
      try {
        const { stated, warnings } = readCollectionFile(decodeText(await readRegularFile(path, tooLarge)));
        byFolder.set(folderOf(file), stated);
        for (const reason of warnings) problems.push({ file, reason });
      } catch (error) {
        const code = systemCode(error);
        if (!(error instanceof UnreadableFile) && code === null) throw error;
        const reason = code === null ? (error as Error).message : `cannot be read (${code}): check its permissions`;
        problems.push({ file, reason: `it ${reason}` });
      }
    }
    return new Collections(byFolder, problems);
  }

  /** Returns these collection files and further ones. */
  and(others: Collections): Collections {
    return new Collections(new Map([...this.#byFolder, ...others.#byFolder]), [...this.problems, ...others.problems]);
  }

  /**
   * Returns what the articles of a file get if they do not state it themselves.
   *
   * @param file Path below the seeds folder.
   */
  defaultsFor(file: string): ArticleDefaults {
    const nearest = this.#statedFor(file);
    return {
      url: this.addressOf(file),
      publisher: nearest('publisher') ?? nearest('title') ?? null,
      published: nearest('published') ?? null,
      language: nearest('language') ?? null,
    };
  }

  /**
   * Returns the address that a file gets from its folder; null if it gets none. The file need not exist.
   *
   * @param file Path below the seeds folder.
   */
  addressOf(file: string): string | null {
    const nearest = this.#statedFor(file);
    const folder = foldersAbove(file).find((one) => this.#byFolder.get(one)?.url !== undefined);
    const base = folder === undefined ? undefined : this.#byFolder.get(folder)?.url;
    if (folder === undefined || base === undefined) return null;
    return (
      base +
      addressBelow(folder === '' ? file : file.slice(folder.length + 1), {
        extension: nearest('extension') ?? 'drop',
        index: nearest('index') ?? INDEX_NAMES,
        trailingSlash: nearest('trailingSlash') ?? false,
      })
    );
  }

  /** Returns what the nearest collection file that states a field says of a file. */
  #statedFor(file: string): <Name extends keyof CollectionFile>(name: Name) => CollectionFile[Name] | undefined {
    const folders = foldersAbove(file);
    return (name) => folders.map((folder) => this.#byFolder.get(folder)?.[name]).find((value) => value !== undefined);
  }
}

function tooLarge(bytes: number): string | null {
  return bytes > MAX_BYTES ? `is larger than ${MAX_BYTES / 1000} kB: keep only the fields in it` : null;
}

/** How the path of a file becomes an address. */
type AddressRule = Required<Pick<CollectionFile, 'extension' | 'index' | 'trailingSlash'>>;

/** "guide/install.md" becomes "guide/install", "guide/install/" or "guide/install.html", and "guide/README.md" becomes "guide/". */
function addressBelow(path: string, { extension, index, trailingSlash }: AddressRule): string {
  const { dir, name, ext } = posix.parse(path);
  const folder = dir === '' ? '' : `${dir.split('/').map(encodeURIComponent).join('/')}/`;
  if (index.some((one) => one.toLowerCase() === name.toLowerCase())) return folder;
  const ending = extension === 'drop' ? '' : extension === 'keep' ? ext : extension;
  return `${folder}${encodeURIComponent(`${name}${ending}`)}${trailingSlash ? '/' : ''}`;
}

function folderOf(file: string): string {
  const folder = posix.dirname(file);
  return folder === '.' ? '' : folder;
}

/** The folders that a file is in, from the nearest to the seeds folder itself, which is empty. */
function foldersAbove(file: string): string[] {
  const folders: string[] = [];
  for (let folder = folderOf(file); folder !== ''; folder = folderOf(folder)) folders.push(folder);
  return [...folders, ''];
}
