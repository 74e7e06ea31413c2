import { type Command, InvalidArgumentError } from 'commander';
import type { Settings } from '../settings.js';
import type { ExitCode } from '../user-error.js';
import type { App, AppEvents } from './app-port.js';
import type { ProgressLine } from './progress-line.js';
import type { Runtime } from './runtime.js';
import type { Screen } from './screen.js';

/** What every command is given. */
export interface CommandContext {
  readonly app: App;
  readonly runtime: Runtime;
  /** Settings with the options of the command line applied. Read on first use. @throws {UserError} if one is invalid. */
  readonly settings: Settings;
  /** Whether standard output is for a program. */
  readonly json: boolean;
  /** Whether only results and errors are printed. */
  readonly quiet: boolean;
  /** Notices and downloads, shown on standard error. */
  readonly events: AppEvents;
  /** The screen that results are printed to. */
  readonly screen: Screen;
  /** Prints a result and a line ending on standard output. */
  readonly print: (text: string) => void;
  /** Prints a line for people on standard error, unless they asked for quiet. */
  readonly say: (text: string) => void;
  /** Starts a progress line on standard error; null when people asked for quiet. */
  readonly startProgress: () => ProgressLine | null;
}

/** A command as `--help` lists it. */
export interface ListedCommand {
  readonly name: string;
  /** One line in `--help`. */
  readonly description: string;
  /** Left out of `--help`: for those who develop Footnote. */
  readonly isHidden?: boolean;
  /** Loads what the command does: no command waits for the others to be loaded. */
  readonly load: () => Promise<TerminalCommand>;
}

/** How a command is typed, and what it does. */
export interface TerminalCommand<Options extends object = object> {
  /** Adds the arguments and options. */
  readonly configure?: (command: Command) => void;
  /** Runs it. @param args The arguments, in order. @returns the exit code; nothing for success. */
  run(context: CommandContext, args: readonly string[], options: Options): Promise<ExitCode | undefined>;
}

/** Commands that belong together, each typed after the name of the group: `pin add`. */
export interface CommandGroup {
  readonly name: string;
  /** One line in `--help`. */
  readonly description: string;
  /** In the order of `--help`. */
  readonly commands: readonly ListedCommand[];
}

/** Parses an option that must be a whole number in a range, both ends included. */
export function wholeNumber(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < min || number > max)
      throw new InvalidArgumentError(
        max - min === 1 ? `Give ${min} or ${max}.` : `Give a whole number from ${min} to ${max}.`,
      );
    return number;
  };
}
