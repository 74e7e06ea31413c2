import { CommanderError } from 'commander';
import { EXIT, type ExitCode, UserError } from '../user-error.js';
import type { Output } from './output.js';
import { withProgramName } from './program-name.js';
import { printable, wrapForTerminal } from './screen.js';

/** Where errors are printed, and the name of this program in their messages. */
interface ErrorReporting {
  readonly stderr: Output;
  readonly program: string;
}

/**
 * Prints an error on standard error. A bug is printed with its stack; Commander has already printed its own errors.
 *
 * @returns the exit code that goes with it.
 */
export function reportError(error: unknown, { stderr, program }: ErrorReporting): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usageError;
  if (error instanceof UserError) {
    stderr.write(`${wrapForTerminal(printable(withProgramName(error.message, program)), stderr)}\n`);
    return error.exitCode;
  }
  stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.failed;
}
