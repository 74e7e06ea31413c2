import type { Journal } from '../../journal.js';
import type { World } from '../../world/world.js';
import type { Route } from '../route.js';
import { createApplicationRoutes, type GatewayAdvice } from './application-routes.js';
import { createChannelRoutes } from './channel-routes.js';
import { createCommandRoutes } from './command-routes.js';
import { createGuildRoutes } from './guild-routes.js';
import { createInteractionRoutes } from './interaction-routes.js';
import { createMessageRoutes } from './message-routes.js';
import { createThreadRoutes } from './thread-routes.js';
import { createWebhookRoutes } from './webhook-routes.js';

/** Every endpoint of the fake. The first that matches answers. A request to any other is a violation. */
export function createRoutes(world: World, journal: Journal, advice: GatewayAdvice): Route[] {
  return [
    ...createApplicationRoutes(world, advice),
    ...createGuildRoutes(world),
    ...createChannelRoutes(world),
    ...createMessageRoutes(world),
    ...createThreadRoutes(world),
    ...createCommandRoutes(world),
    ...createInteractionRoutes(world, journal),
    ...createWebhookRoutes(world, journal),
  ];
}
