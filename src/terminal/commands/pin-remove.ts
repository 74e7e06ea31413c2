import { sameQuestionAs } from '../../answering/pins/same-question.js';
import { readWords } from '../../answering/question/read-message.js';
import { EXIT, UserError } from '../../user-error.js';
import type { TerminalPin } from '../app-port.js';
import type { TerminalCommand } from '../command.js';
import { toPrintedPin } from '../render-pins.js';
import { printable } from '../screen.js';

const NUMBER = /^\d+$/;

/** Removes what is pinned to a question. */
export const pinRemoveCommand: TerminalCommand = {
  configure: (command) => command.argument('<question>', 'the question, or the number of the pin in the list'),
  async run({ app, settings, json, print, say }, [wanted = '']) {
    const isWanted = wantedBy(wanted);
    await app.withPins(settings, ({ library, pins }) => {
      const pin = pins.list().find(isWanted);
      if (pin === undefined) throw new UserError(notThere(wanted), { exitCode: EXIT.usageError });
      pins.remove(pin.id);
      if (json) print(JSON.stringify(toPrintedPin(pin, library)));
      else say(`Removed. Nothing is pinned to “${printable(pin.question)}” any more.`);
    });
    return undefined;
  },
};

/** @throws {QuestionError} if it is neither a number nor a question. */
function wantedBy(wanted: string): (pin: TerminalPin) => boolean {
  if (NUMBER.test(wanted)) return ({ id }) => id === Number(wanted);
  const isSame = sameQuestionAs(readWords(wanted).question);
  return ({ question }) => isSame(question);
}

function notThere(wanted: string): string {
  const problem = NUMBER.test(wanted) ? `There is no pin ${wanted}.` : `Nothing is pinned to “${wanted}”.`;
  return `${problem} List the pins with \`footnote pin list\`.`;
}
