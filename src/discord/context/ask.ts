import type { Snowflake } from 'discord.js';
import type { Answer } from '../../answering/answer.js';
import type { EarlierAnswer } from '../../answering/follow-up.js';
import type { BotContext } from './bot-context.js';
import { type Location, requireArticle, scopeAt } from './location.js';

/** Passages that can be paged through. */
const RANKING = 8;

/** A question with what is known of who asked it where. */
export interface AskedQuestion {
  readonly question: string;
  /** The message or interaction that asks. */
  readonly askedIn: Snowflake;
  readonly location: Location;
  /** The one article that is asked; null for all. */
  readonly articleId?: string | null;
  readonly earlier?: EarlierAnswer | null;
  /** Null for a question that is asked again, or is somebody else's: it is not kept. */
  readonly asker: { readonly personId: Snowflake; readonly link: string } | null;
}

/** Asks the articles, and remembers the answer for the buttons under it and for replies to it. */
export async function ask(asked: AskedQuestion, bot: BotContext): Promise<Answer> {
  const { question, askedIn, location, articleId = null, earlier = null, asker } = asked;
  // An article can be asked alone where its collection is asked.
  const scope = articleId === null ? scopeAt(location) : { articleId: requireArticle(articleId, location, bot).id };
  const answer = await bot.engine().ask(question, { scope, earlier, limit: RANKING });
  bot.latencies.add(answer.tookMs);
  bot.recentAnswers.remember(askedIn, { answer, articleId });
  if (asker !== null && answer.outcome === 'not-found' && location.serverId !== null) {
    const kept = {
      askedIn,
      personId: asker.personId,
      serverId: location.serverId,
      link: asker.link,
      text: answer.question,
      reason: 'not-found',
      passageId: answer.ranking[0]?.passageId ?? null,
      askedAt: Date.now(),
    } as const;
    bot.community.questions.keep(kept, location.settings.keptDays);
  }
  return answer;
}

/** The address of a message or, without one, of a channel. */
export function jumpLink(serverId: Snowflake | null, channelId: Snowflake, messageId?: Snowflake): string {
  const channel = `https://discord.com/channels/${serverId ?? '@me'}/${channelId}`;
  return messageId === undefined ? channel : `${channel}/${messageId}`;
}
