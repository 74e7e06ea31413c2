/** Exit codes that scripts may rely on. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, nothingIndexed: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The only error whose message may be shown to a person: it states the facts and what to do about them. */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.failed,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The system's code of an I/O error ("ENOENT"), or null for any other thing that was thrown. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
