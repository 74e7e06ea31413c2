import type { Snowflake } from 'discord.js';
import type { Answer } from '../../answering/answer.js';
import { isQuestionLike } from '../../answering/question/question.js';
import { isInvitation } from '../../answering/question/small-talk.js';
import { answerCard, answersHeading } from '../cards/answer-card.js';
import { type Card, textCard } from '../cards/card.js';
import { ask } from '../context/ask.js';
import { idsOfBot } from '../context/bot-ids.js';
import type { RateLimited } from '../context/rate-limits.js';
import type { AskRefusal } from '../context/who-may-ask.js';
import { jumpLink } from '../format/jump-link.js';
import { contentOf, contentOfPayload } from '../format/message-content.js';
import { questionIn } from '../format/message-text.js';
import { type MessageRef, readMessage } from '../sending/channel-messages.js';
import { cardOrFailure, explanationOf } from '../sending/failures.js';
import { refusalText } from '../sending/refusal-text.js';
import { courtesyFor, emptyReply, invitationReply, unreadableReply } from './courtesy.js';
import { citeInline } from './inline-citing.js';
import { type MessageContext, repliesInPlace } from './message-context.js';
import type { MessageReply } from './message-reply.js';
import type { MessageRequest } from './message-request.js';

/** The reaction to a message whose author gets no answer. */
const REFUSED_SIGN = '🔇';

/** A question to answer, with whoever wrote it. */
interface Asked {
  readonly question: string;
  /** Null if someone else wrote the question than asks the bot. */
  readonly writer: Snowflake | null;
  /** The message with the question if it is not the one that asks; null if it is. */
  readonly about: MessageRef | null;
  /** The bot's message that it goes on from, besides one that it replies to; null for none. */
  readonly follows: Snowflake | null;
  /** Whether the message addresses the bot. */
  readonly isAddressed: boolean;
}

/** Makes the reply to a message. Returns null if the bot should stay silent. */
export async function makeReply(request: MessageRequest, context: MessageContext): Promise<MessageReply | null> {
  const { message, authorId, bot } = context;
  const limited = await bot.rateLimits.count(authorId, message.guildId);
  if (limited !== null) return limitReply(limited, request, context);
  switch (request.kind) {
    case 'cites':
      return citingReply(request.words, context);
    case 'unreadable':
      return unreadableReply(context);
    case 'refused':
      return refusedReply(request.refusal, context);
    default:
      return answerReply(await askedQuestion(request, context), context);
  }
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

/** People are told privately, and not again and again, why they get no answer in a channel. */
function refusedReply(refusal: AskRefusal, { message, authorId, location, texts, bot }: MessageContext): MessageReply {
  if (message.channel.isDMBased()) return { card: textCard(refusalText(refusal, texts)), question: null };
  const { settings, channelId } = location;
  const key = refusal.kind === 'off' ? 'failure.offThere' : 'failure.roleThere';
  const aside = textCard(texts.say(key, { channel: `<#${message.channelId}>` }));
  const isTold = settings.directMessages && bot.helpShown.claim(authorId, `${refusal.kind} ${channelId}`, Date.now());
  return { emoji: REFUSED_SIGN, ...(isTold && { aside }) };
}

/** The question of a request. A mention without one, in a reply to a message, asks what that message says. */
async function askedQuestion(
  request: Extract<MessageRequest, { readonly kind: 'asked' | 'overheard' }>,
  { message, authorId, bot }: MessageContext,
): Promise<Asked> {
  const { kind, question } = request;
  const own = {
    question,
    writer: authorId,
    about: null,
    follows: kind === 'overheard' ? request.follows : null,
    isAddressed: kind === 'asked',
  };
  const about = kind === 'asked' ? request.about : null;
  if (about === null) return own;
  const other = await readMessage(about, bot);
  // What the bot said itself is no question.
  if (other === null || other.author.id === message.client.user.id) return own;
  const writer = other.author.id === authorId ? authorId : null;
  return { ...own, question: questionIn(contentOfPayload(other), idsOfBot(message)), writer, about };
}

/** Someone who did not address the bot gets an answer or nothing: no instructions and no failure. */
async function answerReply(asked: Asked, context: MessageContext): Promise<MessageReply | null> {
  const { question, isAddressed } = asked;
  if (question === '') return isAddressed ? emptyReply(context) : null;
  try {
    const answer = await askIn(asked, context);
    if (isWorthShowing(answer, asked) || context.message.channel.isDMBased())
      return { card: withPing(answerCardFor(answer, asked, context), answer, asked, context), question };
    return isAddressed ? invitationReply(context) : null;
  } catch (error) {
    const courtesy = isAddressed ? courtesyFor(error, context) : undefined;
    if (courtesy !== undefined) return courtesy;
    const explanation = explanationOf(error, context.sending);
    return isAddressed ? { card: explanation, question: null } : null;
  }
}

function askIn(
  { question, writer, follows }: Asked,
  { message, authorId, askedIn, location, bot }: MessageContext,
): Promise<Answer> {
  const earlier = bot.recentAnswers.earlierIn(message.reference?.messageId ?? follows);
  const link = jumpLink(message.guildId, message.channelId, message.id);
  // A question for people is no gap in the articles.
  const asker = writer === null || isInvitation(question) ? null : { personId: writer, link };
  return ask({ question, askedIn, personId: authorId, location, earlier, asker }, bot);
}

/** Not everything people write is a question, and not every question is one for the articles. */
function isWorthShowing({ outcome }: Answer, { isAddressed, question }: Asked): boolean {
  const mayAsk = !isInvitation(question);
  if (isAddressed) return mayAsk || outcome !== 'not-found';
  return outcome === 'answered' || (mayAsk && (outcome !== 'not-found' || isQuestionLike(question)));
}

/** Notifies the role to ask if nothing was found, where the server wants that: once an hour for each person who asks. */
function withPing(card: Card, { outcome }: Answer, { isAddressed }: Asked, context: MessageContext): Card {
  const { authorId, location, bot } = context;
  const { askRole, pingsAskRole } = location.settings;
  if (outcome !== 'not-found' || !isAddressed || askRole === null || !pingsAskRole) return card;
  return bot.helpShown.claim(authorId, `ask ${askRole}`, Date.now()) ? { ...card, pingsRole: askRole } : card;
}

function answerCardFor(answer: Answer, asked: Asked, context: MessageContext): Card {
  const { message, authorId, location, texts } = context;
  const { about } = asked;
  const link = about === null ? null : jumpLink(message.guildId, about.channelId, about.id);
  return answerCard(answer, {
    texts,
    asker: authorId,
    query: queryToShow(answer, asked, context),
    location,
    isPrivate: false,
    heading: link === null ? null : answersHeading(link, texts),
  });
}

/**
 * The question to show on the card, or null if the message right above shows it already. It is also shown if the message
 * alone is not the whole question, because it was searched together with an earlier question or the title of a forum
 * post: the buttons of an old answer need the whole question to ask it again.
 */
function queryToShow(answer: Answer, { question }: Asked, context: MessageContext): string | null {
  const { message } = context;
  if (answer.notes.some(({ kind }) => kind === 'follow-up')) return answer.searched;
  const isRightAbove = repliesInPlace(context) && question === questionIn(contentOf(message), idsOfBot(message));
  return isRightAbove ? null : question;
}
