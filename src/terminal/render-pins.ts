import { locatePin, type PinnedLibrary } from '../answering/pins/locate-pin.js';
import { oneLine } from '../text/visible-text.js';
import type { TerminalPin } from './app-port.js';
import { indent, printable, type Screen } from './screen.js';
import { sourceLine } from './source-line.js';

/** Characters of the pinned words that a list shows. */
const MAX_OPENING = 160;
/** Columns of the number of a pin. */
const NUMBER_COLUMNS = 4;

/** A pin for programs. Fields are added, never renamed. */
export interface PrintedPin {
  /** For `pin remove`. */
  readonly number: number;
  readonly question: string;
  /** The passage that has the pinned words now; null if no passage has them any more, so that the pin is not used. */
  readonly passageId: string | null;
  readonly articleId: string;
  /** The pinned words. */
  readonly text: string;
  /** ISO 8601. */
  readonly pinnedAt: string;
}

/** Converts a pin to what `--json` prints. */
export function toPrintedPin(pin: TerminalPin, library: PinnedLibrary): PrintedPin {
  const { id, question, articleId, text, pinnedAt } = pin;
  return {
    number: id,
    question,
    passageId: locatePin(pin, library)?.passage.id ?? null,
    articleId,
    text,
    pinnedAt: new Date(pinnedAt).toISOString(),
  };
}

/** Renders what has just been pinned. @param isReplaced Whether something else was pinned to the question before. */
export function renderPin(pin: TerminalPin, library: PinnedLibrary, isReplaced: boolean, screen: Screen): string {
  const said = `Pinned${isReplaced ? ', in place of what was pinned before' : ''}. Whoever asks this is shown the passage first:`;
  return [indent(said, 0, screen), renderEntry(pin, library, screen)].join('\n');
}

/** Renders a list of pins: number, question, source, opening words. A pin whose passage is gone says what to do. */
export function renderPinList(pins: readonly TerminalPin[], library: PinnedLibrary, screen: Screen): string {
  if (pins.length === 0) return 'Nothing is pinned.';
  return pins.map((pin) => renderEntry(pin, library, screen)).join('\n');
}

function renderEntry(pin: TerminalPin, library: PinnedLibrary, screen: Screen): string {
  const { colors } = screen;
  const pinned = locatePin(pin, library);
  const question = indent(printable(pin.question), NUMBER_COLUMNS, screen, `${pin.id} `.padEnd(NUMBER_COLUMNS));
  const place =
    pinned === null
      ? colors.yellow(
          indent(
            `Its passage is gone, so this pin is not used. Pin another passage to the question, or remove the pin with \`pin remove ${pin.id}\`.`,
            NUMBER_COLUMNS,
            screen,
          ),
        )
      : colors.cyan(indent(`${pinned.passage.id} · ${sourceLine(pinned.article)}`, NUMBER_COLUMNS, screen));
  const words = oneLine(printable(pin.text));
  const opening = words.length > MAX_OPENING ? `${words.slice(0, MAX_OPENING).toWellFormed()}…` : words;
  return [colors.bold(question), place, colors.dim(indent(`“${opening}”`, NUMBER_COLUMNS, screen))].join('\n');
}
