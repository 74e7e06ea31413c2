import type { Message } from 'discord.js';
import type { Answer } from '../../answering/answer.js';
import { type EarlierAnswer, earlierFrom } from '../../answering/follow-up.js';
import { setBounded } from './bounded-map.js';

/** Nobody goes on from an answer that so many others came after. */
const REMEMBERED = 1000;

/** Buttons are mostly pressed under answers that were just given; for older ones the question is asked again. */
const REMEMBERED_WHOLE = 100;

/** An answer that was given, as far as its buttons need it. */
export interface GivenAnswer {
  readonly answer: Answer;
  /** The one article that was asked; null for all. */
  readonly articleId: string | null;
}

/**
 * The last answers, so that a reply to one can go on from it and its buttons need not ask again. Nothing of it is stored.
 *
 * An answer is known by the message or interaction that asked. Which message of ours it stands in is told by the gateway: that
 * comes before anybody can reply to it, unlike the end of the request that sent it.
 */
export class RecentAnswers {
  readonly #whole = new Map<string, GivenAnswer>();
  readonly #earlier = new Map<string, EarlierAnswer>();
  readonly #askedIn = new Map<string, string>();

  /** @param askedIn The message or interaction that asked. */
  remember(askedIn: string, given: GivenAnswer): void {
    setBounded(this.#whole, askedIn, given, REMEMBERED_WHOLE);
    const earlier = earlierFrom(given.answer);
    if (earlier !== null) setBounded(this.#earlier, askedIn, earlier, REMEMBERED);
  }

  /** To be told of every message of ours. */
  sent(message: Message): void {
    // What was sent directly or in a thread replies to nothing; its nonce begins with the question's id, which only this event tells.
    const askedIn = askedInOf(message) ?? String(message.nonce ?? '').split('-')[0] ?? '';
    if (askedIn !== '') setBounded(this.#askedIn, message.id, askedIn, REMEMBERED);
  }

  /** What was answered to a message or interaction, or null when it is not one of the last. */
  to(askedIn: string | null): GivenAnswer | null {
    return this.#whole.get(askedIn ?? '') ?? null;
  }

  /** What a message of ours answers, as far as it does not say that itself; null when it is not one of the last. */
  askedIn(messageId: string): string | null {
    return this.#askedIn.get(messageId) ?? null;
  }

  /** What a reply to a message of ours may go on from, or null when that is not one of the last answers. */
  earlierIn(messageId: string | null): EarlierAnswer | null {
    return this.#earlier.get(this.#askedIn.get(messageId ?? '') ?? '') ?? null;
  }
}

/** The message or interaction that a message of ours answers. A thread that was made of a question has the question's id. */
export function askedInOf(
  message: Pick<Message, 'interactionMetadata' | 'reference' | 'channelId' | 'channel'>,
): string | null {
  const { interactionMetadata, reference, channelId, channel } = message;
  return interactionMetadata?.id ?? reference?.messageId ?? (channel?.isThread() ? channelId : null);
}
