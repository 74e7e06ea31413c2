import { textCard } from '../cards/card.js';
import type { SlashCommand } from './command.js';
import { slashDefinition } from './definition.js';

/**
 * `/forget-me`: deletes a person's votes and questions in all servers, and their name from what they pinned. Anyone may use it, and
 * only they see the answer.
 */
export const FORGET_ME: SlashCommand = {
  definition: slashDefinition('forget-me', 'everyone'),
  isQuestion: false,
  isPrivate: () => true,
  run({ interaction, texts, bot }) {
    const { votes, questions, pins } = bot.community.forgetPerson(interaction.user.id);
    if (votes + questions + pins === 0) return textCard(texts.say('forgetMe.nothing'));
    const deleted = {
      votes: texts.say('forgetMe.votes', { count: votes }),
      questions: texts.say('forgetMe.questions', { count: questions }),
    };
    return textCard(
      pins === 0 ? texts.say('forgetMe.done', deleted) : texts.say('forgetMe.donePins', { ...deleted, count: pins }),
    );
  },
};
