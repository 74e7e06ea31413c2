import { kindAsTitle, NOTE_KINDS } from '../../text/english.js';

/**
 * A part of the article that an author sets apart with markup around it.
 *
 * - `note`: a warning, a tip and the like.
 * - `section`: a tab, a step or a card. Its title is asked for as a question is.
 * - `details`: a summary that is a question, with the answer below it.
 * - `summary`: the title of such a part.
 * - `title`: the title of a note.
 * - `term` and `definition`: an entry of a definition list.
 * - `plain`: changes nothing.
 */
export interface Container {
  readonly kind: 'note' | 'section' | 'details' | 'summary' | 'title' | 'term' | 'definition' | 'plain';
  /** Of a note: its kind in lower case. */
  readonly label?: string;
  /** Its title in Markdown, if the author wrote one. */
  readonly title?: string;
  /** Of a note without a title: what is shown in its place, such as "Warning". Plain text. */
  readonly kindTitle?: string;
}

/** The name that the author gives a container, and its attributes. */
export interface ContainerTag {
  readonly name: string;
  readonly title: string | null;
  /** What kind of note it is, if its name does not say so: `<Callout type="warning">`. */
  readonly type: string | null;
}

const NOTES = new Set(
  'abstract admonition alert attention aside bug callout caution danger error example failure faq hint important info note notice seealso success tip todo warn warning'.split(
    ' ',
  ),
);

/** Names whose notes are labelled by their type. */
const GENERAL_NOTES = new Set(['admonition', 'alert', 'aside', 'callout', 'hint', 'notice']);

const DETAILS = /^(?:details|expand|expander|expandable|accordion(?:item)?|collaps(?:e|ed|ible))$/;

/** Directives that lay out the page and are not notes. */
const LAYOUT =
  /^(?:tabs?|tab-?(?:item|set)s?|code-?(?:group|block)s?|v-pre|raw|columns?|cols?|rows?|grid|grid-item|left|right|center|div|container|steps?|cards?|demo|slot|margin|panel-tabset|content-visible|content-hidden|figure|include|toctree|image)$/;

/** Whether a name is one of a kind of note. */
export function isNoteName(name: string): boolean {
  return NOTES.has(name.toLowerCase());
}

/** Returns what a directive such as `:::name` stands for. Unknown names are kinds of notes. */
export function directiveContainer(tag: ContainerTag): Container {
  const name = tag.name.toLowerCase();
  if (DETAILS.test(name)) return withTitle({ kind: 'details' }, tag.title);
  if (LAYOUT.test(name)) return withTitle({ kind: tag.title === null ? 'plain' : 'section' }, tag.title);
  const note = noteContainer(tag);
  return NOTE_KINDS.has(note.label ?? '') ? titledNote(tag) : note;
}

/** Returns what a component or shortcode stands for. Unknown ones are layout. */
export function componentContainer(tag: ContainerTag): Container {
  const name = tag.name.toLowerCase();
  if (NOTES.has(name)) return noteContainer(tag);
  if (name === 'summary') return { kind: 'summary' };
  if (DETAILS.test(name)) return withTitle({ kind: 'details' }, tag.title);
  return withTitle({ kind: tag.title === null ? 'plain' : 'section' }, tag.title);
}

/** Returns a note with the kind and title that its tag states. */
export function noteContainer({ name, title, type }: ContainerTag): Container {
  const label = name.toLowerCase();
  return withTitle({ kind: 'note', label: (GENERAL_NOTES.has(label) && type?.toLowerCase()) || label }, title);
}

/** Returns a note as `noteContainer` does. Without a title, its kind is shown as one; an empty title says that it has none. */
export function titledNote(tag: ContainerTag): Container {
  const note = noteContainer(tag);
  return tag.title === null ? { ...note, kindTitle: kindAsTitle(note.label ?? tag.name) } : note;
}

function withTitle(container: Container, title: string | null): Container {
  return title === null || title.trim() === '' ? container : { ...container, title: title.trim() };
}
