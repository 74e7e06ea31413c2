import { anyOf, MONTH_STEMS, QUESTION_OPENERS } from '../../text/english.js';
import { withoutChatMarks } from './chat-marks.js';

/** A frame of a stack trace, or what stands around the frames: no article is found by it. */
const FRAMES = [
  /^\s*(?:Traceback \(most recent call last\)|Stack ?trace|\[stacktrace\])/i,
  /^(?:During handling of|The above exception was)/,
  /^\s*#\d+ \{main\}/,
  /^\s*\S{1,300}:\d+\s*$/,
  /^\s+at\s.{0,300}[(:]/,
  /^\s*(?:at\s+)?[\w$.<>/]{1,200}\([\w$]{1,100}\.\w{1,10}(?::\d+)?\)/,
  /^\s*File ".{1,300}", line \d+/,
  /^\s*\.\.\. \d+ (?:more|common frames)/,
  // Go prints the calls without a place: "main.run(...)".
  /^goroutine \d+ \[/,
  /^[\w$.*/]{1,200}\([^()\s]{0,200}\)$/,
  /^\s*from .{1,300}:\d+:in /,
  /^\s*#\d+\s+.{0,200}(?: in |\(\d+\)|0x[0-9a-f]{4,})/i,
];

const LEVEL = '(?:FATAL|ERROR|ERR!?|WARN(?:ING)?|INFO|DEBUG|TRACE|NOTICE|CRITICAL|SEVERE|PANIC)';

/** The prompts of shells. What follows may end with a question mark: "$ echo $?". */
const PROMPTS = [
  /^\s{0,2}\$\s[a-z./~]/,
  /^[\w.-]{1,60}@[\w.-]{1,60}[:\s][^$#\n]{0,200}[$#]\s/,
  /^(?:PS )?[A-Z]:\\[^>\n]{0,200}>/,
];

/** How a line starts that a program wrote. */
const PROGRAM_LINES = [
  /^\s*(?:Caused by|Suppressed):/,
  // "TypeError: …", "java.io.IOException: …", "Uncaught Exception".
  /^\s*(?:Uncaught |Unhandled |Exception in thread "[^"\n]{0,100}" )?(?:[\w$]{1,100}[.:]{1,2}){0,12}[\w$]{0,100}(?:Error|Exception|Fault)(?: \[\w{1,60}\])?(?::\s|$)/,
  // Times: "2024-01-31 10:00:01", "[10:00:01]", "Jan 31 10:00:01", and that of an access log.
  /^\W{0,2}\d{4}[-/.]\d{2}[-/.]\d{2}[T ,_]\s?\d{2}:\d{2}/,
  /^\W{0,2}\d{2}:\d{2}:\d{2}\b/,
  new RegExp(`^\\W{0,2}${anyOf(MONTH_STEMS)}\\s+\\d{1,2} \\d{2}:\\d{2}:\\d{2}`),
  /^\S{1,60} \S{1,60} \S{1,60} \[\d{2}\/[A-Z][a-z]{2}\/\d{4}:/,
  new RegExp(`^\\W{0,2}${LEVEL}(?:\\]|\\)|:|!|\\s{2,}|\\s+[\\[(\\d])`),
  /^\s*(?:fatal|error|warning|panic|err|level=\w{1,20})(?:\[\w{1,20}\])?[:!\s]\s/,
  // Builds: "src/main.c:41:9: warning: …".
  /^\s*[^\s:]{1,200}\.\w{1,10}:\d+(?::\d+)?: /,
  /^\s*npm (?:ERR!|error|warn|WARN|notice) /,
  /^#\d+ (?:\d+\.\d+ |ERROR|DONE|CACHED|\[|sha256)/,
  /^\s?=> (?:ERROR|CACHED|\[)/,
  /^Step \d+\/\d+ :/,
  /^-{2,}> /,
  // Databases.
  /^\s*(?:LINE \d+|DETAIL|HINT|SQLSTATE\[\w{1,10}|ORA-\d{4,6}|Msg \d+, Level \d+)\b/,
  // "bash: git: command not found".
  /^(?:make|bash|sh|zsh|curl|git|docker|sudo|ssh|python3?|node|java|gcc|ld|cargo|go|pip|npm|nginx)(?:\[\d+\])?: \S/,
];

/** Share of a line's signs that are neither letters nor digits from which it is code. Prose has about .03. */
const CODE_SHARE = 0.25;
const CODE_MIN_CHARACTERS = 8;
const CODE_SIGNS = /[{}()[\]<>=;|\\/$@#%^&*+~`"_-]/g;

const ASKS = new RegExp(`\\?\\s*$|^\\s*${anyOf(QUESTION_OPENERS)}\\b`, 'i');

/** Whether a line is a frame of a stack trace. */
export function isStackFrame(line: string): boolean {
  return FRAMES.some((pattern) => pattern.test(line));
}

/** Whether a line was written by a program and not by a person: a log, a stack trace or a shell session. */
export function isPastedLine(line: string): boolean {
  if (isStackFrame(line) || PROMPTS.some((pattern) => pattern.test(line))) return true;
  if (asksSomething(line)) return false;
  return PROGRAM_LINES.some((pattern) => pattern.test(line)) || hasFields(line);
}

/** Whether a line reads as a question. */
export function asksSomething(line: string): boolean {
  return ASKS.test(line);
}

/** Whether a line has fields, as a log does: "type=AVC pid=2211 comm=…". */
function hasFields(line: string): boolean {
  return (line.match(/(?<!\S)[\w.-]{1,40}=["'\w/]/g)?.length ?? 0) >= MIN_FIELDS;
}

const MIN_FIELDS = 3;

const INDENTED = /^(?:\t| {4,})[ \t]*(?![-*+•]\s|\d+[.)]\s)\S/;

/** Whether a line is code by its indentation or its signs. It says nothing about a line that stands alone. */
export function isCode(line: string): boolean {
  if (asksSomething(line)) return false;
  const { text } = withoutChatMarks(line);
  const signs = text.match(/\S/g)?.length ?? 0;
  const isDense = signs >= CODE_MIN_CHARACTERS && (text.match(CODE_SIGNS)?.length ?? 0) >= CODE_SHARE * signs;
  return isDense || INDENTED.test(line);
}
