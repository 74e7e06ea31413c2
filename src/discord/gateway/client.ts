import { Client, GatewayIntentBits, Options, Partials, REST } from 'discord.js';

/** A request that hangs is aborted and repeated after this time. The default of discord.js is 15 s. */
const REQUEST_TIMEOUT_MS = 5000;
/** How many users and members stay in the cache. */
const MAX_CACHED_PEOPLE = 200;

/**
 * Creates a Discord client that is not logged in yet.
 *
 * @param api Base address of Discord's API, such as `https://discord.com/api`.
 * @param readsMessages Whether to read messages that do not mention the bot. This is the only privileged intent it uses.
 */
export function createClient(api: string, readsMessages: boolean): Client {
  return new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
      ...(readsMessages ? [GatewayIntentBits.MessageContent] : []),
    ],
    // The channel of a person's first direct message is unknown, and so are edited or deleted messages: none are cached.
    partials: [Partials.Channel, Partials.Message],
    allowedMentions: { parse: [], repliedUser: false },
    // Messages are answered when they arrive and never looked up again.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      ThreadMemberManager: 0,
      // Every message brings its author along, so only the latest ones and the bot itself stay.
      UserManager: { maxSize: MAX_CACHED_PEOPLE, keepOverLimit: (user) => user.id === user.client.user.id },
      GuildMemberManager: {
        maxSize: MAX_CACHED_PEOPLE,
        keepOverLimit: (member) => member.id === member.client.user.id,
      },
    }),
    rest: { api, timeout: REQUEST_TIMEOUT_MS },
  });
}

/**
 * Creates the REST client for responses to interactions.
 *
 * discord.js counts every request towards Discord's limit of 50 per second and makes the next ones wait. Discord does not
 * count responses to interactions (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit), and they
 * have to arrive within three seconds. So this client has no global limit.
 */
export function createInteractionRest(api: string): REST {
  return new REST({ api, timeout: REQUEST_TIMEOUT_MS, globalRequestsPerSecond: Number.MAX_SAFE_INTEGER });
}
