import type {
  Blockquote,
  Definition,
  FootnoteDefinition,
  Heading,
  List,
  ListItem,
  Nodes,
  Paragraph,
  Root,
  RootContent,
  Table,
} from 'mdast';
import type { BlockKind, Mark } from '../../../corpus/block.js';
import type { Span } from '../../../text/span.js';
import type { SourceBlock } from '../../compose.js';
import type { Container } from '../container.js';
import type { Markers } from '../markers.js';
import { codeText, languageOf, withPrefix } from './block-text.js';
import { splitHtml } from './html-parts.js';
import { type InlineContext, inlineText } from './inline-text.js';
import { type MarkedText, MarkedTextBuilder } from './marked-text.js';
import { countWords, isBold, titleAndBody, withoutAttributes } from './paragraph-shape.js';

/** Reads HTML in Markdown as the reader of web pages does. */
export type HtmlReader = (source: string) => readonly SourceBlock[];

/** A longer bold paragraph is no heading. */
const MAX_HEADING_WORDS = 12;
/** A longer bold paragraph at the beginning of an item is no question. */
const MAX_QUESTION_WORDS = 30;
const MAX_LEVEL = 6;

/** What a block inherits from the parts of the article that it is inside. */
interface Place {
  /** What a paragraph is here. */
  readonly paragraph: BlockKind;
  readonly label?: string;
  readonly depth: number;
  readonly under?: 'question' | 'term';
  /** Of the title of a container: the level of the heading that it becomes. */
  readonly level?: number;
}

const TOP: Place = { paragraph: 'paragraph', depth: 0 };

/** A container that has begun and not ended. */
interface OpenContainer {
  /** The number of its markers, or the name of its element. */
  readonly by: number | string;
  readonly place: Place;
  /** The level of its heading, if it has a title. */
  level: number | null;
  /** The level of the heading above it. */
  readonly outerLevel: number;
}

/** The number of an item, and whether it is a task. */
interface ItemStart {
  readonly text: string;
  readonly isChecked: boolean | null;
  readonly group: number;
}

/**
 * Returns the blocks of a Markdown article in reading order.
 *
 * @param source The text that the tree was parsed from.
 * @param readHtml Null if there is no HTML in the tree.
 */
export function treeBlocks(tree: Root, source: string, markers: Markers, readHtml: HtmlReader | null): SourceBlock[] {
  const walker = new TreeWalker(tree, source, markers, readHtml);
  walker.walk(tree.children, TOP);
  walker.addUnusedFootnotes();
  return walker.blocks;
}

class TreeWalker {
  readonly blocks: SourceBlock[] = [];
  readonly #source: string;
  readonly #markers: Markers;
  readonly #readHtml: HtmlReader | null;
  readonly #inline: InlineContext;
  readonly #footnotes = new Map<string, FootnoteDefinition>();
  readonly #footnoteNumbers = new Map<string, number>();
  /** Footnotes that were referred to and do not stand in the article yet. */
  readonly #pendingFootnotes: string[] = [];
  readonly #containers: OpenContainer[] = [];
  #anchors: string[] = [];
  /** The siblings that are being added: where they are, and how many containers began before them. */
  #siblings = { place: TOP, containers: 0 };
  #itemStart: ItemStart | null = null;
  #isInFootnote = false;
  #groups = 0;
  #level = 0;

  constructor(tree: Root, source: string, markers: Markers, readHtml: HtmlReader | null) {
    this.#source = source;
    this.#markers = markers;
    this.#readHtml = readHtml;
    const definitions = new Map<string, Definition>();
    const rest: Nodes[] = [tree];
    for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
      // The first one counts. The tree is searched backwards.
      if (node.type === 'definition') definitions.set(node.identifier, node);
      else if (node.type === 'footnoteDefinition') this.#footnotes.set(node.identifier, node);
      if ('children' in node && node.type !== 'paragraph' && node.type !== 'table')
        for (const child of node.children) rest.push(child);
    }
    this.#inline = { markers, definitions, footnoteNumber: (identifier) => this.#footnoteNumber(identifier) };
  }

  /** Adds the blocks of some siblings. A container that begins among them ends with them. */
  walk(nodes: readonly RootContent[], place: Place): void {
    const outer = this.#siblings;
    this.#siblings = { place, containers: this.#containers.length };
    nodes.forEach((node, index) => {
      this.#addNode(node, this.#here(), nodes[index + 1]);
    });
    this.#closeContainers(this.#siblings.containers);
    this.#siblings = outer;
  }

  /** Where the next sibling is: in the last container that began among the siblings, or where all of them are. */
  #here(): Place {
    const { place, containers } = this.#siblings;
    return this.#containers.length > containers ? (this.#containers.at(-1)?.place ?? place) : place;
  }

  /** Closes containers until only `count` are open. */
  #closeContainers(count: number): void {
    for (const container of this.#containers.splice(Math.max(count, this.#siblings.containers)).toReversed()) {
      // The headings in a section are not above what follows it.
      if (container.level !== null) this.#level = container.outerLevel;
    }
  }

  /** Footnotes that nothing refers to come at the end. */
  addUnusedFootnotes(): void {
    for (const identifier of [...this.#footnotes.keys()].toReversed()) {
      this.#footnoteNumber(identifier);
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
        this.#addTable(node, place);
        return;
      case 'code':
        this.#add({ ...codeText(this.#markers.restore(node.value)), kind: 'code', ...languageOf(node.lang) }, place);
        return;
      case 'html':
        this.#addHtml(node.value);
        return;
      default:
        // Definitions and thematic breaks show nothing, and footnotes stand behind what refers to them.
        return;
    }
  }

  #addParagraph(node: Paragraph, place: Place, next: RootContent | undefined): void {
    const edge = this.#edgeOf(node);
    if (edge !== null) {
      if (edge !== 'ignored') this.#addEdge(edge.id, edge.opens, place);
      return;
    }
    const content = inlineText(node.children, this.#inline);
    const level = place.level ?? this.#disguisedLevel(node, content, place, next);
    if (level !== null) this.#add({ ...content, kind: 'heading', level }, place);
    else this.#add({ ...content, kind: place.paragraph }, place);
    if (place.level !== undefined) {
      const section = this.#containers.findLast((one) => one.place.level === undefined);
      if (section !== undefined) section.level = place.level;
    }
  }

  #edgeOf(node: Paragraph): ReturnType<Markers['edgeOf']> {
    const [only] = node.children;
    return node.children.length === 1 && only?.type === 'text' ? this.#markers.edgeOf(only.value) : null;
  }

  #addEdge(id: number | string, opens: Container | null, around: Place): void {
    if (opens === null) {
      const index = this.#containers.findLastIndex(({ by }) => by === id);
      if (index >= this.#siblings.containers) this.#closeContainers(index);
    } else this.#containers.push({ by: id, place: this.#placeIn(opens, around), level: null, outerLevel: this.#level });
  }

  #placeIn({ kind, label }: Container, around: Place): Place {
    switch (kind) {
      case 'note':
        return { ...around, paragraph: 'note', ...(label !== undefined && { label }) };
      case 'heading':
        return { ...around, level: Math.min(MAX_LEVEL, this.#levelBelow()) };
      case 'summary':
        return { ...around, paragraph: 'question' };
      case 'term':
        return { ...around, paragraph: 'term' };
      case 'definition':
        return { ...around, paragraph: 'definition', under: 'term' };
      default:
        return around;
    }
  }

  /** The level of a heading that is not written as one. */
  #levelBelow(): number {
    const section = this.#containers.findLast(({ level }) => level !== null)?.level ?? 0;
    return Math.max(this.#level, section, 1) + 1;
  }

  /** A paragraph with nothing but bold text, above something else, is a heading that is not written as one. */
  #disguisedLevel(node: Paragraph, { text }: MarkedText, place: Place, next: RootContent | undefined): number | null {
    if (place.depth > 0 || (place.paragraph !== 'paragraph' && place.paragraph !== 'answer')) return null;
    if (next === undefined || !/^(?:paragraph|list|table|code|blockquote)$/.test(next.type)) return null;
    if (next.type === 'paragraph' && (isBold(next) || this.#edgeOf(next) !== null)) return null;
    if (!isBold(node) || /[.!,;…]$/.test(text) || countWords(text) > MAX_HEADING_WORDS) return null;
    return Math.min(MAX_LEVEL, this.#levelBelow());
  }

  #addHeading(node: Heading, place: Place): void {
    const content = inlineText(node.children, this.#inline);
    const { text, ids } = withoutAttributes(content.text);
    for (const id of ids) this.#anchors.push(id);
    const marks = content.marks
      .filter(({ start }) => start <= text.length)
      .map((mark) => ({ ...mark, end: Math.min(mark.end, text.length) }));
    const section = this.#containers.findLast(({ level }) => level !== null)?.level ?? 0;
    const level = Math.min(MAX_LEVEL, Math.max(node.depth, section + 1));
    this.#level = level;
    this.#add({ text, marks, kind: 'heading', level }, place);
  }

  #addList(list: List, place: Place): void {
    this.#groups += 1;
    const group = this.#groups;
    const first = list.start ?? 1;
    list.children.forEach((item, index) => {
      const number = list.ordered ? `${first + index}${this.#delimiterOf(item)} ` : '';
      const box = item.checked === true ? '[x] ' : item.checked === false ? '[ ] ' : '';
      this.#itemStart = { text: number + box, isChecked: item.checked ?? null, group };
      this.#addItem(item, { ...place, depth: place.depth + 1 });
      this.#endItemStart({ ...place, depth: place.depth + 1 });
    });
  }

  #addItem(item: ListItem, place: Place): void {
    const [first, ...rest] = item.children;
    if (first?.type !== 'paragraph' || this.#edgeOf(first) !== null) {
      // Only the number is shown in front of code or a table.
      if (first !== undefined && first.type !== 'list') this.#endItemStart(place);
      this.walk(item.children, place);
      return;
    }
    const content = inlineText(first.children, this.#inline);
    const hasMore = rest.some((node) => node.type !== 'html' && node.type !== 'definition');
    const isQuestion = hasMore && isBold(first) && countWords(content.text) <= MAX_QUESTION_WORDS;
    this.#add({ ...content, kind: isQuestion ? 'question' : 'item' }, place);
    this.walk(
      rest,
      isQuestion
        ? { ...place, under: 'question', paragraph: 'answer' }
        : { ...place, ...(place.paragraph === 'note' ? {} : { paragraph: 'paragraph' }) },
    );
  }

  /** Adds the number of an item that has no text of its own. */
  #endItemStart(place: Place): void {
    if (this.#itemStart !== null && this.#itemStart.text !== '')
      this.#add({ text: '', marks: [], kind: 'item' }, place);
    this.#itemStart = null;
  }

  /** "." or ")", as written. */
  #delimiterOf(item: ListItem): string {
    const start = item.position?.start.offset ?? 0;
    return /^\d+([.)])/.exec(this.#source.slice(start, start + 11))?.[1] ?? '.';
  }

  #addQuote(quote: Blockquote, place: Place): void {
    const [first, ...rest] = quote.children;
    const start = first?.type === 'paragraph' && first.children[0]?.type === 'text' ? first.children[0].value : '';
    const [marker, label = ''] = /^\[!([A-Za-z][\w-]*)(?:\|[^\]\n]*)?\][-+]?[ \t]*/.exec(start) ?? [];
    if (first?.type !== 'paragraph' || marker === undefined) {
      this.walk(quote.children, place.paragraph === 'note' ? place : { ...place, paragraph: 'quotation' });
      return;
    }
    const note: Place = { ...place, paragraph: 'note', label: label.toLowerCase() };
    for (const children of titleAndBody(first.children, marker.length))
      this.#add({ ...inlineText(children, this.#inline), kind: 'note' }, note);
    this.walk(rest, note);
  }

  #addTable(table: Table, place: Place): void {
    this.#groups += 1;
    const group = this.#groups;
    table.children.forEach((row, index) => {
      const builder = new MarkedTextBuilder();
      const cells: Span[] = [];
      row.children.forEach((cell, column) => {
        const content = inlineText(cell.children, this.#inline);
        cells.push(
          builder.append(
            column === 0
              ? content
              : {
                  text: ` | ${content.text}`,
                  marks: content.marks.map((mark) => ({ ...mark, start: mark.start + 3, end: mark.end + 3 })),
                },
          ),
        );
      });
      this.#addRow(builder.finish(), cells, { group, ...(index === 0 && { isHeader: true }) }, place);
    });
    if (!this.#isInFootnote) this.#addPendingFootnotes();
  }

  #addRow({ text, marks }: MarkedText, placed: readonly Span[], fields: Partial<SourceBlock>, place: Place): void {
    if (/^[|\s]*$/.test(text)) return;
    // The text lost the space in front of it if the first cell is empty.
    const first = placed[0];
    const lead = first !== undefined && first.start === first.end ? 1 : 0;
    const clamp = (at: number): number => Math.max(0, Math.min(text.length, at - lead));
    const cells = placed.map(({ start, end }, index) => ({
      start: clamp(start + (index === 0 ? 0 : 3)),
      end: clamp(end),
    }));
    this.#add({ text, marks, kind: 'row', cells, ...fields }, place, false);
  }

  #addHtml(source: string): void {
    for (const part of splitHtml(this.#markers.restore(source))) {
      const here = this.#here();
      if (part.kind === 'anchor') this.#anchors.push(part.id);
      else if (part.kind === 'html') this.#addHtmlBlocks(part.source, here);
      else if (part.name === 'details' || part.name === 'summary')
        this.#addEdge(`<${part.name}`, part.kind === 'open' ? { kind: part.name } : null, here);
    }
  }

  #addHtmlBlocks(source: string, place: Place): void {
    if (!/[^\s<>]/.test(source) || this.#readHtml === null) return;
    const groups = new Map<number, number>();
    for (const block of this.#readHtml(source)) {
      const { group, depth, rule: _rule, ...rest } = block;
      const isPlain =
        block.kind === 'paragraph' || block.kind === 'boilerplate' || block.kind === ('title' as BlockKind);
      let own: number | undefined;
      if (group !== undefined) {
        own = groups.get(group) ?? this.#groups + 1;
        this.#groups = Math.max(this.#groups, own);
        groups.set(group, own);
      }
      if (block.kind === 'heading' && block.level !== undefined) this.#level = block.level;
      const within: Place = { ...place, depth: place.depth + (depth ?? 0) };
      this.#add(
        { ...rest, kind: isPlain ? place.paragraph : block.kind, ...(own !== undefined && { group: own }) },
        within,
      );
    }
  }

  /** Adds a block with what it inherits from its place, and behind it the footnotes that it refers to. */
  #add(block: SourceBlock, place: Place, withFootnotes = true): void {
    const started = this.#withItemStart(block);
    if (started.text === '') {
      // What can be reached there is the next block.
      for (const { kind, value } of block.marks ?? [])
        if (kind === 'anchor' && value !== undefined) this.#anchors.push(value);
      return;
    }
    const anchors: Mark[] = this.#anchors.map((value) => ({ kind: 'anchor', start: 0, end: 0, value }));
    this.#anchors = [];
    const under =
      block.under ??
      (block.kind === 'question' || block.kind === 'term' || block.kind === 'heading' ? undefined : place.under);
    this.blocks.push({
      ...started,
      ...(place.depth > 0 && { depth: place.depth }),
      ...(block.kind === 'note' && place.label !== undefined && { label: place.label }),
      ...(under !== undefined && { under }),
      marks: [...anchors, ...(started.marks ?? [])],
    });
    if (block.kind === 'question') this.#startAnswers();
    if (withFootnotes && !this.#isInFootnote) this.#addPendingFootnotes();
  }

  /** What follows the summary of details answers it. */
  #startAnswers(): void {
    const index = this.#containers.findLastIndex(({ place }) => place.paragraph === 'question');
    const details = this.#containers[index - 1];
    if (details === undefined) return;
    const paragraph = details.place.paragraph === 'paragraph' ? 'answer' : details.place.paragraph;
    this.#containers[index - 1] = { ...details, place: { ...details.place, paragraph, under: 'question' } };
  }

  #withItemStart(block: SourceBlock): SourceBlock {
    const start = this.#itemStart;
    if (start === null || (block.kind !== 'item' && block.kind !== 'question')) return block;
    this.#itemStart = null;
    const text = (start.text + block.text).trimEnd();
    const at = (inBlock: number): number => Math.min(text.length, inBlock + start.text.length);
    return {
      ...block,
      text,
      kind: block.kind,
      group: start.group,
      marks: block.marks?.map((mark) => ({ ...mark, start: at(mark.start), end: at(mark.end) })) ?? [],
      ...(start.text !== '' && { marker: { start: 0, end: start.text.trimEnd().length } }),
      ...(start.isChecked !== null && { isChecked: start.isChecked }),
    };
  }

  #footnoteNumber(identifier: string): number | null {
    if (!this.#footnotes.has(identifier)) return null;
    const known = this.#footnoteNumbers.get(identifier);
    if (known !== undefined) return known;
    const number = this.#footnoteNumbers.size + 1;
    this.#footnoteNumbers.set(identifier, number);
    this.#pendingFootnotes.push(identifier);
    return number;
  }

  #addPendingFootnotes(): void {
    for (
      let identifier = this.#pendingFootnotes.shift();
      identifier !== undefined;
      identifier = this.#pendingFootnotes.shift()
    )
      this.#addFootnote(identifier);
  }

  #addFootnote(identifier: string): void {
    const definition = this.#footnotes.get(identifier);
    const start = this.#itemStart;
    this.#itemStart = null;
    this.#isInFootnote = true;
    const number = `[${this.#footnoteNumbers.get(identifier) ?? ''}] `;
    const before = this.blocks.length;
    this.walk(definition?.children ?? [], { paragraph: 'note', label: 'footnote', depth: 0 });
    const first = this.blocks[before];
    if (first !== undefined) this.blocks[before] = withPrefix(first, number);
    this.#itemStart = start;
    this.#isInFootnote = false;
  }
}
