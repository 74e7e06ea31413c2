import { oneLine } from '../../text/visible-text.js';
import type { PageElement } from './page.js';

/** Labels that say nothing about the panel: "Show more", "Menu". */
const GENERAL =
  /^(?:show|read|see|view|load|toggle|expand|collapse|open|close|hide|skip|menu|more|search|share|copy|next|previous|filter|sort)\b/i;
const MAX_LABEL_CHARACTERS = 200;
/** Parts that show the text of their buttons themselves, and parts with menus. */
const AROUND = /^(?:h[1-6]|summary|dt|nav|header|footer|form)$/;

/** The labels of panels that a button or a tab unfolds. */
export interface PanelLabels {
  /** The button or tab for the id of a panel. */
  readonly controls: ReadonlyMap<string, PageElement>;
  /** The tabs whose text is shown above their panels instead. */
  readonly tabs: ReadonlySet<PageElement>;
}

/** Finds the buttons and tabs outside headings that name a panel. */
export function panelLabels(content: PageElement): PanelLabels {
  const controls = new Map<string, PageElement>();
  const tabs = new Set<PageElement>();
  let ids: ReadonlySet<string> | null = null;
  const selector = 'button[aria-controls], button[data-bs-target], button[data-target], [role="tab"][aria-controls]';
  for (const control of content.querySelectorAll(selector)) {
    const id = (
      control.getAttribute('aria-controls') ??
      control.getAttribute('data-bs-target') ??
      control.getAttribute('data-target') ??
      ''
    ).replace(/^#/, '');
    const label = panelLabelOf(control);
    if (id === '' || controls.has(id) || label === '' || GENERAL.test(label) || isInside(control)) continue;
    ids ??= new Set([...content.querySelectorAll('[id]')].map((element) => element.getAttribute('id') ?? ''));
    if (!ids.has(id)) continue;
    controls.set(id, control);
    if (control.localName !== 'button') tabs.add(control);
  }
  return { controls, tabs };
}

/** Returns the text of a button or a tab, or an empty string if it is too long for a label. */
export function panelLabelOf(control: PageElement): string {
  const label = oneLine((control.textContent ?? '').replaceAll('\u00ad', ''));
  return label.length <= MAX_LABEL_CHARACTERS && /\p{L}/u.test(label) ? label : '';
}

function isInside(control: PageElement): boolean {
  for (let part = control.parentNode; part !== null && part.nodeType === 1; part = part.parentNode) {
    if (AROUND.test(part.localName)) return true;
  }
  return false;
}
