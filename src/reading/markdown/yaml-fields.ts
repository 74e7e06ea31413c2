import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Scalar } from 'yaml';
import { yamlReason } from '../yaml-reason.js';
import type {
  FrontMatterField,
  FrontMatterProblem,
  FrontMatterValue,
  ParsedFrontMatter,
} from './front-matter-value.js';

/** Reads YAML front matter. If it is malformed, only fields on a line of their own are read. */
export function readYamlFields(content: string): ParsedFrontMatter {
  const lineCounter = new LineCounter();
  try {
    const document = parseDocument(content, {
      uniqueKeys: false,
      lineCounter,
      logLevel: 'silent',
      prettyErrors: false,
    });
    const [error] = document.errors;
    if (error !== undefined) {
      return readByLine(content, { line: lineCounter.linePos(error.pos[0]).line, reason: yamlReason(error.message) });
    }
    const { contents } = document;
    if (contents === null || (isScalar(contents) && contents.value === null)) return { fields: [], problems: [] };
    if (!isMap(contents)) return readByLine(content, { line: 1, reason: 'it is not a list of fields' });
    const fields = contents.items.flatMap(({ key, value }): FrontMatterField[] => {
      if (!isScalar(key)) return [];
      const line = lineCounter.linePos(key.range?.[0] ?? 0).line;
      return [{ key: String(key.value), value: asWritten(content, value, line), line }];
    });
    return { fields, problems: [] };
  } catch (error) {
    // The parser is recursive: lists that are nested thousands of levels deep exhaust the stack.
    return readByLine(content, { line: 1, reason: error instanceof Error ? error.message : 'it cannot be read' });
  }

  function asWritten(source: string, node: unknown, line: number): FrontMatterValue {
    const start = lineCounter.lineStarts[line - 1] ?? 0;
    const template = /:[ \t]+((?:\{\{|\{%).*)/.exec(source.slice(start, source.indexOf('\n', start) + 1 || undefined));
    if (template?.[1] !== undefined) return template[1];
    return usableValue(source, node);
  }
}

function usableValue(source: string, node: unknown): FrontMatterValue {
  if (isScalar(node)) return scalarValue(node);
  if (isAlias(node)) return node.range ? source.slice(node.range[0], node.range[1]) : { unusable: 'an alias' };
  if (isSeq(node)) return node.items.map((item) => (isScalar(item) ? scalarValue(item) : { unusable: 'a list' }));
  return node === null || node === undefined ? null : { unusable: 'a list of fields' };
}

/** Numbers and dates stay as they are written. */
function scalarValue({ value, source }: Scalar): FrontMatterValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  return (
    source ?? (typeof value === 'number' || typeof value === 'bigint' ? String(value) : { unusable: 'not a text' })
  );
}

function readByLine(content: string, problem: FrontMatterProblem): ParsedFrontMatter {
  const fields: FrontMatterField[] = [];
  for (const [index, line] of content.split('\n').entries()) {
    const found = /^([A-Za-z_][\w-]*):[ \t]+(\S.*)$/.exec(line);
    if (found) fields.push({ key: found[1] ?? '', value: lineValue((found[2] ?? '').trim()), line: index + 1 });
  }
  return { fields, problems: [problem] };
}

function lineValue(written: string): FrontMatterValue {
  if (written.startsWith('{{') || written.startsWith('{%')) return written;
  try {
    const document = parseDocument(written, { logLevel: 'silent', prettyErrors: false });
    if (document.errors.length === 0 && !isMap(document.contents)) return usableValue(written, document.contents);
  } catch {
    // As below: what is not YAML is taken as it is written.
  }
  return /^[[{|>]/.test(written) ? { unusable: 'not a text' } : written.replace(/^["']|["']$/g, '');
}
