import { isNoteName, titledNote } from '../container.js';
import { FENCE } from './line-syntax.js';
import type { OpenContainers } from './open-containers.js';
import type { SourceLine } from './source-line.js';
import { COMPLETE, type OpenFence, type Structure } from './structure.js';

/**
 * Adds a line that begins code, which may be the first line of a quotation or an item. MyST writes notes in the same way:
 * "```{note} Title".
 *
 * @returns Null if the line has no fence.
 */
export function addFence({ line }: SourceLine, containers: OpenContainers): Structure | null {
  const [whole, before = '', mark = '', info = ''] = FENCE.exec(line) ?? [];
  if (whole === undefined || (mark.startsWith('`') && info.includes('`'))) return null;
  const [, name = '', title = null] = /^\{([\w-]+)\}[ \t]*(.*)$/.exec(info.trim()) ?? [];
  if (isNoteName(name) && before.trim() === '') {
    containers.open(titledNote({ name, title: title || null, type: null }), { indent: before, by: mark, source: line });
    return COMPLETE;
  }
  if (info.trim() === '' && containers.innermost === mark) {
    containers.close((by) => by === mark, line);
    return COMPLETE;
  }
  containers.endParagraph();
  containers.text.addLine(line);
  return {
    fence: { mark, isQuoted: before.includes('>'), isTemplate: false, frameCount: containers.frameCount },
  };
}

/**
 * Reads a line below the beginning of code.
 *
 * @returns The line as GFM writes it, and whether the code ends there. Null if the line is not part of the code: the quotation
 * around the code has ended.
 */
export function readFencedLine(
  fence: OpenFence,
  line: string,
): { readonly line: string; readonly isEnd: boolean } | null {
  if (fence.isQuoted && !line.trimStart().startsWith('>')) return null;
  const content = line.replace(/^[\s>]+/, '');
  if (fence.isTemplate && /^\{[{%][<%]?-?\s*(?:\/|end)\s*highlight/.test(content))
    return { line: fence.mark, isEnd: true };
  const isEnd =
    content.startsWith(fence.mark) && content.trimEnd() === (fence.mark[0] ?? '').repeat(content.trimEnd().length);
  return { line, isEnd };
}
