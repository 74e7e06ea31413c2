import type { APIMessage } from 'discord-api-types/v10';
import { expect } from 'vitest';
import type { OptionValue } from '../fake/people/command-data.js';
import type { InteractionHandle } from '../fake/people/interaction-handle.js';
import type { Actor, Place } from '../fake/people/people.js';
import { ANSWERED_QUESTION, REYKJAVIK } from './seeds.js';
import { controlOf, labelsOf, optionsOf, pageButton, quotedIn, quotesIn, textOf } from './shown-message.js';
import type { Bot } from './use-bot.js';

/** What people do with answers in many tests. Unless a test says otherwise, the fake's `reader` does it. */
export interface Reader {
  /** Uses `/ask`. Without a question in the options it asks `ANSWERED_QUESTION`. */
  readonly ask: (options?: Readonly<Record<string, OptionValue>>, place?: Place) => Promise<APIMessage>;
  /** Asks in a message that mentions the bot; resolves with the answer. */
  readonly mention: (content?: string) => Promise<APIMessage>;
  /** Uses "Answer this" on a message. */
  readonly answerThis: (targetId: string) => InteractionHandle;
  /** Presses the first enabled button with an action, or chooses it from the list, as the message is now. */
  readonly press: (message: APIMessage, action: string, actor?: Actor) => InteractionHandle;
  /** Turns the page of a message; resolves with the message that shows it, which may be a private copy. */
  readonly turnPage: (message: APIMessage, direction: 'previous' | 'next', actor?: Actor) => Promise<APIMessage>;
  /** The label of the vote button of a message as it is now, as in `👍 1`. */
  readonly votesOn: (message: APIMessage) => string[];
  /** A message as it is now. @throws {Error} if it was deleted. */
  readonly current: (message: APIMessage) => APIMessage;
}

/** Lets people act on the fake Discord of a bot. */
export function readerOf(bot: Pick<Bot, 'fake' | 'answerTo'>): Reader {
  const current = ({ id }: APIMessage): APIMessage => {
    const message = bot.fake.message(id);
    if (message === undefined) throw new Error(`Message ${id} is deleted`);
    return message;
  };
  return {
    current,
    votesOn: (message) => labelsOf(current(message)).filter((label) => label.startsWith('👍')),
    ask: (options = {}, place = {}) =>
      bot.fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION, ...options }, ...place }).response(),
    mention: (content = ANSWERED_QUESTION) => bot.answerTo(bot.fake.say({ content, mentionsBot: true })),
    answerThis: (targetId) => bot.fake.useMessageCommand({ name: 'Answer this', targetId }),
    press: (message, action, actor = {}) => pressControl(bot.fake, current(message), action, actor),
    turnPage: (message, direction, actor = {}) => {
      const customId = pageButton(current(message), direction);
      if (customId === undefined) throw new Error(`No ${direction} page: ${JSON.stringify(message.components)}`);
      return bot.fake.pressButton({ messageId: message.id, customId, ...actor }).response();
    },
  };
}

/** Presses the first enabled button with an action, or chooses the action from the list below an answer. */
export function pressControl(
  fake: Bot['fake'],
  message: APIMessage,
  action: string,
  actor: Actor = {},
): InteractionHandle {
  const messageId = message.id;
  if (!optionsOf(message).some(({ value }) => value === action))
    return fake.pressButton({ messageId, customId: controlOf(message, action), ...actor });
  return fake.selectOption({ messageId, customId: controlOf(message, 'menu'), values: [action], ...actor });
}

/** What a person is told about a choice from the list below an answer, which only they see. */
export async function toldBy(choice: InteractionHandle): Promise<APIMessage> {
  const [told] = await choice.followUps();
  if (told === undefined) throw new Error('Nothing was told');
  return told;
}

/** The first quote of a message, without the ellipses at its ends. */
export function firstQuoteIn(message: APIMessage): string {
  const [first] = quotesIn(message);
  if (first === undefined) throw new Error('Nothing is quoted');
  return first.text;
}

/** Expects the answer to `ANSWERED_QUESTION`. */
export function expectReykjavik(message: APIMessage | undefined): void {
  if (message === undefined) throw new Error('There is no answer');
  expect(quotedIn(message).text).toMatch(/^Antony Blinken and Sergey Lavrov met for the first time/);
  expect(textOf(message)).toContain(`**[1]** **${REYKJAVIK.title}**`);
}
