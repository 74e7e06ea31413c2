import { structureOf } from './block-structure.js';
import { InlineText } from './inline-text.js';
import type { PageElement, PageNode } from './page.js';
import { countCharacters, type RawBlock, type Surroundings, type TextSource } from './raw-block.js';

/** Elements whose id links lead to. */
const LINK_TARGETS = /^(?:h[1-6]|section|article|dt|a|li|tr|td|th|p|details|figure)$/;

/** Collects the text of the current block, with its marks and where it comes from. */
export class OpenBlock {
  readonly text = new InlineText();
  #sources: TextSource[] = [];
  /** Ids that lead to the text that comes next. */
  #anchors: string[] = [];

  /** Notes the id of an element, so that the text after it can be linked to. */
  addAnchor(element: PageElement, { level }: Surroundings): void {
    const name = element.localName;
    const id = element.getAttribute('id') ?? (name === 'a' ? element.getAttribute('name') : null);
    if (id === null || id.trim() === '') return;
    const isTarget = LINK_TARGETS.test(name) || level !== null;
    if (isTarget || [...element.childNodes].length === 0) this.#anchors.push(id.trim());
  }

  /** Adds the text of a text node. */
  addText(node: PageNode, around: Surroundings): void {
    const text = node.textContent ?? '';
    const characters = countCharacters(text);
    if (characters > 0 && node.parentNode !== null) {
      if (this.#anchors.length > 0) this.#placeAnchors(text);
      this.#sources.push({ owner: node.parentNode, characters, around });
    }
    if (around.isPreformatted) this.text.addLines(text);
    else this.text.add(text);
  }

  /**
   * Ends the block and starts the next one.
   *
   * @returns Nothing if it has no text. Two line breaks in running text separate paragraphs, as on old pages.
   */
  end(): RawBlock[] {
    const sources = this.#sources;
    const [first] = sources;
    if (first === undefined) {
      if (!this.text.isEmpty) this.text.take(true);
      return [];
    }
    this.#sources = [];
    const { around } = first;
    const pieces = this.text.take(around.isPreformatted && !around.isProse);
    return pieces.map((piece) => ({ ...structureOf(around, piece), sources }));
  }

  #placeAnchors(text: string): void {
    if (/^\s/.test(text)) this.text.add(' ');
    for (const id of new Set(this.#anchors)) this.text.mark('anchor', this.text.position, id);
    this.#anchors = [];
  }
}
