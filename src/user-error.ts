import { escapeLineFeeds } from './text/visible-text.js';

/** The exit codes that scripts may rely on. */
export const EXIT = { done: 0, failed: 1, usageError: 2, nothingIndexed: 3 } as const;

/** One of the values of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** How a {@link UserError} ends the program, and what caused it. */
export interface UserErrorOptions extends ErrorOptions {
  /** Exit code of the terminal program. Default: `EXIT.failed`. */
  readonly exitCode?: ExitCode | undefined;
  /** Further lines of the message, such as a list of what is wrong. */
  readonly details?: readonly string[];
}

/**
 * The only error whose message is shown to people: it states the facts and what to do about them. A line feed in one of its lines,
 * such as one in the name of a file, is written as `\n`, so that nobody can add lines of their own to it.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';

  /** Exit code of the terminal program if nothing catches the error. */
  readonly exitCode: ExitCode;

  constructor(message: string, options: UserErrorOptions = {}) {
    super([message, ...(options.details ?? [])].map(escapeLineFeeds).join('\n'), options);
    this.exitCode = options.exitCode ?? EXIT.failed;
  }
}

/** Thrown instead of anything that is not as it was stored. The message says what is damaged, where, and what repairs it. */
export class DamageError extends UserError {
  override readonly name: string = 'DamageError';
}

/**
 * Why something could not be done now:
 *
 * - `busy`: too much is waiting already
 * - `too-slow`: it took longer than it may
 * - `unavailable`: what is needed for it has failed and is being started again
 */
export type TransientReason = 'busy' | 'too-slow' | 'unavailable';

/** An error that is probably gone when the same is tried again. The message says so; other languages can be built from the reason. */
export class TransientError extends UserError {
  override readonly name = 'TransientError';

  constructor(
    readonly reason: TransientReason,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, options);
  }
}

/** Returns the system's code of an I/O error, such as "ENOENT", or null for anything else that was thrown. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Returns the message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
