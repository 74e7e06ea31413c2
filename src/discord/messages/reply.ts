import type { Answer } from '../../answering/answer.js';
import { answerCard } from '../cards/answer-card.js';
import { type Card, textCard } from '../cards/card.js';
import { ask } from '../context/ask.js';
import type { RateLimited } from '../context/rate-limits.js';
import { jumpLink } from '../format/jump-link.js';
import { questionIn } from '../format/message-text.js';
import { cardOrFailure } from '../sending/failures.js';
import { citeInline } from './inline-citing.js';
import { type MessageContext, repliesInPlace } from './message-context.js';
import type { MessageRequest } from './message-request.js';

/** The bot's reply to a message, before it is sent. */
export interface MessageReply {
  readonly card: Card;
  /** The question that the card answers. Null for citations, instructions and failures. */
  readonly question: string | null;
}

/** A message that asks something, whether or not it addresses the bot. */
type QuestionRequest = Exclude<MessageRequest, { readonly kind: 'cites' }>;

/** Makes the reply to a message. Returns null if the bot should stay silent. */
export async function makeReply(request: MessageRequest, context: MessageContext): Promise<MessageReply | null> {
  const { message, bot } = context;
  const limited = await bot.rateLimits.count(message.author.id, message.guildId);
  if (limited !== null) return limitReply(limited, request, context);
  return request.kind === 'cites' ? citingReply(request.words, context) : answerReply(request, context);
}

/** The whole channel would read it, so it is said once and only to someone who addressed the bot. */
function limitReply(
  { key, seconds, isFirst }: RateLimited,
  { kind }: MessageRequest,
  { texts }: MessageContext,
): MessageReply | null {
  return kind === 'asked' && isFirst ? { card: textCard(texts.say(key, { count: seconds })), question: null } : null;
}

async function citingReply(words: readonly string[], context: MessageContext): Promise<MessageReply | null> {
  const { card } = await cardOrFailure(() => citeInline(words, context), context.sending);
  return card === null ? null : { card, question: null };
}

/** Someone who did not address the bot gets an answer or nothing: no instructions and no failure. */
async function answerReply(request: QuestionRequest, context: MessageContext): Promise<MessageReply | null> {
  const { kind, question } = request;
  const { texts, sending } = context;
  if (question === '') return kind === 'asked' ? { card: textCard(texts.say('howTo.ask')), question: null } : null;
  const { card, isFailure } = await cardOrFailure(async () => {
    const answer = await askIn(question, context);
    return isWorthShowing(answer, request) ? answerCardFor(answer, question, context) : null;
  }, sending);
  if (card === null || (isFailure && kind === 'overheard')) return null;
  return { card, question: isFailure ? null : question };
}

function askIn(question: string, { message, location, bot }: MessageContext): Promise<Answer> {
  const earlier = bot.recentAnswers.earlierIn(message.reference?.messageId ?? null);
  const link = jumpLink(message.guildId, message.channelId, message.id);
  const personId = message.author.id;
  return ask({ question, askedIn: message.id, personId, location, earlier, asker: { personId, link } }, bot);
}

/** Not everything people write is a question, even where they can ask without a mention. */
function isWorthShowing({ outcome }: Answer, { kind, question }: QuestionRequest): boolean {
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
 * alone is not the whole question, because it was searched together with an earlier question or the title of a forum
 * post: the buttons of an old answer need the whole question to ask it again.
 */
function queryToShow(answer: Answer, question: string, context: MessageContext): string | null {
  const { message } = context;
  if (answer.notes.some(({ kind }) => kind === 'follow-up')) return answer.searched;
  const isRightAbove = repliesInPlace(context) && question === questionIn(message, message.client.user.id);
  return isRightAbove ? null : question;
}
