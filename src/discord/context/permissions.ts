import { type Guild, type GuildBasedChannel, PermissionFlagsBits } from 'discord.js';
import type { ChannelSettings } from '../../community/setting-values.js';
import type { TextKey } from '../locales/translation.js';

/** A permission that the bot lacks in a channel, and what it is needed for. */
export interface MissingPermission {
  readonly permission: TextKey;
  readonly feature: TextKey;
}

/** A permission, and where it is needed. */
export interface NeededPermission extends MissingPermission {
  readonly bit: bigint;
  /** Default: needed in every channel. */
  readonly isNeeded?: (channel: GuildBasedChannel, settings: Pick<ChannelSettings, 'replyPlace'>) => boolean;
}

/** What the bot needs to answer in a channel and its threads. In a forum it only posts in threads, and opens none. */
export const NEEDED_PERMISSIONS: readonly NeededPermission[] = [
  {
    bit: PermissionFlagsBits.ViewChannel,
    permission: 'permissions.view',
    feature: 'permissions.forAnswers',
  },
  {
    bit: PermissionFlagsBits.SendMessages,
    permission: 'permissions.send',
    feature: 'permissions.forAnswers',
    isNeeded: (channel) => !channel.isThreadOnly(),
  },
  {
    bit: PermissionFlagsBits.SendMessagesInThreads,
    permission: 'permissions.sendInThreads',
    feature: 'permissions.forThreads',
  },
  {
    bit: PermissionFlagsBits.CreatePublicThreads,
    permission: 'permissions.createThreads',
    feature: 'permissions.forOpening',
    isNeeded: (channel, { replyPlace }) => replyPlace === 'thread' && !channel.isThreadOnly(),
  },
  {
    bit: PermissionFlagsBits.ReadMessageHistory,
    permission: 'permissions.history',
    feature: 'permissions.forReplies',
  },
  {
    bit: PermissionFlagsBits.AddReactions,
    permission: 'permissions.react',
    feature: 'permissions.forReactions',
  },
];

/** The permissions that the bot lacks in a channel now. Empty if they are not known. */
export function missingPermissions(
  channel: GuildBasedChannel,
  settings: Pick<ChannelSettings, 'replyPlace'>,
): MissingPermission[] {
  const permissions = channel.permissionsFor(channel.client.user);
  if (permissions === null) return [];
  return NEEDED_PERMISSIONS.filter(
    ({ bit, isNeeded }) => !permissions.has(bit) && (isNeeded === undefined || isNeeded(channel, settings)),
  );
}

/** The channels of a server that the bot can see but lacks permissions in, in the order in which Discord shows them. */
export function channelsWithMissingPermissions(
  { channels }: Guild,
  settingsOf: (channel: GuildBasedChannel) => Pick<ChannelSettings, 'replyPlace'>,
): GuildBasedChannel[] {
  const found = [...channels.cache.values()].filter((channel) => {
    if (channel.isThread() || !(channel.isTextBased() || channel.isThreadOnly())) return false;
    const missing = missingPermissions(channel, settingsOf(channel));
    return missing.length > 0 && missing.every(({ permission }) => permission !== 'permissions.view');
  });
  return found.toSorted((a, b) => positionOf(a) - positionOf(b));
}

function positionOf(channel: GuildBasedChannel): number {
  return 'rawPosition' in channel ? channel.rawPosition : 0;
}
