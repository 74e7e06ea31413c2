import type { Answer } from '../answering/answer.js';
import type { AnswerOptions } from '../answering/answer-question.js';
import type { FindSourcesOptions, FoundSources } from '../answering/claims/find-sources.js';
import { QuestionError, type QuestionProblem } from '../answering/question/question.js';
import type { EngineSource } from '../engine.js';
import { DamageError, type ExitCode, TransientError, type TransientReason, UserError } from '../user-error.js';

/** What the thread is started with. */
export interface ThreadSetup {
  readonly source: EngineSource;
}

/** Something the thread is asked to do. The result of each kind is in {@link CallResults}. */
export type Call =
  | { readonly kind: 'ask'; readonly question: string; readonly options: Omit<AnswerOptions, 'findPin'> }
  | { readonly kind: 'find-sources'; readonly text: string; readonly options: FindSourcesOptions }
  | { readonly kind: 'embed'; readonly texts: readonly string[] };

/** The result of each kind of call. */
export interface CallResults {
  /** `pinKeys`: the folded forms of the question, under which something may be pinned to it. */
  readonly ask: { readonly answer: Answer; readonly pinKeys: readonly string[] };
  readonly 'find-sources': FoundSources;
  /** One unit vector per text, in the same order. */
  readonly embed: readonly Float32Array[];
}

/** A message to the thread. A `ping` is answered at once, unless the thread is busy computing. */
export type ToThread =
  | { readonly kind: 'call'; readonly id: number; readonly call: Call }
  | { readonly kind: 'ping' }
  | { readonly kind: 'close' };

/** A message from the thread: `opened` or `failed` first; `closed` last. */
export type FromThread =
  | { readonly kind: 'opened' }
  | { readonly kind: 'failed'; readonly error: SentError }
  | { readonly kind: 'result'; readonly id: number; readonly result: CallResults[Call['kind']] }
  | { readonly kind: 'error'; readonly id: number; readonly error: SentError }
  | { readonly kind: 'pong' }
  | { readonly kind: 'notice'; readonly notice: string }
  | { readonly kind: 'model-replaced'; readonly reason: string }
  | { readonly kind: 'closed' };

/** An error as it travels between threads: a copy of an `Error` would lose its class and its fields. */
export type SentError = (
  | { readonly kind: 'question'; readonly problem: QuestionProblem; readonly characters: number }
  | { readonly kind: 'transient'; readonly reason: TransientReason; readonly message: string }
  | { readonly kind: 'damage'; readonly message: string }
  | { readonly kind: 'user'; readonly message: string; readonly exitCode: ExitCode }
  | { readonly kind: 'other'; readonly name: string; readonly message: string; readonly stack: string }
) & {
  /** The message of its cause, for the log; null if it has none. */
  readonly cause: string | null;
};

/** Prepares an error for sending. */
export function toSentError(error: unknown): SentError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : null;
  if (error instanceof QuestionError)
    return { kind: 'question', problem: error.problem, characters: error.characters, cause };
  if (error instanceof TransientError)
    return { kind: 'transient', reason: error.reason, message: error.message, cause };
  if (error instanceof DamageError) return { kind: 'damage', message: error.message, cause };
  if (error instanceof UserError) return { kind: 'user', message: error.message, exitCode: error.exitCode, cause };
  if (!(error instanceof Error)) return { kind: 'other', name: 'Error', message: String(error), stack: '', cause };
  return { kind: 'other', name: error.name, message: error.message, stack: error.stack ?? '', cause };
}

/** Makes an error of the same class, with the same message, from what `toSentError` returned. */
export function fromSentError(sent: SentError): Error {
  const options = sent.cause === null ? {} : { cause: new Error(sent.cause) };
  switch (sent.kind) {
    case 'question':
      return new QuestionError(sent.problem, sent.characters);
    case 'transient':
      return new TransientError(sent.reason, sent.message, options);
    case 'damage':
      return new DamageError(sent.message, options);
    case 'user':
      return userErrorOf(sent.message, { ...options, exitCode: sent.exitCode });
    case 'other': {
      const error = new Error(sent.message, options);
      error.name = sent.name;
      error.stack = sent.stack;
      return error;
    }
  }
}

/** The lines of the message are escaped already, so each is passed on as a line of its own. */
function userErrorOf(lines: string, options: { readonly cause?: Error; readonly exitCode: ExitCode }): UserError {
  const [message = '', ...details] = lines.split('\n');
  return new UserError(message, { ...options, details });
}
