import { MAX_QUESTION_CHARACTERS } from '../../answering/question/question.js';
import { parseTarget } from '../autocomplete/suggestions.js';
import { articleCard } from '../cards/article-card.js';
import { passageCard } from '../cards/passage-card.js';
import { searchResultsCard } from '../cards/search-results-card.js';
import { type SlashCommand, suggestFor } from './command.js';
import { OptionType, slashDefinition } from './definition.js';

/**
 * `/find`: the article or passage that was picked from the list, or a search for the words that were typed. Anyone may
 * use it, and only they see the result.
 */
export const FIND: SlashCommand = {
  definition: slashDefinition('find', 'everyone', [
    { type: OptionType.String, name: 'words', required: true, autocomplete: true, max_length: MAX_QUESTION_CHARACTERS },
  ]),
  isQuestion: true,
  isPrivate: () => true,
  run({ interaction, location, texts, bot }) {
    const words = interaction.options.getString('words', true);
    const target = parseTarget(words);
    const asker = interaction.user.id;
    if (target?.kind === 'article') return articleCard(target.id, { page: 0, asker, location, texts, bot });
    if (target?.kind === 'passage') return passageCard(target.id, { asker, location, texts, bot });
    return searchResultsCard(words, { page: 0, asker, location, texts, bot });
  },
  suggest: suggestFor('article', 'passage'),
};
