import { Command } from 'commander';
import { readSettings, type Settings } from '../settings.js';
import { EXIT, type ExitCode } from '../user-error.js';
import type { App, AppEvents } from './app-port.js';
import type { CommandContext, CommandGroup, ListedCommand } from './command.js';
import { COMMANDS } from './commands/commands.js';
import { HELP_FORMAT } from './help-format.js';
import { withProgramName } from './program-name.js';
import { createProgressLine, type ProgressLine } from './progress-line.js';
import { reportError } from './report-error.js';
import type { Runtime } from './runtime.js';
import { indent, printableLine, screenOf, wrapForTerminal } from './screen.js';

interface GlobalOptions {
  readonly seeds?: string;
  readonly index?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const HELP_AFTER = [
  'Without a command, indexes whatever has changed. Then runs the bot if DISCORD_TOKEN is set. Otherwise opens a chat ' +
    'or, without a terminal, answers the questions on standard input, one per line.',
  'Exit codes: 0 done, 1 failed, 2 usage error, 3 nothing indexed.',
];

/**
 * Runs the command line: parses what was typed, runs the command, prints what went wrong.
 *
 * @returns the exit code; nothing is thrown.
 */
export async function runCli(runtime: Runtime, app: App): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done;
  const program = createProgram(runtime, app, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(runtime.args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportError(error, withFolders(runtime, program.opts<GlobalOptions>()));
  }
}

function createProgram(runtime: Runtime, app: App, onExit: (code: ExitCode) => void): Command {
  const screen = screenOf(runtime.stdout, runtime.environment);
  const program = new Command(runtime.program)
    .description('Answers questions from a folder of articles by quoting them, with the source of every quote.')
    .version(app.version)
    .option('--seeds <dir>', 'folder of the articles (default: seeds, or FOOTNOTE_SEEDS)')
    .option('--index <dir>', 'folder of the built index (default: index, or FOOTNOTE_INDEX)')
    .option('--json', 'print JSON on standard output, for programs; messages go to standard error')
    .option('--quiet', 'print results and errors only: no progress, no notices')
    .configureHelp(HELP_FORMAT)
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => runtime.stdout.write(text),
      writeErr: (text) => runtime.stderr.write(wrapForTerminal(text, runtime.stderr)),
      outputError: (text, write) => write(`${printableError(text)}\n`),
      getOutHelpWidth: () => screen.columns,
      getErrHelpWidth: () => screen.columns,
    })
    .exitOverride()
    .showHelpAfterError(`Run \`${runtime.program} --help\`, or \`${runtime.program} <command> --help\`.`)
    .addHelpText('after', () => HELP_AFTER.map((paragraph) => `\n${indent(paragraph, 0, screen)}`).join('\n'))
    .allowExcessArguments();
  program.action(async () => {
    const [unknown] = program.args;
    if (unknown !== undefined) failUnknown(program, unknown);
    const { start } = await import('./commands/start.js');
    onExit((await start(createContext(program.opts<GlobalOptions>(), runtime, app))) ?? EXIT.done);
  });
  const host: CommandHost = { runtime, app, onExit, preparations: new Map() };
  program.hook('preSubcommand', (_, chosen) => host.preparations.get(chosen)?.());
  for (const command of COMMANDS) {
    if ('commands' in command) addGroup(program, command, host);
    else addCommand(program, command, host);
  }
  program
    .command('help [command]')
    .description('show the help of a command')
    .action(async (name?: string) => {
      const command = program.commands.find((one) => one.name() === name);
      if (name !== undefined && command === undefined) failUnknown(program, name);
      if (command !== undefined) await host.preparations.get(command)?.();
      (command ?? program).outputHelp();
    });
  return program;
}

/** An error of Commander on one line, as it quotes what was typed; the second one is for what may have been meant. */
function printableError(text: string): string {
  const [, error = '', meant = ''] = /^(.*?)(\n\(Did you mean [\w, -]+\?\))?\n*$/s.exec(text) ?? [];
  return `${printableLine(error)}${meant}`;
}

function failUnknown(program: Command, name: string): never {
  return program.error(`There is no command "${name}".`);
}

/** What commands run on, and where their exit code goes. */
interface CommandHost {
  readonly runtime: Runtime;
  readonly app: App;
  readonly onExit: (code: ExitCode) => void;
  /** Each loads its command, and has to be called before the command is parsed or its help is shown. */
  readonly preparations: Map<Command, () => Promise<void>>;
}

function addGroup(program: Command, { name, description, commands }: CommandGroup, host: CommandHost): void {
  const names = commands.map((command) => `${name} ${command.name}`);
  const group = program.command(name).description(description).helpCommand(false).usage('<command> [options]');
  group.showHelpAfterError(`Run \`${host.runtime.program} ${name} --help\`.`).action(() => {
    const [unknown] = group.args;
    if (unknown !== undefined) failUnknown(group, `${name} ${unknown}`);
    group.error(`Say what to do: ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names)}.`);
  });
  group.hook('preSubcommand', (_, chosen) => host.preparations.get(chosen)?.());
  for (const command of commands) addCommand(group, command, host, `${name} ${command.name}`);
}

function addCommand(
  parent: Command,
  { name, description, isHidden = false, load }: ListedCommand,
  { runtime, app, onExit, preparations }: CommandHost,
  fullName: string = name,
): void {
  const command = parent
    .command(name, { hidden: isHidden })
    .description(description)
    .exitOverride()
    .allowExcessArguments(false)
    .showHelpAfterError(`Run \`${runtime.program} ${fullName} --help\`.`);
  preparations.set(command, async () => {
    const terminalCommand = await load();
    terminalCommand.configure?.(command);
    command.action(async () => {
      const context = createContext(command.optsWithGlobals<GlobalOptions>(), runtime, app);
      const args = command.processedArgs.flat().filter((arg): arg is string => typeof arg === 'string');
      onExit((await terminalCommand.run(context, args, command.opts())) ?? EXIT.done);
    });
  });
}

function createContext(options: GlobalOptions, baseRuntime: Runtime, app: App): CommandContext {
  const { seeds, index, json = false, quiet = false } = options;
  const runtime = withFolders(baseRuntime, options);
  const { environment, workingFolder, stdout, stderr, program } = runtime;
  let settings: Settings | null = null;
  const say = (text: string): void => {
    if (!quiet) stderr.write(`${wrapForTerminal(printableLine(withProgramName(text, program)), stderr)}\n`);
  };
  const startProgress = (): ProgressLine | null => (quiet ? null : createProgressLine(stderr, () => performance.now()));
  return {
    app,
    runtime,
    json,
    quiet,
    say,
    startProgress,
    get settings() {
      settings ??= readSettings(
        { ...environment, ...(seeds && { FOOTNOTE_SEEDS: seeds }), ...(index && { FOOTNOTE_INDEX: index }) },
        workingFolder,
      );
      return settings;
    },
    // Read at each use: a terminal may have been resized.
    get screen() {
      return screenOf(stdout, environment);
    },
    print: (text) => stdout.write(`${text}\n`),
    events: { onNotice: say, onDownload: showDownloads(startProgress) },
  };
}

/** A command that a message mentions must work on the same folders as this one. */
function withFolders(runtime: Runtime, { seeds, index }: GlobalOptions): Runtime {
  const folders = Object.entries({ seeds, index }).filter(([, folder]) => folder);
  const options = folders.map(([name, folder = '']) => ` --${name} ${shellWord(folder)}`);
  return { ...runtime, program: `${runtime.program}${options.join('')}` };
}

/** Quotes a word for a shell, so that it can be copied. */
function shellWord(text: string): string {
  if (/\p{Cc}/u.test(text)) {
    const escaped = text.replace(/[\\']/g, '\\$&').replace(/\p{Cc}/gu, (control) => `\\u${hexOf(control)}`);
    return `$'${escaped}'`;
  }
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}

function showDownloads(startProgress: () => ProgressLine | null): NonNullable<AppEvents['onDownload']> {
  let progress: ProgressLine | null = null;
  const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
  return ({ file, bytes, totalBytes }) => {
    progress ??= startProgress();
    progress?.show(totalBytes === null ? 0 : bytes / totalBytes, [
      `downloading ${file}`,
      `${megabytes(bytes)}${totalBytes === null ? '' : ` of ${megabytes(totalBytes)}`} MB`,
    ]);
    if (bytes === totalBytes) progress?.clear();
  };
}
