import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import { WebSocket, WebSocketServer } from 'ws';
import { type Journal, shorten } from './journal.js';

// Source: https://docs.discord.com/developers/events/gateway
export const MAX_PAYLOAD_BYTES = 4_096;
export const MAX_EVENTS_PER_MINUTE = 120;
/** After these Discord takes no RESUME: /topics/opcodes-and-status-codes#gateway */
const FATAL_CLOSE_CODES: readonly number[] = [4004, 4010, 4011, 4012, 4013, 4014];
const PRIVILEGED_INTENTS =
  GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;
const ALL_INTENTS = 0x1fff_ffff;

export interface GatewayOptions {
  readonly journal: Journal;
  readonly isTokenGood: (token: unknown) => boolean;
  /** Privileged intents switched on for the bot; others in IDENTIFY close with 4014. */
  readonly grantedIntents: number;
  readonly heartbeatIntervalMs: number;
  /** Every IDENTIFY is answered with this close code, as if something were wrong with it. */
  readonly refuseIdentifyWith: number | undefined;
  /** `ws://127.0.0.1:PORT`; also the resume address, since a foreign one would make the bot dial Discord. */
  readonly address: () => string;
  /** The d of READY without the session's own fields, and the events that follow it. */
  readonly greeting: (session: Pick<Session, 'intents' | 'shard'>) => {
    readonly ready: object;
    readonly events: readonly GatewayEvent[];
  };
  readonly membersOf: (guildId: string) => readonly object[];
}

export interface GatewayEvent {
  readonly name: string;
  readonly data: object;
}

/** What decides who gets an event and what is in it. */
export interface Audience {
  /** Absent for direct messages, which go to shard 0. */
  readonly guildId?: string;
  /** Any of these bits is enough; absent: everyone. */
  readonly intents?: number;
}

/** Which shard, and of how many. */
export type Shard = readonly [number, number];

/** Whether a shard is the one that gets what concerns a guild; direct messages, without a guild, go to shard 0. */
export function isHome([shard, shards]: Shard, guildId: string | undefined): boolean {
  return shard === (guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shards)));
}

interface SentEvent {
  readonly sequence: number;
  readonly name: string;
  readonly data: object;
}

export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: Shard;
  readonly sent: SentEvent[];
  socket: WebSocket | undefined;
}

interface Incoming {
  readonly op: number;
  readonly d: unknown;
}

/** Discord's gateway: sessions that outlive their sockets, so that a RESUME gets what was missed. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #sessions = new Map<string, Session>();
  readonly #sessionOf = new WeakMap<WebSocket, Session>();
  readonly #repeatOnResume = new Set<string>();
  identifies = 0;
  readonly identifiedIntents: number[] = [];
  readonly identifiedShards: Shard[] = [];
  resumes = 0;
  #heartbeatAcksMuted = false;
  #resumeMuted = false;
  #upgradesToRefuse = 0;
  #areGuildsHeld = false;
  readonly #heldGreetings: (() => void)[] = [];

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  get isConnected(): boolean {
    return [...this.#sessions.values()].some(({ socket }) => socket?.readyState === WebSocket.OPEN);
  }

  /** Hands a HTTP upgrade to the gateway. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#upgradesToRefuse > 0) {
      this.#upgradesToRefuse -= 1;
      socket.destroy();
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#welcome(webSocket, request.url ?? ''));
  }

  /** Sends an event to every session it concerns; sessions without a socket get it when they resume. */
  dispatch(name: string, audience: Audience, dataFor: (intents: number) => object): void {
    for (const session of this.#sessions.values()) {
      if (audience.intents !== undefined && (session.intents & audience.intents) === 0) continue;
      if (isHome(session.shard, audience.guildId)) this.#sendEvent(session, { name, data: dataFor(session.intents) });
    }
  }

  /** Cuts every connection without a close frame, as a network does. The sessions can be resumed. */
  dropSockets(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  /** Closes every connection with a code; after a fatal one, or 1000 and 1001, the sessions are gone. */
  closeWith(code: number): void {
    for (const socket of this.#server.clients) {
      this.#log(`close ${code}`);
      if (FATAL_CLOSE_CODES.includes(code) || code < 1002) this.#forget(socket);
      socket.close(code);
    }
  }

  /** Sends opcode 9; after `false` the bot must identify anew. */
  invalidateSessions(isResumable: boolean): void {
    for (const session of this.#sessions.values()) {
      if (!isResumable) this.#sessions.delete(session.id);
      if (session.socket) this.#send(session.socket, { op: GatewayOpcodes.InvalidSession, d: isResumable });
    }
  }

  /** Cuts every connection and forgets the sessions: whoever resumes is told to identify anew. */
  forgetSessions(): void {
    this.#sessions.clear();
    this.dropSockets();
  }

  /** Sends opcode 7: please reconnect and resume. */
  requestReconnect(): void {
    for (const socket of this.#server.clients) this.#send(socket, { op: GatewayOpcodes.Reconnect, d: null });
  }

  muteHeartbeatAcks(isMuted = true): void {
    this.#heartbeatAcksMuted = isMuted;
  }

  /** A RESUME is read and never answered. */
  muteResume(isMuted = true): void {
    this.#resumeMuted = isMuted;
  }

  /** New sessions are told of their guilds only once this is called with `false`. */
  holdGuilds(areHeld = true): void {
    this.#areGuildsHeld = areHeld;
    if (!areHeld) for (const greet of this.#heldGreetings.splice(0)) greet();
  }

  /** Destroys the next connections before they become web sockets. */
  refuseUpgrades(times: number): void {
    this.#upgradesToRefuse = times;
  }

  /** The next RESUME replays the events about this id even if the bot has seen them. */
  repeatOnResume(id: string): void {
    this.#repeatOnResume.add(id);
  }

  close(): void {
    this.dropSockets();
    this.#server.close();
  }

  #welcome(socket: WebSocket, url: string): void {
    const query = new URL(url, 'ws://127.0.0.1').searchParams;
    socket.on('error', (error) => this.#log(`socket error ${error.message}`));
    if (query.get('v') !== '10') {
      this.#refuse(socket, GatewayCloseCodes.InvalidAPIVersion, `version ${query.get('v')}`);
      return;
    }
    if (query.get('encoding') !== 'json' || query.has('compress')) {
      this.#refuse(socket, GatewayCloseCodes.DecodeError, `only plain JSON is spoken here, not ${url}`);
      return;
    }
    const arrivals: number[] = [];
    // binaryType is left at "nodebuffer".
    socket.on('message', (data: Buffer) => {
      if (!this.#isTooMuch(socket, data, arrivals)) this.#receive(socket, data);
    });
    socket.on('close', (code) => {
      this.#log(`bot's socket closed with ${code}`);
      const session = this.#sessionOf.get(socket);
      if (session?.socket === socket) session.socket = undefined;
      // A close of the bot's own with 1000 or 1001 ends the session.
      if (code === 1000 || code === 1001) this.#forget(socket);
      this.#options.journal.changed();
    });
    this.#send(socket, { op: GatewayOpcodes.Hello, d: { heartbeat_interval: this.#options.heartbeatIntervalMs } });
  }

  #isTooMuch(socket: WebSocket, data: Buffer, arrivals: number[]): boolean {
    if (data.length > MAX_PAYLOAD_BYTES) {
      this.#refuse(
        socket,
        GatewayCloseCodes.DecodeError,
        `a payload of ${data.length} bytes, at most ${MAX_PAYLOAD_BYTES}`,
      );
      return true;
    }
    const now = performance.now();
    arrivals.push(now);
    while ((arrivals[0] ?? now) < now - 60_000) arrivals.shift();
    if (arrivals.length <= MAX_EVENTS_PER_MINUTE) return false;
    this.#refuse(socket, GatewayCloseCodes.RateLimited, `more than ${MAX_EVENTS_PER_MINUTE} events in a minute`);
    return true;
  }

  #receive(socket: WebSocket, data: Buffer): void {
    let incoming: Incoming;
    try {
      incoming = JSON.parse(data.toString()) as Incoming;
    } catch {
      this.#refuse(socket, GatewayCloseCodes.DecodeError, `no JSON: ${data.toString()}`);
      return;
    }
    this.#log(
      `bot: op ${incoming.op} ${incoming.op === GatewayOpcodes.Identify ? '(identify)' : shorten(JSON.stringify(incoming.d ?? null), 120)}`,
    );
    switch (incoming.op) {
      case GatewayOpcodes.Heartbeat:
        if (!this.#heartbeatAcksMuted) this.#send(socket, { op: GatewayOpcodes.HeartbeatAck });
        break;
      case GatewayOpcodes.Identify:
        this.#identify(socket, incoming.d as IdentifyData);
        break;
      case GatewayOpcodes.Resume:
        this.#resume(socket, incoming.d as ResumeData);
        break;
      case GatewayOpcodes.PresenceUpdate:
      case GatewayOpcodes.VoiceStateUpdate:
      case GatewayOpcodes.RequestGuildMembers:
        if (!this.#sessionOf.has(socket))
          this.#refuse(socket, GatewayCloseCodes.NotAuthenticated, `op ${incoming.op} before IDENTIFY`);
        else if (incoming.op === GatewayOpcodes.RequestGuildMembers)
          this.#sendMembers(socket, incoming.d as MembersRequest);
        break;
      default:
        this.#refuse(socket, GatewayCloseCodes.UnknownOpcode, `unknown opcode ${incoming.op}`);
    }
    this.#options.journal.changed();
  }

  #identify(socket: WebSocket, { token, intents, shard = [0, 1] }: IdentifyData): void {
    this.identifies += 1;
    this.identifiedIntents.push(intents);
    this.identifiedShards.push(shard);
    if (this.#options.refuseIdentifyWith !== undefined) {
      this.#close(socket, this.#options.refuseIdentifyWith);
      return;
    }
    if (this.#sessionOf.has(socket)) {
      this.#refuse(socket, GatewayCloseCodes.AlreadyAuthenticated, 'a second IDENTIFY');
      return;
    }
    // A refused token is something tests ask for, no mistake of the bot.
    if (!this.#options.isTokenGood(token)) {
      this.#close(socket, GatewayCloseCodes.AuthenticationFailed);
      return;
    }
    if (!Number.isInteger(intents) || (intents & ~ALL_INTENTS) !== 0) {
      this.#refuse(socket, GatewayCloseCodes.InvalidIntents, `intents ${intents}`);
      return;
    }
    const disallowed = intents & PRIVILEGED_INTENTS & ~this.#options.grantedIntents;
    if (disallowed !== 0) {
      this.#refuse(socket, GatewayCloseCodes.DisallowedIntents, `privileged intents ${disallowed} are not granted`);
      return;
    }
    if (!(shard[0] >= 0 && shard[0] < shard[1])) {
      this.#refuse(socket, GatewayCloseCodes.InvalidShard, `shard ${shard.join(' of ')}`);
      return;
    }

    const session: Session = { id: randomBytes(16).toString('hex'), intents, shard, sent: [], socket };
    this.#sessions.set(session.id, session);
    this.#sessionOf.set(socket, session);
    const { ready, events } = this.#options.greeting(session);
    const own = {
      v: 10,
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: this.#options.address(),
      shard,
    };
    this.#sendEvent(session, { name: 'READY', data: { ...ready, ...own } });
    const sendGuilds = (): void => {
      for (const event of events) this.#sendEvent(session, event);
    };
    if (this.#areGuildsHeld) this.#heldGreetings.push(sendGuilds);
    else sendGuilds();
  }

  #resume(socket: WebSocket, { token, session_id: sessionId, seq }: ResumeData): void {
    this.resumes += 1;
    if (!this.#options.isTokenGood(token)) {
      this.#close(socket, GatewayCloseCodes.AuthenticationFailed);
      return;
    }
    if (this.#resumeMuted) return;
    const session = this.#sessions.get(sessionId);
    if (!session) {
      this.#send(socket, { op: GatewayOpcodes.InvalidSession, d: false });
      return;
    }
    if (seq > session.sent.length) {
      this.#refuse(socket, GatewayCloseCodes.InvalidSeq, `sequence ${seq} of ${session.sent.length}`);
      return;
    }
    session.socket = socket;
    this.#sessionOf.set(socket, session);
    for (const event of session.sent) {
      const { id } = event.data as { id?: string };
      const isWanted = id !== undefined && this.#repeatOnResume.has(id);
      if (event.sequence > seq || isWanted) this.#sendDispatch(socket, event);
    }
    this.#repeatOnResume.clear();
    this.#sendEvent(session, { name: 'RESUMED', data: {} });
  }

  #sendMembers(socket: WebSocket, { guild_id: guildId, nonce }: MembersRequest): void {
    const session = this.#sessionOf.get(socket);
    if (!session) return;
    const members = this.#options.membersOf(guildId);
    const data = {
      guild_id: guildId,
      members,
      chunk_index: 0,
      chunk_count: 1,
      not_found: [],
      ...(nonce !== undefined && { nonce }),
    };
    this.#sendEvent(session, { name: 'GUILD_MEMBERS_CHUNK', data });
  }

  #sendEvent(session: Session, { name, data }: GatewayEvent): void {
    // Kept as it was sent: a replay must not show later changes.
    const event = { sequence: session.sent.length + 1, name, data: structuredClone(data) };
    session.sent.push(event);
    if (session.socket) this.#sendDispatch(session.socket, event);
    else this.#log(`kept for a resume: ${name}`);
  }

  #sendDispatch(socket: WebSocket, { sequence, name, data }: SentEvent): void {
    this.#log(`fake: ${name} (${sequence})`);
    this.#send(socket, { op: GatewayOpcodes.Dispatch, s: sequence, t: name, d: data });
  }

  #send(socket: WebSocket, payload: object): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(payload));
  }

  #refuse(socket: WebSocket, code: number, why: string): void {
    this.#options.journal.violation(`gateway: ${why} (closed with ${code})`);
    this.#close(socket, code);
  }

  #close(socket: WebSocket, code: number): void {
    this.#log(`close ${code}`);
    if (FATAL_CLOSE_CODES.includes(code)) this.#forget(socket);
    socket.close(code);
  }

  #forget(socket: WebSocket): void {
    const session = this.#sessionOf.get(socket);
    if (session && (session.socket === socket || session.socket === undefined)) this.#sessions.delete(session.id);
  }

  #log(text: string): void {
    this.#options.journal.gatewayLog.push(text);
  }
}

interface IdentifyData {
  readonly token: string;
  readonly intents: number;
  readonly shard?: Shard;
}

interface ResumeData {
  readonly token: string;
  readonly session_id: string;
  readonly seq: number;
}

interface MembersRequest {
  readonly guild_id: string;
  readonly nonce?: string;
}
