import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Faults } from './faults.js';
import type { Journal, RecordedRequest } from './journal.js';
import { EMPTY_MESSAGE, INVALID_FORM_BODY, SERVER_FAULT } from './message-rules.js';
import {
  describeProblem,
  type MessageContext,
  type Problem,
  problemsOfReply,
  problemsOfRequest,
  type ReplyKind,
  type RequestKind,
} from './schema-checks.js';
import type { UploadedFile } from './world.js';

/** One endpoint. The body was checked as a `request` before `handle` runs, and the answer is checked as a `reply`. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** "/channels/:channelId/messages" */
  readonly pattern: string;
  /** Interactions and their webhooks are authorised by the token in their path. Default true. */
  readonly needsBotToken?: boolean;
  readonly request?: RequestKind | ((call: Call) => RequestKind);
  readonly reply?: ReplyKind;
  /** What the rules must know about the message that is edited. */
  readonly context?: (call: Call) => Partial<MessageContext>;
  readonly handle: (call: Call) => Reply;
}

export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
  readonly atMs: number;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

/** An answer of 4xx, or 500, as Discord words it: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
export class DiscordError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: object | undefined;

  constructor(status: number, code: number, message: string, errors?: object) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export interface RestOptions {
  readonly routes: readonly Route[];
  readonly journal: Journal;
  readonly faults: Faults;
  readonly isTokenGood: (token: unknown) => boolean;
}

const PREFIX = '/api/v10';
/** Larger than any burst of the tests: Discord does not publish the numbers, and the bot has to read the headers anyway. */
const BUCKET_LIMIT = 50;
const BUCKET_RESET_SECONDS = 1;
/** A timer may fire this much early. */
const CLOCK_TOLERANCE_MS = 5;
/** A request that was on its way when another was told of the limit could not know of it. */
const IN_FLIGHT_MS = 50;

interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
  /** Rate limits count per route and top-level id. */
  readonly bucket: string;
}

/** Discord's HTTP API: finds the route, applies the fault, checks both directions, answers. */
export class Rest {
  readonly #options: RestOptions;
  readonly #patterns: readonly { readonly route: Route; readonly pattern: RegExp }[];
  readonly #closed = new Map<string, { readonly fromMs: number; readonly untilMs: number }>();
  readonly #stopped = new AbortController();

  constructor(options: RestOptions) {
    this.#options = options;
    this.#patterns = options.routes.map((route) => ({
      route,
      pattern: new RegExp(`^${route.pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
    }));
  }

  close(): void {
    this.#stopped.abort();
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { journal, faults } = this.#options;
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : url.pathname;
    const { body, files } = await readBody(request);
    const record: RecordedRequest = { method, path: path + url.search, body, files, atMs: performance.now() };
    journal.requests.push(record);
    const match = url.pathname.startsWith(PREFIX) ? this.#match(method, path) : undefined;
    this.#checkPatience(record, match);

    const send = (reply: Reply, headers: Readonly<Record<string, string>> = {}) => {
      record.status = reply.status;
      write(response, reply, { ...rateLimitHeaders(match), ...headers });
      journal.changed();
    };
    const act = () => this.#act(match, { query: url.searchParams, body, files, atMs: record.atMs }, request, record);

    // A request that hangs has happened too.
    journal.changed();
    const fault = faults.take(method, path);
    if (fault) await this.#applyFault(fault, { act, send, response, match });
    else send(act());
  }

  async #applyFault(
    fault: Fault,
    call: {
      act: () => Reply;
      send: (reply: Reply, headers?: Readonly<Record<string, string>>) => void;
      response: ServerResponse;
      match: Match | undefined;
    },
  ): Promise<void> {
    const { act, send, response, match } = call;
    switch (fault.kind) {
      case 'respond':
        if (fault.afterActing) act();
        send(
          { status: fault.status, body: fault.body ?? { message: `${fault.status}: Fault`, code: 0 } },
          fault.headers,
        );
        break;
      case 'rate limit': {
        const isGlobal = fault.scope === 'global';
        const seconds = fault.retryAfterMs / 1000;
        const fromMs = performance.now();
        const untilMs = fromMs + fault.retryAfterMs;
        this.#closed.set(isGlobal ? '*' : (match?.bucket ?? ''), { fromMs, untilMs });
        send(
          {
            status: 429,
            body: { message: 'You are being rate limited.', code: 0, retry_after: seconds, global: isGlobal },
          },
          {
            'retry-after': String(seconds),
            'x-ratelimit-scope': fault.scope,
            'x-ratelimit-remaining': '0',
            'x-ratelimit-reset-after': String(seconds),
            ...(isGlobal && { 'x-ratelimit-global': 'true' }),
          },
        );
        break;
      }
      case 'hang':
        break;
      case 'delay': {
        const isOver = await sleep(fault.delayMs, true, { signal: this.#stopped.signal, ref: false }).catch(
          () => false,
        );
        if (isOver) send(act());
        break;
      }
      case 'destroy socket':
        if (fault.when === 'after') act();
        response.socket?.destroy();
        break;
    }
  }

  #match(method: string, rawPath: string): Match | undefined {
    // discord.js encodes the @ of some "@me" and not of others.
    const path = rawPath.replaceAll('%40', '@');
    for (const { route, pattern } of this.#patterns) {
      const found = route.method === method ? pattern.exec(path) : null;
      if (!found) continue;
      const params = Object.fromEntries(
        Object.entries({ ...found.groups }).map(([name, value]) => [name, decodeURIComponent(value)]),
      );
      const bucket = `${method} ${route.pattern} ${Object.values(params)[0] ?? ''}`;
      return { route, params, bucket };
    }
    return undefined;
  }

  #act(
    match: Match | undefined,
    parts: Omit<Call, 'params'>,
    request: IncomingMessage,
    record: RecordedRequest,
  ): Reply {
    const { journal, isTokenGood } = this.#options;
    const where = `${record.method} ${record.path}`;
    try {
      if (!match) {
        journal.violation(`${where}: the fake Discord has no such endpoint`);
        throw new DiscordError(404, 0, '404: Not Found');
      }
      const { route, params } = match;
      const authorization = request.headers.authorization;
      if (
        route.needsBotToken !== false &&
        !(authorization?.startsWith('Bot ') && isTokenGood(authorization.slice(4)))
      ) {
        throw new DiscordError(401, 0, '401: Unauthorized');
      }
      const call: Call = { ...parts, params };
      this.#checkRequest(route, call, where);
      const reply = route.handle(call);
      if (route.reply && reply.body !== undefined) this.#checkReply(route.reply, reply.body, where);
      return reply;
    } catch (error) {
      if (!(error instanceof DiscordError)) {
        journal.violation(`${where}: the fake Discord failed: ${error instanceof Error ? error.stack : String(error)}`);
        return { status: 500, body: { message: '500: Internal Server Error', code: 0 } };
      }
      const body = { message: error.message, code: error.code, ...(error.errors && { errors: error.errors }) };
      this.#checkReply('error', body, where);
      return { status: error.status, body };
    }
  }

  /** What Discord refuses is refused, and what it would take against our promises is only noted. */
  #checkRequest(route: Route, call: Call, where: string): void {
    if (!route.request) return;
    const { journal } = this.#options;
    const context = { isEdit: false, files: call.files.length, ...route.context?.(call) };
    const kind = typeof route.request === 'function' ? route.request(call) : route.request;
    const problems = problemsOfRequest(kind, call.body, context);
    journal.checkedPayloads += 1;
    for (const problem of problems) journal.violation(`${where}: ${describeProblem(problem)}`);
    const refusals = problems.filter(({ refusedWith }) => refusedWith !== undefined);
    if (refusals.some(({ refusedWith }) => refusedWith === SERVER_FAULT)) {
      throw new DiscordError(500, 0, '500: Internal Server Error');
    }
    if (refusals.some(({ refusedWith }) => refusedWith === EMPTY_MESSAGE)) {
      throw new DiscordError(400, EMPTY_MESSAGE, 'Cannot send an empty message');
    }
    if (refusals.length > 0) throw invalidFormBody(refusals);
  }

  #checkReply(kind: ReplyKind, body: unknown, where: string): void {
    const { journal } = this.#options;
    journal.checkedPayloads += 1;
    for (const problem of problemsOfReply(kind, body)) {
      journal.violation(`${where}: the fake's own answer: ${describeProblem(problem)}`);
    }
  }

  /** Whoever comes back before a rate limit is over is on the way to a ban. */
  #checkPatience(record: RecordedRequest, match: Match | undefined): void {
    const { journal } = this.#options;
    // Interactions do not count against the global limit.
    const keys = match?.route.needsBotToken === false ? [match.bucket] : [match?.bucket ?? '', '*'];
    for (const key of keys) {
      const { fromMs = 0, untilMs = 0 } = this.#closed.get(key) ?? {};
      const earlyMs = untilMs - record.atMs;
      if (record.atMs > fromMs + IN_FLIGHT_MS && earlyMs > CLOCK_TOLERANCE_MS) {
        journal.violation(
          `${record.method} ${record.path}: came ${Math.round(earlyMs)} ms before its rate limit was over`,
        );
      }
    }
  }
}

function invalidFormBody(problems: readonly Problem[]): DiscordError {
  const errors: Record<string, unknown> = {};
  for (const { at, rule, text } of problems) {
    let place = errors;
    for (const key of at === '' ? [] : at.split('.')) {
      place[key] ??= {};
      place = place[key] as Record<string, unknown>;
    }
    place._errors = [{ code: 0, message: `${rule}: ${text}` }];
  }
  return new DiscordError(400, INVALID_FORM_BODY, 'Invalid Form Body', errors);
}

async function readBody(request: IncomingMessage): Promise<{ body: unknown; files: readonly UploadedFile[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { body: undefined, files: [] };
  if (!type.startsWith('multipart/form-data')) return { body: parseJson(bytes.toString()), files: [] };

  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const files: UploadedFile[] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') continue;
    const text = await value.text();
    files.push({
      key: /^files\[(\d+)\]$/.exec(name)?.[1] ?? name,
      name: value.name,
      type: value.type,
      text,
      bytes: value.size,
    });
  }
  const json = form.get('payload_json');
  return { body: parseJson(typeof json === 'string' ? json : '{}'), files };
}

/** A body that is no JSON is left as text: the schema then says so. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function write(response: ServerResponse, { status, body }: Reply, headers: Readonly<Record<string, string>>): void {
  if (response.destroyed) return;
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  // discord.js reads only application/json as JSON.
  const type = typeof body === 'string' ? 'text/html' : 'application/json';
  response
    .writeHead(status, { 'content-type': type, ...headers })
    .end(typeof body === 'string' ? body : JSON.stringify(body));
}

function rateLimitHeaders(match: Match | undefined): Record<string, string> {
  if (!match) return {};
  return {
    'x-ratelimit-limit': String(BUCKET_LIMIT),
    'x-ratelimit-remaining': String(BUCKET_LIMIT - 1),
    'x-ratelimit-reset': String(Date.now() / 1000 + BUCKET_RESET_SECONDS),
    'x-ratelimit-reset-after': String(BUCKET_RESET_SECONDS),
    'x-ratelimit-bucket': createHash('md5').update(`${match.route.method} ${match.route.pattern}`).digest('hex'),
  };
}
