import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import { applicationPayload } from '../../payloads/command-payloads.js';
import type { World } from '../../world/world.js';
import { DiscordError, notFound } from '../discord-error.js';
import { ok, type Route } from '../route.js';

/**
 * Sessions an application may start in a day:
 * https://docs.discord.com/developers/events/gateway#session-start-limit-object
 */
const IDENTIFIES_PER_DAY = 1_000;

/** What GET /gateway/bot advises a bot to do. */
export interface GatewayAdvice {
  readonly gatewayUrl: () => string;
  /** How many shards to use. */
  readonly shards: number;
  /** How many of them may identify at the same time. */
  readonly maxConcurrency: number;
}

/**
 * The application, the gateway's address and users. https://docs.discord.com/developers/resources/application,
 * https://docs.discord.com/developers/events/gateway#get-gateway-bot and
 * https://docs.discord.com/developers/resources/user
 */
export function createApplicationRoutes(world: World, { gatewayUrl, shards, maxConcurrency }: GatewayAdvice): Route[] {
  return [
    {
      method: 'GET',
      pattern: '/gateway/bot',
      reply: 'gateway address',
      handle: () =>
        ok({
          url: gatewayUrl(),
          shards,
          session_start_limit: {
            total: IDENTIFIES_PER_DAY,
            remaining: IDENTIFIES_PER_DAY - 1,
            reset_after: 0,
            max_concurrency: maxConcurrency,
          },
        }),
    },
    {
      method: 'GET',
      pattern: '/users/@me',
      reply: 'own user',
      handle: () => ok({ ...world.bot, mfa_enabled: false, locale: 'en-US' }),
    },
    {
      method: 'POST',
      pattern: '/users/@me/channels',
      request: 'direct message channel',
      reply: 'direct message channel',
      handle: ({ body }) => {
        const { recipient_id: recipientId } = body as { recipient_id: string };
        if (!world.users.has(recipientId)) {
          throw new DiscordError(400, RESTJSONErrorCodes.InvalidRecipients, 'Invalid Recipient(s)');
        }
        return ok(world.channelPayload(world.directChannel(recipientId)));
      },
    },
    {
      method: 'GET',
      pattern: '/users/:userId',
      reply: 'user',
      handle: ({ params }) =>
        ok(world.users.get(params.userId ?? '') ?? notFound(RESTJSONErrorCodes.UnknownUser, 'User')),
    },
    ...['/applications/@me', '/oauth2/applications/@me'].map(
      (pattern): Route => ({
        method: 'GET',
        pattern,
        reply: 'application',
        handle: () => ok(applicationPayload(world.bot, world.applicationFlags)),
      }),
    ),
  ];
}
