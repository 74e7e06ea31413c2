import { oneLine } from '../../text/visible-text.js';
import { fold } from '../autocomplete/fold.js';
import { textCard } from '../cards/card.js';
import { requireAddingServer } from '../context/adding.js';
import { Refusal } from '../context/refusal.js';
import { LIMITS } from '../format/limits.js';
import { escapeToFit, sanitize, shorten } from '../format/markdown.js';
import type { SlashCommand } from './command.js';
import { OptionType, slashDefinition } from './definition.js';

const MAX_TITLE = 200;

/** `/remove`: removes what was added to the server. Only people who may manage messages may use it, and only they see it. */
export const REMOVE_ARTICLE: SlashCommand = {
  definition: slashDefinition('remove', 'moderators', [
    { type: OptionType.String, name: 'article', required: true, autocomplete: true, max_length: 100 },
  ]),
  isQuestion: false,
  isPrivate: () => true,
  async run({ interaction, location, texts, bot }) {
    const serverId = requireAddingServer(interaction, location);
    const { added } = bot.community;
    const chosen = interaction.options.getString('article', true);
    const article = added.list(serverId).find(({ id }) => `added:${id}` === chosen);
    if (article === undefined || !added.remove(serverId, article.id)) throw new Refusal('added.unknown');
    bot.log.info({ server: serverId, person: interaction.user.id, article: article.id }, 'article removed');
    await bot.addedFiles.sync(bot.community);
    return textCard(texts.say('added.removed', { title: escapeToFit(article.title, MAX_TITLE) }));
  },
  suggest({ interaction, location, bot }) {
    if (location.serverId === null || !interaction.memberPermissions?.has('ManageMessages')) return [];
    const typed = fold(interaction.options.getFocused()).split(' ');
    return bot.community.added
      .list(location.serverId)
      .toReversed()
      .filter(({ title }) => typed.every((word) => ` ${fold(title)}`.includes(` ${word}`)))
      .slice(0, LIMITS.choices)
      .map(({ id, title }) => ({ name: shorten(oneLine(sanitize(title)), LIMITS.choiceName), value: `added:${id}` }));
  },
};
