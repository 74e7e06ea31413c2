import { createInterface } from 'node:readline';
import type { Answer } from '../../answering/answer.js';
import type { AnswerOptions } from '../../answering/answer-question.js';
import { toPublicAnswer } from '../../answering/public-answer.js';
import { QuestionError } from '../../answering/question/question.js';
import { scopeOf } from '../../answering/question/scope.js';
import type { SmallTalk } from '../../answering/question/small-talk.js';
import { UserError } from '../../user-error.js';
import type { EnginePort } from '../app-port.js';
import { type CommandContext, type TerminalCommand, wholeNumber } from '../command.js';
import { withProgramName } from '../program-name.js';
import { renderAnswer } from '../render-answer.js';
import { renderExplanation } from '../render-explanation.js';
import { indent, printable, wrapMessage } from '../screen.js';

const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 5;
/** A question that cannot be asked may be a pasted book: its beginning is enough to recognise it. */
const MAX_SHOWN_CHARACTERS = 200;

/** Options of `footnote ask`. */
export interface AskOptions {
  readonly collection?: string;
  /** Passages in the ranking; 5 by default. */
  readonly limit?: number;
  readonly explain?: boolean;
}

/** Answers one question, or every line of standard input. */
export const askCommand: TerminalCommand<AskOptions> = {
  configure: (command) =>
    command
      .argument('[question...]')
      .option('--collection <name>', 'answer from one collection only (a folder in the seeds folder)')
      .option('--limit <n>', `passages in the ranking, 1 to ${MAX_LIMIT}`, wholeNumber(1, MAX_LIMIT), DEFAULT_LIMIT)
      .option('--explain', 'say why the answer is as it is; with --json, with all numbers'),
  async run(context, words, options) {
    await context.app.withEngine(context.settings, context.events, async (engine) => {
      engine.requireCollection(options.collection ?? null);
      if (words.length === 0) return answerLines(engine, options, context);
      const question = words.join(' ');
      try {
        printAnswer(await engine.ask(question, answerOptions(options)), options, context);
      } catch (error) {
        // A program reads standard output; the message and the exit code are there for everyone.
        if (context.json && error instanceof QuestionError) printProblem(question, error, context);
        throw error;
      }
    });
    return undefined;
  },
};

/** Answers every line of standard input. */
export async function answerLines(engine: EnginePort, options: AskOptions, context: CommandContext): Promise<void> {
  const { stdin } = context.runtime;
  if (stdin.isTTY === true) context.say('Type a question and press Enter. Press Ctrl-D to end.');
  const lines = createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    if (line.trim() === '') continue;
    try {
      printAnswer(await engine.ask(line, answerOptions(options)), options, context);
    } catch (error) {
      // One question that cannot be asked must not leave the others unanswered.
      if (!(error instanceof UserError)) throw error;
      printProblem(line, error, context);
    }
  }
}

function answerOptions({ limit = DEFAULT_LIMIT, collection }: AskOptions): AnswerOptions {
  return { limit, scope: scopeOf(collection) };
}

function printAnswer(answer: Answer, { explain = false }: AskOptions, { json, screen, print }: CommandContext): void {
  if (json) {
    print(JSON.stringify(toPublicAnswer(answer, { explain })));
    return;
  }
  print(`${screen.colors.bold(indent(printable(answer.question), 0, screen))}\n${renderAnswer(answer, screen)}\n`);
  if (explain) print(`${renderExplanation(answer, screen)}\n`);
}

/** Says what kind of small talk a line is, so that a program can react to it in its own way. */
function smallTalkIn(error: UserError): { readonly smallTalk?: SmallTalk } {
  return error instanceof QuestionError && error.smallTalk !== null ? { smallTalk: error.smallTalk } : {};
}

function printProblem(question: string, error: UserError, { json, print, runtime, screen }: CommandContext): void {
  const message = withProgramName(error.message, runtime.program);
  if (json) print(JSON.stringify({ question, error: message, ...smallTalkIn(error) }));
  else
    print(`${wrapMessage(`${printable(question.slice(0, MAX_SHOWN_CHARACTERS))}\n${printable(message)}`, screen)}\n`);
}
