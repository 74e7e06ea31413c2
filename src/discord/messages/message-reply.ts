import type { Card } from '../cards/card.js';

/** The bot's reply to a message, before it is sent: a card, or a reaction to the message. */
export type MessageReply = CardReply | Reaction;

/** A reaction to a message. */
export interface Reaction {
  readonly emoji: string;
  /** What the author is told in a direct message instead, if they accept one. Default: nothing. */
  readonly aside?: Card;
}

/** A reply with a card. */
export interface CardReply {
  readonly card: Card;
  /** The question that the card answers. Null for citations, instructions and failures. */
  readonly question: string | null;
}
