import { articleCard } from '../cards/article-card.js';
import { passageCard } from '../cards/passage-card.js';
import type { Control } from './control.js';

/**
 * Shows the passage or article that someone selected from a list. Anyone may use it, and only they see it.
 *
 * Values: `passages` or `articles`, for what the list contains.
 */
export const SHOW: Control = {
  isQuestion: true,
  acknowledgement: () => 'private',
  run({ interaction, values, selected, location, texts, bot }) {
    const [id = ''] = selected;
    const context = { asker: interaction.user.id, location, texts, bot };
    return values[0] === 'articles' ? articleCard(id, { ...context, page: 0 }) : passageCard(id, context);
  },
};
