import { oneLine } from '../../text/visible-text.js';
import { parseDate } from '../publication-date.js';
import type { Line, Run } from './lines.js';

/** The head of a mail. */
export interface MailHead {
  /** The line with the subject; null if there is none. */
  readonly subjectLine: Line | null;
  /** The subject without "Re:", and where it starts in its line. */
  readonly subject: string;
  readonly subjectStart: number;
  /** Where it ends: a long subject continues on the next lines. */
  readonly subjectEnd: number;
  /** As `YYYY-MM-DD`. */
  readonly date: string | null;
}

const FIELD = /^([A-Za-z][A-Za-z0-9-]{1,40}):(?:\s|$)/;
const REPLY_PREFIX = /^(?:(?:re|fwd?|aw|wg|sv|antw)(?:\[\d+\])?:\s*)+/i;

/**
 * Reads the head of a mail: a run of fields, `From` among them, with `Date` or `Subject`. Null for any other
 * run.
 */
export function mailHeadOf(run: Run): MailHead | null {
  const names = new Set<string>();
  const subjectLines: Line[] = [];
  let field = '';
  let date: string | null = null;
  for (const [index, line] of run.entries()) {
    const name = FIELD.exec(line.content)?.[1]?.toLowerCase();
    const isFolded = index > 0 && line.indent > 0;
    const isEnvelope = index === 0 && /^From \S+@\S+ /.test(line.content);
    if (name === undefined && !isFolded && !isEnvelope) return null;
    if (name === undefined || isFolded) {
      if (isFolded && field === 'subject') subjectLines.push(line);
      continue;
    }
    field = name;
    names.add(name);
    if (name === 'subject' && subjectLines.length === 0) subjectLines.push(line);
    if (name === 'date' || name === 'sent') date ??= parseMailDate(line.content.slice(name.length + 1));
  }
  const isHead = names.has('from') && (names.has('subject') || names.has('date') || names.has('sent'));
  if (!isHead) return null;
  return { ...subjectIn(subjectLines), date };
}

function subjectIn([line, ...folded]: readonly Line[]): Omit<MailHead, 'date'> {
  const first = line?.content.slice('subject:'.length).trim().replace(REPLY_PREFIX, '') ?? '';
  const isStated = line !== undefined && first !== '';
  return {
    subjectLine: isStated ? line : null,
    subject: isStated ? oneLine([first, ...folded.map(({ content }) => content)].join(' ')) : '',
    subjectStart: (line?.end ?? 0) - first.length,
    subjectEnd: folded.at(-1)?.end ?? line?.end ?? 0,
  };
}

/** Reads the day of a date such as "Mon, 8 Mar 2021 09:12:44 +0100", in the sender's time zone. */
function parseMailDate(value: string): string | null {
  const day = /(?:^|,\s*|\s)(\d{1,2} [A-Za-z]{3,9} \d{4})\b/.exec(value.replace(/\s+/g, ' '))?.[1];
  return parseDate(day ?? value.trim());
}
