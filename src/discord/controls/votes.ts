import { type APIMessageTopLevelComponent, ComponentType, InteractionType } from 'discord.js';
import type { VoteCounts } from '../../community/votes.js';
import type { Card } from '../cards/card.js';
import { headingIn } from '../cards/query.js';
import { jumpLink } from '../context/ask.js';
import { askedInOf } from '../context/recent-answers.js';
import { decodeControl } from '../format/custom-id.js';
import { componentsOf, questionBehind } from './answer-behind.js';
import type { ComponentContext, Control } from './control.js';

/** 👍 or 👎 for the passage that a message shows: values are its id and the article that was asked. Everybody has one vote a message. */
function voting(isRight: boolean): Control {
  return {
    isQuestion: false,
    acknowledgement: () => 'edit',
    async run(press) {
      const { interaction, values, bot } = press;
      const { votes } = bot.community;
      const vote = {
        messageId: interaction.message.id,
        personId: interaction.user.id,
        serverId: press.location.serverId,
        passageId: values[0] ?? '',
        isRight,
      };
      const what = votes.cast(vote, Date.now());
      const counts = votes.countsOf(interaction.message.id, vote.passageId);
      await keepIfWrong(press, what === 'counted' && !isRight, counts);
      return withCounts(componentsOf(press), counts);
    },
  };
}

export const RIGHT = voting(true);
export const WRONG = voting(false);

/** A question whose answer is voted wrong is one of the gaps, as long as somebody finds it wrong. Of copies, shared answers and answers to what somebody else wrote nothing is kept: who asked stands in another message. */
async function keepIfWrong(press: ComponentContext, isWrong: boolean, { wrong }: VoteCounts): Promise<void> {
  const { interaction, asker, values, location, bot } = press;
  const { questions } = bot.community;
  const askedIn = askedInOf(interaction.message) ?? interaction.message.id;
  const isFirstHand =
    headingIn(componentsOf(press)) === null &&
    interaction.message.interactionMetadata?.type !== InteractionType.MessageComponent;
  if (!isFirstHand) return;
  if (wrong === 0) questions.forget(askedIn);
  if (!isWrong || location.serverId === null || location.settings.keptDays === 0) return;
  const text = await questionBehind(press).catch(() => null);
  if (text === null) return;
  const question = {
    askedIn,
    personId: asker,
    serverId: location.serverId,
    link: jumpLink(location.serverId, interaction.channelId, interaction.message.id),
    text,
    reason: 'voted-wrong',
    passageId: values[0] ?? null,
    askedAt: Date.now(),
  } as const;
  questions.add(question, location.settings.keptDays);
}

/** The message as it is, with the counts on the two buttons. */
function withCounts(components: APIMessageTopLevelComponent[], { right, wrong }: VoteCounts): Card {
  const counted = components.map((component): APIMessageTopLevelComponent => {
    if (component.type !== ComponentType.ActionRow) return component;
    return {
      ...component,
      components: component.components.map((inner) => {
        if (inner.type !== ComponentType.Button || !('custom_id' in inner)) return inner;
        const action = decodeControl(inner.custom_id)?.action;
        if (action !== 'right' && action !== 'wrong') return inner;
        const votes = action === 'right' ? right : wrong;
        const { label: _before, ...rest } = inner;
        return { ...rest, ...(votes > 0 && { label: String(votes) }) };
      }),
    };
  });
  return { components: counted, plain: '' };
}
