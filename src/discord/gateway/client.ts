import { Client, GatewayIntentBits, Options, Partials, REST } from 'discord.js';

/** A request that hangs is given up and repeated; discord.js would wait 15 s. */
const REQUEST_MS = 5000;
const KEPT_PEOPLE = 200;

/**
 * A client of Discord that is not logged in yet.
 *
 * @param readsMessages Whether Discord shows it messages that do not mention it: the one privileged intent there is.
 */
export function createClient(api: string, readsMessages: boolean): Client {
  return new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
      ...(readsMessages ? [GatewayIntentBits.MessageContent] : []),
    ],
    // A direct message's channel is not known before its first message, and corrected or deleted messages are not kept.
    partials: [Partials.Channel, Partials.Message],
    allowedMentions: { parse: [], repliedUser: false },
    // Messages are answered when they come and never looked up again.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      ThreadMemberManager: 0,
      // People are known by what they send; of the many who talk only the last are kept, and the bot itself.
      UserManager: { maxSize: KEPT_PEOPLE, keepOverLimit: (user) => user.id === user.client.user.id },
      GuildMemberManager: { maxSize: KEPT_PEOPLE, keepOverLimit: (member) => member.id === member.client.user.id },
    }),
    rest: { api, timeout: REQUEST_MS },
  });
}

/**
 * Sends answers to interactions. discord.js counts every request towards Discord's 50 a second, and whoever waits then waits for seconds;
 * Discord does not count these (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit), and three seconds are all they have.
 */
export function createInteractionRest(api: string): REST {
  return new REST({ api, timeout: REQUEST_MS, globalRequestsPerSecond: Number.MAX_SAFE_INTEGER });
}
