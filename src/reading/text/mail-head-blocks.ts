import type { PlacedBlock } from '../add-context.js';
import { type Line, type Run, spanOfLines } from './lines.js';
import type { MailHead } from './mail.js';

const SUBJECT = 'Subject:';
const RULE = 'mail head';

/**
 * Returns the blocks of the head of a mail: its subject, between boilerplate.
 *
 * @param isTitle Whether the subject is the title of the text. Otherwise it is a heading.
 */
export function mailHeadBlocks(run: Run, head: MailHead, isTitle: boolean): PlacedBlock[] {
  const { start, end } = spanOfLines(run);
  const { subjectLine: line, subjectStart, subjectEnd } = head;
  if (line === null) return [{ kind: 'boilerplate', start, end, rule: RULE }];
  const labelEnd = line.start + SUBJECT.length + prefixLength(line, subjectStart);
  const after = run.find((one) => one.start >= subjectEnd);
  return [
    { kind: 'boilerplate', start, end: labelEnd, rule: RULE },
    { kind: isTitle ? 'title' : 'heading', start: subjectStart, end: subjectEnd, ...(!isTitle && { level: 2 }) },
    ...(after === undefined ? [] : [{ kind: 'boilerplate' as const, start: after.start, end, rule: RULE }]),
  ];
}

/** The length of "Re:" in front of the subject, without the spaces after it. */
function prefixLength(line: Line, subjectStart: number): number {
  return line.content.slice(SUBJECT.length, subjectStart - line.start).trimEnd().length;
}
