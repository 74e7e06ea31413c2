import { type ContainerTag, directiveContainer, titledNote } from '../container.js';
import { ADMONITION, BLOCK, DIRECTIVE, TAB } from './line-syntax.js';
import type { OpenContainers } from './open-containers.js';
import type { SourceLine } from './source-line.js';

/** Adds `:::tip Title`, `:::danger[Title]`, `:::{note}`, or the `:::` that ends them. Returns false for any other line. */
export function addDirective({ indent, content }: Omit<SourceLine, 'line'>, containers: OpenContainers): boolean {
  const [, by = '', braced, plain, rest = ''] = DIRECTIVE.exec(content) ?? [];
  const name = braced ?? plain ?? /^\{\.?(?:callout-)?([A-Za-z][\w-]*)/.exec(rest)?.[1];
  const open = (tag: ContainerTag): true => {
    containers.open(directiveContainer(tag), { indent, by, source: content });
    return true;
  };
  if (name !== undefined) return open({ name, title: directiveTitle(rest), type: null });
  if (rest.startsWith('{')) return open({ name: 'div', title: null, type: null });
  if (rest.trim() !== '') return false;
  const isClosed =
    containers.close((mark) => mark === by, content) ||
    containers.close((mark) => mark.startsWith(':') && mark.length <= by.length, content);
  if (!isClosed) containers.leaveOut('stray directive mark');
  return true;
}

function directiveTitle(rest: string): string | null {
  const title =
    /^\[(.*)\]/.exec(rest)?.[1] ??
    /^"([^"]*)"/.exec(rest)?.[1] ??
    /\{[^{}]*\btitle="([^"{}]*)"[^{}]*\}\s*$/.exec(rest)?.[1] ??
    rest.replace(/\{[^{}]*\}\s*$/, '').replace(/:+$/, '');
  return title.trim() || null;
}

/** Adds `/// note | Title` of PyMdown, or the `///` that ends it. Returns false for any other line. */
export function addBlock({ indent, content }: SourceLine, containers: OpenContainers): boolean {
  if (/^\/+$/.test(content)) return containers.close((mark) => mark === content, content);
  const [, name, title = null] = BLOCK.exec(content) ?? [];
  if (name === undefined) return false;
  const by = /^\/+/.exec(content)?.[0] ?? '';
  containers.open(directiveContainer({ name, title, type: null }), { indent, by, source: content });
  return true;
}

/**
 * Adds `!!! warning "Title"`, `??? tip` or `=== "Tab"` of MkDocs, whose content is indented below. Returns false for any other
 * line.
 */
export function addAdmonition({ line, indent, content }: SourceLine, containers: OpenContainers): boolean {
  const [, tab] = TAB.exec(content) ?? [];
  const [, name, , title = null] = ADMONITION.exec(content) ?? [];
  if (tab === undefined && name === undefined) return false;
  const container =
    tab === undefined
      ? titledNote({ name: name ?? '', title, type: null })
      : ({ kind: 'section', title: tab } as const);
  containers.openIndented(container, { indent, line, source: content });
  return true;
}
