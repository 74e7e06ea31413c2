import {
  type Container,
  type ContainerTag,
  componentContainer,
  directiveContainer,
  isNoteName,
  noteContainer,
} from './container.js';
import { asParagraph, blankLine, indentOf, isBalanced } from './line-shape.js';
import {
  ADMONITION,
  ATTRIBUTE_LINE,
  BLOCK,
  DIRECTIVE,
  FENCE,
  INCLUDE,
  LIST_MARKER,
  MDX_CONTAINERS,
  NOT_A_TERM,
  RAW_HTML,
  STATEMENT,
  TAB,
  TABLE_OF_CONTENTS,
} from './line-syntax.js';
import { Markers } from './markers.js';
import { elementTag, endOfTag, type MarkupTag, templateTag } from './markup-tag.js';
import { endOfExpression, toPlainMarkdown } from './plain-markdown.js';

/** Markdown that any parser of GFM can read. */
export interface PreparedSource {
  readonly text: string;
  /** Tells what the markers in the text stand for. */
  readonly markers: Markers;
}

/** A tag, expression or statement over more lines is taken for text. */
const MAX_OPEN_LINES = 100;
/** More lines in front of a definition are a paragraph. */
const MAX_TERMS = 3;
const MAX_TERM_CHARACTERS = 150;

/** Lines that are indented below what they belong to, or that lie inside a component. */
interface Frame {
  readonly id: number;
  /** Indentation of its lines in the prepared source. */
  readonly base: number;
  /** Indentation of its lines in the source; null until the first one. */
  content: number | null;
  /** A line that is indented less ends it; null if a tag ends it. */
  readonly endsBelow: number | null;
  readonly isDefinition: boolean;
}

/** A container that ends with a line or tag of its own. */
interface OpenContainer {
  readonly id: number;
  /** Colons or slashes, or the name of its tag. */
  readonly by: string;
  readonly indent: string;
}

/**
 * Turns the dialects of Markdown into GFM, line by line: where a container begins or ends, a paragraph with nothing but a marker
 * takes the place of its markup, and the lines in it lose their extra indentation. Code is left alone.
 *
 * @param isMdx Whether braces hold expressions, and tags components.
 */
export function prepareSource(source: string, isMdx: boolean): PreparedSource {
  const preparer = new SourcePreparer(isMdx);
  for (const line of Markers.clean(source).split('\n')) preparer.add(line);
  return preparer.finish();
}

class SourcePreparer {
  readonly #isMdx: boolean;
  readonly #markers = new Markers();
  readonly #out: string[] = [];
  /** The lines since the last blank one or piece of structure. */
  #chunk: string[] = [];
  /** Where the last chunk begins in the output, if only blank lines follow it. */
  #lastChunk: { at: number; lines: readonly string[]; blanks: number } | null = null;
  readonly #frames: Frame[] = [];
  readonly #open: OpenContainer[] = [];
  #wasDefinition = false;
  /** Where the text of the items begins that the next line may belong to. */
  #listOffsets: number[] = [];
  #isCodeBefore = false;
  #fence: { mark: string; isQuoted: boolean; isTemplate: boolean; frames: number } | null = null;
  /** What ends the HTML that is left as it is. */
  #rawUntil: string | null = null;
  /** Something that began on an earlier line and has not ended. */
  #unfinished: { kind: 'tag' | 'expression' | 'statement'; lines: string[] } | null = null;
  /** Whether the lines are those of such a thing that turned out to have no end. */
  #isReplaying = false;

  constructor(isMdx: boolean) {
    this.#isMdx = isMdx;
  }

  add(raw: string): void {
    const line = this.#frames.length === 0 ? raw : this.#reindent(raw);
    if (this.#fence !== null && this.#inFence(line)) return;
    if (this.#unfinished !== null) this.#continueUnfinished(line);
    else this.#addLine(line);
  }

  finish(): PreparedSource {
    if (this.#unfinished !== null) this.#giveUpUnfinished();
    this.#flush();
    while (this.#frames.some(({ endsBelow }) => endsBelow !== null)) this.#closeFrame();
    return { text: this.#out.join('\n'), markers: this.#markers };
  }

  /** Closes the frames that a line ends, and takes the indentation of the others from it. */
  #reindent(raw: string): string {
    const content = raw.replace(/^[ \t]+/, '');
    if (content === '') return '';
    const indent = indentOf(raw);
    for (let top = this.#frames.at(-1); top !== undefined; top = this.#frames.at(-1)) {
      if (top.endsBelow === null || indent >= top.endsBelow) break;
      // The lines of a definition may go on without indentation.
      if (top.isDefinition && this.#chunk.length > 0 && !/^(?::[ \t]|[-*+>#|]|```|\d+[.)][ \t])/.test(content))
        return content;
      this.#closeFrame();
    }
    const top = this.#frames.at(-1);
    if (top === undefined) return raw;
    top.content ??= indent;
    return ' '.repeat(top.base + Math.max(0, indent - top.content)) + content;
  }

  #closeFrame(): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    this.#flush();
    this.#frames.pop();
    if (this.#fence !== null && this.#fence.frames > this.#frames.length) this.#fence = null;
    if (frame.endsBelow !== null) this.#emit(' '.repeat(frame.base), this.#markers.close(frame.id, ''));
    this.#wasDefinition = frame.isDefinition;
  }

  /** Returns whether a line is still part of the open fence. */
  #inFence(line: string): boolean {
    const fence = this.#fence;
    if (fence === null) return false;
    if (fence.isQuoted && !line.trimStart().startsWith('>')) {
      this.#fence = null;
      return false;
    }
    const content = line.replace(/^[\s>]+/, '');
    if (fence.isTemplate && /^\{[{%][<%]?-?\s*(?:\/|end)\s*highlight/.test(content)) {
      this.#fence = null;
      this.#out.push(fence.mark);
      return true;
    }
    const isEnd =
      content.startsWith(fence.mark) && content.trimEnd() === (fence.mark[0] ?? '').repeat(content.trimEnd().length);
    if (isEnd) this.#fence = null;
    this.#out.push(line);
    return true;
  }

  #addLine(line: string): void {
    if (this.#rawUntil !== null) {
      if (line.toLowerCase().includes(this.#rawUntil)) this.#rawUntil = null;
      this.#out.push(line);
      return;
    }
    const content = line.trim();
    if (content === '') this.#addBlank();
    else if (this.#isIndentedCode(line)) {
      this.#isCodeBefore = true;
      this.#out.push(line);
    } else {
      this.#isCodeBefore = false;
      if (!this.#addStructure(line, content)) this.#addText(line);
    }
  }

  #addBlank(): void {
    this.#flush();
    const next = this.#open.at(-1);
    if (next?.by === 'next') this.#closeContainer(next, '');
    this.#out.push('');
    if (this.#lastChunk !== null) this.#lastChunk.blanks += 1;
  }

  /** MDX has no indented code. */
  #isIndentedCode(line: string): boolean {
    if (this.#isMdx || (!line.startsWith('    ') && !line.startsWith('\t') && !line.includes('\t'))) return false;
    if (this.#chunk.length > 0) return false;
    const indent = indentOf(line);
    if (indent < 4) return false;
    let base = 0;
    for (const offset of this.#listOffsets) if (offset <= indent) base = offset;
    return indent >= base + 4 && (this.#isCodeBefore || !LIST_MARKER.test(line) || base === 0);
  }

  /** Adds a line that is more than text. Returns false if it is only text. */
  #addStructure(line: string, content: string): boolean {
    const indent = line.slice(0, line.length - line.trimStart().length);
    switch (content[0]) {
      case '`':
      case '~':
        return this.#addFence(line);
      case ':':
        if (content.startsWith(':::')) return this.#addDirective(indent, content);
        return /^:[ \t]+\S/.test(content) && this.#addDefinition(line, indent, content);
      case '!':
      case '?':
      case '=':
        return this.#addAdmonition(line, indent, content);
      case '/':
        return content.startsWith('///') && this.#addBlock(indent, content);
      case '<':
        return this.#addHtmlLine(line, indent, content);
      case '{':
        return this.#addBraceLine(line, indent, content);
      case '[':
      case '@':
      case '$':
      case '-':
      case '*':
      case '+':
      case '>':
        return this.#addMarkedLine(line, content);
      default:
        if (this.#isMdx && !this.#isReplaying && this.#chunk.length === 0 && indent === '' && STATEMENT.test(content)) {
          this.#unfinished = { kind: 'statement', lines: [] };
          this.#continueUnfinished(line);
          return true;
        }
        return /^\d/.test(content) && this.#addFence(line);
    }
  }

  #addMarkedLine(line: string, content: string): boolean {
    if (TABLE_OF_CONTENTS.test(content)) return this.#leaveOut('table of contents');
    if (INCLUDE.test(content)) return this.#leaveOut('included file');
    const quoted = /^([ \t]*(?:>[ \t]*)+)(:::.*)$/.exec(line.trimEnd());
    if (quoted?.[2] !== undefined && this.#addDirective(quoted[1] ?? '', quoted[2])) return true;
    return this.#addFence(line);
  }

  #leaveOut(what: string): true {
    this.#flush();
    this.#markers.omit(what);
    this.#out.push('');
    return true;
  }

  #addFence(line: string): boolean {
    const found = FENCE.exec(line);
    if (found === null) return false;
    const [, before = '', mark = '', info = ''] = found;
    if (mark.startsWith('`') && info.includes('`')) return false;
    const directive = /^\{([\w-]+)\}[ \t]*(.*)$/.exec(info.trim());
    if (directive && isNoteName(directive[1] ?? '') && before.trim() === '') {
      this.#openContainer(
        before,
        mark,
        noteContainer({ name: directive[1] ?? '', title: directive[2] ?? null, type: null }),
        line,
      );
      return true;
    }
    const opened = this.#open.at(-1);
    if (opened !== undefined && info.trim() === '' && opened.by === mark) {
      this.#closeContainer(opened, line);
      return true;
    }
    this.#noteListMarker(line);
    this.#flush();
    this.#out.push(line);
    this.#fence = { mark, isQuoted: before.includes('>'), isTemplate: false, frames: this.#frames.length };
    return true;
  }

  /** `:::tip Title`, `:::danger[Title]`, `:::{note}`, and `:::` that ends one. */
  #addDirective(indent: string, content: string): boolean {
    const [, colons = '', braced, plain, rest = ''] = DIRECTIVE.exec(content) ?? [];
    const name = braced ?? plain ?? /^\{\.?(?:callout-)?([A-Za-z][\w-]*)/.exec(rest)?.[1];
    if (name === undefined) {
      if (rest.trim() !== '' && !rest.startsWith('{')) return false;
      if (rest.startsWith('{'))
        return this.#openDirective(indent, colons, { name: 'div', title: null, type: null }, content);
      const opened =
        this.#open.findLast(({ by }) => by === colons) ??
        this.#open.findLast(({ by }) => by.startsWith(':') && by.length <= colons.length);
      if (opened === undefined) return this.#leaveOut('stray directive mark');
      this.#closeContainer(opened, content);
      return true;
    }
    const title =
      /^\[(.*)\]/.exec(rest)?.[1] ??
      /^"([^"]*)"/.exec(rest)?.[1] ??
      rest.replace(/\{[^{}]*\}\s*$/, '').replace(/:+$/, '');
    return this.#openDirective(indent, colons, { name, title: title.trim() || null, type: null }, content);
  }

  #openDirective(indent: string, by: string, tag: ContainerTag, source: string): true {
    this.#openContainer(indent, by, directiveContainer(tag), source);
    return true;
  }

  /** `/// note | Title` of PyMdown, and `///` that ends one. */
  #addBlock(indent: string, content: string): boolean {
    if (/^\/+$/.test(content)) {
      const opened = this.#open.findLast(({ by }) => by === content);
      if (opened === undefined) return false;
      this.#closeContainer(opened, content);
      return true;
    }
    const [, name, title] = BLOCK.exec(content) ?? [];
    if (name === undefined) return false;
    return this.#openDirective(
      indent,
      /^\/+/.exec(content)?.[0] ?? '',
      { name, title: title ?? null, type: null },
      content,
    );
  }

  /** `!!! warning "Title"`, `??? tip` and `=== "Tab"` of MkDocs, with indented lines below. */
  #addAdmonition(line: string, indent: string, content: string): boolean {
    const tab = TAB.exec(content);
    const found = tab === null ? ADMONITION.exec(content) : null;
    if (tab === null && found === null) return false;
    const container: Container =
      tab === null
        ? noteContainer({ name: found?.[1] ?? '', title: found?.[3] ?? null, type: null })
        : { kind: 'section', title: tab[1] ?? '' };
    this.#openFrame(line, indent, container, content);
    return true;
  }

  #openFrame(line: string, indent: string, container: Container, source: string): void {
    this.#flush();
    const outer = this.#frames.at(-1);
    const base = indentOf(line);
    const rawIndent = outer === undefined ? base : base - outer.base + (outer.content ?? 0);
    const { id, marker } = this.#markers.open(container, source);
    this.#emit(indent, marker);
    this.#emitTitle(indent, container);
    this.#frames.push({
      id,
      base,
      content: null,
      endsBelow: rawIndent + 1,
      isDefinition: container.kind === 'definition',
    });
  }

  /** `: definition` below its term. */
  #addDefinition(line: string, indent: string, content: string): boolean {
    const isTermLine = (one: string): boolean => !NOT_A_TERM.test(one) && one.length <= MAX_TERM_CHARACTERS;
    const areTerms = (lines: readonly string[]): boolean => lines.length <= MAX_TERMS && lines.every(isTermLine);
    if (this.#chunk.length > 0) {
      if (!areTerms(this.#chunk)) return false;
      this.#emitTerms(this.#chunk.splice(0));
    } else if (this.#lastChunk !== null && this.#lastChunk.blanks === 1 && areTerms(this.#lastChunk.lines)) {
      this.#out.length = this.#lastChunk.at;
      this.#emitTerms(this.#lastChunk.lines);
    } else if (!this.#wasDefinition) return false;
    const body = content.replace(/^:[ \t]+/, '');
    this.#openFrame(line, indent, { kind: 'definition' }, '');
    const frame = this.#frames.at(-1);
    if (frame !== undefined) frame.content = (frame.endsBelow ?? 1) - 1 + Math.min(4, content.length - body.length);
    this.#addLine(indent + body);
    return true;
  }

  #emitTerms(lines: readonly string[]): void {
    for (const line of lines) {
      const indent = line.slice(0, line.length - line.trimStart().length);
      const { id, marker } = this.#markers.open({ kind: 'term' }, '');
      this.#emit(indent, marker);
      this.#out.push(toPlainMarkdown(line, this.#isMdx, this.#markers));
      this.#emit(indent, this.#markers.close(id, ''));
    }
  }

  #addHtmlLine(line: string, indent: string, content: string): boolean {
    if (INCLUDE.test(content)) return this.#leaveOut('included file');
    if (content.startsWith('<!--')) {
      if (!content.includes('-->')) this.#leaveRaw(line, '-->');
      return !content.includes('-->');
    }
    const raw = RAW_HTML.exec(content)?.[1]?.toLowerCase();
    if (raw !== undefined) {
      if (content.toLowerCase().includes(`</${raw}>`)) return false;
      this.#leaveRaw(line, `</${raw}>`);
      return true;
    }
    return this.#addTags(line, indent, content);
  }

  #leaveRaw(line: string, end: string): void {
    this.#flush();
    this.#out.push(line);
    this.#rawUntil = end;
  }

  /** The tags of components at the beginning of a line. */
  #addTags(line: string, indent: string, content: string): boolean {
    const name = /^<\/?([A-Za-z][\w.-]*)?/.exec(content)?.[1];
    if (!this.#isComponent(name ?? '') && !(this.#isMdx && /^<\/?>/.test(content))) return false;
    const end = endOfTag(content, 0);
    if (end === -1) {
      if (!this.#isMdx || this.#isReplaying) return false;
      this.#unfinished = { kind: 'tag', lines: [line] };
      return true;
    }
    const tag = elementTag(content, 0, end);
    if (tag === null) return false;
    this.#addTag(indent, tag, content.slice(0, end));
    this.#addRest(indent, content.slice(end));
    return true;
  }

  /** What stands behind a tag at the beginning of a line is a line of its own. */
  #addRest(indent: string, rest: string): void {
    if (rest.trim() !== '') this.#addLine(indent + rest.trim());
  }

  #isComponent(name: string): boolean {
    return this.#isMdx ? /^[A-Z]|\./.test(name) || MDX_CONTAINERS.test(name) : /^[A-Z]\w*[a-z]/.test(name);
  }

  #addTag(indent: string, tag: MarkupTag, source: string): void {
    this.#flush();
    const by = tag.isTemplate ? `{${tag.name}` : `<${tag.name}`;
    if (tag.form === 'void') {
      this.#markers.omit(tag.isTemplate ? 'template tag' : 'component');
      this.#out.push('');
    } else if (tag.form === 'close') {
      const opened = this.#open.findLast((one) => one.by === by);
      if (opened !== undefined) this.#closeContainer(opened, source);
      this.#out.push('');
    } else {
      const id = this.#openContainer(indent, by, componentContainer(tag), source);
      if (this.#isMdx && !tag.isTemplate) {
        this.#frames.push({ id, base: indentOf(indent), content: null, endsBelow: null, isDefinition: false });
      }
    }
  }

  #addBraceLine(line: string, indent: string, content: string): boolean {
    if (/^\{:toc\b/.test(content)) {
      // The item that the table replaces.
      if (this.#chunk.length === 1 && LIST_MARKER.test(this.#chunk[0] ?? '')) this.#chunk = [];
      return this.#leaveOut('table of contents');
    }
    if (ATTRIBUTE_LINE.test(content)) return this.#addAttributes(line, content);
    if (content.startsWith('{%') || (content.startsWith('{{') && !this.#isMdx))
      return this.#addTemplate(indent, content);
    if (!this.#isMdx || this.#chunk.length > 0) return false;
    if (this.#isReplaying || endOfExpression(content, 0) !== -1) return false;
    this.#unfinished = { kind: 'expression', lines: [line] };
    return true;
  }

  /** Attributes on a line of their own belong to the lines next to them. `{: .note }` makes them a note. */
  #addAttributes(line: string, content: string): boolean {
    const label = [...content.matchAll(/\.([A-Za-z][\w-]*)/g)]
      .map(([, name = '']) => name.replace(/-title$/, ''))
      .find(isNoteName);
    if (label === undefined) return true;
    const indent = line.slice(0, line.length - line.trimStart().length);
    const { id, marker } = this.#markers.open(noteContainer({ name: label, title: null, type: null }), '');
    const lines = this.#chunk.splice(0);
    this.#emit(indent, marker);
    if (lines.length > 0) {
      this.#chunk = lines;
      this.#flush();
      this.#emit(indent, this.#markers.close(id, ''));
    } else this.#open.push({ id, by: 'next', indent });
    return true;
  }

  #addTemplate(indent: string, content: string): boolean {
    const tag = templateTag(content, 0);
    if (tag === null) return false;
    const isHighlight = /^highlight$/.test(tag.name);
    const rest = content.slice(tag.end);
    this.#markers.omit('template tag');
    if (isHighlight && tag.form === 'open' && rest.trim() === '') {
      this.#flush();
      this.#out.push('', `\`\`\`\`\`${tag.type ?? ''}`);
      this.#fence = { mark: '`````', isQuoted: false, isTemplate: true, frames: this.#frames.length };
      return true;
    }
    if (tag.form === 'void' || tag.name === '' || !isPaired(tag)) {
      // A blank line would end the table.
      if (!this.#chunk.at(-1)?.trimStart().startsWith('|')) {
        this.#flush();
        this.#out.push('');
      }
    } else this.#addTag(indent, tag, '');
    this.#addRest(indent, rest);
    return true;
  }

  #continueUnfinished(line: string): void {
    const unfinished = this.#unfinished;
    if (unfinished === null) return;
    unfinished.lines.push(line);
    if (unfinished.lines.length > MAX_OPEN_LINES) {
      this.#giveUpUnfinished();
      return;
    }
    const mayEnd = unfinished.kind === 'statement' || line.includes(unfinished.kind === 'tag' ? '>' : '}');
    if (!mayEnd) return;
    const text = unfinished.lines.join('\n');
    if (unfinished.kind === 'statement') {
      if (!isBalanced(text)) return;
      this.#unfinished = null;
      this.#leaveOut(/^\s*import/.test(text) ? 'import' : 'export');
      return;
    }
    const start = text.length - text.trimStart().length;
    const end = unfinished.kind === 'tag' ? endOfTag(text, start) : endOfExpression(text, start);
    if (end === -1) return;
    this.#unfinished = null;
    const indent = text.slice(0, start);
    if (unfinished.kind === 'tag') {
      const tag = elementTag(text, start, end);
      if (tag !== null) this.#addTag(indent, tag, text.slice(start, end));
    } else if (!/^\{\s*\/\*/.test(text.slice(start))) this.#markers.omit('expression');
    this.#addRest(indent, text.slice(end));
  }

  #giveUpUnfinished(): void {
    const lines = this.#unfinished?.lines ?? [];
    this.#unfinished = null;
    this.#isReplaying = true;
    for (const line of lines) {
      if (this.#fence === null || !this.#inFence(line)) this.#addLine(line);
    }
    this.#isReplaying = false;
  }

  #addText(line: string): void {
    this.#noteListMarker(line);
    this.#wasDefinition = false;
    this.#chunk.push(line);
    // A tag at the end of a line ends the container with this line.
    if (/[>}]\s*$/.test(line) && this.#open.length > 0) this.#closeAtEnd(line);
  }

  #closeAtEnd(line: string): void {
    const found = /<\/([A-Za-z][\w.-]*)>\s*$|\{[{%][<%]?-?\s*(?:\/|end)\s*([\w.-]+)\s*-?[>%]?[%}]\}?\s*$/.exec(line);
    if (found === null) return;
    const by = found[1] === undefined ? `{${found[2] ?? ''}` : `<${found[1]}`;
    const opened = this.#open.findLast((one) => one.by === by);
    if (opened === undefined) return;
    if (found[1] === undefined) this.#markers.omit('template tag');
    this.#chunk[this.#chunk.length - 1] = line.slice(0, found.index);
    this.#closeContainer(opened, found[0]);
  }

  #noteListMarker(line: string): void {
    const found = LIST_MARKER.exec(line);
    const indent = indentOf(line);
    if (found === null && this.#chunk.length > 0) return;
    while ((this.#listOffsets.at(-1) ?? 0) > indent) this.#listOffsets.pop();
    if (found === null) return;
    const spaces = found[3]?.length ?? 1;
    this.#listOffsets.push(indent + (found[2]?.length ?? 1) + (spaces >= 1 && spaces <= 4 ? spaces : 1));
  }

  #openContainer(indent: string, by: string, container: Container, source: string): number {
    this.#flush();
    const { id, marker } = this.#markers.open(container, source);
    this.#emit(indent, marker);
    this.#emitTitle(indent, container);
    this.#open.push({ id, by, indent });
    return id;
  }

  /** Closes a container and those inside it that are still open. */
  #closeContainer(container: OpenContainer, source: string): void {
    this.#flush();
    const frame = this.#frames.findIndex(({ id }) => id === container.id);
    if (frame !== -1) for (let open = this.#frames.length; open > frame; open -= 1) this.#closeFrame();
    this.#open.length = this.#open.indexOf(container);
    this.#emit(container.indent, this.#markers.close(container.id, source));
  }

  /** The title of a container is Markdown too. It becomes a paragraph of its own. */
  #emitTitle(indent: string, { kind, title }: Container): void {
    if (title === undefined) return;
    const titleKind = kind === 'section' ? 'heading' : kind === 'details' ? 'summary' : null;
    const titleMarkers = titleKind === null ? null : this.#markers.open({ kind: titleKind }, '');
    if (titleMarkers !== null) this.#emit(indent, titleMarkers.marker);
    this.#out.push(indent + toPlainMarkdown(asParagraph(title), this.#isMdx, this.#markers), blankLine(indent));
    if (titleMarkers !== null) this.#emit(indent, this.#markers.close(titleMarkers.id, ''));
  }

  #emit(indent: string, marker: string): void {
    this.#lastChunk = null;
    const blank = blankLine(indent);
    this.#out.push(blank, indent + marker, blank);
  }

  #flush(): void {
    if (this.#chunk.length === 0) return;
    const lines = this.#chunk;
    this.#chunk = [];
    this.#lastChunk = { at: this.#out.length, lines, blanks: 0 };
    this.#out.push(toPlainMarkdown(lines.join('\n'), this.#isMdx, this.#markers));
    const next = this.#open.at(-1);
    if (next?.by === 'next') this.#closeContainer(next, '');
  }
}

/** Templates that are known to have an end: any other may stand alone, such as `{% include x %}`. */
function isPaired({ name, form }: MarkupTag): boolean {
  return form === 'close' || isNoteName(name) || /^(?:tab|details|expand|accordion|step|card)$/.test(name);
}
