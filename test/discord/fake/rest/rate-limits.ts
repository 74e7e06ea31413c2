import { createHash } from 'node:crypto';
import type { RateLimitFault } from './faults.js';
import type { Reply, Route } from './route.js';

// Source: https://docs.discord.com/developers/topics/rate-limits

/**
 * Larger than any burst in the tests. Discord does not publish its numbers, and a bot has to read the headers anyway.
 */
const BUCKET_LIMIT = 50;
const BUCKET_RESET_SECONDS = 1;
/** A timer may fire this much early. */
const CLOCK_TOLERANCE_MS = 5;
/** A request that was on its way while another was refused could not know about the limit. */
const IN_FLIGHT_MS = 50;
/** The bucket that a global limit closes. */
const GLOBAL = '*';

interface Closure {
  readonly fromMs: number;
  readonly untilMs: number;
}

type Headers = Readonly<Record<string, string>>;

/** The rate limits that tests impose, and which requests come too early. */
export class RateLimits {
  readonly #closed = new Map<string, Closure>();

  /**
   * Closes a bucket, or all of them, and returns the 429 that says so.
   *
   * @param bucket Empty if the request matched no route.
   */
  close(bucket: string, { retryAfterMs, scope }: Required<RateLimitFault>): { reply: Reply; headers: Headers } {
    const isGlobal = scope === 'global';
    const seconds = retryAfterMs / 1000;
    const fromMs = performance.now();
    this.#closed.set(isGlobal ? GLOBAL : bucket, { fromMs, untilMs: fromMs + retryAfterMs });
    return {
      reply: {
        status: 429,
        body: { message: 'You are being rate limited.', code: 0, retry_after: seconds, global: isGlobal },
      },
      headers: {
        'retry-after': String(seconds),
        'x-ratelimit-scope': scope,
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset-after': String(seconds),
        ...(isGlobal && { 'x-ratelimit-global': 'true' }),
      },
    };
  }

  /**
   * How early a request comes for each limit that it ignores. A bot that does this repeatedly gets banned.
   *
   * @param route The route it matched, if any. Interactions do not count against the global limit.
   * @returns Milliseconds; empty if the request is in time.
   */
  earlyByMs(bucket: string, route: Route | undefined, atMs: number): number[] {
    const buckets = route?.needsBotToken === false ? [bucket] : [bucket, GLOBAL];
    return buckets
      .flatMap((key) => this.#closed.get(key) ?? [])
      .filter(({ fromMs, untilMs }) => atMs > fromMs + IN_FLIGHT_MS && untilMs - atMs > CLOCK_TOLERANCE_MS)
      .map(({ untilMs }) => untilMs - atMs);
  }
}

/** The headers with which Discord tells the state of a route's bucket. Here it is never nearly used up. */
export function rateLimitHeaders(route: Route | undefined): Headers {
  if (!route) return {};
  return {
    'x-ratelimit-limit': String(BUCKET_LIMIT),
    'x-ratelimit-remaining': String(BUCKET_LIMIT - 1),
    'x-ratelimit-reset': String(Date.now() / 1000 + BUCKET_RESET_SECONDS),
    'x-ratelimit-reset-after': String(BUCKET_RESET_SECONDS),
    'x-ratelimit-bucket': createHash('md5').update(`${route.method} ${route.pattern}`).digest('hex'),
  };
}
