import { TimestampStyles, time } from 'discord.js';
import { textCard } from '../cards/card.js';
import type { SlashCommand } from './command.js';
import { slashDefinition } from './definition.js';

/** `/status`: how the bot is doing. Only people who manage the server may use it, and only they see the answer. */
export const STATUS: SlashCommand = {
  definition: slashDefinition('status', 'managers'),
  isQuestion: false,
  isPrivate: () => true,
  run({ texts, bot }) {
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
        texts.say('status.started', { when: ago(bot.startedAt) }),
        texts.say('status.memory', { megabytes: Math.round(process.memoryUsage.rss() / 1_000_000) }),
        ...(shardCount > 1 && Array.isArray(shards)
          ? [texts.say('status.shard', { number: (shards[0] ?? 0) + 1, count: shardCount })]
          : []),
      ].join('\n'),
    );
  },
};
