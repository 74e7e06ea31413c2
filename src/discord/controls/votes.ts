import { type APIComponentInMessageActionRow, type APIMessageTopLevelComponent, ComponentType } from 'discord.js';
import type { VoteCounts } from '../../community/votes.js';
import { type Card, textCard } from '../cards/card.js';
import { offerPinCard } from '../cards/pins-card.js';
import { canPinTo, mayPin } from '../context/pins.js';
import { askedInOf } from '../context/recent-answers.js';
import { decodeAnswerPassage, decodeControl } from '../format/custom-id.js';
import { jumpLink } from '../format/jump-link.js';
import type { ComponentContext, Control } from './control.js';
import { componentsOf, isOriginalAnswer, shownAnswer, shownQuestion } from './shown-answer.js';

/**
 * 👍: the passage answers the question. Anyone may vote, once per message; voting the same way again withdraws the vote.
 *
 * Values: an `AnswerPassage`.
 */
export const VOTE_RIGHT: Control = voteControl(true);

/**
 * 👎: the passage does not answer the question. Otherwise like {@link VOTE_RIGHT}. Moderators are then offered to pin another one.
 */
export const VOTE_WRONG: Control = { ...voteControl(false), followUp: offerAnotherPassage };

function voteControl(isRight: boolean): Control {
  return {
    isQuestion: false,
    acknowledgement: () => 'edit',
    async run(press) {
      const { interaction, values, location, bot } = press;
      const { votes } = bot.community;
      const messageId = interaction.message.id;
      const { passageId } = decodeAnswerPassage(values);
      const vote = { messageId, personId: interaction.user.id, serverId: location.serverId, passageId, isRight };
      const change = votes.cast(vote, Date.now());
      // Whether the bot still follows a thread depends on the vote of its asker.
      bot.followedThreads.forget(interaction.channelId);
      const counts = votes.countsOf(messageId, passageId);
      if (isOriginalAnswer(press)) {
        await updateGaps(press, change === 'counted' && !isRight, counts);
        await updateJudged(press, change === 'counted');
      }
      return withCounts(componentsOf(press), counts);
    },
  };
}

/**
 * Tells who has voted a passage wrong that it counts, because no number shows that. Moderators are offered the other passages, to be
 * pinned to the question.
 */
async function offerAnotherPassage(press: ComponentContext): Promise<Card | null> {
  const { interaction, values, texts, bot } = press;
  const { passageId, articleId } = decodeAnswerPassage(values);
  const vote = { messageId: interaction.message.id, personId: interaction.user.id, passageId };
  if (!bot.community.votes.isWrong(vote)) return textCard(texts.say('menu.wrongTakenBack'));
  const noted = textCard(texts.say('menu.wrongNoted'));
  if (!mayPin(press)) return noted;
  const question = await shownQuestion(press).catch(() => null);
  if (question === null) return noted;
  const { answer } = await shownAnswer(press, articleId);
  const others = answer.ranking.map((ranked) => ranked.passageId).filter((id) => id !== passageId);
  return offerPinCard(question, others, press) ?? noted;
}

/** Stores the question for `/gaps` when its answer is marked wrong, and forgets it once no such vote is left. */
async function updateGaps(press: ComponentContext, isVotedWrong: boolean, { wrong }: VoteCounts): Promise<void> {
  const { interaction, asker, values, location, bot } = press;
  const { questions } = bot.community;
  const { serverId, settings } = location;
  const askedIn = askedInOf(interaction.message) ?? interaction.message.id;
  if (wrong === 0) questions.takeBack(askedIn, 'voted-wrong');
  if (!isVotedWrong || serverId === null || settings.keptDays === 0) return;
  const text = await shownQuestion(press).catch(() => null);
  if (text === null) return;
  questions.add(
    {
      askedIn,
      personId: asker,
      serverId,
      link: jumpLink(serverId, interaction.channelId, interaction.message.id),
      text,
      reason: 'voted-wrong',
      passageId: decodeAnswerPassage(values).passageId,
      askedAt: Date.now(),
    },
    settings.keptDays,
  );
}

/**
 * Stores the question with the votes on its answer, if the server allows it, and forgets it once no vote is left. A question that
 * means something only after another one cannot be learned from, nor can one about a single article.
 */
async function updateJudged(press: ComponentContext, isCounted: boolean): Promise<void> {
  const { interaction, asker, values, location, bot } = press;
  const { judged } = bot.community;
  const { serverId, settings } = location;
  if (!isCounted) judged.removeUnvoted();
  if (!isCounted || serverId === null || !settings.learnsFromVotes) return;
  if (decodeAnswerPassage(values).articleId !== null) return;
  const text = await shownQuestion(press).catch(() => null);
  if (text === null || !canPinTo(text)) return;
  const messageId = interaction.message.id;
  const askedIn = askedInOf(interaction.message) ?? messageId;
  judged.add({ messageId, askedIn, personId: asker, serverId, text });
}

/** The message unchanged, except for the counts on its two vote buttons. */
function withCounts(components: readonly APIMessageTopLevelComponent[], counts: VoteCounts): Card {
  const counted = components.map((component): APIMessageTopLevelComponent => {
    if (component.type !== ComponentType.ActionRow) return component;
    return { ...component, components: component.components.map((inner) => withCount(inner, counts)) };
  });
  return { components: counted, plain: '' };
}

function withCount(component: APIComponentInMessageActionRow, counts: VoteCounts): APIComponentInMessageActionRow {
  if (component.type !== ComponentType.Button || !('custom_id' in component)) return component;
  const action = decodeControl(component.custom_id)?.action;
  if (action !== 'right' && action !== 'wrong') return component;
  const { label: _oldCount, ...button } = component;
  const count = counts[action];
  return { ...button, ...(count > 0 && { label: String(count) }) };
}
