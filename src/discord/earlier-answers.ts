import type { Message } from 'discord.js';
import type { Answer } from '../answering/answer.js';
import { type EarlierAnswer, earlierFrom } from '../answering/follow-up.js';
import { keepLast } from './keep-last.js';

/** Nobody goes on from an answer that so many others came after. */
const REMEMBERED = 1000;

/**
 * What the last messages of ours answered, so that a reply to one can go on from it. Nothing of it is stored.
 *
 * An answer is known by the message or interaction that asked. Which message of ours it stands in is told by the gateway: that
 * comes before anybody can reply to it, unlike the end of the request that sent it.
 */
export class EarlierAnswers {
  readonly #answers = new Map<string, EarlierAnswer>();
  readonly #askedIn = new Map<string, string>();

  /** @param askedIn The message or interaction that asked. */
  answered(askedIn: string, answer: Answer): void {
    const earlier = earlierFrom(answer);
    if (earlier !== null) keepLast(this.#answers, askedIn, earlier, REMEMBERED);
  }

  /** To be told of every message of ours. */
  sent(message: Message): void {
    const askedIn = message.interactionMetadata?.id ?? message.reference?.messageId;
    if (askedIn === undefined) return;
    keepLast(this.#askedIn, message.id, askedIn, REMEMBERED);
  }

  /** The answer in a message, or null when it is not one of the last. */
  in(messageId: string | null): EarlierAnswer | null {
    return this.#answers.get(this.#askedIn.get(messageId ?? '') ?? '') ?? null;
  }
}
