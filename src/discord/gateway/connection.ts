import { type Client, type CloseEvent, Events, type Snowflake, Status } from 'discord.js';
import type { Logger } from 'pino';
import { setBounded } from '../context/bounded-map.js';
import { createClient } from './client.js';
import { ConnectionHealth } from './connection-health.js';
import { destroyClient, logIn } from './login.js';
import { closedForGood, LoginError } from './login-errors.js';

const HEALTH_CHECK_INTERVAL_MS = 1000;
/** How many direct message channels are checked for missed messages. */
const MAX_DIRECT_CHANNELS = 50;

/** Credentials, limits and callbacks of a {@link Connection}. */
export interface ConnectionOptions {
  readonly token: string;
  readonly api: string;
  /** Whether to read messages that do not mention the bot. Needs the Message Content intent. */
  readonly readsMessages: boolean;
  /** How long a connection may be down before it is replaced. Doubles after each replacement. */
  readonly stuckAfterMs: number;
  readonly log: Logger;
  /** Called for every new client before it logs in, to attach event handlers. */
  readonly onClient: (client: Client) => void;
  /** Called when a new session begins, with what may have been missed since the previous one. Not called for a resume. */
  readonly onSession: (client: Client<true>, gap: SessionGap | null) => void;
}

/** The time between two sessions, in which Discord sent no events. */
export interface SessionGap {
  /** When the last event arrived, in milliseconds since 1970. */
  readonly since: number;
  /** The known direct message channels. Discord does not list them when a session begins. */
  readonly directChannels: Iterable<Snowflake>;
}

/**
 * The connection to Discord.
 *
 * discord.js recovers from most failures itself, but a session that hangs halfway stays that way, without an error and
 * with heartbeats answered. So the status of its shards is checked every second, and a client that has been down for too
 * long is replaced by a new one.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #health: ConnectionHealth;
  readonly #refused: Promise<never>;
  #refuse: (reason: unknown) => void = () => {};
  #client: Client;
  #lastEventAt: number | null = null;
  #gapSince: number | null = null;
  readonly #directChannels = new Map<Snowflake, true>();
  #isReplacing = false;
  #isClosing = false;
  #healthTimer: NodeJS.Timeout | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#health = new ConnectionHealth(options.stuckAfterMs);
    this.#refused = new Promise<never>((_, reject) => {
      this.#refuse = reject;
    });
    // A rejection may come before anyone awaits it. Then the login reports the same failure.
    this.#refused.catch(() => {});
    this.#client = this.#createClient();
  }

  /** The current client. It changes when a stuck connection is replaced. */
  get client(): Client<true> {
    return this.#client as Client<true>;
  }

  /** Rejects with a `LoginError` when Discord closes the connection for good. discord.js would do nothing about it. */
  get refused(): Promise<never> {
    return this.#refused;
  }

  /**
   * Logs in and starts checking the connection.
   *
   * @throws {LoginError} if Discord refuses the token or the intents, or cannot be reached.
   */
  async open(): Promise<void> {
    await logIn(this.#client, this.#options);
    this.#healthTimer = setInterval(() => this.#checkHealth(), HEALTH_CHECK_INTERVAL_MS);
  }

  /** Logs out. Never rejects. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#healthTimer);
    await destroyClient(this.#client);
  }

  #createClient(): Client {
    const { api, readsMessages, onClient } = this.#options;
    const client = createClient(api, readsMessages);
    this.#logEvents(client);
    this.#trackSessions(client);
    client.on(Events.ShardDisconnect, ({ code }: CloseEvent) => {
      if (client === this.#client) this.#refuse(closedForGood(code));
    });
    onClient(client);
    return client;
  }

  #logEvents(client: Client): void {
    const { log } = this.#options;
    client.on(Events.Error, (error) => log.error({ err: error }, 'discord.js error'));
    client.on(Events.ShardReconnecting, () => {
      if (!this.#isClosing) log.info('connection lost, reconnecting');
    });
    client.on(Events.ShardResume, () => log.info('connection resumed'));
  }

  #trackSessions(client: Client): void {
    client.on(Events.ShardReady, () => {
      const since = this.#gapSince;
      this.#gapSince = null;
      this.#lastEventAt = Date.now();
      const gap = since === null ? null : { since, directChannels: this.#directChannels.keys() };
      this.#options.onSession(client as Client<true>, gap);
    });
    client.on(Events.Raw, (packet: { readonly t?: string }) => {
      // Events can arrive between READY and ShardReady, while the servers are still loading. They do not end the gap.
      if (packet.t === 'READY') this.#gapSince ??= this.#lastEventAt;
      else this.#lastEventAt = Date.now();
    });
  }

  #checkHealth(): void {
    const { shards } = this.#client.ws;
    const isReady = shards.size > 0 && shards.every(({ status }) => status === Status.Ready);
    if (!this.#health.check(isReady, Date.now()) || this.#isReplacing) return;
    this.#isReplacing = true;
    void this.#replaceClient().finally(() => {
      this.#isReplacing = false;
      this.#health.resetDowntime();
    });
  }

  async #replaceClient(): Promise<void> {
    const { log } = this.#options;
    const stuck = this.#client;
    log.warn({ statuses: stuck.ws.shards.map(({ status }) => Status[status]) }, 'connection is stuck, replacing it');
    for (const [id, channel] of stuck.channels.cache)
      if (channel.isDMBased()) setBounded(this.#directChannels, id, true, MAX_DIRECT_CHANNELS);
    this.#client = this.#createClient();
    stuck.removeAllListeners();
    // Errors of the old client no longer matter, but without a listener they would end the process.
    stuck.on(Events.Error, () => {});
    await destroyClient(stuck);
    try {
      await logIn(this.#client, this.#options);
      this.#health.backOff();
      log.info('reconnected');
    } catch (error) {
      if (error instanceof LoginError && error.isPermanent) this.#refuse(error);
      else log.warn({ err: error }, 'could not reconnect, will try again');
    }
  }
}
