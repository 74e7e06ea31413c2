import { NOT_A_TERM } from './line-syntax.js';
import type { OpenContainers } from './open-containers.js';
import { type SourceLine, sourceLine } from './source-line.js';
import type { Structure } from './structure.js';

/** More lines above a definition are a paragraph. */
const MAX_TERMS = 3;
const MAX_TERM_CHARACTERS = 150;
/** Code in a definition is indented further than this after its colon. */
const MAX_DEFINITION_COLUMN = 4;

/**
 * Adds a line such as `: definition` below its term.
 *
 * @returns Null if the line defines nothing.
 */
export function addDefinitionLine({ line, indent, content }: SourceLine, containers: OpenContainers): Structure | null {
  if (!/^:[ \t]+\S/.test(content) || !addTerms(containers)) return null;
  const body = content.replace(/^:[ \t]+/, '');
  const column = Math.min(MAX_DEFINITION_COLUMN, content.length - body.length);
  containers.openIndented({ kind: 'definition' }, { indent, line, source: '' }, column);
  return { rest: indent + body };
}

/** Turns the lines above a definition into terms. Returns false if there are none, and no other definition either. */
function addTerms(containers: OpenContainers): boolean {
  const { text } = containers;
  const before = text.paragraphBeforeBlank;
  if (text.paragraph.length > 0) {
    if (!areTerms(text.paragraph)) return false;
    writeTerms(text.takeParagraph(), containers);
    return true;
  }
  if (before === null || !areTerms(before)) return containers.isAfterDefinition;
  text.removeLastParagraph();
  writeTerms(before, containers);
  return true;
}

function areTerms(lines: readonly string[]): boolean {
  return (
    lines.length <= MAX_TERMS && lines.every((line) => !NOT_A_TERM.test(line) && line.length <= MAX_TERM_CHARACTERS)
  );
}

function writeTerms(lines: readonly string[], { text }: OpenContainers): void {
  for (const line of lines) {
    const { indent } = sourceLine(line);
    const { id, marker } = text.markers.open({ kind: 'term' }, '');
    text.addMarker(indent, marker);
    text.addPlain(line);
    text.addMarker(indent, text.markers.close(id, ''));
  }
}
