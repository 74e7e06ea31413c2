import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { ReplyKind } from '../../checks/reply-checks.js';
import { type FakeChannel, isDirect, isThread } from '../../world/channels.js';
import type { World } from '../../world/world.js';
import { DiscordError, notFound } from '../discord-error.js';
import { type Call, NO_CONTENT, ok, type Route } from '../route.js';

/** Channels themselves: https://docs.discord.com/developers/resources/channel */
export function createChannelRoutes(world: World): Route[] {
  return [
    {
      method: 'GET',
      pattern: '/channels/:channelId',
      // Checked here, since each type of channel has a schema of its own.
      handle: (call) => {
        const channel = channelForBot(world, call);
        const payload = world.channelPayload(channel);
        world.check(kindOf(channel), payload);
        return ok(payload);
      },
    },
    {
      method: 'POST',
      pattern: '/channels/:channelId/typing',
      handle: (call) => channelForBot(world, call) && NO_CONTENT,
    },
  ];
}

/**
 * The channel that a request is about.
 *
 * @throws {DiscordError} "Missing Access" if the bot is not in it, even if it has written messages there.
 */
export function channelForBot(world: World, { params }: Call): FakeChannel {
  const id = params.channelId ?? '';
  if (world.isForeign(id)) throw new DiscordError(403, RESTJSONErrorCodes.MissingAccess, 'Missing Access');
  return world.channels.get(id) ?? notFound(RESTJSONErrorCodes.UnknownChannel, 'Channel');
}

function kindOf(channel: FakeChannel): ReplyKind {
  if (isDirect(channel)) return 'direct message channel';
  return isThread(channel) ? 'thread' : 'guild channel';
}
