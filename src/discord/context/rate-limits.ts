import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { TextKey } from '../locales/translation.js';

const WINDOW_S = 60;

export interface RateLimitSettings {
  /** Questions and look-ups a minute. */
  readonly perPerson: number;
  readonly perServer: number;
}

/** That a question is one too many. */
export interface RateLimited {
  readonly key: Extract<TextKey, `limits.${string}`>;
  /** Until the next one is answered. */
  readonly seconds: number;
  /** Whether this is the first one that was refused: saying it again and again would be noise. */
  readonly isFirst: boolean;
}

/** How much people and servers may ask in a minute. Counted in memory: a restart begins anew. */
export class RateLimits {
  readonly #person: RateLimiterMemory;
  readonly #server: RateLimiterMemory;

  constructor({ perPerson, perServer }: RateLimitSettings) {
    this.#person = new RateLimiterMemory({ points: perPerson, duration: WINDOW_S });
    this.#server = new RateLimiterMemory({ points: perServer, duration: WINDOW_S });
  }

  /** Counts a question. @returns null when it may be answered. */
  async count(personId: string, serverId: string | null): Promise<RateLimited | null> {
    const person = await consume(this.#person, personId, 'limits.person');
    return person ?? (serverId === null ? null : consume(this.#server, serverId, 'limits.server'));
  }
}

async function consume(limiter: RateLimiterMemory, id: string, key: RateLimited['key']): Promise<RateLimited | null> {
  try {
    await limiter.consume(id);
    return null;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return {
      key,
      seconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)),
      isFirst: refused.consumedPoints === limiter.points + 1,
    };
  }
}
