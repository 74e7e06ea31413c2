import { checkboxOf } from './checkbox.js';
import { ListNumbers } from './list-numbers.js';
import { childrenOf, isElement, type PageElement, type PageNode } from './page.js';
import type { ItemState, Surroundings } from './raw-block.js';

/** A node of a page, and what its text inherits. */
export interface PlacedNode {
  readonly node: PageNode;
  readonly around: Surroundings;
}

/** Returns the children of a list. Each of its items gets its number or box. */
export function listChildren(list: PageElement, around: Surroundings, group: number): PlacedNode[] {
  const children = childrenOf(list);
  const numbers = isNumbered(list)
    ? new ListNumbers(list, children.filter((node) => isNamed(node, 'li')).length)
    : null;
  const kind = around.kind === 'answer' || around.kind === 'definition' ? around.kind : 'paragraph';
  return children.map((node) => {
    if (!isNamed(node, 'li')) return { node, around };
    const isChecked = checkboxOf(node);
    const item: ItemState = {
      around: around.item,
      group,
      depth: (around.item?.depth ?? 0) + 1,
      marker: numbers?.markerOf(node) ?? (isChecked === null ? null : isChecked ? '[x]' : '[ ]'),
      isChecked,
      isStarted: false,
    };
    return { node, around: { ...around, kind, level: null, item } };
  });
}

/** Returns the children of a `<dl>`: terms and definitions, or questions and answers if all terms end with a question mark. */
export function definitionChildren(list: PageElement, around: Surroundings): PlacedNode[] {
  const entries = childrenOf(list).flatMap((node) => (isNamed(node, 'div') ? childrenOf(node) : [node]));
  const terms = entries.filter((node) => isNamed(node, 'dt'));
  const isFaq = terms.length > 0 && terms.every((term) => (term.textContent ?? '').trim().endsWith('?'));
  const hasDefinitions = entries.some((node) => isNamed(node, 'dd'));
  let hasTerm = false;
  return entries.map((node) => {
    if (isNamed(node, 'dt')) {
      // Terms without definitions are lines in bold.
      if (!hasDefinitions) return { node, around: { ...around, isBold: true, showsButtons: true } };
      hasTerm = true;
      return { node, around: { ...around, kind: isFaq ? 'question' : 'term', under: undefined, showsButtons: true } };
    }
    if (!isNamed(node, 'dd') || !hasTerm) return { node, around };
    const own = isFaq
      ? ({ kind: 'answer', under: 'question' } as const)
      : ({ kind: 'definition', under: 'term' } as const);
    return { node, around: { ...around, ...own } };
  });
}

/** Returns the children of a `<details>`: its summary is a question, and the rest answers it. */
export function detailsChildren(details: PageElement, around: Surroundings): PlacedNode[] {
  let hasSummary = false;
  return childrenOf(details).map((node) => {
    if (hasSummary) {
      const kind = around.kind === 'paragraph' || around.kind === 'note' ? 'answer' : around.kind;
      return { node, around: { ...around, kind, under: 'question' } };
    }
    if (!isNamed(node, 'summary')) return { node, around };
    hasSummary = true;
    return { node, around: { ...around, kind: 'question', under: undefined, showsButtons: true } };
  });
}

function isNumbered(list: PageElement): boolean {
  return list.localName === 'ol' && !/list-style(?:-type)?\s*:\s*none/i.test(list.getAttribute('style') ?? '');
}

function isNamed(node: PageNode, name: string): node is PageElement {
  return isElement(node) && node.localName === name;
}
