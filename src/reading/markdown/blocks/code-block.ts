import type { SourceBlock } from '../../compose.js';

/** Returns the block for code, without the indentation that all of its lines have. */
export function codeBlock(value: string, info: string | null | undefined): SourceBlock {
  return { text: codeText(value), marks: [], kind: 'code', ...languageOf(info) };
}

/** The indentation of the first line would be trimmed, and that of the others would stay. */
function codeText(value: string): string {
  const lines = value
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd()
    .split('\n');
  if (!/^\s/.test(lines[0] ?? '')) return lines.join('\n');
  let common = Number.POSITIVE_INFINITY;
  for (const line of lines) if (line.trim() !== '') common = Math.min(common, line.length - line.trimStart().length);
  return lines
    .map((line) => line.slice(common))
    .join('\n')
    .trim();
}

/** The first word after the fence. */
function languageOf(info: string | null | undefined): Pick<SourceBlock, 'language'> {
  const language = /[\w+#-]+(?:\.[\w+#-]+)*/.exec(info ?? '')?.[0]?.toLowerCase();
  return language === undefined ? {} : { language };
}
