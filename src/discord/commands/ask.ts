import { MAX_QUESTION_CHARACTERS } from '../../answering/question/question.js';
import { parseTarget } from '../autocomplete/suggestions.js';
import { answerCard } from '../cards/answer-card.js';
import { ask } from '../context/ask.js';
import { Refusal } from '../context/refusal.js';
import { jumpLink } from '../format/jump-link.js';
import { type SlashCommand, suggestFor } from './command.js';
import { OptionType, slashDefinition } from './definition.js';

/**
 * `/ask`: the answer to a question, from all articles or from one. Anyone may use it. Everyone sees the answer, unless
 * the person or the channel's settings make it private.
 */
export const ASK: SlashCommand = {
  definition: slashDefinition('ask', 'everyone', [
    { type: OptionType.String, name: 'question', required: true, max_length: MAX_QUESTION_CHARACTERS },
    { type: OptionType.String, name: 'article', autocomplete: true, max_length: 100 },
    { type: OptionType.Boolean, name: 'private' },
  ]),
  isQuestion: true,
  isPrivate: ({ interaction, location }) =>
    interaction.options.getBoolean('private') ?? location.settings.replyPlace === 'private',
  async run({ interaction, location, texts, bot }) {
    const question = interaction.options.getString('question', true);
    const articleId = articleIdIn(interaction.options.getString('article'));
    const personId = interaction.user.id;
    const asker = { personId, link: jumpLink(location.serverId, interaction.channelId) };
    const answer = await ask({ question, askedIn: interaction.id, personId, location, articleId, asker }, bot);
    return answerCard(answer, {
      texts,
      asker: interaction.user.id,
      query: question,
      articleId,
      location,
      isPrivate: ASK.isPrivate({ interaction, location, texts, bot }),
    });
  },
  suggest: suggestFor('article'),
};

/**
 * Reads the article that was picked from the list.
 *
 * @throws {Refusal} if something was typed but nothing picked.
 */
function articleIdIn(value: string | null): string | null {
  if (value === null) return null;
  const target = parseTarget(value);
  if (target?.kind !== 'article') throw new Refusal('article.choose');
  return target.id;
}
