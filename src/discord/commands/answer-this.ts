import { answerCard } from '../cards/answer-card.js';
import { ask, jumpLink } from '../context/ask.js';
import { Refusal } from '../context/refusal.js';
import { questionIn } from '../format/message-text.js';
import type { MessageCommand } from './command.js';
import { menuDefinition } from './definition.js';

/** Answers a message as if its author had asked. Whoever uses it is the asker: the author may not even want an answer. */
export const ANSWER_THIS: MessageCommand = {
  definition: menuDefinition('answerThis'),
  isQuestion: true,
  isPrivate: ({ location }) => location.settings.replyPlace === 'private',
  async run(asking) {
    const { interaction, location, texts, bot } = asking;
    const { targetMessage } = interaction;
    const question = questionIn(targetMessage, interaction.applicationId);
    if (question === '') throw new Refusal('question.noText');
    const link = jumpLink(interaction.guildId, interaction.channelId, targetMessage.id);
    // What somebody else wrote is not kept under the name of who wants it answered.
    const asker = targetMessage.author.id === interaction.user.id ? { personId: interaction.user.id, link } : null;
    const answer = await ask({ question, askedIn: interaction.id, location, asker }, bot);
    return answerCard(answer, {
      texts,
      asker: interaction.user.id,
      query: question,
      isPrivate: ANSWER_THIS.isPrivate(asking),
      heading: texts.say('answer.onRequest', { link: `[${texts.say('answer.messageLink')}](<${link}>)` }),
    });
  },
};
