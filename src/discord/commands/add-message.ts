import { ChannelType, type Message, type MessageContextMenuCommandInteraction, type Snowflake } from 'discord.js';
import type { AddedArticle } from '../../community/added-articles.js';
import { oneLine } from '../../text/visible-text.js';
import { type Card, textCard } from '../cards/card.js';
import { creditCard } from '../cards/credit-card.js';
import { addArticle, firstPassageOf, requireAddingServer } from '../context/adding.js';
import type { BotContext } from '../context/bot-context.js';
import { idsOfBot } from '../context/bot-ids.js';
import { canPinTo, pinPassage } from '../context/pins.js';
import { Refusal } from '../context/refusal.js';
import { jumpLink } from '../format/jump-link.js';
import { escapeToFit, shorten } from '../format/markdown.js';
import { contentOf, contentOfPayload } from '../format/message-content.js';
import { questionIn } from '../format/message-text.js';
import { readMessage, sendDirectMessage } from '../sending/channel-messages.js';
import type { CommandContext, MessageCommand } from './command.js';
import { menuDefinition } from './definition.js';

const MAX_TITLE = 200;
/** Characters of a title that is made from the message itself. */
const MAX_OWN_TITLE = 80;

/** "Add as article" in a message's context menu. Only people who may manage messages may use it, and only they see it. */
export const ADD_AS_ARTICLE: MessageCommand = {
  definition: menuDefinition('addAsArticle', 'moderators'),
  isQuestion: false,
  isPrivate: () => true,
  run: (context) => addMessage(context, false),
};

/**
 * "This answers it" in the context menu of a reply: an article whose title is the question, which is pinned to it and leaves `/gaps`.
 * Only people who may manage messages may use it, and only they see it.
 */
export const THIS_ANSWERS_IT: MessageCommand = {
  definition: menuDefinition('thisAnswersIt', 'moderators'),
  isQuestion: false,
  isPrivate: () => true,
  run: (context) => addMessage(context, true),
};

async function addMessage(
  { interaction, location, texts, bot }: CommandContext<MessageContextMenuCommandInteraction>,
  isAnswer: boolean,
): Promise<Card> {
  const serverId = requireAddingServer(interaction, location);
  const { targetMessage: message, channel, user } = interaction;
  // Not everyone who can see the channel can see a private thread.
  if (channel === null || channel.type === ChannelType.PrivateThread) throw new Refusal('added.private');
  const content = [message.cleanContent, ...contentOf(message).others].join('\n\n').trim();
  if (content === '') throw new Refusal('added.noText');
  const question = await questionAnsweredBy(message, bot);
  if (isAnswer && question === null) throw new Refusal('added.noQuestion');
  const threadTitle = channel.isThread() ? channel.name : null;
  const title = oneLine(question ?? threadTitle ?? shorten(content.split('\n')[0] ?? '', MAX_OWN_TITLE));
  const article = await addArticle(
    {
      serverId,
      channelId: location.channelId,
      messageId: message.id,
      title: shorten(title, MAX_TITLE),
      fileName: 'message.md',
      content,
      url: jumpLink(serverId, message.channelId, message.id),
      authorId: message.author.id,
      authorName: null,
      addedBy: user.id,
    },
    bot,
  );
  if (isAnswer && question !== null) {
    const passage = firstPassageOf(article, bot);
    // The same question gets this answer from now on, however little it shares with it.
    if (passage !== null && canPinTo(question))
      pinPassage({ question, passageId: passage.id, serverId, personId: user.id, location }, bot);
    bot.community.questions.forget(message.reference?.messageId ?? '');
  }
  const said = [
    texts.say('added.done', { title: escapeToFit(article.title, MAX_TITLE) }),
    texts.say('added.where', { channel: `<#${location.channelId}>` }),
  ].join(' ');
  if (message.author.id === user.id) return creditCard(article, said, texts);
  if (!message.author.bot) await askAuthor(article, message, { interaction, location, texts, bot });
  return textCard(said);
}

/** The question of the message that a message replies to; null if it replies to none. */
async function questionAnsweredBy(message: Message, bot: BotContext): Promise<string | null> {
  const { messageId, channelId } = message.reference ?? {};
  if (messageId === undefined || channelId === undefined) return null;
  const asked = await readMessage({ id: messageId, channelId }, bot);
  const question = asked === null ? '' : questionIn(contentOfPayload(asked), idsOfBot(message));
  return question === '' ? null : question;
}

/** Asks whoever wrote the message whether their name may be shown. If they accept no direct messages, it is not. */
async function askAuthor(
  article: AddedArticle,
  message: Message,
  { interaction, location, texts, bot }: CommandContext<MessageContextMenuCommandInteraction>,
): Promise<void> {
  const server = escapeToFit(oneLine(interaction.guild?.name ?? ''), MAX_OWN_TITLE);
  const values = { person: `<@${interaction.user.id}>`, link: article.url ?? '', server };
  const card = creditCard(article, texts.say('added.ask', values), texts);
  const { rest, log, refusedChannels } = bot;
  const sending = { rest, log, refusedChannels, serverId: location.serverId as Snowflake, texts };
  await sendDirectMessage(message.author.id, card, { nonce: `c${article.id}` }, sending);
}
