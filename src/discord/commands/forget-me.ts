import { textCard } from '../cards/card.js';
import type { SlashCommand } from './command.js';
import { slashDefinition } from './definition.js';

/**
 * `/forget-me`: deletes a person's votes and questions in all servers. Anyone may use it, and only they see the answer.
 */
export const FORGET_ME: SlashCommand = {
  definition: slashDefinition('forget-me', 'everyone'),
  isQuestion: false,
  isPrivate: () => true,
  run({ interaction, texts, bot }) {
    const { votes, questions } = bot.community.forgetPerson(interaction.user.id);
    return textCard(
      votes + questions === 0
        ? texts.say('forgetMe.nothing')
        : texts.say('forgetMe.done', {
            votes: texts.say('forgetMe.votes', { count: votes }),
            questions: texts.say('forgetMe.questions', { count: questions }),
          }),
    );
  },
};
