import { MAX_QUESTION_CHARACTERS } from '../../answering/question.js';
import { ask, jumpLink } from '../ask.js';
import { answerCard } from '../cards/answer-card.js';
import { readTarget } from '../look-up.js';
import { Refusal } from '../refusal.js';
import type { SlashCommand } from './command.js';
import { OptionType, slashDefinition } from './definition.js';

export const ASK: SlashCommand = {
  definition: slashDefinition('ask', 'everyone', [
    { type: OptionType.String, name: 'question', required: true, max_length: MAX_QUESTION_CHARACTERS },
    { type: OptionType.String, name: 'article', autocomplete: true, max_length: 100 },
    { type: OptionType.Boolean, name: 'private' },
  ]),
  isQuestion: true,
  isPrivate: ({ interaction, place }) =>
    interaction.options.getBoolean('private') ?? place.settings.replyPlace === 'private',
  async run({ interaction, place, texts, parts }) {
    const question = interaction.options.getString('question', true);
    const articleId = articleIdIn(interaction.options.getString('article'));
    const asker = { personId: interaction.user.id, link: jumpLink(place.serverId, interaction.channelId) };
    const answer = await ask({ question, askedIn: interaction.id, place, articleId, asker }, parts);
    return answerCard(answer, {
      texts,
      asker: interaction.user.id,
      query: question,
      articleId,
      isPrivate: ASK.isPrivate({ interaction, place, texts, parts }),
    });
  },
  suggest: ({ interaction, place, parts }) =>
    parts
      .lookUp()
      .suggest(interaction.options.getFocused(), { kinds: ['article'], collections: place.settings.collections }),
};

/** The id behind a chosen article. @throws {Refusal} for words that were typed and not chosen. */
function articleIdIn(value: string | null): string | null {
  if (value === null) return null;
  const target = readTarget(value);
  if (target?.kind !== 'article') throw new Refusal('article.choose');
  return target.id;
}
