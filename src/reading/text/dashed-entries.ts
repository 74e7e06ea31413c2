import type { Line, Run } from './lines.js';

/** "r - restricted user connection": an entry with its meaning after a dash. */
const DASHED_ENTRY = /^\S{1,30}(?: \S{1,20}){0,2}\s+[-–—]{1,2}\s+\S/;

/** Reads lines as entries such as "r - restricted", with further lines indented below them; null if they are something else. */
export function dashedEntriesOf(lines: Run): Run[] | null {
  const { indent } = lines[0];
  const entries: [Line, ...Line[]][] = [];
  for (const line of lines) {
    const isEntry = DASHED_ENTRY.test(line.content);
    if (!isEntry && line.indent <= indent) return null;
    if (isEntry && line.indent <= indent + 1) entries.push([line]);
    else entries.at(-1)?.push(line);
  }
  return entries.length >= 2 && entries[0]?.[0] === lines[0] ? entries : null;
}
