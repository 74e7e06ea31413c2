import { NO_VOTES } from '../cards/answer-card.js';
import { queryIn } from '../cards/query.js';
import { Refusal } from '../context/refusal.js';
import { answerPage, articleIdOf, componentsOf, questionBehind } from './answer-behind.js';
import { type Control, numberOf } from './control.js';

/** Shows everybody what only one person saw, naming who shared it: values are the page and the article that was asked. */
export const SHARE: Control = {
  isQuestion: true,
  acknowledgement({ isByAsker }) {
    if (!isByAsker) throw new Refusal('private.notYours');
    return 'public';
  },
  async run(press) {
    const { interaction, texts, values, bot } = press;
    const articleId = articleIdOf(values[1]);
    const query = queryIn(componentsOf(press)) ?? (await questionBehind(press));
    const { card, given } = await answerPage(press, numberOf(values[0]), articleId, {
      query,
      isPrivate: false,
      votes: NO_VOTES,
      heading: texts.say('answer.shared', { person: `<@${interaction.user.id}>` }),
    });
    bot.recentAnswers.remember(interaction.id, given);
    return card;
  },
};
