#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Answer } from './answering/answer.js';
import { noteText } from './answering/answer-notes.js';
import type { AnswerOptions } from './answering/answer-question.js';
import { scopeOf } from './answering/scope.js';
import {
  type AppEvents,
  type Engine,
  type EvaluateFolderOptions,
  evaluateFolder,
  fitFolders,
  indexArticles,
  openCommunity,
  openEngine,
  openLibrary,
} from './app.js';
import type { BeirSplit } from './evaluation/judged-set.js';
import { diagramOf, renderReport } from './evaluation/render-report.js';
import { fittedSource } from './evaluation/write-fitted.js';
import type { Library } from './library/library.js';
import { PROJECT_FOLDER, readSettings, type Settings } from './settings.js';
import { toUserError } from './storage/storage-errors.js';
import { chat } from './terminal/chat.js';
import { createProgressLine, duration } from './terminal/progress-line.js';
import { renderAnswer, renderTrace } from './terminal/render-answer.js';
import { renderArticle, renderArticleList, renderInSurroundings } from './terminal/render-article.js';
import { printable, type Screen, screenOf } from './terminal/screen.js';
import { EXIT, type ExitCode, systemCode, UserError } from './user-error.js';

interface GlobalOptions {
  readonly seeds?: string;
  readonly index?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const MAX_LIMIT = 100;

const { version } = JSON.parse(readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8')) as { version: string };

/** A reader that closes its end of the pipe (`footnote articles | head`) has read enough. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.done);
});

const program = new Command('footnote')
  .description('Answers questions from a folder of articles by quoting them, with the source of every quote.')
  .version(version)
  .option('--seeds <dir>', 'folder of the articles (default: seeds, or FOOTNOTE_SEEDS)')
  .option('--index <dir>', 'folder of the built index (default: index, or FOOTNOTE_INDEX)')
  .option('--json', 'print JSON for programs on standard output; messages go to standard error')
  .option('--quiet', 'print results and errors only, no progress and no notices')
  .configureHelp({ showGlobalOptions: true })
  .exitOverride()
  .showHelpAfterError('Run footnote --help, or footnote <command> --help.')
  .addHelpText(
    'after',
    '\nWithout a command: indexes what changed, then runs the bot if DISCORD_TOKEN is set, else a chat\n(or, without a terminal, answers the questions on standard input, one a line).\n\nExit codes: 0 done, 1 failed, 2 wrong use, 3 nothing indexed.',
  )
  .allowExcessArguments()
  .action(async () => {
    const [unknown] = program.args;
    if (unknown !== undefined)
      throw new UserError(`There is no command "${unknown}". See: footnote --help`, { exitCode: EXIT.wrongUse });
    await start(contextOf(program));
  });

command('ask', 'answer a question; without one, those on standard input, one a line')
  .argument('[question...]')
  .option('--collection <name>', 'ask only the articles of one collection (a folder below the seeds folder)')
  .option('--limit <n>', 'passages listed in the ranking, 1 to 100', wholeNumber(1, MAX_LIMIT), 5)
  .option('--explain', 'show how the answer came about')
  .action(async (words: string[], options: AskOptions, self: Command) => {
    const context = contextOf(self);
    await withAnswering(context, async (answering) => {
      answering.requireCollection(options.collection ?? null);
      if (words.length > 0) printAnswer(await answering.ask(words.join(' '), answerOptions(options)), options, context);
      else await answerLines(answering, options, context);
    });
  });

command('index', 'index the articles: what is new or changed since the last time')
  .argument('[path...]', 'files or folders in place of the seeds folder')
  .option('--rebuild', 'forget the index and build it anew')
  .action(async (paths: string[], options: { rebuild?: boolean }, self: Command) => {
    const context = contextOf(self);
    const report = await runIndexing(context, { paths, rebuild: options.rebuild ?? false });
    if (context.json) {
      const { warnings: _warnings, interrupted: _interrupted, ...printed } = report;
      console.log(JSON.stringify(printed));
    }
    if (report.passages === 0) process.exitCode = EXIT.nothingIndexed;
  });

command('articles', 'list the indexed articles').action(async (_options: object, self: Command) => {
  const context = contextOf(self);
  const articles = await withLibrary(context, (library) => library.articles());
  console.log(context.json ? JSON.stringify(articles) : renderArticleList(articles, context.screen()));
});

command('show', 'show an article, or a passage in its surroundings')
  .argument('<id>', 'id of an article or a passage, as listed by articles and ask --json')
  .option('--all', 'show page boilerplate too, marked')
  .action(async (id: string, options: { all?: boolean }, self: Command) => {
    const context = contextOf(self);
    const [article, passage] = await withLibrary(
      context,
      (library) => [library.articleById(id), library.passageById(id)] as const,
    );
    if (article !== null) {
      console.log(
        context.json ? JSON.stringify(article) : renderArticle(article, options.all ?? false, context.screen()),
      );
    } else if (passage !== null) {
      const { start, end } = passage.passage;
      const text = passage.article.text.slice(start, end);
      console.log(
        context.json ? JSON.stringify({ ...passage.passage, text }) : renderInSurroundings(passage, context.screen()),
      );
    } else {
      throw new UserError(
        `There is no article or passage with the id "${id}". List the articles with: footnote articles`,
        { exitCode: EXIT.wrongUse },
      );
    }
  });

command('chat', 'ask in this terminal').action(async (_options: object, self: Command) => {
  const context = contextOf(self);
  await runChat(context);
});

command('bot', 'run the Discord bot').action(async (_options: object, self: Command) => {
  const context = contextOf(self);
  await runBot(context);
});

command('doctor', 'check everything that Footnote needs, with the remedy for what is wrong').action(
  async (_options: object, self: Command) => {
    const { examine } = await import('./doctor.js');
    const globals = self.optsWithGlobals<GlobalOptions>();
    const checks = await examine(() => contextOf(self).settings);
    if (globals.json) console.log(JSON.stringify(checks));
    else {
      const { colors } = screenOf(process.stdout, process.env);
      for (const { name, ok, note } of checks)
        console.log(`${ok ? colors.green('ok  ') : colors.red('FAIL')} ${name}: ${printable(note)}`);
    }
    if (checks.some(({ ok }) => !ok)) process.exitCode = EXIT.failed;
  },
);

command('eval', 'measure the answers on questions with known answers')
  .argument(
    '<path>',
    'a BEIR folder, a folder with passages.jsonl and queries.jsonl, or a .json file of questions about the seeds',
  )
  .option(
    '--half <n>',
    'only the questions of one half of the articles: 0 is what the ranking is fitted on, 1 what is reported',
    wholeNumber(0, 1),
  )
  .addOption(
    new Option('--split <name>', 'relevance judgements of a BEIR folder')
      .choices(['test', 'dev', 'train'])
      .default('test'),
  )
  .option('--compare', 'measure each stage alone as well, and test each against every other')
  .option(
    '--failures [n]',
    'list the n worst misses (20 without a number), with the rank of the right passage in each stage',
    wholeNumber(1, 10_000),
  )
  .option('--plot <file>', 'write a reliability diagram (SVG): how often answers of each confidence are right')
  .action(async (path: string, options: EvalOptions, self: Command) => {
    const context = contextOf(self);
    const { failures, plot, ...rest } = options;
    const asking = askingEvents(context);
    const report = await evaluateFolder(path, context.settings, {
      ...rest,
      ...asking.events,
      failures: failures === true ? 20 : (failures ?? 0),
    }).finally(asking.clear);
    console.log(context.json ? JSON.stringify(report) : printable(renderReport(report)));
    if (plot === undefined) return;
    await writeFile(plot, diagramOf(report)).catch((error: unknown) => {
      throw error instanceof UserError
        ? error
        : new UserError(
            `${plot} cannot be written (${systemCode(error) ?? String(error)}). Name another file with --plot.`,
          );
    });
    context.say(`The reliability diagram is in ${printable(plot)}.`);
  });

command('fit', 'fit ranking and decision on half 0 of evaluations and print the source file of the coefficients', {
  hidden: true,
})
  .argument('<path...>')
  .action(async (paths: string[], _options: object, self: Command) => {
    const context = contextOf(self);
    const asking = askingEvents(context);
    const today = new Date().toISOString().slice(0, 10);
    const fitted = await fitFolders(paths, context.settings, today, asking.events).finally(asking.clear);
    process.stdout.write(fittedSource(fitted));
  });

interface EvalOptions {
  readonly half?: 0 | 1;
  readonly split: BeirSplit;
  readonly compare?: boolean;
  readonly failures?: number | true;
  readonly plot?: string;
}

/** Progress of an evaluation: its articles are indexed, then its questions asked. */
function askingEvents({ events }: CommandContext): { events: EvaluateFolderOptions; clear: () => void } {
  const isQuiet = program.opts<GlobalOptions>().quiet ?? false;
  const progress = isQuiet ? null : createProgressLine(process.stderr, () => performance.now());
  return {
    events: {
      ...events,
      onIndexing: ({ passages, bytes, totalBytes }) =>
        progress?.show(totalBytes === 0 ? 1 : bytes / totalBytes, ['indexing', `${passages} passages`]),
      onAsking: (asked, all) => progress?.show(asked / all, ['asking', `${asked} of ${all} questions`]),
    },
    clear: () => progress?.clear(),
  };
}

interface AskOptions {
  readonly collection?: string;
  readonly limit: number;
  readonly explain?: boolean;
}

/** What every command is given: settings with the options of the command line applied, and where to print. */
interface CommandContext {
  readonly settings: Settings;
  readonly json: boolean;
  readonly events: AppEvents;
  readonly screen: () => Screen;
  /** Prints a line for people: to standard error when standard output is for a program. */
  readonly say: (text: string) => void;
}

function command(name: string, description: string, options: { hidden?: boolean } = {}): Command {
  return program
    .command(name, options)
    .description(description)
    .exitOverride()
    .allowExcessArguments(false)
    .showHelpAfterError(`Run footnote ${name} --help.`);
}

function contextOf(self: Command): CommandContext {
  const { seeds, index, json = false, quiet = false } = self.optsWithGlobals<GlobalOptions>();
  const environment = {
    ...process.env,
    ...(seeds && { FOOTNOTE_SEEDS: seeds }),
    ...(index && { FOOTNOTE_INDEX: index }),
  };
  const settings = readSettings(environment, process.cwd());
  const say = (text: string): void => {
    if (!quiet) process.stderr.write(`${text}\n`);
  };
  let downloads: ReturnType<typeof createProgressLine> | null = null;
  return {
    settings,
    json,
    say,
    screen: () => screenOf(process.stdout, process.env),
    events: {
      onNotice: say,
      onDownload: ({ file, bytes, totalBytes }) => {
        if (quiet) return;
        downloads ??= createProgressLine(process.stderr, () => performance.now());
        const megabytes = (count: number): string => (count / 1_000_000).toFixed(1);
        downloads.show(totalBytes === null ? 0 : bytes / totalBytes, [
          `fetching ${file}`,
          `${megabytes(bytes)}${totalBytes === null ? '' : ` of ${megabytes(totalBytes)}`} MB`,
        ]);
        if (bytes === totalBytes) downloads.clear();
      },
    },
  };
}

/** Opens the library, with the model that questions need, for one piece of work. */
async function withAnswering<Result>(
  context: CommandContext,
  work: (answering: Engine) => Result | Promise<Result>,
): Promise<Result> {
  const answering = await openEngine(context.settings, context.events);
  try {
    return await work(answering);
  } catch (error) {
    throw toUserError(error, context.settings.indexFolder);
  } finally {
    await answering.close();
  }
}

/** Opens the library alone: lists and texts need no model, whose start takes half a second. */
async function withLibrary<Result>(context: CommandContext, work: (library: Library) => Result): Promise<Result> {
  const { library } = await openLibrary(context.settings, context.events);
  try {
    return work(library);
  } catch (error) {
    throw toUserError(error, context.settings.indexFolder);
  } finally {
    library.close();
  }
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** `npm start`: everything brought up to date, then whatever can be served. */
async function start(context: CommandContext): Promise<void> {
  await runIndexing(context, {});
  if (context.settings.discord.token !== null) return runBot(context);
  if (process.stdin.isTTY && process.stdout.isTTY) return runChat(context);
  await withAnswering(context, (answering) => answerLines(answering, { limit: 5 }, context));
}

async function runIndexing(
  context: CommandContext,
  options: { readonly paths?: readonly string[]; readonly rebuild?: boolean },
): ReturnType<typeof indexArticles> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const isQuiet = program.opts<GlobalOptions>().quiet ?? false;
  const progress = isQuiet ? null : createProgressLine(process.stderr, () => performance.now());
  const startedAt = performance.now();
  try {
    const report = await indexArticles(context.settings, {
      ...context.events,
      ...options,
      signal: stop.signal,
      onIndexing: ({ articles, passages, bytes, totalBytes }) => {
        const rate = passages / ((performance.now() - startedAt) / 1000);
        progress?.show(totalBytes === 0 ? 1 : bytes / totalBytes, [
          `${articles} articles`,
          `${passages} passages`,
          `${rate.toFixed(0)} passages/s`,
        ]);
      },
    });
    progress?.clear();
    for (const { file, reason } of report.skipped) context.say(`skipped ${printable(file)}: ${printable(reason)}`);
    for (const { file, reason } of report.warnings) context.say(`note on ${printable(file)}: ${printable(reason)}`);
    const changes = (['added', 'changed', 'removed'] as const)
      .filter((kind) => report[kind] > 0)
      .map((kind) => `${report[kind]} ${kind}`);
    context.say(
      `${counted(report.articles, 'article')}, ${counted(report.passages, 'passage')} indexed (${changes.length === 0 ? 'nothing changed' : changes.join(', ')}) in ${duration(report.seconds)}.` +
        (report.interrupted ? ' Stopped before the end: run it again to go on.' : ''),
    );
    if (report.interrupted) throw new UserError('Interrupted.');
    return report;
  } finally {
    progress?.clear();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

async function runChat(context: CommandContext): Promise<void> {
  await withAnswering(context, (answering) => {
    const { library } = answering;
    return chat(
      {
        ask: (question, options) => {
          if (library.isReplaced)
            throw new UserError('The index was built anew meanwhile. Leave with /quit and start the chat again.');
          library.refresh();
          return answering.ask(question, options);
        },
        articles: () => library.articles(),
        requireCollection: (name) => answering.requireCollection(name),
        passage: (id) => library.passageById(id),
        historyFile: join(context.settings.indexFolder, 'chat-history'),
      },
      { input: process.stdin, output: process.stdout, screen: context.screen },
    );
  });
}

async function runBot(context: CommandContext): Promise<void> {
  const { settings } = context;
  await (settings.discord.shards === 1 || process.env.SHARDING_MANAGER !== undefined
    ? runOneBot(settings)
    : runShards(settings)
  ).catch(fail);
  // Requests to Discord that hang would keep the process for another 20 seconds.
  process.exit();
}

async function runOneBot(settings: Settings): Promise<void> {
  // Loaded when needed: discord.js takes a third of a second and 40 MB.
  const { serveDiscord } = await import('./discord/serve.js');
  await serveDiscord(settings, {
    openEngine: (events) => openEngine(settings, events),
    openCommunity: () => openCommunity(settings),
    version,
  });
}

/** discord.js starts this script again for each shard, and tells it so by its environment. */
async function runShards(settings: Settings): Promise<void> {
  const { serveShards } = await import('./discord/gateway/shards.js');
  const args = ['bot', '--seeds', settings.seedsFolder, '--index', settings.indexFolder];
  await serveShards(settings, { script: fileURLToPath(import.meta.url), args });
}

function answerOptions({ limit, collection }: AskOptions): AnswerOptions {
  return { limit, scope: scopeOf(collection) };
}

async function answerLines(answering: Engine, options: AskOptions, context: CommandContext): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    try {
      printAnswer(await answering.ask(line, answerOptions(options)), options, context);
    } catch (error) {
      // One question that cannot be asked is no reason to leave the others unanswered.
      if (!(error instanceof UserError)) throw error;
      if (context.json) console.log(JSON.stringify({ question: line, error: error.message }));
      else console.log(`${printable(line.slice(0, 200))}\n${printable(error.message)}\n`);
    }
  }
}

function printAnswer(answer: Answer, options: AskOptions, context: CommandContext): void {
  if (context.json) {
    console.log(JSON.stringify(answerForPrograms(answer, options.explain ?? false)));
    return;
  }
  const screen = context.screen();
  console.log(`${screen.colors.bold(printable(answer.question))}\n${renderAnswer(answer, screen)}\n`);
  if (options.explain) console.log(`${renderTrace(answer, screen)}\n`);
}

/** The form that scripts rely on; fields are added, never renamed. */
function answerForPrograms(
  { question, searched, outcome, confidence, notes, citations, ranking, trace, tookMs }: Answer,
  explain: boolean,
): object {
  return {
    question,
    searched,
    outcome,
    confidence,
    notes: notes.map((note) => ({ ...note, text: noteText(note) })),
    citations: citations.map(({ passageId, article, question: part, quote, start, end, passage }) => ({
      passageId,
      article,
      question: part,
      quote,
      start,
      end,
      passage,
    })),
    ranking,
    tookMs,
    ...(explain && { trace }),
  };
}

function wholeNumber(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < min || number > max)
      throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
    return number;
  };
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UserError) return error.exitCode;
  // Commander has said what is wrong; help and version end with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
  return EXIT.failed;
}

/** Says what went wrong and sets the exit code. */
function fail(error: unknown): void {
  if (error instanceof UserError) process.stderr.write(`${printable(error.message)}\n`);
  else if (!(error instanceof CommanderError))
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = exitCodeOf(error);
}

await program.parseAsync().catch(fail);
