import { type APIMessage, type APIMessageTopLevelComponent, MessageFlags, Routes } from 'discord.js';
import { type AnswerView, answerCard, NO_VOTES } from '../cards/answer-card.js';
import type { Card } from '../cards/card.js';
import { findPassage } from '../cards/passage-card.js';
import { headingIn, isCut, queryIn } from '../cards/query.js';
import { ask } from '../context/ask.js';
import { askedInOf, type GivenAnswer } from '../context/recent-answers.js';
import { Refusal } from '../context/refusal.js';
import { questionIn } from '../format/message-text.js';
import type { ComponentContext } from './control.js';

/** The components of the message that a control is in. */
export function componentsOf({ interaction }: Pick<ComponentContext, 'interaction'>): APIMessageTopLevelComponent[] {
  return interaction.message.components.map((component) => component.toJSON());
}

/**
 * The answer that a message of ours shows. Of the last ones it is remembered; an older one is asked again, with the question that the
 * message shows or replies to.
 *
 * @param articleId The one article that was asked; null for all.
 * @throws {Refusal} when the question is not known any more.
 */
export async function answerBehind(press: ComponentContext, articleId: string | null): Promise<GivenAnswer> {
  const { interaction, location, bot } = press;
  const askedIn = askedInOf(interaction.message) ?? bot.recentAnswers.askedIn(interaction.message.id);
  const remembered = bot.recentAnswers.get(askedIn);
  if (remembered !== null) return remembered;
  const question = await questionBehind(press);
  const answer = await ask(
    { question, askedIn: askedIn ?? interaction.message.id, location, articleId, asker: null },
    bot,
  );
  return { answer, articleId };
}

/** What was asked, in the words of the message or of the one that it replies to. @throws {Refusal} when neither is there. */
export async function questionBehind(press: ComponentContext): Promise<string> {
  const { interaction, bot } = press;
  const shown = queryIn(componentsOf(press));
  if (shown !== null && !isCut(shown)) return shown;
  const { messageId, channelId } = interaction.message.reference ?? {};
  if (messageId === undefined || channelId === undefined) throw new Refusal('outdated.question');
  const asked = (await bot
    .rest()
    .get(Routes.channelMessage(channelId, messageId))
    .catch(() => null)) as APIMessage | null;
  const question = asked === null ? '' : questionIn(asked, interaction.applicationId);
  if (question === '') throw new Refusal('outdated.question');
  return question;
}

/** A page of the answer behind a press. @param changes What is shown otherwise than in the message. */
export async function answerPage(
  press: ComponentContext,
  page: number,
  articleId: string | null,
  changes: Partial<Pick<AnswerView, 'asker' | 'heading' | 'isPrivate' | 'query' | 'votes'>> = {},
): Promise<{ card: Card; given: GivenAnswer }> {
  const { interaction, asker, texts, bot } = press;
  const given = await answerBehind(press, articleId);
  const { ranking, citations } = given.answer;
  // The index may have changed since: there may be fewer passages.
  const present = Math.min(page, ranking.length);
  const shown = ranking[present - 1]?.passageId ?? null;
  const votedOn = shown ?? citations[0]?.passageId;
  const components = componentsOf(press);
  const card = answerCard(given.answer, {
    texts,
    asker,
    query: queryIn(components),
    page: present,
    passage: shown === null ? null : findPassage(shown, bot),
    articleId,
    isPrivate: interaction.message.flags.has(MessageFlags.Ephemeral),
    votes: votedOn === undefined ? NO_VOTES : bot.community.votes.countsOf(interaction.message.id, votedOn),
    heading: headingIn(components),
    ...changes,
  });
  return { card, given };
}

/** The article of a control's state: `-` for all. */
export function articleIdOf(value: string | undefined): string | null {
  return value === undefined || value === '-' ? null : value;
}
