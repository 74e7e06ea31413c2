import type { MessageContext } from '../checks/message-rules.js';
import type { ReplyKind } from '../checks/reply-checks.js';
import type { RequestKind } from '../checks/request-checks.js';
import type { UploadedFile } from '../world/stored-message.js';

/**
 * One endpoint of the REST API. The server checks the request before it calls `handle`, and the reply afterwards.
 * To add an endpoint, add a route to the list of one of the files in routes/.
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path after "/api/v10", with parameters, as in "/channels/:channelId/messages". */
  readonly pattern: string;
  /** False for interactions and their webhooks: the token in their path is enough. Default: true. */
  readonly needsBotToken?: boolean;
  /** What the body is checked as. Absent if there is none. */
  readonly request?: RequestKind | ((call: Call) => RequestKind);
  /** What the reply is checked as. Absent if the reply is empty or `handle` checks it itself. */
  readonly reply?: ReplyKind;
  /** What the checks must know about the message that is edited and the interaction that is answered. */
  readonly context?: (call: Call) => Partial<MessageContext>;
  /** Does what Discord would do. Throws a `DiscordError` where Discord would refuse. */
  readonly handle: (call: Call) => Reply;
}

/** A request to a route. */
export interface Call {
  /** The parameters of the pattern, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON. */
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
  /** `performance.now()` when it arrived. */
  readonly atMs: number;
}

/** The answer of a route. */
export interface Reply {
  readonly status: number;
  /** An object is sent as JSON, a string as HTML. */
  readonly body?: unknown;
}

/** Answers 200. */
export function ok(body: unknown): Reply {
  return { status: 200, body };
}

/** Answers 204. */
export const NO_CONTENT: Reply = { status: 204 };
