import type { PageElement } from './page.js';

/**
 * Finds every element with a descendant that matches a selector. Asking each element by itself would take quadratic time on a
 * deeply nested page.
 */
export function containersOf(root: PageElement, selector: string): ReadonlySet<PageElement> {
  const containers = new Set<PageElement>();
  for (const element of root.querySelectorAll(selector)) {
    for (let parent = element.parentNode; parent !== null && !containers.has(parent); parent = parent.parentNode) {
      containers.add(parent);
      if (parent === root) break;
    }
  }
  return containers;
}
