import type { Readable } from 'node:stream';
import { EXIT, type ExitCode } from '../user-error.js';
import { createOutput, type Output } from './output.js';
import { programName } from './program-name.js';
import { reportError } from './report-error.js';
import { printableLine } from './screen.js';

/** The process a command runs in, as an argument: tests pass streams of their own. */
export interface Runtime {
  /** What was typed after the name of the program. */
  readonly args: readonly string[];
  /** Environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from. */
  readonly workingFolder: string;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  /** How people start this program, such as `footnote` or `npm run -s footnote --`. */
  readonly program: string;
  /** Path of the program's own script. */
  readonly script: string;
  /**
   * Calls a function once when the program is told to stop (Ctrl-C, SIGTERM). Told a second time, it ends at once.
   *
   * @returns a function that removes the listener.
   */
  onInterrupt(listener: () => void): () => void;
  /** Ends the process without waiting for what is still open. */
  exit(code: ExitCode): void;
}

/** The runtime of a real process. Warnings and errors that nothing handles are printed like everything else. */
export function processRuntime(host: NodeJS.Process): Runtime {
  const [, script = '', ...args] = host.argv;
  host.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that closes its end of the pipe (`footnote articles | head`) has read enough.
    if (error.code !== 'EPIPE') throw error;
    host.exit(EXIT.done);
  });
  const program = programName(script, host.env, host.cwd());
  const stderr = createOutput(host.stderr);
  // Node.js prints both as they are. They quote files: a YAML parser warns about keys, for example.
  if (host.listenerCount('warning') > 0) {
    host.removeAllListeners('warning');
    host.on('warning', ({ name, message }) => stderr.write(`${printableLine(`${name}: ${message}`)}\n`));
  }
  host.on('uncaughtException', (error) => host.exit(reportError(error, { stderr, program })));
  return {
    args,
    environment: host.env,
    workingFolder: host.cwd(),
    stdin: host.stdin,
    stdout: createOutput(host.stdout),
    stderr,
    program,
    script,
    onInterrupt(listener) {
      // Without a listener, a signal ends the process, even one that is busy.
      const stopListening = (): void => {
        host.off('SIGINT', interrupt);
        host.off('SIGTERM', interrupt);
      };
      const interrupt = (): void => {
        stopListening();
        listener();
      };
      host.on('SIGINT', interrupt);
      host.on('SIGTERM', interrupt);
      return stopListening;
    },
    exit: (code) => host.exit(code),
  };
}
