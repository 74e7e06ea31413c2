import { setTimeout as sleep } from 'node:timers/promises';

export interface RecordedRequest {
  readonly method: string;
  /** Without "/api/v10", with the query. */
  readonly path: string;
  readonly body: unknown;
  /** The names and texts of what was uploaded with it. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** `performance.now()` on arrival. */
  readonly atMs: number;
  /** Absent while no answer was sent: the request hangs, or its socket was destroyed. */
  status?: number;
}

export interface WaitOptions {
  /** Default 4000. */
  readonly timeoutMs?: number;
}

/** Below vitest's 5 s for a test, so that the error with the recent requests is the one that is shown. */
const DEFAULT_TIMEOUT_MS = 4_000;
const REQUESTS_IN_A_REPORT = 12;

/** What happened on the fake, and the one way to wait for something to happen. */
export class Journal {
  readonly requests: RecordedRequest[] = [];
  readonly violations: string[] = [];
  readonly gatewayLog: string[] = [];
  checkedPayloads = 0;
  readonly #listeners = new Set<() => void>();
  #closed = false;

  /** Tells everyone who waits that something happened. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  violation(text: string): void {
    this.violations.push(text);
    this.changed();
  }

  /** Resolves with the first value of `find` that is not undefined; rejects with the recent requests after the timeout. */
  waitFor<T>(
    what: string,
    find: () => T | undefined,
    { timeoutMs = DEFAULT_TIMEOUT_MS }: WaitOptions = {},
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        this.#listeners.delete(look);
        settle();
      };
      const look = () => {
        try {
          const found = find();
          if (found !== undefined) finish(() => resolve(found));
          else if (this.#closed)
            finish(() => reject(new Error(`The fake Discord was stopped while a test waited for ${what}.`)));
        } catch (error) {
          finish(() => reject(error));
        }
      };
      const timer = setTimeout(() => {
        finish(() => reject(new Error(`No ${what} within ${timeoutMs} ms.\n${this.report()}`)));
      }, timeoutMs);
      this.#listeners.add(look);
      look();
    });
  }

  /** Lets `ms` pass; for "and nothing more happens". */
  async quiet(ms: number): Promise<void> {
    await sleep(ms);
  }

  /** The recent requests, gateway events and violations as text for an error message. */
  report(): string {
    const requests = this.requests.slice(-REQUESTS_IN_A_REPORT).map(describeRequest);
    const gateway = this.gatewayLog.slice(-REQUESTS_IN_A_REPORT);
    return [
      `Recent requests:${section(requests)}`,
      `Recent gateway events:${section(gateway)}`,
      `Violations:${section(this.violations)}`,
    ].join('\n');
  }

  close(): void {
    this.#closed = true;
    this.changed();
  }
}

function describeRequest(request: RecordedRequest): string {
  const body = request.body === undefined ? '' : ` ${shorten(JSON.stringify(request.body), 300)}`;
  return `${request.method} ${request.path} -> ${request.status ?? 'no answer'}${body}`;
}

function section(lines: readonly string[]): string {
  return lines.length === 0 ? ' none' : `\n  ${lines.join('\n  ')}`;
}

export function shorten(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters)}…`;
}
