import { MAX_PINNED_QUESTION, type PinProblem, pinProblem } from '../../answering/pin-problem.js';
import { pinTo } from '../../answering/pins/pin.js';
import { sameQuestionAs } from '../../answering/pins/same-question.js';
import { readWords } from '../../answering/question/read-message.js';
import { EXIT, UserError } from '../../user-error.js';
import type { OpenPins, TerminalPin } from '../app-port.js';
import type { TerminalCommand } from '../command.js';
import { renderPin, toPrintedPin } from '../render-pins.js';

const PROBLEM_TEXTS: Readonly<Record<PinProblem, string>> = {
  'too-long': `A question that is pinned can have ${MAX_PINNED_QUESTION} characters: a longer one is hardly ever asked again. Shorten it.`,
  several: 'That is more than one question. Pin each on its own.',
  'follow-up': 'That question means something only after another one. Write it out in full.',
};

/** Pins a passage to a question, in place of what is pinned to it. */
export const pinAddCommand: TerminalCommand = {
  configure: (command) =>
    command
      .argument('<question>', 'the question as people ask it, in quotation marks')
      .argument('<passage>', 'id of the passage that answers it, from ask --json'),
  async run({ app, settings, json, print, screen }, [input = '', passageId = '']) {
    const question = readPinnable(input);
    await app.withPins(settings, (open) => {
      const { pin, isReplaced } = addPin(question, passageId, open);
      print(
        json
          ? JSON.stringify({ ...toPrintedPin(pin, open.library), replaced: isReplaced })
          : renderPin(pin, open.library, isReplaced, screen),
      );
    });
    return undefined;
  },
};

function readPinnable(input: string): string {
  const question = readWords(input).question;
  const problem = pinProblem(question);
  if (problem !== null) throw new UserError(PROBLEM_TEXTS[problem], { exitCode: EXIT.usageError });
  return question;
}

function addPin(
  question: string,
  passageId: string,
  { library, pins }: OpenPins,
): { readonly pin: TerminalPin; readonly isReplaced: boolean } {
  const found = library.passageById(passageId);
  if (found === null)
    throw new UserError(
      `There is no passage with the id "${passageId}". \`footnote ask --json\` prints the ids of the passages that fit a question.`,
      { exitCode: EXIT.usageError },
    );
  const added = pins.add(pinTo(question, found), sameQuestionAs(question));
  if (added === null)
    throw new UserError(
      `There are ${pins.list().length} pins already, which is the most there can be. Remove one with \`footnote pin remove\`.`,
    );
  return added;
}
