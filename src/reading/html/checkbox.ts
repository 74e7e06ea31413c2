import { isElement, isText, type PageElement, type PageNode } from './page.js';

/** The box is at most this deep inside its item. */
const MAX_DEPTH = 6;

/** Whether a task is done; null if an item is not a task. A task begins with its box. */
export function checkboxOf(item: PageElement): boolean | null {
  let node: PageNode = item;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const first: PageNode | undefined = [...node.childNodes].find(
      (child) => isElement(child) || (isText(child) && (child.textContent ?? '').trim() !== ''),
    );
    if (first === undefined || !isElement(first)) return null;
    if (first.localName === 'input') {
      return first.getAttribute('type') === 'checkbox' ? first.getAttribute('checked') !== null : null;
    }
    node = first;
  }
  return null;
}
