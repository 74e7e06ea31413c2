import { type Snowflake, TimestampStyles, time } from 'discord.js';
import { textCard } from '../cards/card.js';
import type { BotContext } from '../context/bot-context.js';
import type { RefusedChannel } from '../context/refused-channels.js';
import type { SlashCommand } from './command.js';
import { slashDefinition } from './definition.js';

/** How many channels that refuse posts are listed. */
const MAX_REFUSED = 5;

/** `/status`: how the bot is doing. Only people who manage the server may use it, and only they see the answer. */
export const STATUS: SlashCommand = {
  definition: slashDefinition('status', 'managers'),
  isQuestion: false,
  isPrivate: () => true,
  run({ interaction, texts, bot }) {
    const library = bot.library();
    const client = bot.client();
    // discord.js reports -1 until the first heartbeat has been acknowledged.
    const { ping } = client.ws;
    const latency = bot.latencies.summary();
    const { waiting, refused, replacedModels, replacedThreads, replacedAt } = bot.engineState();
    const ago = (date: Date): string => time(date, TimestampStyles.RelativeTime);
    const { shards } = client.options;
    const shardCount = client.options.shardCount ?? 1;
    return textCard(
      [
        texts.say('status.heading', { version: bot.version }),
        texts.say('status.articles', {
          count: library.articleCount,
          passages: texts.say('sources.passages', { count: library.passageCount }),
        }),
        texts.say('status.model', { model: `\`${library.modelId}\`` }),
        texts.say('status.index', { when: ago(library.changedAt) }),
        ping < 0 ? texts.say('status.latencyUnknown') : texts.say('status.latency', { ping: Math.round(ping) }),
        latency === null
          ? texts.say('status.noAnswers')
          : texts.say('status.answers', {
              median: Math.round(latency.median),
              slowest: Math.round(latency.slowest),
              count: latency.count,
            }),
        ...(waiting + refused > 0 ? [texts.say('status.queue', { waiting, refused })] : []),
        ...(replacedAt === null
          ? []
          : [texts.say('status.replaced', { count: replacedModels + replacedThreads, when: ago(replacedAt) })]),
        ...refusedIn(interaction.guildId, bot).map(({ channelId, code, count, at }) =>
          texts.say('status.refused', { channel: `<#${channelId}>`, count, when: ago(new Date(at)), code }),
        ),
        texts.say('status.started', { when: ago(bot.startedAt) }),
        texts.say('status.memory', { megabytes: Math.round(process.memoryUsage.rss() / 1_000_000) }),
        ...(shardCount > 1 && Array.isArray(shards)
          ? [texts.say('status.shard', { number: (shards[0] ?? 0) + 1, count: shardCount })]
          : []),
      ].join('\n'),
    );
  },
};

/** The channels of a server in which Discord refuses what the bot posts, the latest first. */
function refusedIn(serverId: Snowflake | null, { refusedChannels }: BotContext): RefusedChannel[] {
  return serverId === null ? [] : refusedChannels.listOf(serverId).slice(0, MAX_REFUSED);
}
