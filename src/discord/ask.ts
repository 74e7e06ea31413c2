import type { Snowflake } from 'discord.js';
import type { Answer } from '../answering/answer.js';
import type { EarlierAnswer } from '../answering/follow-up.js';
import type { DiscordParts } from './parts.js';
import { askedArticle, type Place, scopeAt } from './place.js';

/** Passages that can be paged through. */
const RANKING = 8;

/** A question with what is known of who asked it where. */
export interface AskedQuestion {
  readonly question: string;
  /** The message or interaction that asks. */
  readonly askedIn: Snowflake;
  readonly place: Place;
  /** The one article that is asked; null for all. */
  readonly articleId?: string | null;
  readonly earlier?: EarlierAnswer | null;
  /** Null for a question that is asked again, or is somebody else's: it is not kept. */
  readonly asker: { readonly personId: Snowflake; readonly link: string } | null;
}

/** Asks the articles, and remembers the answer for the buttons under it and for replies to it. */
export async function ask(asked: AskedQuestion, parts: DiscordParts): Promise<Answer> {
  const { question, askedIn, place, articleId = null, earlier = null, asker } = asked;
  // An article can be asked alone where its collection is asked.
  const scope = articleId === null ? scopeAt(place) : { articleId: askedArticle(articleId, place, parts).id };
  const answer = await parts.answering().ask(question, { scope, earlier, limit: RANKING });
  parts.latencies.add(answer.tookMs);
  parts.recentAnswers.remember(askedIn, { answer, articleId });
  if (asker !== null && answer.outcome === 'not-found' && place.serverId !== null) {
    const kept = {
      askedIn,
      personId: asker.personId,
      serverId: place.serverId,
      link: asker.link,
      text: answer.question,
      reason: 'not-found',
      passageId: answer.ranking[0]?.passageId ?? null,
      askedAt: Date.now(),
    } as const;
    parts.community.questions.keep(kept, place.settings.keptDays);
  }
  return answer;
}

/** The address of a message or, without one, of a channel. */
export function jumpLink(serverId: Snowflake | null, channelId: Snowflake, messageId?: Snowflake): string {
  const channel = `https://discord.com/channels/${serverId ?? '@me'}/${channelId}`;
  return messageId === undefined ? channel : `${channel}/${messageId}`;
}
