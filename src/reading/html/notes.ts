import { childrenOf, isElement, type PageElement } from './page.js';
import { isProse, ruleOfNames } from './page-boilerplate.js';
import { rowsOf } from './table-shape.js';

/** Class names of boxes that documentation systems set apart: `admonition`, `theme-admonition`, `markdown-alert`. */
const BOX_CLASS =
  /(?:^|[\s_-])(?:admonition|admonitionblock|callout|markdown-alert|notecard|starlight-aside|alert|message-box|messagebox|infobox-note|mbox|ambox|ombox|note-box|notebox|tip-box|warning-box|hint-box|custom-block)(?=$|[\s_-])/;
/** Class names that are nothing but one of the usual labels. */
const LABEL_CLASS =
  /(?:^|\s)(?:note|notes|warning|tip|tips|caution|danger|important|hint|notice|attention|seealso|info|information)(?=$|\s)/;

/** Words for kinds of notes, with the label that such a note gets. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ...['note', 'warning', 'tip', 'caution', 'danger', 'important', 'info', 'hint', 'attention', 'notice', 'example'].map(
    (word) => [word, word] as const,
  ),
  ...['error', 'success', 'question', 'abstract', 'summary', 'bug', 'quote', 'failure', 'deprecated'].map(
    (word) => [word, word] as const,
  ),
  ['seealso', 'see also'],
  ['information', 'info'],
  ['notes', 'note'],
  ['tips', 'tip'],
  ['bulb', 'tip'],
  ['lightbulb', 'tip'],
  ['primary', 'note'],
  ['secondary', 'note'],
]);

/** A box that a page sets apart from the text around it. */
interface NoteBox {
  readonly label: string | null;
}

/**
 * Recognises a box with a note, tip or warning by its element, class, role or `aria-label`; null for anything else.
 *
 * @param hasSections Whether it contains a main heading, navigation or a form. Then it is a part of the page, whatever its class.
 */
export function noteBoxOf(element: PageElement, className: string | null, hasSections: boolean): NoteBox | null {
  const name = element.localName;
  if (hasSections || !NOTE_ELEMENTS.has(name)) return null;
  const classes = className === null ? '' : className.toLowerCase();
  const role = element.getAttribute('role');
  const aria = name === 'aside' || role !== null ? ariaLabel(element) : null;
  const isBox =
    role === 'note' ||
    (aria !== null && name !== 'table') ||
    (classes !== '' && (BOX_CLASS.test(classes) || LABEL_CLASS.test(classes)));
  if (isBox) return { label: labelIn(classes) ?? aria };
  return name === 'table' ? iconTable(element) : null;
}

const NOTE_ELEMENTS = new Set([
  'div',
  'aside',
  'section',
  'p',
  'table',
  'blockquote',
  'article',
  'dl',
  'details',
  'figure',
]);

/** The first words of an `<aside>` that leads elsewhere. */
const ASIDE_OF_PAGE =
  /^\s*(?:related|see also|read (?:more|next|also)|more (?:from|on|stories)|on this page|in this|contents|table of contents|share|newsletter|subscribe|sign up|about the author|popular|trending|advert|sponsor|recommended|navigation|menu|you (?:may|might))/i;

/** Whether an `<aside>` in the article is a note, rather than links, a sign-up or a table of contents. */
export function isNoteAside(aside: PageElement, className: string | null, hasSections: boolean): boolean {
  if (hasSections || ruleOfNames(aside, className?.replace(/\baside\b/gi, '') ?? null) !== null) return false;
  return (
    !ASIDE_OF_PAGE.test(aside.textContent ?? '') && aside.querySelector('input, button') === null && isProse(aside)
  );
}

/** Whether a class name says that the element is the title of a note. */
export function isNoteTitle(className: string): boolean {
  return (
    /(?:^|[\s_-])(?:title|heading|header|label)(?=$|\s)/i.test(className) ||
    /admonition-?(?:title|heading)/i.test(className)
  );
}

/** Returns the label of a note that a word such as "Warning" or "Note:" stands for; null for any other word. */
export function noteLabelOf(text: string): string | null {
  return LABELS.get(text.toLowerCase().replace(/[^a-z]/g, '')) ?? null;
}

function ariaLabel(element: PageElement): string | null {
  const label = element.getAttribute('aria-label');
  return label === null ? null : noteLabelOf(label);
}

function labelIn(classes: string): string | null {
  for (const word of classes.split(/[^a-z]+/)) {
    const label = LABELS.get(word);
    if (label !== undefined) return label;
  }
  return null;
}

/** A table with one row whose first cell is nothing but an icon: "Warning icon", then the warning. */
function iconTable(table: PageElement): NoteBox | null {
  const rows = rowsOf(table);
  const cells = rows.length === 1 && rows[0] ? childrenOf(rows[0].row).filter(isElement) : [];
  const [first] = cells;
  if (cells.length !== 2 || first === undefined || (first.textContent ?? '').trim() !== '') return null;
  const image = first.querySelector('img');
  if (image === null) return null;
  const words = `${image.getAttribute('alt') ?? ''} ${image.getAttribute('src') ?? ''}`.toLowerCase();
  const found =
    /(?:^|[^a-z])(bulb|lightbulb|warning|caution|danger|note|tip|important|info|information|hint|attention)s?(?:icon|[^a-z])/.exec(
      words,
    );
  return found === null ? null : { label: LABELS.get(found[1] ?? '') ?? null };
}
