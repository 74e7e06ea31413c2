import { parseTarget } from '../autocomplete/suggestions.js';
import { articleCard } from '../cards/article-card.js';
import { Refusal } from '../context/refusal.js';
import { type SlashCommand, suggestFor } from './command.js';
import { OptionType, slashDefinition } from './definition.js';

/** `/article`: an article, passage by passage. Anyone may use it, and only they see it. */
export const ARTICLE: SlashCommand = {
  definition: slashDefinition('article', 'everyone', [
    { type: OptionType.String, name: 'article', required: true, autocomplete: true, max_length: 100 },
  ]),
  isQuestion: true,
  isPrivate: () => true,
  run({ interaction, location, texts, bot }) {
    const target = parseTarget(interaction.options.getString('article', true));
    if (target?.kind !== 'article') throw new Refusal('article.choose');
    return articleCard(target.id, { page: 0, asker: interaction.user.id, location, texts, bot });
  },
  suggest: suggestFor('article'),
};
