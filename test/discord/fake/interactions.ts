import { type APIMessage, InteractionResponseType, type InteractionType } from 'discord-api-types/v10';
import type { Journal, WaitOptions } from './journal.js';
import type { StoredMessage, World } from './world.js';

// Source: https://docs.discord.com/developers/interactions/receiving-and-responding
export const CALLBACK_DEADLINE_MS = 3_000;
export const TOKEN_LIFETIME_MS = 15 * 60_000;

/** The first answer to an interaction, as received. */
export interface Callback {
  readonly type: InteractionResponseType;
  readonly data: Readonly<Record<string, unknown>> | undefined;
  /** From sending the interaction to receiving the callback. */
  readonly afterMs: number;
  readonly isEphemeral: boolean;
}

export interface AutocompleteChoice {
  readonly name: string;
  readonly value: string | number;
}

/** What the fake remembers of an interaction. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  /** For messages: "/ask", "button vote:up". */
  readonly label: string;
  readonly userId: string;
  /** The language of the person's client. */
  readonly locale: string;
  /** What the person may do beyond what everybody may. */
  readonly permissions: bigint;
  readonly channelId: string;
  /** The people chosen in options of the command; the answer may ping them. */
  readonly chosenUsers: readonly string[];
  /** Of a pressed button: the message it is under. */
  readonly message: StoredMessage | undefined;
  readonly sentAtMs: number;
  deadline: NodeJS.Timeout | undefined;
  callback: Callback | undefined;
  original: StoredMessage | undefined;
  /** False while the person sees "thinking…". */
  isAnswered: boolean;
  isTokenExpired: boolean;
  readonly followUps: StoredMessage[];
}

/** A test's view of one interaction. Everything that waits rejects after `timeoutMs` with the recent requests. */
export class InteractionHandle {
  readonly #interaction: Interaction;
  readonly #world: World;
  readonly #journal: Journal;

  constructor(interaction: Interaction, world: World, journal: Journal) {
    this.#interaction = interaction;
    this.#world = world;
    this.#journal = journal;
  }

  get id(): string {
    return this.#interaction.id;
  }

  get token(): string {
    return this.#interaction.token;
  }

  /** The first answer, with the milliseconds it took. */
  acknowledged(options?: WaitOptions): Promise<Callback> {
    const { label } = this.#interaction;
    return this.#journal.waitFor(`acknowledgement of ${label}`, () => this.#interaction.callback, options);
  }

  /** The message the person finally sees: the direct reply, or the deferred one once it was edited. */
  response(options?: WaitOptions): Promise<APIMessage> {
    const { label } = this.#interaction;
    const find = () =>
      this.#interaction.isAnswered && this.#interaction.original ? this.#shown(this.#interaction.original) : undefined;
    return this.#journal.waitFor(`response to ${label}`, find, options);
  }

  /** The choices of an autocomplete answer. */
  async choices(options?: WaitOptions): Promise<readonly AutocompleteChoice[]> {
    const { type, data } = await this.acknowledged(options);
    if (type !== InteractionResponseType.ApplicationCommandAutocompleteResult) {
      throw new Error(`${this.#interaction.label} was answered with callback type ${type}, not with choices.`);
    }
    return (data?.choices ?? []) as AutocompleteChoice[];
  }

  /** The first `count` follow-up messages. */
  followUps({ count = 1, ...options }: WaitOptions & { readonly count?: number } = {}): Promise<APIMessage[]> {
    const { label, followUps } = this.#interaction;
    const find = () => (followUps.length >= count ? followUps.map((stored) => this.#shown(stored)) : undefined);
    return this.#journal.waitFor(`${count} follow-ups to ${label}`, find, options);
  }

  /** Waits until the response was deleted. */
  async deleted(options?: WaitOptions): Promise<void> {
    const { label } = this.#interaction;
    await this.#journal.waitFor(
      `deletion of the response to ${label}`,
      () => this.#interaction.original?.isDeleted || undefined,
      options,
    );
  }

  /** From now on the token is answered with 50027, as after 15 minutes. */
  expireToken(): void {
    this.#interaction.isTokenExpired = true;
  }

  #shown(stored: StoredMessage): APIMessage {
    return structuredClone(this.#world.asShownTo(stored, true));
  }
}

/** Remembers an interaction and starts the three seconds. */
export function openInteraction(
  parts: Pick<
    Interaction,
    'id' | 'token' | 'type' | 'label' | 'userId' | 'locale' | 'permissions' | 'channelId' | 'chosenUsers' | 'message'
  >,
  { world, journal, deadlineMs }: { readonly world: World; readonly journal: Journal; readonly deadlineMs: number },
): Interaction {
  const interaction: Interaction = {
    ...parts,
    sentAtMs: performance.now(),
    deadline: undefined,
    callback: undefined,
    original: undefined,
    isAnswered: false,
    isTokenExpired: false,
    followUps: [],
  };
  interaction.deadline = setTimeout(() => {
    // From here on the callback is answered with 10062.
    interaction.deadline = undefined;
    if (!interaction.callback) journal.violation(`${interaction.label} was not acknowledged within ${deadlineMs} ms`);
  }, deadlineMs);
  interaction.deadline.unref();
  world.interactions.set(interaction.token, interaction);
  return interaction;
}
