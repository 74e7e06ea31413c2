import { textCard } from '../cards/card.js';
import { CREDIT_CHOICES } from '../cards/credit-card.js';
import { Refusal } from '../context/refusal.js';
import type { Control } from './control.js';

/**
 * What the author of a message decides about the article that was made from it: whether their name is shown, or that it is removed.
 * Only they may use it.
 *
 * Values: the id of the article, and one of `CREDIT_CHOICES`.
 */
export const CREDIT: Control = {
  isQuestion: false,
  acknowledgement({ isByAsker }) {
    if (!isByAsker) throw new Refusal('private.notYours');
    return 'edit';
  },
  async run({ interaction, values, texts, bot }) {
    const [id = '', choice] = values;
    const { added } = bot.community;
    const { user } = interaction;
    if (!CREDIT_CHOICES.some((one) => one === choice)) throw new Refusal('outdated.button');
    const isTheirs =
      choice === 'remove'
        ? added.removeByAuthor(id, user.id)
        : added.setAuthorName(id, user.id, choice === 'show' ? user.displayName : null);
    if (!isTheirs) throw new Refusal('added.gone');
    await bot.addedFiles.sync(bot.community);
    const done = { show: 'added.shown', hide: 'added.hidden', remove: 'added.deleted' } as const;
    return textCard(texts.say(done[choice as keyof typeof done]));
  },
};
