/** Which requests a fault meets. */
export interface FaultTarget {
  readonly method?: string;
  /** Against the path after "/api/v10", without the query. */
  readonly path: RegExp;
  /** How many requests; default 1. */
  readonly times?: number;
}

export interface ResponseFault {
  readonly status: number;
  /** An object is sent as JSON, a string as HTML. Default: the body Discord sends with that status. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Act first and lie afterwards: the retry of such an answer posts twice. Default false. */
  readonly afterActing?: boolean;
}

export interface RateLimitFault {
  readonly retryAfterMs: number;
  /** "user" and "shared" stop one route, "global" all of them. Default "user". */
  readonly scope?: 'user' | 'global' | 'shared';
}

export type Fault =
  | ({ readonly kind: 'respond' } & ResponseFault)
  | ({ readonly kind: 'rate limit' } & Required<RateLimitFault>)
  | { readonly kind: 'hang' }
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'destroy socket'; readonly when: 'before' | 'after' };

interface PlannedFault {
  readonly target: FaultTarget;
  readonly fault: Fault;
  timesLeft: number;
}

/** What goes wrong with the next requests. A request meets the oldest fault that fits it, and only that one. */
export class Faults {
  readonly #planned: PlannedFault[] = [];

  /** Answers with `status` instead of acting, or after acting with `afterActing`. */
  respond({ status, body, headers, afterActing, ...target }: FaultTarget & ResponseFault): void {
    this.#plan(target, { kind: 'respond', status, body, headers, afterActing });
  }

  /** Answers 429 with Retry-After; coming back earlier than that is a violation. */
  rateLimit({ retryAfterMs, scope = 'user', ...target }: FaultTarget & RateLimitFault): void {
    this.#plan(target, { kind: 'rate limit', retryAfterMs, scope });
  }

  /** Takes the request and never answers. */
  hang(target: FaultTarget): void {
    this.#plan(target, { kind: 'hang' });
  }

  /** Waits, then acts as usual. */
  delay({ delayMs, ...target }: FaultTarget & { readonly delayMs: number }): void {
    this.#plan(target, { kind: 'delay', delayMs });
  }

  /** Closes the connection without an answer, before or after acting. */
  destroySocket({ when, ...target }: FaultTarget & { readonly when: 'before' | 'after' }): void {
    this.#plan(target, { kind: 'destroy socket', when });
  }

  clear(): void {
    this.#planned.length = 0;
  }

  /** The fault this request meets, used up by one. */
  take(method: string, path: string): Fault | undefined {
    const planned = this.#planned.find(
      ({ target, timesLeft }) => timesLeft > 0 && (target.method ?? method) === method && target.path.test(path),
    );
    if (!planned) return undefined;
    planned.timesLeft -= 1;
    return planned.fault;
  }

  #plan(target: FaultTarget, fault: Fault): void {
    this.#planned.push({ target, fault, timesLeft: target.times ?? 1 });
  }
}
