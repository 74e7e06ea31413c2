import { addBraceLine } from './brace-line.js';
import { addFence } from './code-fence.js';
import { addAdmonition, addBlock, addDirective } from './container-line.js';
import { addDefinitionLine } from './definition-line.js';
import { INCLUDE, RAW_HTML, STATEMENT, TABLE_OF_CONTENTS } from './line-syntax.js';
import type { OpenContainers } from './open-containers.js';
import { restOfLine, type SourceLine } from './source-line.js';
import { COMPLETE, type Structure } from './structure.js';
import { addTag, readComponentTag } from './tag-line.js';

/** Adds a line that is more than text. Null if it is only text. */
export function addStructureLine(parts: SourceLine, containers: OpenContainers): Structure | null {
  const { content } = parts;
  switch (content[0]) {
    case '`':
    case '~':
      return addFence(parts, containers);
    case ':':
      if (content.startsWith(':::')) return completeIf(addDirective(parts, containers));
      return addDefinitionLine(parts, containers);
    case '!':
    case '?':
    case '=':
      return completeIf(addAdmonition(parts, containers));
    case '/':
      return completeIf(content.startsWith('///') && addBlock(parts, containers));
    case '<':
      return addHtml(parts, containers);
    case '{':
      return addBraceLine(parts, containers);
    case '[':
    case '@':
    case '$':
    case '-':
    case '*':
    case '+':
    case '>':
      return addMarked(parts, containers);
    default:
      if (isStatement(parts, containers)) return { markup: { kind: 'statement', lines: [parts.line] } };
      return /^\d/.test(content) ? addFence(parts, containers) : null;
  }
}

function completeIf(isAdded: boolean): Structure | null {
  return isAdded ? COMPLETE : null;
}

/** A line that begins with a list marker, a quote mark, or what stands for a table of contents or another file. */
function addMarked(parts: SourceLine, containers: OpenContainers): Structure | null {
  const { line, content } = parts;
  const leftOut = TABLE_OF_CONTENTS.test(content)
    ? 'table of contents'
    : INCLUDE.test(content)
      ? 'included file'
      : null;
  if (leftOut !== null) {
    containers.leaveOut(leftOut);
    return COMPLETE;
  }
  const [, indent = '', directive] = /^([ \t]*(?:>[ \t]*)+)(:::.*)$/.exec(line.trimEnd()) ?? [];
  if (directive !== undefined && addDirective({ indent, content: directive }, containers)) return COMPLETE;
  return addFence(parts, containers);
}

function addHtml(parts: SourceLine, containers: OpenContainers): Structure | null {
  const { line, indent, content } = parts;
  const { text } = containers;
  if (INCLUDE.test(content)) {
    containers.leaveOut('included file');
    return COMPLETE;
  }
  const rawUntil = rawHtmlEnd(content);
  if (rawUntil !== null) {
    if (content.toLowerCase().includes(rawUntil)) return null;
    containers.endParagraph();
    text.addLine(line);
    return { rawUntil };
  }
  const tag = readComponentTag(content, text.isMdx);
  if (tag === null) return null;
  if (tag === 'unfinished') return text.isMdx ? { markup: { kind: 'tag', lines: [line] } } : null;
  addTag(tag, { indent, source: content.slice(0, tag.end) }, containers);
  return { rest: restOfLine(parts, content.slice(tag.end)) };
}

/** What ends a comment or an element whose content is not Markdown. Null for any other line. */
function rawHtmlEnd(content: string): string | null {
  if (content.startsWith('<!--')) return '-->';
  const name = RAW_HTML.exec(content)?.[1]?.toLowerCase();
  return name === undefined ? null : `</${name}>`;
}

/** Whether a line begins an import or export of MDX. */
function isStatement({ indent, content }: SourceLine, { text }: OpenContainers): boolean {
  return text.isMdx && text.paragraph.length === 0 && indent === '' && STATEMENT.test(content);
}
