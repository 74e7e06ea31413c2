import { Markers } from '../markers.js';
import { readFencedLine } from './code-fence.js';
import { IndentedCode } from './indented-code.js';
import { elementTag } from './markup-tag.js';
import { OpenContainers } from './open-containers.js';
import { PreparedText } from './prepared-text.js';
import { sourceLine } from './source-line.js';
import type { OpenFence, Structure } from './structure.js';
import { addStructureLine } from './structure-line.js';
import { addTag, closeAtLineEnd } from './tag-line.js';
import { finishMarkup, MAX_MARKUP_LINES, type UnfinishedMarkup } from './unfinished-markup.js';

/** Markdown that any parser of GFM can read. */
interface PreparedSource {
  readonly text: string;
  /** Knows what the markers in the text stand for. */
  readonly markers: Markers;
}

/**
 * Turns the dialects of Markdown into GFM, line by line. Where a container begins or ends, a paragraph with nothing but a marker
 * replaces its markup, and its lines lose their extra indentation. Code stays as it is.
 *
 * @param isMdx Whether braces hold expressions, and tags are components.
 */
export function prepareSource(source: string, isMdx: boolean): PreparedSource {
  const preparer = new SourcePreparer(isMdx);
  for (const line of Markers.clean(source).split('\n')) preparer.add(line);
  return preparer.finish();
}

/** Adds line after line, and remembers what spans several lines: code, raw HTML and MDX markup. */
class SourcePreparer {
  readonly #text: PreparedText;
  readonly #containers: OpenContainers;
  readonly #indentedCode = new IndentedCode();
  #fence: OpenFence | null = null;
  /** What ends the HTML that stays as it is. */
  #rawUntil: string | null = null;
  #markup: UnfinishedMarkup | null = null;
  /** Whether lines are being read again, as text, because markup turned out to have no end. */
  #isReplaying = false;

  constructor(isMdx: boolean) {
    this.#text = new PreparedText(isMdx);
    this.#containers = new OpenContainers(this.#text);
  }

  add(raw: string): void {
    const line = this.#containers.reindent(raw);
    if (this.#fence !== null && this.#fence.frameCount > this.#containers.frameCount) this.#fence = null;
    if (this.#addFenced(line)) return;
    if (this.#markup !== null) this.#continueMarkup(this.#markup, line);
    else this.#addLine(line);
  }

  finish(): PreparedSource {
    if (this.#markup !== null) this.#replay(this.#markup);
    this.#containers.finish();
    return { text: this.#text.toString(), markers: this.#text.markers };
  }

  /** Adds a line of code. Returns false if no fence is open, or if the line is outside it. */
  #addFenced(line: string): boolean {
    const fenced = this.#fence === null ? null : readFencedLine(this.#fence, line);
    if (fenced === null || fenced.isEnd) this.#fence = null;
    if (fenced !== null) this.#text.addLine(fenced.line);
    return fenced !== null;
  }

  #addLine(line: string): void {
    // A loop, because a line can have thousands of tags.
    for (let rest: string | null = line; rest !== null; ) rest = this.#addNext(rest);
  }

  /** Adds a line up to the end of the first markup in it. Returns what is left, or null if nothing is. */
  #addNext(line: string): string | null {
    if (this.#rawUntil !== null) {
      if (line.toLowerCase().includes(this.#rawUntil)) this.#rawUntil = null;
      this.#text.addLine(line);
      return null;
    }
    const isInParagraph = this.#text.paragraph.length > 0;
    const parts = sourceLine(line);
    if (parts.content === '') this.#addBlank();
    // MDX has no indented code.
    else if (this.#indentedCode.accepts(line, !this.#text.isMdx && !isInParagraph)) this.#text.addLine(line);
    else {
      const structure = addStructureLine(parts, this.#containers);
      if (structure === null || (structure.markup !== undefined && this.#isReplaying)) this.#addText(line);
      else return this.#addStructure(structure, line, isInParagraph);
    }
    return null;
  }

  #addBlank(): void {
    this.#containers.endParagraph();
    this.#containers.closeNextParagraph();
    this.#text.addBlank();
  }

  #addText(line: string): void {
    this.#indentedCode.noteText(line, this.#text.paragraph.length > 0);
    this.#containers.isAfterDefinition = false;
    this.#text.addText(line);
    if (/[>}]\s*$/.test(line) && !this.#containers.isEmpty) closeAtLineEnd(line, this.#containers);
  }

  /** Returns what is left of the line. */
  #addStructure({ rest, fence, rawUntil, markup }: Structure, line: string, isInParagraph: boolean): string | null {
    const isOnlyRest = fence === undefined && rawUntil === undefined && markup === undefined;
    if (isOnlyRest) return rest || null;
    if (rest) this.#addLine(rest);
    if (rawUntil !== undefined) this.#rawUntil = rawUntil;
    if (fence !== undefined) {
      if (!fence.isTemplate) this.#indentedCode.noteText(line, isInParagraph);
      this.#fence = fence;
    }
    if (markup === undefined) return null;
    this.#markup = markup;
    return this.#finishMarkup(markup);
  }

  #continueMarkup(markup: UnfinishedMarkup, line: string): void {
    markup.lines.push(line);
    if (markup.lines.length > MAX_MARKUP_LINES) {
      this.#replay(markup);
      return;
    }
    const rest = this.#finishMarkup(markup);
    if (rest !== null) this.#addLine(rest);
  }

  /** Adds markup if it ends with its last line. Only its tag is kept. Returns what is left of that line. */
  #finishMarkup(markup: UnfinishedMarkup): string | null {
    const finished = finishMarkup(markup);
    if (finished === null) return null;
    this.#markup = null;
    const { text, start, end } = finished;
    const indent = text.slice(0, start);
    if (markup.kind === 'statement') this.#containers.leaveOut(/^\s*import/.test(text) ? 'import' : 'export');
    else if (markup.kind === 'tag') {
      const tag = elementTag(text, start, end);
      if (tag !== null) addTag(tag, { indent, source: text.slice(start, end) }, this.#containers);
    } else if (!/^\{\s*\/\*/.test(text.slice(start))) this.#text.markers.omit('expression');
    const rest = text.slice(end).trim();
    return rest === '' ? null : indent + rest;
  }

  /** Adds the lines of markup that has no end as text. */
  #replay({ lines }: UnfinishedMarkup): void {
    this.#markup = null;
    this.#isReplaying = true;
    for (const line of lines) if (!this.#addFenced(line)) this.#addLine(line);
    this.#isReplaying = false;
  }
}
