import { type APIMessage, InteractionResponseType } from 'discord-api-types/v10';
import type { Journal, WaitOptions } from '../journal.js';
import type { Callback, Interaction } from '../world/interaction.js';
import { fullMessage } from '../world/message-views.js';
import type { StoredMessage } from '../world/stored-message.js';
import type { World } from '../world/world.js';

/** One suggestion of an autocomplete answer. */
export interface AutocompleteChoice {
  readonly name: string;
  readonly value: string | number;
}

/** A form as the bot sent it. */
export interface ShownForm {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly {
    readonly label: string;
    readonly component: { readonly custom_id: string; readonly value?: string; readonly max_length?: number };
  }[];
}

/**
 * A test's view of one interaction: what the person sees. Everything that waits rejects after `timeoutMs` with the
 * recent requests in the message.
 */
export class InteractionHandle {
  readonly #interaction: Interaction;
  readonly #world: World;
  readonly #journal: Journal;

  constructor(interaction: Interaction, world: World, journal: Journal) {
    this.#interaction = interaction;
    this.#world = world;
    this.#journal = journal;
  }

  /** The interaction's id. */
  get id(): string {
    return this.#interaction.id;
  }

  /** The token with which the bot responds. */
  get token(): string {
    return this.#interaction.token;
  }

  /** Waits for the first response of the bot, which may be "thinking…". */
  acknowledged(options?: WaitOptions): Promise<Callback> {
    const { label } = this.#interaction;
    return this.#journal.waitFor(`acknowledgement of ${label}`, () => this.#interaction.callback, options);
  }

  /** Waits for the message that the person gets: the direct response, or the deferred one once it is filled. */
  response(options?: WaitOptions): Promise<APIMessage> {
    const { label } = this.#interaction;
    const find = () => {
      const { isAnswered, original } = this.#interaction;
      return isAnswered && original ? this.#shown(original) : undefined;
    };
    return this.#journal.waitFor(`response to ${label}`, find, options);
  }

  /**
   * Waits for the form that the bot opens.
   *
   * @throws {Error} if the bot answers with anything else.
   */
  async form(options?: WaitOptions): Promise<ShownForm> {
    const { type, data } = await this.acknowledged(options);
    if (type !== InteractionResponseType.Modal)
      throw new Error(`${this.#interaction.label} was answered with callback type ${type}, not with a form.`);
    return data as unknown as ShownForm;
  }

  /**
   * Waits for the suggestions of an autocomplete answer.
   *
   * @throws {Error} if the bot answers with anything else.
   */
  async choices(options?: WaitOptions): Promise<readonly AutocompleteChoice[]> {
    const { type, data } = await this.acknowledged(options);
    if (type !== InteractionResponseType.ApplicationCommandAutocompleteResult) {
      throw new Error(`${this.#interaction.label} was answered with callback type ${type}, not with choices.`);
    }
    return (data?.choices ?? []) as AutocompleteChoice[];
  }

  /** Waits until there are `count` follow-up messages (default: 1), and returns all there are. */
  followUps({ count = 1, ...options }: WaitOptions & { readonly count?: number } = {}): Promise<APIMessage[]> {
    const { label, followUps } = this.#interaction;
    const find = () => (followUps.length >= count ? followUps.map((stored) => this.#shown(stored)) : undefined);
    return this.#journal.waitFor(`${count} follow-ups to ${label}`, find, options);
  }

  /** Waits until the response is deleted. */
  async deleted(options?: WaitOptions): Promise<void> {
    const { label } = this.#interaction;
    const find = () => this.#interaction.original?.isDeleted || undefined;
    await this.#journal.waitFor(`deletion of the response to ${label}`, find, options);
  }

  /** Makes the token invalid, as it becomes after 15 minutes: requests with it are answered with 50027. */
  expireToken(): void {
    this.#interaction.isTokenExpired = true;
  }

  #shown(stored: StoredMessage): APIMessage {
    return structuredClone(fullMessage(this.#world, stored));
  }
}
