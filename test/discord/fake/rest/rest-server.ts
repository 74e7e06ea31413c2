import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import { describeProblem, type Problem, SERVER_FAULT } from '../checks/problem.js';
import { problemsOfReply, type ReplyKind } from '../checks/reply-checks.js';
import { problemsOfRequest } from '../checks/request-checks.js';
import type { Journal, RecordedRequest } from '../journal.js';
import { DiscordError } from './discord-error.js';
import type { Fault, Faults } from './faults.js';
import { RateLimits, rateLimitHeaders } from './rate-limits.js';
import { readBody } from './request-body.js';
import type { Call, Reply, Route } from './route.js';

/** Options of `RestServer`. */
export interface RestOptions {
  readonly routes: readonly Route[];
  readonly journal: Journal;
  readonly faults: Faults;
  readonly isValidToken: (token: unknown) => boolean;
}

const PREFIX = '/api/v10';

interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
  /** Rate limits count per route and top-level id. */
  readonly bucket: string;
}

/** One request on its way to its answer. */
interface Exchange {
  readonly record: RecordedRequest;
  readonly match: Match | undefined;
  readonly response: ServerResponse;
  /** Handles the request as Discord would. */
  readonly act: () => Reply;
  readonly send: (reply: Reply, headers?: Readonly<Record<string, string>>) => void;
}

/**
 * Discord's HTTP API, version 10: finds the route, applies a fault if one is planned, checks the request and the reply,
 * and answers. https://docs.discord.com/developers/reference#http-api
 *
 * An unknown endpoint, a bad body and a request before its rate limit is over are violations.
 */
export class RestServer {
  readonly #options: RestOptions;
  readonly #patterns: readonly { readonly route: Route; readonly pattern: RegExp }[];
  readonly #rateLimits = new RateLimits();
  readonly #stopped = new AbortController();

  constructor(options: RestOptions) {
    this.#options = options;
    this.#patterns = options.routes.map((route) => ({
      route,
      pattern: new RegExp(`^${route.pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
    }));
  }

  /** Drops the answers that are still delayed. */
  close(): void {
    this.#stopped.abort();
  }

  /**
   * Answers one request.
   *
   * @throws if the bot hangs up in the middle of it.
   */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { journal, faults } = this.#options;
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const isApi = url.pathname.startsWith(PREFIX);
    const path = isApi ? url.pathname.slice(PREFIX.length) : url.pathname;
    const { body, files } = await readBody(request);
    const record: RecordedRequest = { method, path: path + url.search, body, files, atMs: performance.now() };
    journal.requests.push(record);
    const match = isApi ? this.#match(method, path) : undefined;
    this.#checkRateLimits(record, match);
    // Tests may wait for a request that is never answered.
    journal.notify();

    const call = { query: url.searchParams, body, files, atMs: record.atMs };
    const exchange: Exchange = {
      record,
      match,
      response,
      act: () => this.#act(match, call, request.headers.authorization, record),
      send: (reply, headers) => {
        record.status = reply.status;
        write(response, reply, { ...rateLimitHeaders(match?.route), ...headers });
        journal.notify();
      },
    };
    const fault = faults.take(method, path);
    if (fault) await this.#applyFault(fault, exchange);
    else exchange.send(exchange.act());
  }

  async #applyFault(fault: Fault, { act, send, response, match }: Exchange): Promise<void> {
    switch (fault.kind) {
      case 'respond': {
        if (fault.afterActing) act();
        const body = fault.body ?? { message: `${fault.status}: Fault`, code: 0 };
        send({ status: fault.status, body }, fault.headers);
        break;
      }
      case 'rate limit': {
        const { reply, headers } = this.#rateLimits.close(match?.bucket ?? '', fault);
        send(reply, headers);
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
    call: Omit<Call, 'params'>,
    authorization: string | undefined,
    record: RecordedRequest,
  ): Reply {
    const { journal } = this.#options;
    const where = `${record.method} ${record.path}`;
    try {
      if (!match) {
        journal.addViolation(`${where}: the fake Discord has no such endpoint`);
        throw new DiscordError(404, 0, '404: Not Found');
      }
      return this.#handle(match.route, { ...call, params: match.params }, authorization, where);
    } catch (error) {
      if (!(error instanceof DiscordError)) {
        const details = error instanceof Error ? error.stack : String(error);
        journal.addViolation(`${where}: the fake Discord failed: ${details}`);
        return { status: 500, body: { message: '500: Internal Server Error', code: 0 } };
      }
      const body = { message: error.message, code: error.code, ...(error.errors && { errors: error.errors }) };
      this.#checkReply('error', body, where);
      return { status: error.status, body };
    }
  }

  #handle(route: Route, call: Call, authorization: string | undefined, where: string): Reply {
    const isAuthorized = authorization?.startsWith('Bot ') && this.#options.isValidToken(authorization.slice(4));
    if (route.needsBotToken !== false && !isAuthorized) throw new DiscordError(401, 0, '401: Unauthorized');
    this.#checkRequest(route, call, where);
    const reply = route.handle(call);
    if (route.reply && reply.body !== undefined) this.#checkReply(route.reply, reply.body, where);
    return reply;
  }

  /** Every problem is a violation. What Discord refuses is refused too; what only breaks our promises is accepted. */
  #checkRequest(route: Route, call: Call, where: string): void {
    if (!route.request) return;
    const { journal } = this.#options;
    const context = { isEdit: false, files: call.files.length, ...route.context?.(call) };
    const kind = typeof route.request === 'function' ? route.request(call) : route.request;
    const problems = problemsOfRequest(kind, call.body, context);
    journal.checkedPayloads += 1;
    for (const problem of problems) journal.addViolation(`${where}: ${describeProblem(problem)}`);
    const refusals = problems.filter(({ refusedWith }) => refusedWith !== undefined);
    if (refusals.length > 0) throw refusalFor(refusals);
  }

  #checkReply(kind: ReplyKind, body: unknown, where: string): void {
    const { journal } = this.#options;
    journal.checkedPayloads += 1;
    for (const problem of problemsOfReply(kind, body)) {
      journal.addViolation(`${where}: the fake's own answer: ${describeProblem(problem)}`);
    }
  }

  #checkRateLimits({ method, path, atMs }: RecordedRequest, match: Match | undefined): void {
    for (const earlyMs of this.#rateLimits.earlyByMs(match?.bucket ?? '', match?.route, atMs)) {
      this.#options.journal.addViolation(
        `${method} ${path}: came ${Math.round(earlyMs)} ms before its rate limit was over`,
      );
    }
  }
}

function refusalFor(problems: readonly Problem[]): DiscordError {
  const codes = problems.map(({ refusedWith }) => refusedWith);
  if (codes.includes(SERVER_FAULT)) return new DiscordError(500, 0, '500: Internal Server Error');
  if (codes.includes(RESTJSONErrorCodes.CannotSendAnEmptyMessage)) {
    return new DiscordError(400, RESTJSONErrorCodes.CannotSendAnEmptyMessage, 'Cannot send an empty message');
  }
  return invalidFormBody(problems);
}

/** "Invalid Form Body" with errors nested like the body: { embeds: { 0: { title: { _errors: [...] } } } }. */
function invalidFormBody(problems: readonly Problem[]): DiscordError {
  const errors: Record<string, unknown> = {};
  for (const { at, rule, text } of problems) {
    let parent = errors;
    for (const key of at === '' ? [] : at.split('.')) {
      parent[key] ??= {};
      parent = parent[key] as Record<string, unknown>;
    }
    parent._errors = [{ code: 0, message: `${rule}: ${text}` }];
  }
  return new DiscordError(400, RESTJSONErrorCodes.InvalidFormBodyOrContentType, 'Invalid Form Body', errors);
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
