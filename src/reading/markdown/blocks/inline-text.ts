import type { Definition, Nodes, PhrasingContent } from 'mdast';
import type { Markers } from '../markers.js';
import { ATTRIBUTES } from '../preparing/plain-markdown.js';
import { anchorId, attribute } from './html-attribute.js';
import { type MarkedText, MarkedTextBuilder } from './marked-text.js';

/** What the text of a block may refer to. */
export interface InlineContext {
  readonly markers: Markers;
  /** The targets of `[text][label]`, by identifier. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Returns the number of a footnote that the text refers to. */
  readonly footnoteNumber: (identifier: string) => number | null;
}

const LEADING_ATTRIBUTES = new RegExp(`^${ATTRIBUTES.source}`);
/** Elements that begin a new line. Authors use them for lists in cells of tables. */
const LINE_ELEMENTS =
  /^(?:address|article|blockquote|br|dd|details|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|section|summary|table|tr|ul)$/;
const UNSEEN_ELEMENTS = /^(?:script|style|svg|template|select|textarea|noscript|iframe|object)$/;
const ELEMENT = /^<(\/?)([A-Za-z][\w:-]*)/;

/** Returns the text of inline content as a reader of the rendered page sees it, with the marks in it. */
export function inlineText(nodes: readonly (PhrasingContent | Nodes)[], context: InlineContext): MarkedText {
  const reader = new InlineReader(context);
  reader.addAll(nodes);
  return reader.finish();
}

/** An HTML element in the text that has not ended. */
interface OpenElement {
  readonly name: string;
  readonly start: number;
  readonly href: string | undefined;
}

class InlineReader {
  readonly #context: InlineContext;
  readonly #builder = new MarkedTextBuilder();
  readonly #open: OpenElement[] = [];
  #unseen: string | null = null;

  constructor(context: InlineContext) {
    this.#context = context;
  }

  finish(): MarkedText {
    return this.#builder.finish();
  }

  addAll(nodes: readonly Nodes[]): void {
    nodes.forEach((node, index) => {
      const before = nodes[index - 1];
      if (node.type === 'text' && before !== undefined && before.type !== 'text' && node.value.startsWith('{'))
        this.#addProse(node.value.replace(LEADING_ATTRIBUTES, ''));
      else this.#add(node);
    });
  }

  #add(node: Nodes): void {
    if (node.type === 'html') {
      this.#addHtml(node.value);
      return;
    }
    if (this.#unseen !== null) return;
    switch (node.type) {
      case 'break':
        this.#builder.breakLine();
        return;
      case 'delete':
        this.#addMarked('struck', node.children);
        return;
      case 'link':
        this.#addMarked('link', node.children, node.url);
        return;
      case 'linkReference':
        this.#addMarked('link', node.children, this.#context.definitions.get(node.identifier)?.url);
        return;
      case 'image':
      case 'imageReference':
        this.#context.markers.omit('image');
        return;
      case 'footnoteReference':
        this.#builder.add(`[${this.#context.footnoteNumber(node.identifier) ?? node.label ?? node.identifier}]`);
        return;
      default:
        if (node.type === 'text') this.#addProse(node.value);
        else if ('value' in node) this.#addText(node.value);
        else if ('children' in node) this.addAll(node.children);
    }
  }

  #addText(text: string): void {
    this.#builder.add(this.#context.markers.restore(text));
  }

  /** Browsers show several spaces, and a line end that only wraps the text, as one space. */
  #addProse(text: string): void {
    this.#addText(/[\n]| {2}/.test(text) ? text.replace(/[ \n]+/g, ' ') : text);
  }

  #addMarked(kind: 'link' | 'struck', nodes: readonly Nodes[], value?: string): void {
    const start = this.#builder.length;
    this.addAll(nodes);
    if (kind === 'struck' || value !== undefined)
      this.#builder.mark(kind, start, value === undefined ? undefined : this.#context.markers.restore(value));
  }

  #addHtml(source: string): void {
    const found = ELEMENT.exec(source);
    if (found === null) return;
    const isEnd = found[1] === '/';
    const name = found[2]?.toLowerCase() ?? '';
    if (this.#unseen !== null) {
      if (isEnd && name === this.#unseen) this.#unseen = null;
      return;
    }
    if (UNSEEN_ELEMENTS.test(name) && !isEnd) this.#unseen = name;
    else if (LINE_ELEMENTS.test(name)) this.#builder.breakLine();
    else if (name === 'img') this.#context.markers.omit('image');
    else if (isEnd) this.#endElement(name);
    else if (/^(?:a|del|s|strike)$/.test(name)) this.#beginElement(name, source);
    else {
      const id = attribute(source, 'id');
      if (id !== undefined) this.#builder.mark('anchor', this.#builder.length, id);
    }
  }

  #beginElement(name: string, source: string): void {
    const id = anchorId(source, name);
    if (id !== undefined) this.#builder.mark('anchor', this.#builder.length, id);
    this.#open.push({ name, start: this.#builder.length, href: attribute(source, 'href') });
  }

  #endElement(name: string): void {
    const element = this.#open.at(-1);
    if (element?.name !== name) return;
    this.#open.pop();
    if (name !== 'a') this.#builder.mark('struck', element.start);
    else if (element.href !== undefined) this.#builder.mark('link', element.start, element.href);
  }
}
