import { MAX_PINNED_QUESTION, type PinProblem, pinProblem } from '../../answering/pin-problem.js';
import { foldQuestion } from '../../answering/pins/fold-question.js';
import { pinTo } from '../../answering/pins/pin.js';
import { readQuestion } from '../../answering/question/question.js';
import { EXIT, UserError } from '../../user-error.js';
import type { OpenPins, TerminalPin } from '../app-port.js';
import type { CommandContext, TerminalCommand } from '../command.js';
import { renderPin, renderPinList, toPrintedPin } from '../render-pins.js';

interface PinOptions {
  readonly list?: boolean;
  readonly remove?: string;
}

const HOW_TO_PIN =
  'Give a question and the id of a passage, such as `footnote pin "How do I reset my password?" abcdefghij`. `footnote ask --json` prints the ids.';

const PROBLEM_TEXTS: Readonly<Record<PinProblem, string>> = {
  'too-long': `A question that is pinned can have ${MAX_PINNED_QUESTION} characters: a longer one is hardly ever asked again. Shorten it.`,
  several: 'That is more than one question. Pin each on its own.',
  'follow-up': 'That question means something only after another one. Write it out in full.',
};

/** Pins a passage to a question, lists what is pinned, or removes it. */
export const pinCommand: TerminalCommand<PinOptions> = {
  name: 'pin',
  description: 'show a passage first whenever a question is asked; list or remove what is pinned',
  configure: (command) =>
    command
      .argument('[question]', 'the question, in quotation marks')
      .argument('[passage]', 'id of the passage that answers it, from ask --json')
      .option('--list', 'list what is pinned')
      .option('--remove <question>', 'remove what is pinned to a question, or the number of a pin in the list'),
  async run(context, args, { list = false, remove }) {
    const { app, settings, events } = context;
    const uses = [args.length > 0, list, remove !== undefined].filter(Boolean).length;
    if (uses > 1) throw usageError('Pin a passage, use --list or use --remove: one at a time.');
    const [question, passageId] = args;
    if (uses === 0 || (args.length > 0 && passageId === undefined)) throw usageError(HOW_TO_PIN);
    await app.withPins(settings, events, (pins) => {
      if (list) listPins(pins, context);
      else if (remove !== undefined) removePin(remove, pins, context);
      else pinPassage(question ?? '', passageId ?? '', pins, context);
    });
    return undefined;
  },
};

function listPins({ library, pins }: OpenPins, { json, print, screen }: CommandContext): void {
  const listed = pins.list();
  print(
    json ? JSON.stringify(listed.map((pin) => toPrintedPin(pin, library))) : renderPinList(listed, library, screen),
  );
}

function pinPassage(
  input: string,
  passageId: string,
  { library, pins }: OpenPins,
  { json, print, screen }: CommandContext,
): void {
  const question = readQuestion(input);
  const problem = pinProblem(question);
  if (problem !== null) throw usageError(PROBLEM_TEXTS[problem]);
  const found = library.passageById(passageId);
  if (found === null)
    throw usageError(
      `There is no passage with the id "${passageId}". \`footnote ask --json\` prints the ids of the passages that fit a question.`,
    );
  const isSame = sameQuestionAs(question);
  const outcome = pins.add(pinTo(question, found), isSame);
  if (outcome === 'full')
    throw new UserError(
      `There are ${pins.list().length} pins already, which is the most there can be. Remove one with \`footnote pin --remove N\`.`,
    );
  const stored = pins.list().find((one) => isSame(one.question));
  if (stored === undefined) return;
  const replaced = outcome === 'replaced';
  print(
    json
      ? JSON.stringify({ ...toPrintedPin(stored, library), replaced })
      : renderPin(stored, library, replaced, screen),
  );
}

function removePin(wanted: string, { library, pins }: OpenPins, { json, print, say }: CommandContext): void {
  const pin = pins.list().find(isWanted(wanted));
  if (pin === undefined)
    throw usageError(
      /^\d+$/.test(wanted)
        ? `There is no pin ${wanted}. List the pins with \`footnote pin --list\`.`
        : `Nothing is pinned to “${wanted}”. List the pins with \`footnote pin --list\`.`,
    );
  pins.remove(pin.id);
  if (json) print(JSON.stringify(toPrintedPin(pin, library)));
  else say(`Removed. “${pin.question}” is answered from the ranking again.`);
}

function isWanted(wanted: string): (pin: TerminalPin) => boolean {
  if (/^\d+$/.test(wanted)) return ({ id }) => id === Number(wanted);
  const isSame = sameQuestionAs(readQuestion(wanted));
  return ({ question }) => isSame(question);
}

function sameQuestionAs(question: string): (other: string) => boolean {
  const folded = foldQuestion(question);
  return (other) => foldQuestion(other) === folded;
}

function usageError(message: string): UserError {
  return new UserError(message, { exitCode: EXIT.usageError });
}
