import { NO_VOTES } from '../cards/answer-card.js';
import { queryIn } from '../cards/query.js';
import { Refusal } from '../context/refusal.js';
import { decodeAnswerPage } from '../format/custom-id.js';
import type { Control } from './control.js';
import { answerPageCard, componentsOf, shownQuestion } from './shown-answer.js';

/**
 * Posts a private answer for everyone to see, with the name of the person who shares it. Only the asker may use it.
 *
 * Values: an `AnswerPage`.
 */
export const SHARE: Control = {
  isQuestion: true,
  acknowledgement({ isByAsker }) {
    if (!isByAsker) throw new Refusal('private.notYours');
    return 'public';
  },
  async run(press) {
    const { interaction, texts, values, bot } = press;
    const query = queryIn(componentsOf(press)) ?? (await shownQuestion(press));
    const { page, articleId } = decodeAnswerPage(values);
    const { card, given } = await answerPageCard(press, page, articleId, {
      query,
      isPrivate: false,
      votes: NO_VOTES,
      heading: texts.say('answer.shared', { person: `<@${interaction.user.id}>` }),
    });
    bot.recentAnswers.remember(interaction.id, given);
    return card;
  },
};
