import type { Message } from 'discord.js';
import type { Answer } from '../../answering/answer.js';
import { type EarlierAnswer, earlierFrom } from '../../answering/follow-up.js';
import { setBounded } from './bounded-map.js';

/** Answers that a reply can follow up on. People rarely reply to an answer a thousand answers later. */
const MAX_EARLIER = 1000;

/** Answers stored in full. Most buttons are pressed right after the answer; for older ones the question is asked again. */
const MAX_FULL = 100;

/** An answer with what its buttons need to show it again. */
export interface GivenAnswer {
  readonly answer: Answer;
  /** The only article that was searched, or null for all. */
  readonly articleId: string | null;
}

/**
 * Remembers the latest answers in memory, so replies can follow up on them and their buttons need not ask again.
 *
 * The key is the id of the message or interaction that asked, called `askedIn`. A button or a reply knows only the bot's
 * own message, so {@link trackSent} links that message to `askedIn`. It relies on the gateway event rather than on the
 * response of the request that sent the message: the event arrives before anyone can reply, the response may not.
 */
export class RecentAnswers {
  readonly #full = new Map<string, GivenAnswer>();
  readonly #earlier = new Map<string, EarlierAnswer>();
  readonly #askedIn = new Map<string, string>();
  /** From a message that took the place of another to that one. */
  readonly #aliases = new Map<string, string>();

  /**
   * Remembers an answer.
   *
   * @param askedIn The message or interaction that asked.
   */
  remember(askedIn: string, given: GivenAnswer): void {
    setBounded(this.#full, askedIn, given, MAX_FULL);
    setBounded(this.#earlier, askedIn, earlierFrom(given.answer), MAX_EARLIER);
  }

  /** Links one of the bot's own messages to what it answers. Call it for every message the bot sends. */
  trackSent(message: Message): void {
    // Answers in a DM or a thread are not replies. Their nonce begins with the question's id, and only this event has it.
    const askedIn = askedInOf(message) ?? String(message.nonce ?? '').split('-')[0] ?? '';
    if (askedIn !== '') setBounded(this.#askedIn, message.id, askedIn, MAX_EARLIER);
  }

  /** Says that a message has taken the place of the one that asked. */
  addAlias(messageId: string, askedIn: string): void {
    setBounded(this.#aliases, messageId, askedIn, MAX_EARLIER);
  }

  /** Returns the answer to a message or interaction, or null if it is not among the latest. */
  get(askedIn: string | null): GivenAnswer | null {
    return this.#find(this.#full, askedIn ?? '');
  }

  /** Returns the message or interaction that one of the bot's messages answers, or null if it is not among the latest. */
  askedIn(messageId: string): string | null {
    return this.#askedIn.get(messageId) ?? null;
  }

  /** Returns what a reply to one of the bot's messages can follow up on, or null if it is not among the latest. */
  earlierIn(messageId: string | null): EarlierAnswer | null {
    return this.#find(this.#earlier, this.#askedIn.get(messageId ?? '') ?? '');
  }

  /** The answer may have been given before or after the other message took the place of the first. */
  #find<Value>(answers: ReadonlyMap<string, Value>, askedIn: string): Value | null {
    return answers.get(askedIn) ?? answers.get(this.#aliases.get(askedIn) ?? '') ?? null;
  }
}

/**
 * Returns the message or interaction that one of the bot's messages answers, as far as the message itself shows it. A
 * thread created from a question has the same id as the question.
 */
export function askedInOf(
  message: Pick<Message, 'interactionMetadata' | 'reference' | 'channelId' | 'channel'>,
): string | null {
  const { interactionMetadata, reference, channelId, channel } = message;
  return interactionMetadata?.id ?? reference?.messageId ?? (channel?.isThread() ? channelId : null);
}
