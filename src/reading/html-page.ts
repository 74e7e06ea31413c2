import { Parser } from 'htmlparser2';
import { parseHTML } from 'linkedom';
import { UnreadableFile } from './source-article.js';

/** What is asked of a node of a page: the types of the whole browser would promise more than there is. */
export interface PageNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  /** Not by way of the next sibling: in linkedom a <!DOCTYPE> has none. */
  readonly childNodes: Iterable<PageNode>;
  readonly parentNode: PageElement | null;
}

export interface PageElement extends PageNode {
  readonly localName: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  setAttribute(name: string, value: string): void;
  appendChild(node: PageNode): void;
  insertBefore(node: PageNode, before: PageNode): void;
  matches(selector: string): boolean;
  remove(): void;
}

export interface Page extends PageNode {
  readonly documentElement: PageElement | null;
  /** Never null once the page has an <html>. */
  readonly head: PageElement;
  readonly body: PageElement;
  createElement(name: string): PageElement & { innerHTML: string };
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

/** Where browsers stop; the time to read a page grows with the square of its depth. */
const MAX_DEPTH = 512;
/** Elements and pieces of text. The longest pages for people have some 50,000; ten times as many take seconds. */
const MAX_NODES = 300_000;
/** Each is looked for among those before it. */
const MAX_ATTRIBUTES = 1000;

/**
 * The tree of a page. Nothing in it is run and nothing it names is fetched.
 *
 * @throws {UnreadableFile} when its elements are more, or nested deeper, than those of any page for people.
 */
export function parsePage(source: string): Page {
  refuseExcess(source);
  let page: Page = parseHTML(source).document;
  // Without an <html> the first element would count as the whole page.
  if (page.documentElement?.localName !== 'html') {
    page = parseHTML(`<html><head></head><body>${source}</body></html>`).document;
  }
  gatherBody(page);
  return page;
}

export function isElement(node: PageNode): node is PageElement {
  return node.nodeType === 1;
}

export function isText(node: PageNode): boolean {
  return node.nodeType === 3 || node.nodeType === 4;
}

/** The children as they are now, whatever becomes of the tree. */
export function childrenOf(node: PageNode): PageNode[] {
  return [...node.childNodes];
}

/** Before the tree is built: a hundred thousand levels would take linkedom seconds, a million a quarter of an hour. */
function refuseExcess(source: string): void {
  let depth = 0;
  let nodes = 0;
  let attributes = 0;
  const count = (): void => {
    nodes += 1;
    if (nodes > MAX_NODES) {
      throw new UnreadableFile(`has more than ${MAX_NODES} elements: split it, or save its text as .txt`);
    }
  };
  const parser = new Parser({
    ontext: count,
    oncomment: count,
    onopentagname: () => {
      count();
      attributes = 0;
      depth += 1;
      if (depth > MAX_DEPTH) {
        throw new UnreadableFile(
          `has elements nested more than ${MAX_DEPTH} deep: save its text as .txt, or remove it`,
        );
      }
    },
    onattribute: () => {
      attributes += 1;
      if (attributes > MAX_ATTRIBUTES) {
        throw new UnreadableFile(`has an element with more than ${MAX_ATTRIBUTES} attributes: save its text as .txt`);
      }
    },
    onclosetag: () => {
      depth -= 1;
    },
  });
  parser.end(source);
}

const HEAD_ELEMENTS = new Set(['base', 'link', 'meta', 'noscript', 'script', 'style', 'template', 'title']);

/**
 * <head> and <body> may be left out of a page, and browsers put everything into its place; linkedom leaves it where it stands
 * in the source.
 */
function gatherBody(page: Page): void {
  const html = page.documentElement;
  if (html === null) return;
  const { head } = page;
  const parts = childrenOf(html).filter((node) => node !== head);
  const inHead = childrenOf(head).filter((node) => !belongsToHead(node) && !isBlank(node));
  const bodies = parts.filter(isElement).filter(({ localName }) => localName === 'body');
  if (inHead.length === 0 && bodies.length === 1 && parts.every((node) => isBlank(node) || node === bodies[0])) return;
  const body = bodies[0] ?? page.createElement('body');
  const content = parts.flatMap((node) => (bodies.some((one) => one === node) ? childrenOf(node) : [node]));
  for (const node of [...inHead, ...content]) (belongsToHead(node) ? head : body).appendChild(node);
  for (const one of bodies) one.remove();
  html.appendChild(body);
}

function belongsToHead(node: PageNode): boolean {
  return isElement(node) && HEAD_ELEMENTS.has(node.localName);
}

/** White space, or a comment. */
function isBlank(node: PageNode): boolean {
  return !isElement(node) && (!isText(node) || (node.textContent ?? '').trim() === '');
}
