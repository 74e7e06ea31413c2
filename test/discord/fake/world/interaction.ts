import type { InteractionResponseType, InteractionType } from 'discord-api-types/v10';
import type { StoredMessage } from './stored-message.js';

/** The first response to an interaction, as the bot sent it. */
export interface Callback {
  readonly type: InteractionResponseType;
  readonly data: Readonly<Record<string, unknown>> | undefined;
  /** Milliseconds from sending the interaction to receiving the callback. */
  readonly afterMs: number;
  /** Whether the response is visible to one person only. Only the callback can decide that. */
  readonly isEphemeral: boolean;
}

/** What the fake remembers of an interaction. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  /** Its name in error messages, such as "/ask" or "component vote:up". */
  readonly label: string;
  readonly userId: string;
  /** The language of the person's client. */
  readonly locale: string;
  /** The person's permissions beyond those of @everyone, as bits of PermissionFlagsBits. */
  readonly permissions: bigint;
  readonly channelId: string;
  /** Ids of the people chosen in options of the command. The response may ping them. */
  readonly chosenUsers: readonly string[];
  /** The message with the component that was used; undefined for commands. */
  readonly message: StoredMessage | undefined;
  /** `performance.now()` when it was sent to the bot. */
  readonly sentAtMs: number;
  /** Runs until the callback arrives or is too late. */
  deadline: NodeJS.Timeout | undefined;
  callback: Callback | undefined;
  /** The message that "@original" stands for. */
  original: StoredMessage | undefined;
  /** False while the person sees "thinking…". */
  isAnswered: boolean;
  isTokenExpired: boolean;
  readonly followUps: StoredMessage[];
}
