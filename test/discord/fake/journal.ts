/** One HTTP request of the bot. */
export interface RecordedRequest {
  readonly method: string;
  /** The path without "/api/v10", with the query. */
  readonly path: string;
  /** The parsed JSON; a string if it was not JSON, undefined if there was no body. */
  readonly body: unknown;
  /** The uploaded files. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** `performance.now()` when it arrived. */
  readonly atMs: number;
  /** HTTP status of the answer. Absent while there is none: the request hangs, or its socket was destroyed. */
  status?: number;
}

/** How long to wait for something. */
export interface WaitOptions {
  /** Default: 4000. */
  readonly timeoutMs?: number;
}

/** Shorter than any test may take, so that a test fails with the recent requests rather than with a bare timeout. */
const DEFAULT_TIMEOUT_MS = 4_000;
/** Requests and gateway events in a report. */
const RECENT = 12;

/** Records what happens on the fake, and is the one way to wait for something to happen. */
export class Journal {
  /** Every request so far, oldest first. */
  readonly requests: RecordedRequest[] = [];
  /** What the bot, or the fake itself, did wrong, in words. */
  readonly violations: string[] = [];
  /** What was sent and received on the gateway, one line each, for error messages. */
  readonly gatewayLog: string[] = [];
  /** Number of payloads that were checked against Discord's specification. */
  checkedPayloads = 0;
  readonly #listeners = new Set<() => void>();
  #isClosed = false;

  /** Makes everyone who waits look again. Call it whenever something happened. */
  notify(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Records something that Discord would refuse or that the bot promises not to do. */
  addViolation(text: string): void {
    this.violations.push(text);
    this.notify();
  }

  /**
   * Waits until `find` returns a value other than undefined. It is called at once and whenever something happens.
   *
   * @param description Completes "No … within 4000 ms" in the error.
   * @returns What `find` returned.
   * @throws {Error} with a report of the recent requests if the time is over; if the fake is stopped; or what `find`
   *   throws.
   */
  waitFor<T>(
    description: string,
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
          else if (this.#isClosed)
            finish(() => reject(new Error(`The fake Discord was stopped while a test waited for ${description}.`)));
        } catch (error) {
          finish(() => reject(error));
        }
      };
      const timer = setTimeout(() => {
        finish(() => reject(new Error(`No ${description} within ${timeoutMs} ms.\n${this.report()}`)));
      }, timeoutMs);
      this.#listeners.add(look);
      look();
    });
  }

  /** The recent requests and gateway events and all violations, as text for an error message. */
  report(): string {
    const requests = this.requests.slice(-RECENT).map(describeRequest);
    const gateway = this.gatewayLog.slice(-RECENT);
    return [
      `Recent requests:${section(requests)}`,
      `Recent gateway events:${section(gateway)}`,
      `Violations:${section(this.violations)}`,
    ].join('\n');
  }

  /** Rejects everyone who still waits. */
  close(): void {
    this.#isClosed = true;
    this.notify();
  }
}

function describeRequest(request: RecordedRequest): string {
  const body = request.body === undefined ? '' : ` ${shorten(JSON.stringify(request.body), 300)}`;
  return `${request.method} ${request.path} -> ${request.status ?? 'no answer'}${body}`;
}

function section(lines: readonly string[]): string {
  return lines.length === 0 ? ' none' : `\n  ${lines.join('\n  ')}`;
}

/** Cuts a text and marks the cut with an ellipsis. */
export function shorten(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters)}…`;
}
