import type { Blockquote, Heading, List, ListItem, Paragraph, Root, RootContent } from 'mdast';
import { kindAsTitle } from '../../../text/english.js';
import type { SourceBlock } from '../../compose.js';
import { withPrefix } from '../../with-prefix.js';
import type { Container } from '../container.js';
import type { Markers } from '../markers.js';
import { BlockWriter } from './block-writer.js';
import { isBold, isBoldHeading, isBoldQuestion } from './bold-paragraph.js';
import { codeBlock } from './code-block.js';
import { definitionsIn } from './definitions.js';
import { Footnotes } from './footnotes.js';
import { withoutAttributes } from './heading-attributes.js';
import { type HtmlReader, htmlBlocks } from './html-blocks.js';
import { splitHtml } from './html-parts.js';
import { type InlineContext, inlineText } from './inline-text.js';
import { itemStartOf } from './item-start.js';
import { type Place, placeInside, TOP } from './place.js';
import { PlaceStack } from './place-stack.js';
import { readQuoteAlert } from './quote-alert.js';
import { tableRows } from './table-rows.js';

/**
 * Returns the blocks of a Markdown article in reading order.
 *
 * @param source The text that the tree was parsed from.
 * @param readHtml Null if there is no HTML in the tree.
 */
export function treeBlocks(tree: Root, source: string, markers: Markers, readHtml: HtmlReader | null): SourceBlock[] {
  const reader = new TreeReader(tree, source, markers, readHtml);
  reader.addAll(tree.children, TOP);
  reader.addUnusedFootnotes();
  return reader.blocks;
}

/** Goes through the tree once. What a block is depends on where it is. */
class TreeReader {
  readonly #source: string;
  readonly #markers: Markers;
  readonly #readHtml: HtmlReader | null;
  readonly #inline: InlineContext;
  readonly #footnotes: Footnotes;
  readonly #places = new PlaceStack();
  readonly #writer = new BlockWriter();
  #isInFootnote = false;
  #groups = 0;

  constructor(tree: Root, source: string, markers: Markers, readHtml: HtmlReader | null) {
    this.#source = source;
    this.#markers = markers;
    this.#readHtml = readHtml;
    const { links, footnotes } = definitionsIn(tree);
    this.#footnotes = new Footnotes(footnotes);
    const footnoteNumber = (identifier: string): number | null => this.#footnotes.numberOf(identifier);
    this.#inline = { markers, definitions: links, footnoteNumber };
  }

  get blocks(): SourceBlock[] {
    return this.#writer.blocks;
  }

  addAll(nodes: readonly RootContent[], place: Place): void {
    this.#places.withSiblings(place, () => {
      for (const [index, node] of nodes.entries()) this.#addNode(node, this.#places.current, nodes[index + 1]);
    });
  }

  /** Footnotes that the text never refers to come last. */
  addUnusedFootnotes(): void {
    for (const identifier of this.#footnotes.identifiers) {
      this.#footnotes.numberOf(identifier);
      this.#addPendingFootnotes();
    }
  }

  #addNode(node: RootContent, place: Place, next: RootContent | undefined): void {
    switch (node.type) {
      case 'paragraph':
        this.#addParagraph(node, place, next);
        return;
      case 'heading':
        this.#addHeading(node, place);
        return;
      case 'list':
        this.#addList(node, place);
        return;
      case 'blockquote':
        this.#addQuote(node, place);
        return;
      case 'table':
        for (const row of tableRows(node, this.#inline, this.#newGroup())) this.#writer.add(row, place);
        this.#addPendingFootnotes();
        return;
      case 'code':
        this.#add(codeBlock(this.#markers.restore(node.value), node.lang), place);
        return;
      case 'html':
        this.#addHtml(node.value);
        return;
      default:
        // Definitions and thematic breaks show nothing, and a footnote follows the block that refers to it.
        return;
    }
  }

  #addParagraph(node: Paragraph, place: Place, next: RootContent | undefined): void {
    const edge = this.#edgeOf(node);
    if (edge !== null) {
      if (edge === 'ignored') return;
      if (edge.opens === null) this.#places.close(edge.id);
      else this.#openContainer(edge.id, edge.opens, place);
      return;
    }
    const content = inlineText(node.children, this.#inline);
    const isHeading = this.#canBeHeading(place, next) && isBoldHeading(node, content.text);
    const level = isHeading ? this.#places.levelBelow : null;
    this.#add(level === null ? { ...content, kind: place.paragraph } : { ...content, kind: 'heading', level }, place);
  }

  #openContainer(id: number, container: Container, around: Place): void {
    this.#places.open(id, container, around);
    const { kindTitle: text } = container;
    if (text !== undefined) this.#add({ text, kind: 'note' }, placeInside({ kind: 'title' }, this.#places.current));
  }

  #edgeOf(node: RootContent): ReturnType<Markers['edgeOf']> {
    const [only] = node.type === 'paragraph' && node.children.length === 1 ? node.children : [];
    return only?.type === 'text' ? this.#markers.edgeOf(only.value) : null;
  }

  /** Whether a bold paragraph is a heading here: below it, there must be something other than bold text. */
  #canBeHeading(place: Place, next: RootContent | undefined): boolean {
    if (place.depth > 0 || (place.paragraph !== 'paragraph' && place.paragraph !== 'answer')) return false;
    if (next === undefined || !/^(?:paragraph|list|table|code|blockquote)$/.test(next.type)) return false;
    return next.type !== 'paragraph' || (!isBold(next) && this.#edgeOf(next) === null);
  }

  #addHeading(node: Heading, place: Place): void {
    const content = inlineText(node.children, this.#inline);
    const { text, ids } = withoutAttributes(content.text);
    for (const id of ids) this.#writer.addAnchor(id);
    const marks = content.marks
      .filter(({ start }) => start <= text.length)
      .map((mark) => ({ ...mark, end: Math.min(mark.end, text.length) }));
    this.#places.addHeading(node.depth);
    this.#add({ text, marks, kind: 'heading', level: node.depth }, place);
  }

  #addList(list: List, around: Place): void {
    const group = this.#newGroup();
    const place = { ...around, depth: around.depth + 1 };
    for (const [index, item] of list.children.entries()) {
      this.#writer.itemStart = itemStartOf(item, { list, index, group }, this.#source);
      this.#addItem(item, place);
      this.#endItemStart(place);
    }
  }

  #addItem(item: ListItem, place: Place): void {
    const [first, ...rest] = item.children;
    if (first?.type !== 'paragraph' || this.#edgeOf(first) !== null) {
      // Only the number is shown in front of code or a table.
      if (first !== undefined && first.type !== 'list') this.#endItemStart(place);
      this.addAll(item.children, place);
      return;
    }
    const content = inlineText(first.children, this.#inline);
    const hasMore = rest.some((node) => node.type !== 'html' && node.type !== 'definition');
    const isQuestion = hasMore && isBoldQuestion(first, content.text);
    this.#add({ ...content, kind: isQuestion ? 'question' : 'item' }, place);
    if (isQuestion) this.addAll(rest, { ...place, under: 'question', paragraph: 'answer' });
    else this.addAll(rest, place.paragraph === 'note' ? place : { ...place, paragraph: 'paragraph' });
  }

  /** Adds the number of an item that has no text of its own. */
  #endItemStart(place: Place): void {
    const start = this.#writer.itemStart;
    if (start !== null && start.text !== '') this.#add({ text: '', marks: [], kind: 'item' }, place);
    this.#writer.itemStart = null;
  }

  #addQuote(quote: Blockquote, place: Place): void {
    const alert = readQuoteAlert(quote);
    if (alert === null) {
      this.addAll(quote.children, place.paragraph === 'note' ? place : { ...place, paragraph: 'quotation' });
      return;
    }
    const { label, title, body, rest } = alert;
    const note = placeInside({ kind: 'note', label }, place);
    const written = inlineText(title, this.#inline);
    const shown = written.text === '' ? { text: kindAsTitle(label) } : written;
    this.#add({ ...shown, kind: 'note' }, placeInside({ kind: 'title' }, note));
    this.#add({ ...inlineText(body, this.#inline), kind: 'note' }, note);
    this.addAll(rest, note);
  }

  #addHtml(source: string): void {
    for (const part of splitHtml(this.#markers.restore(source))) {
      if (part.kind === 'anchor') this.#writer.addAnchor(part.id);
      else if (part.kind === 'html') this.#addHtmlBlocks(part.source);
      else if (part.name === 'details' || part.name === 'summary') {
        if (part.kind === 'close') this.#places.close(part.name);
        else this.#places.open(part.name, { kind: part.name }, this.#places.current);
      }
    }
  }

  #addHtmlBlocks(source: string): void {
    if (this.#readHtml === null) return;
    const newGroup = (): number => this.#newGroup();
    for (const { block, place } of htmlBlocks(source, {
      place: this.#places.current,
      readHtml: this.#readHtml,
      newGroup,
    })) {
      if (block.kind === 'heading' && block.level !== undefined) this.#places.addHeading(block.level);
      this.#add(block, place);
    }
  }

  /** Adds a block, and after it the footnotes that it refers to. */
  #add(block: SourceBlock, place: Place): void {
    if (!this.#writer.add(block, place)) return;
    if (block.kind === 'question') this.#places.startAnswers();
    this.#addPendingFootnotes();
  }

  #addPendingFootnotes(): void {
    if (this.#isInFootnote) return;
    const start = this.#writer.itemStart;
    for (let note = this.#footnotes.takePending(); note !== null; note = this.#footnotes.takePending()) {
      this.#writer.itemStart = null;
      this.#isInFootnote = true;
      const before = this.blocks.length;
      this.addAll(note.children, { paragraph: 'note', label: 'footnote', depth: 0 });
      const first = this.blocks[before];
      if (first !== undefined) this.blocks[before] = withPrefix(first, `[${note.number}] `);
      this.#isInFootnote = false;
    }
    this.#writer.itemStart = start;
  }

  #newGroup(): number {
    this.#groups += 1;
    return this.#groups;
  }
}
