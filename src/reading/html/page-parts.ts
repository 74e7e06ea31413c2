import { containersOf } from './containers.js';
import { BLOCK_ELEMENTS } from './element-kinds.js';
import { isNoteAside, noteBoxOf } from './notes.js';
import type { PageElement } from './page.js';
import { isSection, ruleOfElement, ruleOfNames } from './page-boilerplate.js';
import type { Surroundings } from './raw-block.js';

/** Inside more parts than these, the name of an element is believed: looking into each would take quadratic time. */
const MAX_SECTION_DEPTH = 4;

/** What is known about a page before its blocks are read. */
export interface PageFacts {
  /** The part that the page marks as its main part (default: none). */
  readonly main?: PageElement | null;
  /** Whether it is news or a blog post (default: no). A part called "related" may be a section of anything else. */
  readonly isNews?: boolean;
}

/** Recognises the parts of a page: its main part, notes, and boilerplate. */
export class PageParts {
  readonly #main: PageElement | null;
  readonly #isNews: boolean;
  readonly #withSections: ReadonlySet<PageElement>;
  readonly #withNavigation: ReadonlySet<PageElement>;

  constructor(content: PageElement, { main = null, isNews = false }: PageFacts) {
    this.#main = main;
    this.#isNews = isNews;
    this.#withSections = containersOf(content, 'h1, h2, nav, form');
    this.#withNavigation = containersOf(content, 'nav');
  }

  /** Returns what the text in a block element inherits. The element may be a note, or boilerplate. */
  within(element: PageElement, className: string | null, around: Surroundings): Surroundings {
    const isMain = around.isMain || element === this.#main;
    const outer = isMain === around.isMain ? around : { ...around, isMain };
    if (outer.note !== null) return this.withBoilerplate(element, className, outer);
    const hasSections = this.#withSections.has(element);
    const isAside = element.localName === 'aside' && isMain && isNoteAside(element, className, hasSections);
    const box = noteBoxOf(element, className, hasSections) ?? (isAside ? { label: null } : null);
    if (box === null) return this.withBoilerplate(element, className, outer);
    return { ...outer, kind: 'note', note: { label: box.label, isTitle: false, box: element } };
  }

  /** Returns what the text in an element inherits. The element may be boilerplate, but not a note. */
  withBoilerplate(element: PageElement, className: string | null, around: Surroundings): Surroundings {
    // A note holds no other parts: "aside__title" is its title.
    if (around.note !== null) return around;
    const rule = this.#boilerplateRule(element, className, around);
    if (rule === null) return around;
    const sectionDepth = around.sectionDepth + 1;
    const mayBeSection = rule.isByName && !this.#isNews && BLOCK_ELEMENTS.has(element.localName);
    if (mayBeSection && sectionDepth <= MAX_SECTION_DEPTH && isSection(element)) return { ...around, sectionDepth };
    return { ...around, boilerplate: { rule: rule.name, around: around.boilerplate }, sectionDepth };
  }

  #boilerplateRule(
    element: PageElement,
    className: string | null,
    around: Surroundings,
  ): { readonly name: string; readonly isByName: boolean } | null {
    // A header with navigation is the page's. The header of an article may contain its first lines.
    if (element.localName === 'header' && this.#withNavigation.has(element)) return { name: 'header', isByName: false };
    const byElement = ruleOfElement(element);
    if (byElement !== null) return { name: byElement, isByName: false };
    const byName = ruleOfNames(element, className);
    const isCaption = element.localName === 'figcaption' || around.kind === 'caption';
    if (byName === null || (byName === 'photo caption' && isCaption)) return null;
    return { name: byName, isByName: true };
  }
}
