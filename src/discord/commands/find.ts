import { MAX_QUESTION_CHARACTERS } from '../../answering/question.js';
import { articleCard } from '../cards/article-card.js';
import { foundCard } from '../cards/found-card.js';
import { passageCard } from '../cards/passage-card.js';
import { readTarget } from '../look-up.js';
import type { SlashCommand } from './command.js';
import { OptionType, slashDefinition } from './definition.js';

export const FIND: SlashCommand = {
  definition: slashDefinition('find', 'everyone', [
    { type: OptionType.String, name: 'words', required: true, autocomplete: true, max_length: MAX_QUESTION_CHARACTERS },
  ]),
  isQuestion: true,
  isPrivate: () => true,
  run({ interaction, place, texts, parts }) {
    const words = interaction.options.getString('words', true);
    const target = readTarget(words);
    const asker = interaction.user.id;
    if (target?.kind === 'article') return articleCard(target.id, { page: 0, asker, place, texts, parts });
    if (target?.kind === 'passage') return passageCard(target.id, { asker, place, texts, parts });
    return foundCard(words, { page: 0, asker, place, texts, parts });
  },
  suggest: ({ interaction, place, parts }) =>
    parts.lookUp().suggest(interaction.options.getFocused(), { collections: place.settings.collections }),
};
