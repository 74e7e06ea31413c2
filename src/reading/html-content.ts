import { Readability } from '@mozilla/readability';
import type { Page, PageElement } from './html-page.js';

/** Readability's time grows with the square of the number of elements in one place; the longest pages for people have some 20,000. */
const MAX_ELEMENTS = 15_000;

export function contentOf(page: Page): PageElement | null {
  removeUnread(page);
  return byReadability(page);
}

const UNREAD = 'script, style, template, noscript, iframe, object, embed, svg, canvas, dialog, [hidden], [aria-hidden="true"]';

function removeUnread(page: Page): void {
  for (const element of page.querySelectorAll(UNREAD))
    if (element.localName !== 'body' && element.localName !== 'html') element.remove();
}

function byReadability(page: Page): PageElement | null {
  // biome-ignore lint/suspicious/noExplicitAny: x
  const found = new Readability(page as any, { keepClasses: true, serializer: (element: unknown) => element as PageElement }).parse();
  return found?.content ?? null;
}
