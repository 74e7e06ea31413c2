import { textCard } from '../cards/card.js';
import type { SlashCommand } from './command.js';
import { slashDefinition } from './definition.js';

/**
 * `/forget-me`: deletes a person's votes, questions and what was made from their messages in all servers, and their name from what they pinned. Anyone may use it, and
 * only they see the answer.
 */
export const FORGET_ME: SlashCommand = {
  definition: slashDefinition('forget-me', 'everyone'),
  isQuestion: false,
  isPrivate: () => true,
  run({ interaction, texts, bot }) {
    const { votes, questions, pins, articles } = bot.community.forgetPerson(interaction.user.id);
    // They are not shown any more, whenever they leave the index.
    if (articles > 0) bot.addedFiles.sync(bot.community).catch((error: unknown) => bot.log.error({ err: error }));
    if (votes + questions + pins + articles === 0) return textCard(texts.say('forgetMe.nothing'));
    const deleted = {
      votes: texts.say('forgetMe.votes', { count: votes }),
      questions: texts.say('forgetMe.questions', { count: questions }),
    };
    const done =
      pins === 0 ? texts.say('forgetMe.done', deleted) : texts.say('forgetMe.donePins', { ...deleted, count: pins });
    return textCard(articles === 0 ? done : `${done} ${texts.say('forgetMe.articles', { count: articles })}`);
  },
};
