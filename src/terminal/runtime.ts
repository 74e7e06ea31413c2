import { basename, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { EXIT, type ExitCode } from '../user-error.js';
import type { Output } from './screen.js';

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

/** The runtime of a real process. */
export function processRuntime(host: NodeJS.Process): Runtime {
  const [, script = '', ...args] = host.argv;
  host.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that closes its end of the pipe (`footnote articles | head`) has read enough.
    if (error.code !== 'EPIPE') throw error;
    host.exit(EXIT.done);
  });
  return {
    args,
    environment: host.env,
    workingFolder: host.cwd(),
    stdin: host.stdin,
    stdout: host.stdout,
    stderr: host.stderr,
    program: programName(script, host.env, host.cwd()),
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

/**
 * The command that starts this program from the current folder. Messages name it instead of `footnote`, which may not be
 * installed.
 *
 * @param script Path of the script that Node.js runs.
 * @param environment npm says in it which script it runs.
 */
export function programName(
  script: string,
  environment: Readonly<Record<string, string | undefined>>,
  workingFolder: string,
): string {
  const { npm_lifecycle_event: npmScript, npm_command: npmCommand } = environment;
  if (npmCommand === 'exec') return 'npx footnote';
  if (npmScript !== undefined && npmScript !== '') return 'npm run -s footnote --';
  if (basename(script) === 'footnote') return 'footnote';
  const path = relative(workingFolder, script);
  return `node ${path === '' || path.startsWith('..') ? script : path}`;
}

/** Puts the program's real name into the commands that a message mentions: "Run `footnote index`." */
export function withProgramName(message: string, program: string): string {
  // A function, because a folder in `program` may contain `$`, which means something in a replacement string.
  return message.replace(/`footnote(?=[ `])/g, () => `\`${program}`);
}
