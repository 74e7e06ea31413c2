/** What can go wrong with the connection to the gateway. Tests reach it as `fake.gatewayFaults`. */
export interface GatewayFaults {
  /** Cuts every connection without a close frame, as a network failure does. The sessions can be resumed. */
  dropSockets(): void;
  /** Closes every connection with a code. After a fatal one, such as 4004, and after 1000 the sessions are gone. */
  closeWith(code: number): void;
  /** Sends opcode 9, "invalid session". Unless the sessions are resumable, the bot must identify again. */
  invalidateSessions(isResumable: boolean): void;
  /**
   * Cuts every connection and forgets the sessions, as after a long outage: RESUME is answered with opcode 9 and the
   * bot must identify again. It never learns what happens until then.
   */
  forgetSessions(): void;
  /** Sends opcode 7, which asks the bot to reconnect and resume. */
  requestReconnect(): void;
  /** Stops answering heartbeats; `false` answers them again. */
  muteHeartbeatAcks(isMuted?: boolean): void;
  /** Stops answering RESUME; `false` answers it again. */
  muteResume(isMuted?: boolean): void;
  /**
   * Delays GUILD_CREATE in new sessions until this is called with `false`, as Discord does for seconds with bots in
   * many guilds.
   */
  holdGuilds(areHeld?: boolean): void;
  /** Breaks off the next connections before they become web sockets. */
  refuseUpgrades(times: number): void;
}
