import type { Answer } from '../../answering/answer.js';
import { answerCard } from '../cards/answer-card.js';
import { type Card, textCard } from '../cards/card.js';
import { ask, jumpLink } from '../context/ask.js';
import { questionIn } from '../format/message-text.js';
import { cardOrFailure } from '../sending/failures.js';
import { citeInline } from './inline-citing.js';
import { type MessageContext, repliesInPlace } from './message-context.js';
import type { MessageRequest } from './message-request.js';

/** What the bot replies to a message. */
export interface MessageReply {
  readonly card: Card;
  /** The question that the card answers. Null for citations, for instructions and for most failures. */
  readonly question: string | null;
}

/** Makes the reply to a message. Returns null if the bot should stay silent. */
export async function makeReply(request: MessageRequest, context: MessageContext): Promise<MessageReply | null> {
  const { message, texts, bot, sending } = context;
  const limited = await bot.rateLimits.count(message.author.id, message.guildId);
  if (limited !== null) {
    // The whole channel would read it, so it is said once and only to someone who addressed the bot.
    if (request.kind !== 'asked' || !limited.isFirst) return null;
    return { card: textCard(texts.say(limited.key, { count: limited.seconds })), question: null };
  }
  let answered: string | null = null;
  const { card } = await cardOrFailure(async () => {
    if (request.kind === 'cites') return citeInline(request.words, context);
    if (request.question === '') return textCard(texts.say('howTo.ask'));
    const answer = await askIn(request.question, context);
    answered = request.question;
    return isWorthShowing(answer, request) ? answerCardFor(answer, request.question, context) : null;
  }, sending);
  if (card === null || (request.kind === 'overheard' && answered === null)) return null;
  return { card, question: answered };
}

function askIn(question: string, { message, location, bot }: MessageContext): Promise<Answer> {
  const earlier = bot.recentAnswers.earlierIn(message.reference?.messageId ?? null);
  const link = jumpLink(message.guildId, message.channelId, message.id);
  return ask({ question, askedIn: message.id, location, earlier, asker: { personId: message.author.id, link } }, bot);
}

/** Not everything people write is a question, even where they can ask without a mention. */
function isWorthShowing(
  { outcome }: Answer,
  { kind, question }: MessageRequest & { readonly question: string },
): boolean {
  return kind === 'asked' || outcome !== 'not-found' || question.includes('?');
}

function answerCardFor(answer: Answer, question: string, context: MessageContext): Card {
  const { message, texts } = context;
  return answerCard(answer, {
    texts,
    asker: message.author.id,
    query: queryToShow(answer, question, context),
    isPrivate: false,
  });
}

/**
 * The question to show on the card, or null if the message right above shows it already. It is also shown if the message
 * alone is not the whole question, because it was read together with an earlier question or the title of a forum post:
 * the buttons of an old answer need the whole question to ask it again.
 */
function queryToShow(answer: Answer, question: string, context: MessageContext): string | null {
  const { message } = context;
  if (answer.notes.some(({ kind }) => kind === 'follow-up')) return answer.searched;
  const isRightAbove = repliesInPlace(context) && question === questionIn(message, message.client.user.id);
  return isRightAbove ? null : question;
}
