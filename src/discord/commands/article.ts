import { articleCard } from '../cards/article-card.js';
import { readTarget } from '../look-up.js';
import { Refusal } from '../refusal.js';
import type { SlashCommand } from './command.js';
import { OptionType, slashDefinition } from './definition.js';

export const ARTICLE: SlashCommand = {
  definition: slashDefinition('article', 'everyone', [
    { type: OptionType.String, name: 'article', required: true, autocomplete: true, max_length: 100 },
  ]),
  isQuestion: true,
  isPrivate: () => true,
  run({ interaction, place, texts, parts }) {
    const target = readTarget(interaction.options.getString('article', true));
    if (target?.kind !== 'article') throw new Refusal('article.choose');
    return articleCard(target.id, { page: 0, asker: interaction.user.id, place, texts, parts });
  },
  suggest: ({ interaction, place, parts }) =>
    parts
      .lookUp()
      .suggest(interaction.options.getFocused(), { kinds: ['article'], collections: place.settings.collections }),
};
