import { type APIMessageTopLevelComponent, InteractionType, MessageFlags } from 'discord.js';
import { type AnswerView, answerCard, NO_VOTES } from '../cards/answer-card.js';
import type { Card } from '../cards/card.js';
import { findPassage } from '../cards/passage-card.js';
import { headingIn, isShortened, queryIn } from '../cards/query.js';
import { ask } from '../context/ask.js';
import { idsOfBot } from '../context/bot-ids.js';
import { askedInOf, type GivenAnswer } from '../context/recent-answers.js';
import { Refusal } from '../context/refusal.js';
import { contentOfPayload } from '../format/message-content.js';
import { questionIn } from '../format/message-text.js';
import { readMessage } from '../sending/channel-messages.js';
import type { ComponentContext } from './control.js';

/** The components of the message that the pressed control belongs to. */
export function componentsOf({ interaction }: Pick<ComponentContext, 'interaction'>): APIMessageTopLevelComponent[] {
  return interaction.message.components.map((component) => component.toJSON());
}

/**
 * Whether the message is the original answer to the asker's own question. Copies, shared answers and answers to someone
 * else's message are not, and nothing is stored for them: their asker did not write the question.
 */
export function isOriginalAnswer(press: ComponentContext): boolean {
  return (
    headingIn(componentsOf(press)) === null &&
    press.interaction.message.interactionMetadata?.type !== InteractionType.MessageComponent
  );
}

/**
 * Returns the answer that the message shows. Recent answers are remembered; for an older one the question is asked
 * again.
 *
 * @param articleId The only article that was searched, or null for all.
 * @throws {Refusal} if the question is no longer known.
 */
export async function shownAnswer(press: ComponentContext, articleId: string | null): Promise<GivenAnswer> {
  const { interaction, location, bot } = press;
  const askedIn = askedInOf(interaction.message) ?? bot.recentAnswers.askedIn(interaction.message.id);
  const remembered = bot.recentAnswers.get(askedIn);
  if (remembered !== null) return remembered;
  const question = await shownQuestion(press);
  const answer = await ask(
    {
      question,
      askedIn: askedIn ?? interaction.message.id,
      personId: interaction.user.id,
      location,
      articleId,
      asker: null,
    },
    bot,
  );
  return { answer, articleId };
}

/**
 * Reads the question that the message answers: from the message itself, or from the one it replies to.
 *
 * @throws {Refusal} if neither has it any more.
 */
export async function shownQuestion(press: ComponentContext): Promise<string> {
  const { interaction, bot } = press;
  const shown = queryIn(componentsOf(press));
  if (shown !== null && !isShortened(shown)) return shown;
  const { messageId, channelId } = interaction.message.reference ?? {};
  if (messageId === undefined || channelId === undefined) throw new Refusal('outdated.question');
  const asked = await readMessage({ id: messageId, channelId }, bot);
  const question = asked === null ? '' : questionIn(contentOfPayload(asked), idsOfBot(interaction));
  if (question === '') throw new Refusal('outdated.question');
  return question;
}

/**
 * Shows a page of the answer that the message shows.
 *
 * @param page 0 for the answer, from 1 on for the passages of its ranking.
 * @param articleId The only article that was searched, or null for all.
 * @param changes What the card shows differently from the message.
 * @returns The card, with the answer to remember for a message that is a copy.
 * @throws {Refusal} if the question is no longer known.
 */
export async function answerPageCard(
  press: ComponentContext,
  page: number,
  articleId: string | null,
  changes: Partial<Pick<AnswerView, 'asker' | 'heading' | 'isPrivate' | 'query' | 'votes'>> = {},
): Promise<{ card: Card; given: GivenAnswer }> {
  const { interaction, asker, location, texts, bot } = press;
  const given = await shownAnswer(press, articleId);
  const { ranking, citations } = given.answer;
  // The index may have changed since, and the ranking may be shorter now.
  const shownPage = Math.min(page, ranking.length);
  const passageId = ranking[shownPage - 1]?.passageId ?? null;
  const votedOn = passageId ?? citations[0]?.passageId;
  const components = componentsOf(press);
  const card = answerCard(given.answer, {
    texts,
    asker,
    query: queryIn(components),
    page: shownPage,
    passage: passageId === null ? null : findPassage(passageId, bot),
    articleId,
    location,
    isPrivate: interaction.message.flags.has(MessageFlags.Ephemeral),
    votes: votedOn === undefined ? NO_VOTES : bot.community.votes.countsOf(interaction.message.id, votedOn),
    heading: headingIn(components),
    ...changes,
  });
  return { card, given };
}
