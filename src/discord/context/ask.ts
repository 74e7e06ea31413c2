import type { Snowflake } from 'discord.js';
import type { Answer } from '../../answering/answer.js';
import type { EarlierAnswer } from '../../answering/follow-up.js';
import type { BotContext } from './bot-context.js';
import { type Location, requireArticle } from './location.js';
import { findPinAt } from './pins.js';

/** How many passages of an answer people can page through. */
const MAX_PASSAGES = 8;

/** A question together with who asked it and where. */
export interface AskedQuestion {
  readonly question: string;
  /** The message or interaction that asks. */
  readonly askedIn: Snowflake;
  /** Who waits for the answer. */
  readonly personId: Snowflake;
  /** Decides which collections are searched. */
  readonly location: Location;
  /** Search only this article. Default: null, for all articles of the location. */
  readonly articleId?: string | null;
  /** The answer this question follows up on. Default: null. */
  readonly earlier?: EarlierAnswer | null;
  /** Null if the question is asked again or was written by someone else. Such a question is never stored. */
  readonly asker: { readonly personId: Snowflake; readonly link: string } | null;
}

/**
 * Answers a question, and remembers the answer for its buttons and for replies to it. If nothing was found, the question
 * is stored for `/gaps`, provided the server has turned that on.
 *
 * @throws {QuestionError} if there is nothing to ask: it is empty, too long, has no words or is only small talk.
 * @throws {Refusal} if the chosen article is gone or is not available here.
 * @throws {TransientError} if too many questions are waiting, or this one took too long.
 */
export async function ask(asked: AskedQuestion, bot: BotContext): Promise<Answer> {
  const { question, askedIn, personId, location, articleId = null, earlier = null } = asked;
  // An article can be searched on its own wherever its collection is searched.
  const scope = articleId === null ? location.scope : { articleId: requireArticle(articleId, location, bot).id };
  const found = await bot.engineFor(personId).ask(question, {
    scope,
    earlier,
    limit: MAX_PASSAGES,
    findPin: findPinAt(location, bot),
  });
  const answer = location.settings.onlyWhenSure ? withoutCloseOnes(found) : found;
  bot.latencies.add(answer.tookMs);
  bot.recentAnswers.remember(askedIn, { answer, articleId });
  if (answer.outcome === 'not-found') storeUnanswered(asked, answer, bot);
  return answer;
}

/** An answer that only comes close, without its quotes. */
function withoutCloseOnes(answer: Answer): Answer {
  if (answer.outcome !== 'closest') return answer;
  const notes = [...answer.notes, { kind: 'withheld' } as const];
  return { ...answer, outcome: 'not-found', confidence: null, notes, citations: [] };
}

function storeUnanswered({ asker, askedIn, location }: AskedQuestion, answer: Answer, bot: BotContext): void {
  if (asker === null || location.serverId === null) return;
  bot.community.questions.add(
    {
      askedIn,
      personId: asker.personId,
      serverId: location.serverId,
      link: asker.link,
      text: answer.question,
      reason: 'not-found',
      passageId: answer.ranking[0]?.passageId ?? null,
      askedAt: Date.now(),
    },
    location.settings.keptDays,
  );
}
