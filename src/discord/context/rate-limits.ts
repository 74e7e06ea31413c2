import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { TextKey } from '../locales/translation.js';

const WINDOW_SECONDS = 60;

/** How many questions and look-ups are answered per minute. */
export interface RateLimitSettings {
  readonly perPerson: number;
  readonly perServer: number;
}

/** Why a question is over a limit. */
export interface RateLimited {
  /** The text that explains it. */
  readonly key: Extract<TextKey, `limits.${string}`>;
  /** Seconds until the next question is answered, at least 1. */
  readonly seconds: number;
  /** Whether this is the first question over the limit. Repeating the explanation in a channel would be noise. */
  readonly isFirst: boolean;
}

/** Limits how much people and servers can ask per minute. Counted in memory, so a restart resets the counts. */
export class RateLimits {
  readonly #person: RateLimiterMemory;
  readonly #server: RateLimiterMemory;

  constructor({ perPerson, perServer }: RateLimitSettings) {
    this.#person = new RateLimiterMemory({ points: perPerson, duration: WINDOW_SECONDS });
    this.#server = new RateLimiterMemory({ points: perServer, duration: WINDOW_SECONDS });
  }

  /**
   * Counts a question.
   *
   * @param serverId Null outside of servers.
   * @returns null if the question is within the limits.
   */
  async count(personId: string, serverId: string | null): Promise<RateLimited | null> {
    const person = await consume(this.#person, personId, 'limits.person');
    return person ?? (serverId === null ? null : consume(this.#server, serverId, 'limits.server'));
  }
}

async function consume(limiter: RateLimiterMemory, id: string, key: RateLimited['key']): Promise<RateLimited | null> {
  try {
    await limiter.consume(id);
    return null;
  } catch (rejection) {
    // Over the limit, it rejects with its state instead of an error.
    if (!(rejection instanceof RateLimiterRes)) throw rejection;
    return {
      key,
      seconds: Math.max(1, Math.ceil(rejection.msBeforeNext / 1000)),
      isFirst: rejection.consumedPoints === limiter.points + 1,
    };
  }
}
