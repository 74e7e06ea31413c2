import { componentContainer, isNoteName } from '../container.js';
import { MDX_CONTAINERS } from './line-syntax.js';
import { elementTag, endOfTag, type MarkupTag } from './markup-tag.js';
import type { OpenContainers } from './open-containers.js';

/**
 * Reads the tag of a component at the beginning of a line.
 *
 * @param content The line without its indentation.
 * @returns Null if there is none, and `'unfinished'` if it does not end in this text.
 */
export function readComponentTag(content: string, isMdx: boolean): MarkupTag | 'unfinished' | null {
  const name = /^<\/?([A-Za-z][\w.-]*)?/.exec(content)?.[1];
  if (!isComponent(name ?? '', isMdx) && !(isMdx && /^<\/?>/.test(content))) return null;
  const end = endOfTag(content, 0);
  return end === -1 ? 'unfinished' : elementTag(content, 0, end);
}

/** Opens or closes the container that a tag stands for. A tag without content is left out. */
export function addTag(
  tag: MarkupTag,
  { indent, source }: { indent: string; source: string },
  to: OpenContainers,
): void {
  const { text } = to;
  to.endParagraph();
  const by = tagMark(tag.name, tag.isTemplate);
  if (tag.form === 'void') {
    text.markers.omit(tag.isTemplate ? 'template tag' : 'component');
    text.addLine('');
  } else if (tag.form === 'close') {
    to.close((mark) => mark === by, source);
    text.addLine('');
  } else {
    const opening = { indent, by, source };
    if (text.isMdx && !tag.isTemplate) to.openFramed(componentContainer(tag), opening);
    else to.open(componentContainer(tag), opening);
  }
}

/** Adds a template tag at the beginning of a line. A tag that stands alone is left out. */
export function addTemplateTag(tag: MarkupTag, indent: string, to: OpenContainers): void {
  if (tag.form !== 'void' && tag.name !== '' && isPaired(tag)) {
    addTag(tag, { indent, source: '' }, to);
    return;
  }
  // A blank line would end the table.
  if (to.text.paragraph.at(-1)?.trimStart().startsWith('|')) return;
  to.endParagraph();
  to.text.addLine('');
}

/** A closing tag at the end of the last line of a paragraph closes its container there. */
export function closeAtLineEnd(line: string, to: OpenContainers): void {
  const found = /<\/([A-Za-z][\w.-]*)>\s*$|\{[{%][<%]?-?\s*(?:\/|end)\s*([\w.-]+)\s*-?[>%]?[%}]\}?\s*$/.exec(line);
  if (found === null) return;
  const [source, element, template] = found;
  const by = tagMark(element ?? template ?? '', element === undefined);
  if (!to.has(by)) return;
  if (element === undefined) to.text.markers.omit('template tag');
  to.text.replaceLastLine(line.slice(0, found.index));
  to.close((mark) => mark === by, source);
}

/** What closes a container with this tag. */
function tagMark(name: string, isTemplate: boolean): string {
  return (isTemplate ? '{' : '<') + name;
}

function isComponent(name: string, isMdx: boolean): boolean {
  return isMdx ? /^[A-Z]|\./.test(name) || MDX_CONTAINERS.test(name) : /^[A-Z]\w*[a-z]/.test(name);
}

/** Whether a template is known to have an end. Any other may stand alone, such as `{% include x %}`. */
function isPaired({ name, form }: MarkupTag): boolean {
  return form === 'close' || isNoteName(name) || /^(?:tab|details|expand|accordion|step|card)$/.test(name);
}
