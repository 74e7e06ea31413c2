import type { Span } from '../../../text/span.js';
import type { SourceBlock } from '../../compose.js';

/** Puts a text in front of a block. */
export function withPrefix(block: SourceBlock, prefix: string): SourceBlock {
  const by = prefix.length;
  const shift = <Shifted extends Span>(span: Shifted): Shifted => ({
    ...span,
    start: span.start + by,
    end: span.end + by,
  });
  return {
    ...block,
    text: prefix + block.text,
    ...(block.marks && { marks: block.marks.map(shift) }),
    ...(block.cells && { cells: block.cells.map(shift) }),
    ...(block.marker && { marker: shift(block.marker) }),
  };
}

/** The code as it is written. Indentation that all of its lines have would be lost in front of the first line only. */
export function codeText(value: string): Pick<SourceBlock, 'text' | 'marks'> {
  const lines = value
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd()
    .split('\n');
  if (!/^\s/.test(lines[0] ?? '')) return { text: lines.join('\n'), marks: [] };
  let common = Number.POSITIVE_INFINITY;
  for (const line of lines) if (line.trim() !== '') common = Math.min(common, line.length - line.trimStart().length);
  return {
    text: lines
      .map((line) => line.slice(common))
      .join('\n')
      .trim(),
    marks: [],
  };
}

/** The language of code: the first word behind its fence. */
export function languageOf(written: string | null | undefined): { language?: string } {
  const language = /[\w+#-]+(?:\.[\w+#-]+)*/.exec(written ?? '')?.[0]?.toLowerCase();
  return language === undefined ? {} : { language };
}
