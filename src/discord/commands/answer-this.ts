import { answerCard, answersHeading } from '../cards/answer-card.js';
import { ask } from '../context/ask.js';
import { idsOfBot } from '../context/bot-ids.js';
import { Refusal } from '../context/refusal.js';
import { jumpLink } from '../format/jump-link.js';
import { contentOf } from '../format/message-content.js';
import { questionIn } from '../format/message-text.js';
import type { MessageCommand } from './command.js';
import { menuDefinition } from './definition.js';

/**
 * "Answer this" in a message's context menu: the answer to the question in the message. Anyone may use it. The person
 * who uses it counts as the asker, because the author may not even want an answer.
 */
export const ANSWER_THIS: MessageCommand = {
  definition: menuDefinition('answerThis', 'everyone'),
  isQuestion: true,
  isPrivate: ({ location }) => location.settings.replyPlace === 'private',
  async run(context) {
    const { interaction, location, texts, bot } = context;
    const { targetMessage } = interaction;
    const question = questionIn(contentOf(targetMessage), idsOfBot(interaction));
    if (question === '') throw new Refusal('question.noText');
    const link = jumpLink(interaction.guildId, interaction.channelId, targetMessage.id);
    // A question is never stored for a person who did not write it.
    const asker = targetMessage.author.id === interaction.user.id ? { personId: interaction.user.id, link } : null;
    const asked = { question, askedIn: interaction.id, personId: interaction.user.id, location, asker };
    const answer = await ask(asked, bot);
    return answerCard(answer, {
      texts,
      asker: interaction.user.id,
      query: question,
      location,
      isPrivate: ANSWER_THIS.isPrivate(context),
      heading: answersHeading(link, texts),
    });
  },
};
