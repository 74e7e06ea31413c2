import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10';
import { WebSocket, WebSocketServer } from 'ws';
import { type Journal, shorten } from '../journal.js';
import type { Audience } from '../world/world.js';
import { isFatal, isNormalClosure } from './close-codes.js';
import type { GatewayFaults } from './gateway-faults.js';
import { type IdentifyData, type Refusal, refusalOfIdentify, refusalOfUrl } from './handshake.js';
import { PayloadLimits } from './payload-limits.js';
import { type GatewayEvent, isResponsible, type SentEvent, type Session, type Shard } from './session.js';

/** Options of `Gateway`. */
export interface GatewayOptions {
  readonly journal: Journal;
  readonly isValidToken: (token: unknown) => boolean;
  /** Privileged intents that are switched on, as bits of GatewayIntentBits; others in IDENTIFY close with 4014. */
  readonly grantedIntents: number;
  readonly heartbeatIntervalMs: number;
  /** Closes every IDENTIFY with this code, as if something were wrong with it. Undefined: accepts it. */
  readonly refuseIdentifyWith: number | undefined;
  /** `ws://127.0.0.1:PORT`. It is the resume address too: another one would make the bot dial Discord. */
  readonly address: () => string;
  /** The data of READY, without the fields of the session itself, and the events that follow. */
  readonly greeting: (session: Pick<Session, 'intents' | 'shard'>) => {
    readonly ready: object;
    readonly events: readonly GatewayEvent[];
  };
  readonly membersOf: (guildId: string) => readonly object[];
}

interface Incoming {
  readonly op: GatewayOpcodes;
  readonly d: unknown;
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

/**
 * Discord's gateway, version 10, in uncompressed JSON: https://docs.discord.com/developers/events/gateway
 *
 * Whatever makes Discord close a connection makes the fake close it with the same code, and is a violation. Only a
 * wrong token is not: tests make it wrong on purpose.
 */
export class Gateway implements GatewayFaults {
  /** Number of IDENTIFYs so far, refused ones included. */
  identifies = 0;
  /** The intents of each IDENTIFY. */
  readonly identifiedIntents: number[] = [];
  /** The shard of each IDENTIFY. */
  readonly identifiedShards: Shard[] = [];
  /** Number of RESUMEs so far, refused ones included. */
  resumes = 0;
  readonly #options: GatewayOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #sessions = new Map<string, Session>();
  readonly #sessionOf = new WeakMap<WebSocket, Session>();
  readonly #repeatOnResume = new Set<string>();
  #areHeartbeatAcksMuted = false;
  #isResumeMuted = false;
  #upgradesToRefuse = 0;
  #areGuildsHeld = false;
  readonly #heldGreetings: (() => void)[] = [];

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  /** Whether any session has an open connection. */
  get isConnected(): boolean {
    return [...this.#sessions.values()].some(({ socket }) => socket?.readyState === WebSocket.OPEN);
  }

  /** Takes over an HTTP request to upgrade to a web socket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#upgradesToRefuse > 0) {
      this.#upgradesToRefuse -= 1;
      socket.destroy();
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#accept(webSocket, request.url ?? ''));
  }

  /** Sends an event to every session it concerns. Sessions without a connection get it when they resume. */
  dispatch(name: string, audience: Audience, dataFor: (intents: number) => object): void {
    for (const session of this.#sessions.values()) {
      if (audience.intents !== undefined && (session.intents & audience.intents) === 0) continue;
      if (!isResponsible(session.shard, audience.guildId)) continue;
      this.#sendEvent(session, { name, data: dataFor(session.intents) });
    }
  }

  /** Makes the next RESUME replay the events about an id even if the bot has seen them. */
  repeatOnResume(id: string): void {
    this.#repeatOnResume.add(id);
  }

  /** Cuts every connection and accepts no more. */
  close(): void {
    this.dropSockets();
    this.#server.close();
  }

  // The methods of GatewayFaults, described there

  dropSockets(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  closeWith(code: number): void {
    for (const socket of this.#server.clients) {
      if (isNormalClosure(code)) this.#forget(socket);
      this.#close(socket, code);
    }
  }

  invalidateSessions(isResumable: boolean): void {
    for (const session of this.#sessions.values()) {
      if (!isResumable) this.#sessions.delete(session.id);
      if (session.socket) send(session.socket, { op: GatewayOpcodes.InvalidSession, d: isResumable });
    }
  }

  forgetSessions(): void {
    this.#sessions.clear();
    this.dropSockets();
  }

  requestReconnect(): void {
    for (const socket of this.#server.clients) send(socket, { op: GatewayOpcodes.Reconnect, d: null });
  }

  muteHeartbeatAcks(isMuted = true): void {
    this.#areHeartbeatAcksMuted = isMuted;
  }

  muteResume(isMuted = true): void {
    this.#isResumeMuted = isMuted;
  }

  holdGuilds(areHeld = true): void {
    this.#areGuildsHeld = areHeld;
    if (!areHeld) for (const greet of this.#heldGreetings.splice(0)) greet();
  }

  refuseUpgrades(times: number): void {
    this.#upgradesToRefuse = times;
  }

  #accept(socket: WebSocket, url: string): void {
    socket.on('error', (error) => this.#log(`socket error ${error.message}`));
    const refusal = refusalOfUrl(url);
    if (refusal) {
      this.#refuse(socket, refusal);
      return;
    }
    const limits = new PayloadLimits();
    // binaryType is left at "nodebuffer".
    socket.on('message', (data: Buffer) => {
      const tooMuch = limits.refusalOf(data.length);
      if (tooMuch) this.#refuse(socket, tooMuch);
      else this.#receive(socket, data.toString());
    });
    socket.on('close', (code) => {
      this.#log(`bot's socket closed with ${code}`);
      const session = this.#sessionOf.get(socket);
      if (session?.socket === socket) session.socket = undefined;
      if (isNormalClosure(code)) this.#forget(socket);
      this.#options.journal.notify();
    });
    send(socket, { op: GatewayOpcodes.Hello, d: { heartbeat_interval: this.#options.heartbeatIntervalMs } });
  }

  #receive(socket: WebSocket, text: string): void {
    let incoming: Incoming;
    try {
      incoming = JSON.parse(text) as Incoming;
    } catch {
      this.#refuse(socket, { code: GatewayCloseCodes.DecodeError, reason: `not JSON: ${text}` });
      return;
    }
    // The data of IDENTIFY holds the token.
    const isIdentify = incoming.op === GatewayOpcodes.Identify;
    const details = isIdentify ? '(identify)' : shorten(JSON.stringify(incoming.d ?? null), 120);
    this.#log(`bot: op ${incoming.op} ${details}`);
    this.#handle(socket, incoming);
    this.#options.journal.notify();
  }

  /** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes */
  #handle(socket: WebSocket, { op, d }: Incoming): void {
    switch (op) {
      case GatewayOpcodes.Heartbeat:
        if (!this.#areHeartbeatAcksMuted) send(socket, { op: GatewayOpcodes.HeartbeatAck });
        break;
      case GatewayOpcodes.Identify:
        this.#identify(socket, d as IdentifyData);
        break;
      case GatewayOpcodes.Resume:
        this.#resume(socket, d as ResumeData);
        break;
      case GatewayOpcodes.PresenceUpdate:
      case GatewayOpcodes.VoiceStateUpdate:
      case GatewayOpcodes.RequestGuildMembers: {
        const session = this.#sessionOf.get(socket);
        if (!session) {
          this.#refuse(socket, { code: GatewayCloseCodes.NotAuthenticated, reason: `op ${op} before IDENTIFY` });
        } else if (op === GatewayOpcodes.RequestGuildMembers) {
          this.#sendMembers(session, d as MembersRequest);
        }
        break;
      }
      default:
        this.#refuse(socket, { code: GatewayCloseCodes.UnknownOpcode, reason: `unknown opcode ${op}` });
    }
  }

  #identify(socket: WebSocket, data: IdentifyData): void {
    const { refuseIdentifyWith, isValidToken, grantedIntents } = this.#options;
    const { token, intents, shard = [0, 1] } = data;
    this.identifies += 1;
    this.identifiedIntents.push(intents);
    this.identifiedShards.push(shard);
    if (refuseIdentifyWith !== undefined) {
      this.#close(socket, refuseIdentifyWith);
      return;
    }
    if (this.#sessionOf.has(socket)) {
      this.#refuse(socket, { code: GatewayCloseCodes.AlreadyAuthenticated, reason: 'a second IDENTIFY' });
      return;
    }
    // Not a violation: tests make the token wrong on purpose.
    if (!isValidToken(token)) {
      this.#close(socket, GatewayCloseCodes.AuthenticationFailed);
      return;
    }
    const refusal = refusalOfIdentify(data, grantedIntents);
    if (refusal) this.#refuse(socket, refusal);
    else this.#startSession(socket, { intents, shard });
  }

  #startSession(socket: WebSocket, { intents, shard }: Pick<Session, 'intents' | 'shard'>): void {
    const session: Session = { id: randomBytes(16).toString('hex'), intents, shard, sent: [], socket };
    this.#sessions.set(session.id, session);
    this.#sessionOf.set(socket, session);
    const { ready, events } = this.#options.greeting(session);
    const ownFields = {
      v: 10,
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: this.#options.address(),
      shard,
    };
    this.#sendEvent(session, { name: 'READY', data: { ...ready, ...ownFields } });
    const sendGuilds = (): void => {
      for (const event of events) this.#sendEvent(session, event);
    };
    if (this.#areGuildsHeld) this.#heldGreetings.push(sendGuilds);
    else sendGuilds();
  }

  #resume(socket: WebSocket, { token, session_id: sessionId, seq }: ResumeData): void {
    this.resumes += 1;
    if (!this.#options.isValidToken(token)) {
      this.#close(socket, GatewayCloseCodes.AuthenticationFailed);
      return;
    }
    if (this.#isResumeMuted) return;
    const session = this.#sessions.get(sessionId);
    if (!session) {
      send(socket, { op: GatewayOpcodes.InvalidSession, d: false });
      return;
    }
    const { sent } = session;
    if (seq > sent.length) {
      this.#refuse(socket, { code: GatewayCloseCodes.InvalidSeq, reason: `sequence ${seq} of ${sent.length}` });
      return;
    }
    session.socket = socket;
    this.#sessionOf.set(socket, session);
    for (const event of sent) {
      const { id } = event.data as { id?: string };
      const isRepeated = id !== undefined && this.#repeatOnResume.has(id);
      if (event.sequence > seq || isRepeated) this.#sendDispatch(socket, event);
    }
    this.#repeatOnResume.clear();
    this.#sendEvent(session, { name: 'RESUMED', data: {} });
  }

  #sendMembers(session: Session, { guild_id: guildId, nonce }: MembersRequest): void {
    const data = {
      guild_id: guildId,
      members: this.#options.membersOf(guildId),
      chunk_index: 0,
      chunk_count: 1,
      not_found: [],
      ...(nonce !== undefined && { nonce }),
    };
    this.#sendEvent(session, { name: 'GUILD_MEMBERS_CHUNK', data });
  }

  #sendEvent(session: Session, { name, data }: GatewayEvent): void {
    // Copied, so that a replay does not show later changes.
    const event = { sequence: session.sent.length + 1, name, data: structuredClone(data) };
    session.sent.push(event);
    if (session.socket) this.#sendDispatch(session.socket, event);
    else this.#log(`kept for a resume: ${name}`);
  }

  #sendDispatch(socket: WebSocket, { sequence, name, data }: SentEvent): void {
    this.#log(`fake: ${name} (${sequence})`);
    send(socket, { op: GatewayOpcodes.Dispatch, s: sequence, t: name, d: data });
  }

  /** Closes a connection because the bot did something wrong. */
  #refuse(socket: WebSocket, { code, reason }: Refusal): void {
    this.#options.journal.addViolation(`gateway: ${reason} (closed with ${code})`);
    this.#close(socket, code);
  }

  #close(socket: WebSocket, code: number): void {
    this.#log(`close ${code}`);
    if (isFatal(code)) this.#forget(socket);
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

function send(socket: WebSocket, payload: object): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(payload));
}
