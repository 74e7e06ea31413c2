import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type TypedMessagesOptions, typedMessages } from '../../src/terminal/typed-messages.js';

/** Lines, and pauses in milliseconds between them. */
async function* typed(...parts: readonly (string | number)[]): AsyncGenerator<string, void, undefined> {
  for (const part of parts) {
    if (typeof part === 'number') await delay(part);
    else yield part;
  }
}

async function messagesOf(
  lines: AsyncIterable<string>,
  { joinsPastes = true, hasUnfinishedLine = () => false }: Partial<TypedMessagesOptions> = {},
): Promise<string[]> {
  const messages: string[] = [];
  for await (const message of typedMessages(lines, { joinsPastes, hasUnfinishedLine })) messages.push(message);
  return messages;
}

test('lines that arrive at once are one message, and those typed one after the other are not', async () => {
  const lines = typed('What does this mean?', 'ERROR 17', '  at pump.js:3', 300, 'And why?', 300, 'Thanks');
  expect(await messagesOf(lines)).toEqual(['What does this mean?\nERROR 17\n  at pump.js:3', 'And why?', 'Thanks']);
});

test('the last line of a paste is waited for until it is sent', async () => {
  let isUnfinished = true;
  async function* paste(): AsyncGenerator<string, void, undefined> {
    yield 'ERROR 17';
    await delay(200);
    isUnfinished = false;
    yield 'at pump.js:3';
    await delay(200);
    yield 'And why?';
  }
  expect(await messagesOf(paste(), { hasUnfinishedLine: () => isUnfinished })).toEqual([
    'ERROR 17\nat pump.js:3',
    'And why?',
  ]);
});

test('what is piped in has a message on each line', async () => {
  expect(await messagesOf(typed('Who?', 'Where?'), { joinsPastes: false })).toEqual(['Who?', 'Where?']);
});
