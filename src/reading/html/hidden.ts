import { isElement, type PageElement } from './page.js';

/** Elements that show no text of the page. */
const NOT_SHOWN = 'script, style, template, noscript, iframe, object, embed, svg, canvas, dialog';

/** Class names of panels that a click unfolds. */
const PANEL_CLASS =
  /(?:^|[\s_-])(?:accordion|collapse|collapsible|tab-pane|tab-panel|tabpanel|tab-content|panel-collapse|toggle-content|faq-answer)(?=$|[\s_-])/i;
const PANEL_ROLES = new Set(['region', 'tabpanel']);
/** Parts of a page whose hidden panels are menus. */
const MENU_PARTS = new Set(['nav', 'header', 'footer', 'form', 'dialog', 'menu']);
/** The share of links in a panel with text. It is higher in a menu. */
const MAX_LINK_SHARE = 0.6;

/** How much text in panels is examined. Panels inside panels would take quadratic time. */
const MAX_PANEL_CHARACTERS = 3_000_000;

/** Removes what is not shown. A hidden `<body>` stays: it is hidden only until a script has run. */
export function removeHidden(content: PageElement): void {
  const controlled = new Set<string>();
  for (const control of content.querySelectorAll('[aria-controls]')) {
    for (const id of (control.getAttribute('aria-controls') ?? '').split(/\s+/)) controlled.add(id);
  }
  let budget = MAX_PANEL_CHARACTERS;
  const mayUnfold = (element: PageElement): boolean => {
    if (budget < 0 || !isUnfolded(element, controlled)) return false;
    const { length } = element.textContent ?? '';
    // Even a short text takes some time to examine.
    budget -= length + 1000;
    return isText(element, length);
  };
  for (const element of content.querySelectorAll(`${NOT_SHOWN}, [hidden], [aria-hidden="true"], [style]`)) {
    if (!isHidden(element) || element.localName === 'body' || element.localName === 'html') continue;
    if (mayUnfold(element)) reveal(element);
    else element.remove();
  }
}

function isHidden(element: PageElement): boolean {
  // Collapsed text that the browser's search unfolds belongs to the page.
  if (element.getAttribute('hidden') === 'until-found') return false;
  const style = element.getAttribute('style');
  const isHiddenByStyle = style !== null && /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style);
  return style === null || isHiddenByStyle || element.matches(`${NOT_SHOWN}, [hidden], [aria-hidden="true"]`);
}

/** Whether a reader of the page can unfold an element with a click. */
function isUnfolded(element: PageElement, controlled: ReadonlySet<string>): boolean {
  if (element.matches(NOT_SHOWN)) return false;
  const id = element.getAttribute('id');
  const isPanel =
    (id !== null && controlled.has(id)) ||
    PANEL_ROLES.has(element.getAttribute('role') ?? '') ||
    PANEL_CLASS.test(element.getAttribute('class') ?? '');
  return isPanel && !isInMenu(element);
}

/** Whether a panel has text rather than a menu or a form. */
function isText(panel: PageElement, length: number): boolean {
  let linkLength = 0;
  for (const link of panel.querySelectorAll('a')) linkLength += (link.textContent ?? '').length;
  return length > 0 && linkLength <= MAX_LINK_SHARE * length && panel.querySelector('form, input, nav') === null;
}

function isInMenu(element: PageElement): boolean {
  for (let part: PageElement | null = element; part !== null && isElement(part); part = part.parentNode) {
    if (MENU_PARTS.has(part.localName)) return true;
  }
  return false;
}

function reveal(element: PageElement): void {
  element.removeAttribute('hidden');
  element.removeAttribute('aria-hidden');
  element.removeAttribute('style');
}
