import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, type CloseEvent, Events, type Snowflake, Status } from 'discord.js';
import type { Logger } from 'pino';
import { UserError } from '../../user-error.js';
import { setBounded } from '../context/bounded-map.js';
import { createClient } from './client.js';
import { loginRefusal, unreachable } from './login-errors.js';

/** discord.js waits for ever when the gateway never says READY. */
const LOGIN_MS = 60_000;
/** discord.js waits for a login that hangs before it lets go of its connections. */
const DESTROY_MS = 500;
/** How often the connection is looked at. */
const LOOK_MS = 1000;
/** Each time it is stuck again it is given twice as long, up to this many times: every new session is one of a thousand a day. */
const MOST_PATIENCE = 16;
/** In so many direct messages it is looked for what was missed. */
const REMEMBERED_DIRECT_CHANNELS = 50;

export interface ConnectionOptions {
  readonly token: string;
  readonly api: string;
  readonly readsMessages: boolean;
  /** How long a connection may not be ready before it is replaced. */
  readonly stuckAfterMs: number;
  readonly log: Logger;
  /** Attaches the handlers of events to a client, before it logs in. */
  readonly onClient: (client: Client) => void;
  /** A session that begins anew: what was said since the one before was not told. */
  readonly onSession: (client: Client<true>, missed: Missed | null) => void;
}

/** What was not told between two sessions; null before the first one. */
export interface Missed {
  /** When Discord was last heard of, in milliseconds since 1970. */
  readonly since: number;
  /** The direct messages that were known: Discord tells of none when a session begins. */
  readonly directChannels: Iterable<Snowflake>;
}

/**
 * The connection to Discord. discord.js mends most of what can break; a session that hangs half way it would leave so for ever, without an
 * error and with heartbeats answered. So the status of its shards is watched, and a client that is not ready for too long is replaced.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #refused: Promise<never>;
  #refuse: (reason: unknown) => void = () => {};
  #client: Client;
  #lastHeardAt: number | null = null;
  #missedSince: number | null = null;
  readonly #directChannels = new Map<Snowflake, true>();
  #readySince: number | null = null;
  #stuckSince: number | null = null;
  #patience = 1;
  #isRenewing = false;
  #isClosing = false;
  #looking: NodeJS.Timeout | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#refused = new Promise<never>((_, reject) => {
      this.#refuse = reject;
    });
    // Awaited once the bot is ready; a refusal before that is reported by the login.
    this.#refused.catch(() => {});
    this.#client = this.#newClient();
  }

  get client(): Client<true> {
    return this.#client as Client<true>;
  }

  /** Rejects when Discord closes the connection for good, which ends no process by itself. */
  get refused(): Promise<never> {
    return this.#refused;
  }

  /** @throws {UserError} when Discord refuses the token or the intents, or cannot be reached. */
  async open(): Promise<void> {
    await this.#logIn();
    this.#looking = setInterval(() => this.#look(), LOOK_MS);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#looking);
    await letGo(this.#client);
  }

  #newClient(): Client {
    const { api, readsMessages, log, onClient, onSession } = this.#options;
    const client = createClient(api, readsMessages);
    client.on(Events.Error, (error) => log.error({ err: error }, 'discord.js reported an error'));
    client.on(Events.ShardReconnecting, () => {
      if (!this.#isClosing) log.info('connection lost, reconnecting');
    });
    client.on(Events.ShardResume, () => log.info('connection resumed'));
    client.on(Events.ShardDisconnect, (event: CloseEvent) => {
      if (client !== this.#client) return;
      this.#refuse(
        loginRefusal({ code: event.code }) ??
          new UserError(`Discord closed the connection for good (code ${event.code}). Start the bot again.`),
      );
    });
    client.on(Events.ShardReady, () => {
      const since = this.#missedSince;
      this.#missedSince = null;
      this.#lastHeardAt = Date.now();
      onSession(client as Client<true>, since === null ? null : { since, directChannels: this.#directChannels.keys() });
    });
    client.on(Events.Raw, (packet: { readonly t?: string }) => {
      // A session is told of what happens now while its servers are still on their way: that says nothing of what was missed before.
      if (packet.t === 'READY') this.#missedSince ??= this.#lastHeardAt;
      else this.#lastHeardAt = Date.now();
    });
    onClient(client);
    return client;
  }

  async #logIn(): Promise<void> {
    const { token, api } = this.#options;
    const giveUp = new AbortController();
    const timeout = sleep(LOGIN_MS, undefined, { signal: giveUp.signal }).then(() => {
      throw new UserError(
        `Discord (${api}) did not answer within ${LOGIN_MS / 1000} s. Check the network and https://discordstatus.com, then start again.`,
      );
    });
    timeout.catch(() => {});
    try {
      await Promise.race([this.#client.login(token), timeout]);
    } catch (error) {
      throw loginRefusal(error) ?? unreachable(error, api);
    } finally {
      giveUp.abort();
    }
  }

  #look(): void {
    const now = Date.now();
    const { stuckAfterMs } = this.#options;
    const isReady =
      this.#client.ws.shards.size > 0 && this.#client.ws.shards.every(({ status }) => status === Status.Ready);
    this.#stuckSince = isReady ? null : (this.#stuckSince ?? now);
    this.#readySince = isReady ? (this.#readySince ?? now) : null;
    // A connection that has held for a while is given the usual time again.
    if (this.#readySince !== null && now - this.#readySince > stuckAfterMs) this.#patience = 1;
    if (this.#stuckSince === null || this.#isRenewing || now - this.#stuckSince < stuckAfterMs * this.#patience) return;
    this.#isRenewing = true;
    void this.#renew().finally(() => {
      this.#isRenewing = false;
      this.#stuckSince = null;
    });
  }

  async #renew(): Promise<void> {
    const { log } = this.#options;
    const statuses = this.#client.ws.shards.map(({ status }) => Status[status]);
    log.warn({ statuses }, 'the connection is stuck: a new one takes its place');
    const stuck = this.#client;
    for (const [id, channel] of stuck.channels.cache)
      if (channel.isDMBased()) setBounded(this.#directChannels, id, true, REMEMBERED_DIRECT_CHANNELS);
    this.#client = this.#newClient();
    stuck.removeAllListeners();
    // What a client that is let go of still reports is of no use, and without a listener it would end the process.
    stuck.on(Events.Error, () => {});
    await letGo(stuck);
    try {
      await this.#logIn();
      this.#patience = Math.min(MOST_PATIENCE, this.#patience * 2);
      log.info('connected again');
    } catch (error) {
      const isFinal = error instanceof UserError && loginRefusal(error.cause) !== null;
      if (isFinal) this.#refuse(error);
      else log.warn({ err: error }, 'no new connection yet; trying again');
    }
  }
}

async function letGo(client: Client): Promise<void> {
  await Promise.race([client.destroy().catch(() => {}), sleep(DESTROY_MS)]);
}
