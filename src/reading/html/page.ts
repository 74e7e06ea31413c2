import { Parser } from 'htmlparser2';
import { parseHTML } from 'linkedom';
import { UnreadableFile } from '../source-article.js';

/** The part of a DOM node that is used here. TypeScript's own DOM types would promise more than linkedom implements. */
export interface PageNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  /** Iterate over these, not over `nextSibling`: in linkedom a <!DOCTYPE> has none. */
  readonly childNodes: Iterable<PageNode>;
  readonly parentNode: PageElement | null;
}

/** The part of a DOM element that is used here. */
export interface PageElement extends PageNode {
  readonly localName: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  appendChild(node: PageNode): void;
  insertBefore(node: PageNode, before: PageNode): void;
  matches(selector: string): boolean;
  remove(): void;
}

/** The part of a DOM document that is used here. */
export interface Page extends PageNode {
  readonly documentElement: PageElement | null;
  /** Never null, as `parsePage` gives every page an <html>. */
  readonly head: PageElement;
  readonly body: PageElement;
  createElement(name: string): PageElement & { innerHTML: string };
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

/** Browsers stop at this depth too. The time to read a page grows with the square of its depth. */
const MAX_DEPTH = 512;
/** Elements, comments and texts. The longest pages made for people have about 50,000. Ten times as many take seconds. */
const MAX_NODES = 300_000;
/** Attributes of one element. The parser compares each with all before it, which takes quadratic time. */
const MAX_ATTRIBUTES = 1000;

/**
 * Parses a page. No script in it is run, and nothing it refers to is fetched.
 *
 * @throws {UnreadableFile} if it has more elements, or more deeply nested ones, than any page made for people.
 */
export function parsePage(source: string): Page {
  refuseExcess(source);
  let page: Page = parseHTML(source).document;
  // Without an <html>, linkedom takes the first element for the whole page.
  if (page.documentElement?.localName !== 'html') {
    page = parseHTML(`<html><head></head><body>${source}</body></html>`).document;
  }
  sortIntoHeadAndBody(page);
  return page;
}

/** Whether a node is an element. */
export function isElement(node: PageNode): node is PageElement {
  return node.nodeType === 1;
}

/** Whether a node is text or a CDATA section. */
export function isText(node: PageNode): boolean {
  return node.nodeType === 3 || node.nodeType === 4;
}

/** Returns a copy of the list of children, so that the tree may be changed while iterating over it. */
export function childrenOf(node: PageNode): PageNode[] {
  return [...node.childNodes];
}

/** Counts before the tree is built: linkedom would take seconds for 100,000 levels, and a quarter of an hour for a million. */
function refuseExcess(source: string): void {
  let depth = 0;
  let nodes = 0;
  let attributes = 0;
  const count = (): void => {
    nodes += 1;
    if (nodes > MAX_NODES) {
      throw new UnreadableFile(`has more than ${MAX_NODES} elements: split it or save its text as .txt`);
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
          `has elements nested more than ${MAX_DEPTH} levels deep: save its text as .txt or remove it`,
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
 * Moves everything into <head> or <body> as browsers do, since both tags may be left out. linkedom leaves elements where they
 * are in the source.
 */
function sortIntoHeadAndBody(page: Page): void {
  const html = page.documentElement;
  if (html === null) return;
  const { head } = page;
  const nodes = childrenOf(html).filter((node) => node !== head);
  const misplaced = childrenOf(head).filter((node) => !belongsToHead(node) && !isBlank(node));
  const bodies = nodes.filter(isElement).filter(({ localName }) => localName === 'body');
  if (misplaced.length === 0 && bodies.length === 1 && nodes.every((node) => isBlank(node) || node === bodies[0]))
    return;
  const body = bodies[0] ?? page.createElement('body');
  const content = nodes.flatMap((node) => (bodies.some((one) => one === node) ? childrenOf(node) : [node]));
  for (const node of [...misplaced, ...content]) (belongsToHead(node) ? head : body).appendChild(node);
  for (const one of bodies) one.remove();
  html.appendChild(body);
}

function belongsToHead(node: PageNode): boolean {
  return isElement(node) && HEAD_ELEMENTS.has(node.localName);
}

/** Whether a node is whitespace or a comment. */
function isBlank(node: PageNode): boolean {
  return !isElement(node) && (!isText(node) || (node.textContent ?? '').trim() === '');
}
