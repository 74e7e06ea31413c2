import { QuestionError, type QuestionProblem } from '../../answering/question/question.js';
import { textCard } from '../cards/card.js';
import type { TextKey } from '../locales/translation.js';
import type { MessageContext } from './message-context.js';
import type { MessageReply } from './message-reply.js';

/** An explanation of how to use the bot. */
interface Help {
  readonly text: TextKey;
  readonly about: 'asking' | 'reading';
}

/** What a mention gets that asks nothing of the articles. */
interface Courtesy {
  /** The reaction to it; null for none. */
  readonly emoji: string | null;
  /** The help that is shown instead, to someone who was not shown any about the same lately; null for none. */
  readonly help: Help | null;
}

/** The rest needs an explanation: a question that is too long, for example. */
const COURTESIES: Readonly<Partial<Record<QuestionProblem, Courtesy>>> = {
  thanks: { emoji: '🙏', help: null },
  praise: { emoji: '🙏', help: null },
  greeting: { emoji: '👋', help: { text: 'question.greeting', about: 'asking' } },
  help: { emoji: '👋', help: { text: 'question.help', about: 'asking' } },
  link: { emoji: null, help: { text: 'question.link', about: 'asking' } },
  reaction: { emoji: null, help: null },
  'no-words': { emoji: null, help: null },
};

const INVITATION: Courtesy = { emoji: '🤷', help: null };
const EMPTY: Courtesy = { emoji: '👋', help: { text: 'howTo.ask', about: 'asking' } };
const UNREADABLE: Courtesy = { emoji: '👋', help: { text: 'question.unreadable', about: 'reading' } };

/**
 * The reply to a mention that asks nothing, so that a channel is not filled with "Not found": a reaction, help that is shown once, or
 * null for nothing. Someone who writes directly is told what to do, because there is nobody to disturb.
 *
 * @returns undefined if the error needs an explanation.
 */
export function courtesyFor(error: unknown, context: MessageContext): MessageReply | null | undefined {
  const courtesy = error instanceof QuestionError ? COURTESIES[error.problem] : undefined;
  if (courtesy === undefined || context.message.channel.isDMBased()) return undefined;
  return replyWith(courtesy, context);
}

/** The reply to a mention without a question. */
export function emptyReply(context: MessageContext): MessageReply | null {
  return replyWith(EMPTY, context);
}

/** The reply to a mention of the bot's role, whose text the bot cannot see. */
export function unreadableReply(context: MessageContext): MessageReply | null {
  return replyWith(UNREADABLE, context);
}

/** The reply to a mention with a question for the people of the channel. */
export function invitationReply(context: MessageContext): MessageReply | null {
  return replyWith(INVITATION, context);
}

function replyWith({ emoji, help }: Courtesy, { message, authorId, texts, bot }: MessageContext): MessageReply | null {
  const isShown =
    help !== null && (message.channel.isDMBased() || bot.helpShown.claim(authorId, help.about, Date.now()));
  if (isShown) return { card: textCard(texts.say(help.text, { bot: `<@${message.client.user.id}>` })), question: null };
  return emoji === null ? null : { emoji };
}
