import { GatewayCloseCodes, GatewayIntentBits } from 'discord-api-types/v10';
import type { Shard } from './session.js';

/** The `d` of IDENTIFY: https://docs.discord.com/developers/events/gateway-events#identify */
export interface IdentifyData {
  readonly token: string;
  readonly intents: number;
  readonly shard?: Shard;
}

/** Why the gateway closes a connection, and with which code. */
export interface Refusal {
  readonly code: GatewayCloseCodes;
  readonly reason: string;
}

/**
 * These must be switched on for the application: https://docs.discord.com/developers/events/gateway#privileged-intents
 */
const PRIVILEGED_INTENTS =
  GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;
/** Every bit that may be an intent. */
const ALL_INTENTS = 0x1fff_ffff;

/** What is wrong with the query of the gateway's URL. The fake speaks version 10 in uncompressed JSON. */
export function refusalOfUrl(url: string): Refusal | undefined {
  const query = new URL(url, 'ws://127.0.0.1').searchParams;
  if (query.get('v') !== '10') {
    return { code: GatewayCloseCodes.InvalidAPIVersion, reason: `version ${query.get('v')}` };
  }
  if (query.get('encoding') !== 'json' || query.has('compress')) {
    return { code: GatewayCloseCodes.DecodeError, reason: `the fake speaks only uncompressed JSON, not ${url}` };
  }
  return undefined;
}

/**
 * What is wrong with the intents and the shard of an IDENTIFY.
 *
 * @param grantedIntents Privileged intents that are switched on, as bits of GatewayIntentBits.
 */
export function refusalOfIdentify(
  { intents, shard = [0, 1] }: IdentifyData,
  grantedIntents: number,
): Refusal | undefined {
  if (!Number.isInteger(intents) || (intents & ~ALL_INTENTS) !== 0) {
    return { code: GatewayCloseCodes.InvalidIntents, reason: `intents ${intents}` };
  }
  const disallowed = intents & PRIVILEGED_INTENTS & ~grantedIntents;
  if (disallowed !== 0) {
    const reason = `privileged intents ${disallowed} are not granted`;
    return { code: GatewayCloseCodes.DisallowedIntents, reason };
  }
  if (!(shard[0] >= 0 && shard[0] < shard[1])) {
    return { code: GatewayCloseCodes.InvalidShard, reason: `shard ${shard.join(' of ')}` };
  }
  return undefined;
}
