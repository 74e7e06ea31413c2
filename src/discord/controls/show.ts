import { articleCard } from '../cards/article-card.js';
import { passageCard } from '../cards/passage-card.js';
import type { Control } from './control.js';

/** Shows a passage or an article that was chosen from a list; the value says which of the two. */
export const SHOW: Control = {
  isQuestion: true,
  acknowledgement: () => 'private',
  run({ interaction, values, chosen, location, texts, bot }) {
    const id = chosen[0] ?? '';
    const viewing = { asker: interaction.user.id, location, texts, bot };
    return values[0] === 'articles' ? articleCard(id, { ...viewing, page: 0 }) : passageCard(id, viewing);
  },
};
