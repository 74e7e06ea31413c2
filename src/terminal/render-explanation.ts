import type { Answer, PassageTrace, QuestionTrace } from '../answering/answer.js';
import { percentOf } from '../answering/confidence/percent-of.js';
import { isPinned } from '../answering/pinned-answer.js';
import type { Citation } from '../corpus/citation.js';
import { headingPath } from '../corpus/heading-path.js';
import { oneLine } from '../text/visible-text.js';
import { confidenceReasonText, passageReasonText } from './explanation-text.js';
import { indent, printable, type Screen } from './screen.js';

const LABEL_COLUMNS = 4;

/** Renders why an answer is as it is, for `--explain` and `/why`: how sure it is, then why each source was found. */
export function renderExplanation(answer: Answer, screen: Screen): string {
  const { trace, citations } = answer;
  const [closest] = trace.passages;
  const parts = [
    ...trace.questions.map((question) => renderQuestion(question, screen)),
    ...citations.flatMap((citation, index) => renderSourceExplanation(answer, citation, index + 1, screen) ?? []),
    ...(citations.length === 0 && closest !== undefined ? [renderClosest(closest, answer, screen)] : []),
  ];
  return [screen.colors.bold('Why this answer?'), parts.join('\n\n')].join('\n');
}

/**
 * Renders why a source was found.
 *
 * @param number The number of the citation, from 1.
 * @returns Null if nothing is known about it.
 */
export function renderSourceExplanation(
  answer: Answer,
  { passageId, question }: Citation,
  number: number,
  screen: Screen,
): string | null {
  const trace = answer.trace.passages.find((one) => one.passageId === passageId && one.question === question);
  const pinned = number === 1 && isPinned(answer, passageId) ? ['A person pinned this passage to the question.'] : [];
  if (trace === undefined && pinned.length === 0) return null;
  const label = `[${number}]`.padEnd(LABEL_COLUMNS);
  const place = trace === undefined ? [] : [placeText(trace)];
  const [first = '', ...others] = [...place, ...pinned, ...(trace?.reasons ?? []).map(passageReasonText)];
  return [
    indent(first, LABEL_COLUMNS, screen, screen.colors.cyan(label)),
    ...others.map((line) => indent(line, LABEL_COLUMNS, screen)),
  ].join('\n');
}

function placeText({ article, headings }: PassageTrace): string {
  const path = headingPath(headings);
  return `In “${printable(oneLine(article))}”${path === '' ? '' : `, under “${printable(path)}”`}.`;
}

function renderQuestion(trace: QuestionTrace, screen: Screen): string {
  const { question, earlier, hasPaste, reasons } = trace;
  const lines = [
    ...(question === null ? [] : [`For “${printable(oneLine(question))}”:`]),
    ...(earlier === null ? [] : [`Read together with the earlier question “${printable(oneLine(earlier))}”.`]),
    ...(hasPaste ? ['Words of what was pasted were searched for too.'] : []),
    confidenceText(trace),
  ];
  return [
    ...lines.map((line) => indent(line, 0, screen)),
    ...reasons.map((reason) =>
      indent(confidenceReasonText(reason), 4, screen, reason.effect === 'raises' ? '  + ' : '  − '),
    ),
  ].join('\n');
}

function confidenceText({ outcome, confidence, reasons }: QuestionTrace): string {
  if (confidence === null) return 'No percentage, because nobody has measured how often such answers are right.';
  // Exactly 0 is not calculated: there was no passage to look at.
  if (confidence === 0) return 'No passage has anything in common with the question.';
  const what = outcome === 'not-found' ? 'what comes closest' : 'what is shown';
  const sure = `${percentOf(confidence)}% sure that ${what} answers the question.`;
  if (reasons.length === 0) return `${sure} Nothing about the match is unusual.`;
  return `${sure} Surer (+) or less sure (−) than usual, because:`;
}

/** The closest passage is only there to be recognised. */
const MAX_CLOSEST_CHARACTERS = 160;

/** What came closest where nothing is cited. */
function renderClosest(trace: PassageTrace, { ranking }: Answer, screen: Screen): string {
  const text = oneLine(ranking.find(({ passageId }) => passageId === trace.passageId)?.text ?? '');
  const shown =
    text.length <= MAX_CLOSEST_CHARACTERS ? text : `${text.slice(0, MAX_CLOSEST_CHARACTERS).replace(/\s\S*$/, ' ')}…`;
  return [
    indent('This passage comes closest:', 0, screen),
    indent(`“${printable(shown)}”`, LABEL_COLUMNS, screen),
    ...[placeText(trace), ...trace.reasons.map(passageReasonText)].map((line) => indent(line, LABEL_COLUMNS, screen)),
  ].join('\n');
}
