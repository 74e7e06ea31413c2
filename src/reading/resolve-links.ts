import { posix } from 'node:path';
import type { Mark } from '../corpus/block.js';

/** What shows where the links of an article lead. */
export interface LinkedFrom {
  /** The article's file, as a path below the seeds folder. */
  readonly file: string;
  /** The address that the article states itself; null if it states none. */
  readonly stated: string | null;
  /** Returns the address that a file gets from its place below the seeds folder; null if it gets none. */
  readonly addressOf: (file: string) => string | null;
}

/** A link to another file beside this one: "../guide/install.md?plain=1#linux". */
const FILE_LINK = /^(?![a-z][a-z\d+.-]*:|[/?#])([^?#]+\.(mdx?|markdown|html?|xhtml|txt))(\?[^#]*)?(#.*)?$/i;
/** Files that a site shows under another name. */
const MARKDOWN = /\.(?:mdx?|markdown)$/i;
const INDEX_NAME = /^(?:index|readme)$/i;

/**
 * Gives each link to another source file the address of that file's page. Sites write "install.md" in their sources and make
 * another address of it. A link whose page is not known stays as it is.
 */
export function resolveLinks(marks: readonly Mark[], from: LinkedFrom): readonly Mark[] {
  if (!marks.some(({ kind }) => kind === 'link')) return marks;
  return marks.map((mark) => {
    const [, path, , query = '', fragment = ''] = mark.kind === 'link' ? (FILE_LINK.exec(mark.value ?? '') ?? []) : [];
    const page = path === undefined ? null : addressOfPath(path, from);
    return page === null ? mark : { ...mark, value: page + query + fragment };
  });
}

function addressOfPath(written: string, from: LinkedFrom): string | null {
  // A page that states its address says itself where "other.html" is.
  if (from.stated !== null && !MARKDOWN.test(written)) return null;
  const path = decoded(written);
  if (path === null) return null;
  const target = posix.join(posix.dirname(from.file), path);
  if (target.startsWith('../')) return null;
  return from.addressOf(target) ?? (from.stated === null ? null : likeOwnAddress(path, from.stated, from.file));
}

/**
 * Makes an address in the way in which the article's own one follows from its file: "guide/install.md" at ".../guide/install/"
 * shows that "boats.md" is at ".../guide/boats/". Null if its own address is not like its file.
 */
function likeOwnAddress(path: string, stated: string, file: string): string | null {
  const { pathname } = new URL(stated);
  const slash = pathname.endsWith('/') ? '/' : '';
  const own = posix.parse(file).name.toLowerCase();
  const isOwn = (part: string): boolean => decoded(part)?.toLowerCase() === own;
  const last = posix.basename(pathname);
  const ending = isOwn(last) ? '' : posix.extname(last);
  if (INDEX_NAME.test(own) || !isOwn(posix.basename(last, ending))) return null;
  const folder = new URL(slash === '' ? '.' : '..', stated);
  const { dir, name } = posix.parse(posix.normalize(path));
  // Above the root of the site there is nothing.
  const steps = dir.split('/').filter((step) => step === '..').length;
  if (steps > folder.pathname.split('/').length - 2) return null;
  const encoded = dir === '' ? '' : `${dir.split('/').map(encodeURIComponent).join('/')}/`;
  const isIndex = INDEX_NAME.test(name) && !MARKDOWN.test(ending);
  return new URL(`./${encoded}${isIndex ? '' : encodeURIComponent(name) + ending + slash}`, folder).href;
}

/** Null if the escapes in it are malformed. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path.toWellFormed());
  } catch {
    return null;
  }
}
