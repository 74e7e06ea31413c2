import { setTimeout as delay } from 'node:timers/promises';

/** Lines of a paste arrive at once. Nobody types two within this time, in milliseconds. */
const PASTE_MS = 40;

/** How lines are put together to messages. */
export interface TypedMessagesOptions {
  /** Whether lines that arrive at once are one message, such as a pasted log. If not, each line is one. */
  readonly joinsPastes: boolean;
  /** Whether the beginning of a further line is there: a paste rarely ends with a line end. */
  readonly hasUnfinishedLine: () => boolean;
}

/** Puts the lines of a terminal together to messages. */
export async function* typedMessages(
  lines: AsyncIterable<string>,
  { joinsPastes, hasUnfinishedLine }: TypedMessagesOptions,
): AsyncGenerator<string, void, undefined> {
  const iterator = lines[Symbol.asyncIterator]();
  let next = iterator.next();
  for (;;) {
    const first = await next;
    if (first.done === true) return;
    let message = first.value;
    next = iterator.next();
    if (joinsPastes) {
      for (;;) {
        const further = await Promise.race([next, delay(PASTE_MS, null)]);
        if (further === null && !hasUnfinishedLine()) break;
        const line = further ?? (await next);
        if (line.done === true) break;
        message += `\n${line.value}`;
        next = iterator.next();
      }
    }
    yield message;
  }
}
