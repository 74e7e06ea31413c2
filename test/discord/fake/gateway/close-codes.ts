import { GatewayCloseCodes } from 'discord-api-types/v10';

// Source: https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes

/** After these the session is gone and a bot must not reconnect: its token, shard, version or intents are wrong. */
const FATAL_CLOSE_CODES: readonly number[] = [
  GatewayCloseCodes.AuthenticationFailed,
  GatewayCloseCodes.InvalidShard,
  GatewayCloseCodes.ShardingRequired,
  GatewayCloseCodes.InvalidAPIVersion,
  GatewayCloseCodes.InvalidIntents,
  GatewayCloseCodes.DisallowedIntents,
];

/** WebSocket's "normal closure" and "going away". They end the session, whichever side sends them. */
const NORMAL_CLOSE_CODES: readonly number[] = [1000, 1001];

/** Whether Discord accepts no RESUME after closing a connection with this code. */
export function isFatal(code: number): boolean {
  return FATAL_CLOSE_CODES.includes(code);
}

/** Whether a connection that is closed with this code ends its session in the usual way. */
export function isNormalClosure(code: number): boolean {
  return NORMAL_CLOSE_CODES.includes(code);
}
