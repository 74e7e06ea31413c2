/** Which requests a fault applies to. */
export interface FaultTarget {
  /** HTTP method. Default: any. */
  readonly method?: string;
  /** Tested against the path after "/api/v10", without the query. */
  readonly path: RegExp;
  /** How many requests. Default: 1. */
  readonly times?: number;
}

/** An answer that has nothing to do with the request. */
export interface ResponseFault {
  readonly status: number;
  /** An object is sent as JSON, a string as HTML. Default: a JSON error with that status. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether to handle the request first. A bot that retries such an answer posts twice. Default: false. */
  readonly afterActing?: boolean;
}

/** A rate limit: https://docs.discord.com/developers/topics/rate-limits */
export interface RateLimitFault {
  readonly retryAfterMs: number;
  /** "user" and "shared" stop one route, "global" stops all of them. Default: "user". */
  readonly scope?: 'user' | 'global' | 'shared';
}

/** What happens to one request instead of the usual. */
export type Fault =
  | ({ readonly kind: 'respond' } & ResponseFault)
  | ({ readonly kind: 'rate limit' } & Required<RateLimitFault>)
  | { readonly kind: 'hang' }
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'destroy socket'; readonly when: 'before' | 'after' };

interface PlannedFault {
  readonly target: FaultTarget;
  readonly fault: Fault;
  remaining: number;
}

/** Plans what goes wrong with the next requests. The oldest fault that fits a request applies to it, and no other. */
export class Faults {
  readonly #planned: PlannedFault[] = [];

  /** Answers with a status instead of handling the request, or, with `afterActing`, after handling it. */
  respond({ status, body, headers, afterActing, ...target }: FaultTarget & ResponseFault): void {
    this.#plan(target, { kind: 'respond', status, body, headers, afterActing });
  }

  /** Answers 429 with Retry-After. A request that comes earlier than that is a violation. */
  rateLimit({ retryAfterMs, scope = 'user', ...target }: FaultTarget & RateLimitFault): void {
    this.#plan(target, { kind: 'rate limit', retryAfterMs, scope });
  }

  /** Accepts the request and never answers. */
  hang(target: FaultTarget): void {
    this.#plan(target, { kind: 'hang' });
  }

  /** Waits, then handles the request as usual. */
  delay({ delayMs, ...target }: FaultTarget & { readonly delayMs: number }): void {
    this.#plan(target, { kind: 'delay', delayMs });
  }

  /** Closes the connection without an answer, before or after handling the request. */
  destroySocket({ when, ...target }: FaultTarget & { readonly when: 'before' | 'after' }): void {
    this.#plan(target, { kind: 'destroy socket', when });
  }

  /** Forgets the faults that have not happened yet. */
  clear(): void {
    this.#planned.length = 0;
  }

  /** The fault that applies to a request, counted as used. Undefined if none does. */
  take(method: string, path: string): Fault | undefined {
    const planned = this.#planned.find(
      ({ target, remaining }) => remaining > 0 && (target.method ?? method) === method && target.path.test(path),
    );
    if (!planned) return undefined;
    planned.remaining -= 1;
    return planned.fault;
  }

  #plan(target: FaultTarget, fault: Fault): void {
    this.#planned.push({ target, fault, remaining: target.times ?? 1 });
  }
}
