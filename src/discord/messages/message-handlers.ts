import {
  ChannelType,
  type Message,
  type PartialMessage,
  type RESTPostAPICurrentUserCreateDMChannelResult,
  Routes,
} from 'discord.js';
import type { Answer } from '../../answering/answer.js';
import { oneLine } from '../../text/visible-text.js';
import { answerCard } from '../cards/answer-card.js';
import { type Card, textCard } from '../cards/card.js';
import { ask, jumpLink } from '../context/ask.js';
import type { BotContext } from '../context/bot-context.js';
import { setBounded } from '../context/bounded-map.js';
import { type Location, locationIn, textsAt } from '../context/location.js';
import { LIMITS } from '../format/limits.js';
import { shorten, visible } from '../format/markdown.js';
import { citedWordsIn, questionIn } from '../format/message-text.js';
import type { Texts } from '../locales/texts.js';
import { cardOrFailure } from '../sending/failures.js';
import { openThread, post, remove, replace, replyTo, type Sending, type SentMessage } from '../sending/respond.js';
import { citeInline } from './inline-citing.js';

/** Messages that are remembered as asked: a resumed connection may deliver the last ones again, and people correct them. */
const REMEMBERED = 1000;

/** A post of a forum is named by its question; what follows is looked for with it where it is no longer than this. */
const SHORT_POST = 300;

/** What is to be done when somebody writes, corrects or deletes a message. */
export interface MessageHandlers {
  readonly onCreate: (message: Message) => Promise<void>;
  readonly onUpdate: (message: Message | PartialMessage) => Promise<void>;
  readonly onDelete: (messageId: string) => Promise<void>;
}

/** What a message is to the bot. */
type Request =
  /** Somebody asks it, by mentioning it or directly. */
  | { readonly kind: 'asked'; readonly question: string }
  /** Somebody writes where questions need no mention: nothing is said to what is none. */
  | { readonly kind: 'overheard'; readonly question: string }
  | { readonly kind: 'cites'; readonly words: readonly string[] };

/** Something said to a message. */
interface Said {
  readonly message: SentMessage;
  /** Whether it answers a question: only answers appear elsewhere than right below. */
  readonly isAnswer: boolean;
}

/** A message that was answered, or is being answered. */
interface AnsweredMessage {
  /** Null once it is corrected to something that is not for the bot. */
  request: Request | null;
  /** Null until it is sent, and when there is nothing. */
  said: Said | null;
  /** How often something new was said. */
  times: number;
  isDeleted: boolean;
  /** What is done for one message is done in turn: a correction may come while the first answer is on its way. */
  work: Promise<void>;
}

/** What a message is answered with. */
interface MessageContext {
  readonly message: Message;
  readonly location: Location;
  readonly texts: Texts;
  readonly bot: BotContext;
  readonly sending: Sending;
}

/**
 * Answers messages: those that mention the bot, direct ones, and what moderators turned on for a channel. Each once. A reply to an
 * answer goes on from it. The answer follows its question: it is changed in place when the question is corrected, and removed with it.
 */
export function createMessageHandlers(bot: BotContext): MessageHandlers {
  const answered = new Map<string, AnsweredMessage>();
  return {
    onCreate: async (message) => {
      if (message.author.id === message.client.user.id) bot.recentAnswers.trackSent(message);
      const answering = answeringOf(message, bot);
      const request = requestIn(answering);
      if (request === null || answered.has(message.id)) return;
      const one: AnsweredMessage = { request, said: null, times: 0, isDeleted: false, work: Promise.resolve() };
      setBounded(answered, message.id, one, REMEMBERED);
      one.work = answerFirst(one, request, answering);
      await one.work;
    },
    onUpdate: async (message) => {
      const one = answered.get(message.id);
      if (one === undefined) {
        // It was asked before a restart, or so many others were asked since: what was kept of it is not what it asks any more.
        if (message.editedTimestamp !== null) bot.community.questions.forget(message.id);
        return;
      }
      if (message.partial) return;
      const answering = answeringOf(message, bot);
      const request = requestIn(answering);
      // Discord tells of a link's preview as of an edit.
      if (JSON.stringify(request) === JSON.stringify(one.request)) return;
      bot.community.questions.forget(message.id);
      one.request = request;
      one.work = one.work.then(() => answerAgain(one, answering));
      await one.work;
    },
    onDelete: async (messageId) => {
      bot.community.questions.forget(messageId);
      const one = answered.get(messageId);
      if (one === undefined) return;
      one.isDeleted = true;
      const sending = { rest: bot.rest, log: bot.log, texts: textsAt(locationIn(null, bot), null) };
      one.work = one.work.then(() => removeAnswer(one, sending));
      await one.work;
    },
  };
}

function answeringOf(message: Message, bot: BotContext): MessageContext {
  const location = locationIn(message.channel, bot);
  // Messages do not say what their author reads: their commands did, or else the server does.
  const texts = textsAt(location, bot.locales.get(message.author.id) ?? message.guild?.preferredLocale ?? null);
  return { message, location, texts, bot, sending: { rest: bot.rest, log: bot.log, texts } };
}

/** What a message asks of the bot; null when the bot is not meant. */
function requestIn({ message, location: { settings } }: MessageContext): Request | null {
  const { author, channel, client, content, mentions } = message;
  const botId = client.user.id;
  if (author.bot || message.system || message.webhookId !== null || !settings.answers) return null;
  // A mention of everyone is not a question to the bot. A reply to it is one although it may mention nobody.
  const isMeant =
    channel.isDMBased() || mentions.users.has(botId) || (mentions.repliedUser?.id === botId && content !== '');
  if (isMeant) return { kind: 'asked', question: questionIn(message, botId) };
  if (content === '') return null;
  const isFirstPost =
    channel.isThread() && channel.parent?.type === ChannelType.GuildForum && message.id === channel.id;
  if (settings.forumPosts && isFirstPost) return { kind: 'overheard', question: postedQuestion(channel.name, content) };
  const words = settings.inlineCiting ? citedWordsIn(content) : [];
  if (words.length > 0) return { kind: 'cites', words };
  // In a thread people talk about what was asked; and what is said to somebody else is not for the bot.
  const isToOthers =
    mentions.users.size > 0 || mentions.roles.size > 0 || mentions.everyone || message.reference !== null;
  if (settings.askChannel && !channel.isThread() && !isToOthers) return { kind: 'overheard', question: content.trim() };
  return null;
}

function postedQuestion(name: string, content: string): string {
  return content.length <= SHORT_POST ? `${/[.?!]$/.test(name) ? name : `${name}:`} ${content}` : name;
}

async function answerFirst(one: AnsweredMessage, request: Request, answering: MessageContext): Promise<void> {
  const { message } = answering;
  // A waiting sign; an answer without one is as good.
  if (request.kind === 'asked' && 'sendTyping' in message.channel) message.channel.sendTyping().catch(() => {});
  const reply = await replyFor(request, answering);
  if (reply !== null && !one.isDeleted) one.said = await deliver(one, reply, answering);
}

async function answerAgain(one: AnsweredMessage, answering: MessageContext): Promise<void> {
  if (one.isDeleted) return;
  // Once more: the first answer may have been on its way when the message was corrected.
  answering.bot.community.questions.forget(answering.message.id);
  const reply = one.request === null ? null : await replyFor(one.request, answering);
  if (reply === null) return removeAnswer(one, answering.sending);
  const before = one.said;
  // What was said right below for all to see does not become an answer that belongs elsewhere.
  if (before !== null && (before.isAnswer || reply.answered === null || answersBelow(answering)))
    return replace(before.message, reply.card, answering.sending);
  await removeAnswer(one, answering.sending);
  one.said = await deliver(one, reply, answering);
}

async function removeAnswer(one: AnsweredMessage, sending: Sending): Promise<void> {
  if (one.said === null) return;
  await remove(one.said.message, sending);
  one.said = null;
}

/** What is to be said to a message. */
interface MessageReply {
  readonly card: Card;
  /** The question that it answers; null for anything else. */
  readonly answered: string | null;
}

/** Null where nothing is to be said. */
async function replyFor(request: Request, answering: MessageContext): Promise<MessageReply | null> {
  const { message, location, texts, bot } = answering;
  const tooMany = await bot.rateLimits.count(message.author.id, message.guildId);
  if (tooMany !== null) {
    // Said once, and to who asked: everybody in the channel reads it.
    if (request.kind !== 'asked' || !tooMany.isFirst) return null;
    return { card: textCard(texts.say(tooMany.key, { count: tooMany.seconds })), answered: null };
  }
  let answered: string | null = null;
  let isWorthSaying = true;
  const card = await cardOrFailure(
    async () => {
      if (request.kind === 'cites') {
        const cited = await citeInline(request.words, message.author.id, location, texts, bot);
        isWorthSaying = cited !== null;
        return cited ?? textCard(texts.say('howTo.ask'));
      }
      if (request.question === '') return textCard(texts.say('howTo.ask'));
      const answer = await answerTo(request.question, answering);
      answered = request.question;
      // Not everything that people write is a question, even where all may ask.
      isWorthSaying = request.kind === 'asked' || answer.outcome !== 'not-found' || request.question.includes('?');
      return cardFor(answer, request.question, answering);
    },
    texts,
    bot.log,
  );
  if (request.kind === 'overheard' && answered === null) return null;
  return isWorthSaying ? { card, answered } : null;
}

function answerTo(question: string, { message, location, bot }: MessageContext): Promise<Answer> {
  const earlier = bot.recentAnswers.earlierIn(message.reference?.messageId ?? null);
  const link = jumpLink(message.guildId, message.channelId, message.id);
  return ask({ question, askedIn: message.id, location, earlier, asker: { personId: message.author.id, link } }, bot);
}

function cardFor(answer: Answer, question: string, answering: MessageContext): Card {
  const { message, texts } = answering;
  const isFollowUp = answer.notes.some(({ kind }) => kind === 'follow-up');
  const standsAbove = answersBelow(answering) && question === questionIn(message, message.client.user.id);
  return answerCard(answer, {
    texts,
    asker: message.author.id,
    // A question that was read together with another one, or with the name of a post, cannot be asked again as it stands in its message.
    query: isFollowUp ? answer.searched : standsAbove ? null : question,
    isPrivate: false,
  });
}

/** Whether answers stand right below their questions. In a thread they do, whatever is chosen for its channel. */
function answersBelow({ message, location }: MessageContext): boolean {
  return !message.inGuild() || location.settings.replyPlace === 'here' || message.channel.isThread();
}

/** Sends the answer where moderators want it: below the message, in a thread of it, or to its author alone. */
async function deliver(
  one: AnsweredMessage,
  { card, answered }: MessageReply,
  answering: MessageContext,
): Promise<Said | null> {
  const { message, location, sending } = answering;
  one.times += 1;
  // The same however often it is sent, and another for what is said anew: Discord takes none again whose message was removed.
  const nonce = one.times === 1 ? message.id : `${message.id}-${one.times}`;
  if (answered === null || answersBelow(answering))
    return said(await replyTo(asSent(message), card, sending, nonce), answered !== null);
  return location.settings.replyPlace === 'thread'
    ? said(await inThread(answered, card, answering, nonce), true)
    : directly(card, answering, nonce);
}

function said(message: SentMessage | null, isAnswer: boolean): Said | null {
  return message === null ? null : { message, isAnswer };
}

/** Where no thread can be made or written in, the answer stands below the question. A message has one thread at most, with the id of the message. */
async function inThread(
  question: string,
  card: Card,
  { message, sending }: MessageContext,
  nonce: string,
): Promise<SentMessage | null> {
  const name = shorten(visible(oneLine(question)), LIMITS.threadName);
  const threadId = await openThread(asSent(message), name, sending).catch((error: unknown) => {
    sending.log.warn({ err: error }, 'a thread could not be made');
    return null;
  });
  const sent = threadId === null ? null : await post(threadId, card, { nonce }, sending);
  return sent ?? replyTo(asSent(message), card, sending, nonce);
}

/** The answer goes to the author alone; who takes no direct messages is told where to ask. */
async function directly(card: Card, { message, texts, sending }: MessageContext, nonce: string): Promise<Said | null> {
  const direct = await sending
    .rest()
    .post(Routes.userChannels(), { body: { recipient_id: message.author.id } })
    .then((channel) => post((channel as RESTPostAPICurrentUserCreateDMChannelResult).id, card, { nonce }, sending))
    .catch(() => null);
  if (direct !== null) return said(direct, true);
  return said(await replyTo(asSent(message), textCard(texts.say('answer.directClosed')), sending, nonce), false);
}

function asSent({ id, channelId }: Message): SentMessage {
  return { id, channelId };
}
