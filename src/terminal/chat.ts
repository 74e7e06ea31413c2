import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Answer } from '../answering/answer.js';
import type { AnswerOptions } from '../answering/answer-question.js';
import { earlierFrom, mayFollowUp } from '../answering/follow-up.js';
import { QuestionError } from '../answering/question/question.js';
import { scopeOf } from '../answering/question/scope.js';
import type { ListedArticle } from '../corpus/article.js';
import type { PassageInArticle } from '../corpus/passage.js';
import { pluralise } from '../text/pluralise.js';
import { UserError } from '../user-error.js';
import type { Output } from './output.js';
import { renderAnswer } from './render-answer.js';
import { renderArticleList, renderInContext } from './render-article.js';
import { renderExplanation, renderSourceExplanation } from './render-explanation.js';
import { indent, printable, printableLine, type Screen, wrapMessage } from './screen.js';
import { typedMessages } from './typed-messages.js';

const HISTORY_LINES = 500;

const HELP = 'Type a question and press Enter. A question like “And in 2017?” follows up on the previous one.';
const COMMANDS = {
  '/sources': 'list the articles',
  '/show 2': 'show the passage of source [2] with the paragraphs around it',
  '/why': 'explain why the answer is as it is',
  '/why 1': 'explain why source [1] was found',
  '/in NAME': 'search only the collection NAME',
  '/in': 'search all articles again',
  '/help': 'show this help',
  '/quit': 'leave (or press Ctrl-D or Ctrl-C)',
};
/** Columns of the commands in the help. */
const COMMAND_COLUMNS = 12;

/** What the chat needs from the rest of Footnote. */
export interface ChatDeps {
  /** Answers a question. @throws {UserError} if it cannot be asked. */
  readonly ask: (question: string, options: AnswerOptions) => Promise<Answer>;
  /** Lists the articles. */
  readonly articles: () => readonly ListedArticle[];
  /** @throws {UserError} if there is no such collection. */
  readonly requireCollection: (name: string) => void;
  /** Finds a passage by its id; null if it is no longer in the index. */
  readonly passage: (passageId: string) => PassageInArticle | null;
  /** File that keeps what was typed from one chat to the next. */
  readonly historyFile: string;
  /** Puts the program's real name into the commands of an error message; the identity by default. */
  readonly withProgramName?: (message: string) => string;
}

interface ChatStreams {
  readonly input: Readable;
  readonly output: Output;
  readonly screen: () => Screen;
}

/** Runs a chat in a terminal until the person leaves it. */
export async function chat(deps: ChatDeps, { input, output, screen }: ChatStreams): Promise<void> {
  const state: ChatState = { collection: null, answer: null };
  const lines = createInterface({
    input,
    output: output.stream,
    history: readHistory(deps.historyFile),
    historySize: HISTORY_LINES,
    removeHistoryDuplicates: true,
  });
  lines.on('history', (history: string[]) => writeHistory(deps.historyFile, history));
  let isClosed = false;
  lines.on('close', () => {
    isClosed = true;
    output.write('\n');
  });
  const prompt = (): void => {
    if (isClosed) return;
    lines.setPrompt(state.collection === null ? 'Ask> ' : `Ask ${printableLine(state.collection)}> `);
    lines.prompt();
  };
  const articles = pluralise(deps.articles().length, 'article');
  const welcome = `${articles}. Ask a question, type /help for more, or /quit to leave.`;
  output.write(`\n${wrapMessage(welcome, screen())}\n\n`);
  prompt();
  const isTerminal = 'isTTY' in input && input.isTTY === true;
  const messages = typedMessages(lines, { joinsPastes: isTerminal, hasUnfinishedLine: () => lines.line !== '' });
  for await (const message of messages) {
    const typed = message.trim();
    if (typed === '/quit' || typed === '/exit') break;
    if (typed !== '') output.write(`\n${await reply(typed, state, deps, screen())}\n\n`);
    prompt();
  }
  lines.close();
}

interface ChatState {
  collection: string | null;
  answer: Answer | null;
}

async function reply(typed: string, state: ChatState, deps: ChatDeps, screen: Screen): Promise<string> {
  const { withProgramName = (message) => message } = deps;
  try {
    return typed.startsWith('/') ? runCommand(typed, state, deps, screen) : await answer(typed, state, deps, screen);
  } catch (error) {
    if (error instanceof QuestionError && error.smallTalk !== null)
      return error.smallTalk === 'help' ? renderHelp(screen) : indent(error.message, 0, screen);
    if (error instanceof UserError)
      return screen.colors.yellow(wrapMessage(printable(withProgramName(error.message)), screen));
    throw error;
  }
}

async function answer(question: string, state: ChatState, deps: ChatDeps, screen: Screen): Promise<string> {
  const { answer: last, collection } = state;
  const earlier = last !== null && mayFollowUp(question) ? earlierFrom(last) : null;
  state.answer = await deps.ask(question, { scope: scopeOf(collection), earlier });
  return renderAnswer(state.answer, screen);
}

function runCommand(typed: string, state: ChatState, deps: ChatDeps, screen: Screen): string {
  const [command, ...rest] = typed.split(/\s+/);
  const argument = rest.join(' ');
  switch (command) {
    case '/help':
      return renderHelp(screen);
    case '/sources':
      return renderArticleList(deps.articles(), screen);
    case '/in':
      return wrapMessage(chooseCollection(argument, state, deps), screen);
    case '/show': {
      const passage = deps.passage(citationAt(argument || '1', state).passageId);
      if (passage === null) throw new UserError('That passage is no longer in the index. Ask again.');
      return renderInContext(passage, screen);
    }
    case '/why':
      return explain(argument, state, screen);
    default:
      throw new UserError(`There is no command ${command}. Type /help for a list. Questions don't start with "/".`);
  }
}

function renderHelp(screen: Screen): string {
  const commands = Object.entries(COMMANDS).map(([command, does]) =>
    indent(does, COMMAND_COLUMNS, screen, `  ${command}`.padEnd(COMMAND_COLUMNS)),
  );
  return [indent(HELP, 0, screen), '', ...commands].join('\n');
}

function chooseCollection(name: string, state: ChatState, deps: ChatDeps): string {
  if (name === '') {
    state.collection = null;
    return 'Searching all articles again.';
  }
  deps.requireCollection(name);
  state.collection = name;
  return `Searching only the collection "${printableLine(name)}". Type /in to search all articles again.`;
}

function explain(argument: string, state: ChatState, screen: Screen): string {
  if (state.answer === null) throw new UserError('Ask a question first.');
  if (argument === '') return renderExplanation(state.answer, screen);
  const citation = citationAt(argument, state);
  const number = state.answer.citations.indexOf(citation) + 1;
  const explanation = renderSourceExplanation(state.answer, citation, number, screen);
  if (explanation === null) throw new UserError('That source ranks too low to be explained.');
  return explanation;
}

function citationAt(argument: string, { answer: last }: ChatState): Answer['citations'][number] {
  if (last === null) throw new UserError('Ask a question first.');
  const citation = /^\[?\d+\]?$/.test(argument) ? last.citations[Number(argument.replace(/\D/g, '')) - 1] : undefined;
  if (citation !== undefined) return citation;
  const { length } = last.citations;
  if (length === 0) throw new UserError('The last answer has no sources.');
  throw new UserError(
    length === 1
      ? 'The last answer has only source [1].'
      : `The last answer has sources 1 to ${length}. Choose one of them.`,
  );
}

function readHistory(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').map(printable).filter(Boolean).slice(0, HISTORY_LINES);
  } catch {
    // The first chat, or a folder that cannot be read: a chat works without a history.
    return [];
  }
}

function writeHistory(file: string, history: readonly string[]): void {
  try {
    writeFileSync(file, history.join('\n'), { mode: 0o600 });
  } catch {
    // In a read-only folder the history lasts as long as this chat.
  }
}
