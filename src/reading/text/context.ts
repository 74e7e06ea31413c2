import { type Span, sliceOf } from '../../text/span.js';
import { countWords } from '../../text/words.js';
import { hasLabelledQuestions, speakersOf } from './labels.js';
import { endsSentence, MAX_HEADING_WORDS } from './line-shapes.js';
import { type Line, type Run, usualIndent } from './lines.js';
import { mailHeadOf } from './mail.js';
import { type Wrapping, wrappingOf } from './wrapping.js';

/** Properties of a whole text that help to recognise its parts. */
export interface TextContext {
  readonly text: string;
  readonly runs: readonly Run[];
  /** How the lines of each run are broken, in the order of the runs. */
  readonly wrapping: readonly Wrapping[];
  /** The indentation of most lines, in columns. */
  readonly base: number;
  /** Whether a missing end mark distinguishes a heading from body text. */
  readonly usesEndMarks: boolean;
  /** Whether questions and answers are labelled: "Q:" and "A:". */
  readonly hasQuestions: boolean;
  readonly speakers: ReadonlySet<string>;
  /** Whether it is a mail or an archive of mails. Anywhere else, the head of a mail is an example. */
  readonly isMail: boolean;
}

/** Finds the properties of a whole text. */
export function contextOf(text: string, runs: readonly Run[]): TextContext {
  const isMail = runs[0] !== undefined && mailHeadOf(runs[0]) !== null;
  const own = runs.filter((run) => run[0].pageRule === undefined && !(isMail && mailHeadOf(run) !== null));
  const ownWrapping = wrappingOf(own);
  const wrappingOfRun = new Map(own.map((run, index) => [run, ownWrapping[index]]));
  const wrapping = runs.map((run): Wrapping => wrappingOfRun.get(run) ?? { isWrapped: true, width: 0 });
  const lines = own.flat();
  return {
    text,
    runs,
    wrapping,
    base: usualIndent(own),
    usesEndMarks: usesEndMarks(text, paragraphsOf(runs, wrapping)),
    hasQuestions: hasLabelledQuestions(lines),
    speakers: speakersOf(openingsOf(runs, wrapping)),
    isMail,
  };
}

/** The first lines of paragraphs: the first line of each wrapped run, and every line of the other runs. */
function openingsOf(runs: readonly Run[], wrapping: readonly Wrapping[]): Line[] {
  return runs.flatMap((run, index) => {
    if (run[0].pageRule !== undefined) return [];
    return wrapping[index]?.isWrapped ? [run[0]] : [...run];
  });
}

/** The spans of paragraphs: a wrapped run is one, and so is each line of any other run. */
export function paragraphsOf(runs: readonly Run[], wrapping: readonly Wrapping[]): Span[] {
  return runs.flatMap((run, index): Span[] => {
    if (run[0].pageRule !== undefined) return [];
    if (!wrapping[index]?.isWrapped) return run.map(({ start, end }) => ({ start, end }));
    return [{ start: run[0].start, end: run.at(-1)?.end ?? run[0].end }];
  });
}

/** Only in a text with end marks does a missing one distinguish a caption or heading from body text. */
function usesEndMarks(text: string, paragraphs: readonly Span[]): boolean {
  const contents = paragraphs.map((span) => sliceOf(text, span));
  const long = contents.filter((content) => countWords(content) >= MAX_HEADING_WORDS);
  return long.length >= 3 && long.filter(endsSentence).length / long.length >= 0.7;
}

/** The run before this one. Null if there is none, or if it belongs to the printed page. */
export function previousRunOf({ runs }: TextContext, index: number): Run | null {
  const run = runs[index - 1];
  return run === undefined || run[0].pageRule !== undefined ? null : run;
}

/** The next run that does not belong to the printed page. */
export function nextRunOf({ runs }: TextContext, index: number): Run | null {
  for (let at = index + 1; at < runs.length; at += 1) {
    const run = runs[at];
    if (run?.[0].pageRule === undefined) return run ?? null;
  }
  return null;
}
