import { isNoteName, noteContainer } from '../container.js';
import { endOfExpression } from './javascript-syntax.js';
import { ATTRIBUTE_LINE, LIST_MARKER } from './line-syntax.js';
import { templateTag } from './markup-tag.js';
import type { OpenContainers } from './open-containers.js';
import { restOfLine, type SourceLine } from './source-line.js';
import { COMPLETE, type Structure } from './structure.js';
import { addTemplateTag } from './tag-line.js';

const TEMPLATE_FENCE = '`````';

/** Adds a line that begins with a brace: attributes, a template tag, or an expression of MDX. Null for any other line. */
export function addBraceLine(parts: SourceLine, containers: OpenContainers): Structure | null {
  const { line, indent, content } = parts;
  const { paragraph, isMdx } = containers.text;
  if (/^\{:toc\b/.test(content)) {
    // The table replaces this item.
    if (paragraph.length === 1 && LIST_MARKER.test(paragraph[0] ?? '')) containers.text.takeParagraph();
    containers.leaveOut('table of contents');
    return COMPLETE;
  }
  if (ATTRIBUTE_LINE.test(content)) {
    addAttributes(content, indent, containers);
    return COMPLETE;
  }
  if (content.startsWith('{%') || (content.startsWith('{{') && !isMdx)) return addTemplate(parts, containers);
  if (!isMdx || paragraph.length > 0 || endOfExpression(content, 0) !== -1) return null;
  return { markup: { kind: 'expression', lines: [line] } };
}

/** Attributes on a line of their own belong to the paragraph next to them. `{: .note }` makes it a note. */
function addAttributes(content: string, indent: string, containers: OpenContainers): void {
  const name = [...content.matchAll(/\.([A-Za-z][\w-]*)/g)]
    .map(([, className = '']) => className.replace(/-title$/, ''))
    .find(isNoteName);
  if (name !== undefined) containers.openAroundParagraph(noteContainer({ name, title: null, type: null }), indent);
}

function addTemplate(parts: SourceLine, containers: OpenContainers): Structure | null {
  const { indent, content } = parts;
  const { text } = containers;
  const tag = templateTag(content, 0);
  if (tag === null) return null;
  const rest = content.slice(tag.end);
  text.markers.omit('template tag');
  if (tag.name === 'highlight' && tag.form === 'open' && rest.trim() === '') {
    containers.endParagraph();
    text.addLine('');
    text.addLine(TEMPLATE_FENCE + (tag.type ?? ''));
    const { frameCount } = containers;
    return { fence: { mark: TEMPLATE_FENCE, isQuoted: false, isTemplate: true, frameCount } };
  }
  addTemplateTag(tag, indent, containers);
  return { rest: restOfLine(parts, rest) };
}
