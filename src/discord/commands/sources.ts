import { sourcesCard } from '../cards/sources-card.js';
import type { SlashCommand } from './command.js';
import { OptionType, slashDefinition } from './definition.js';

/** `/sources`: the articles that are searched here. Anyone may use it, and only they see the list. */
export const SOURCES: SlashCommand = {
  definition: slashDefinition('sources', 'everyone', [{ type: OptionType.String, name: 'words', max_length: 100 }]),
  isQuestion: true,
  isPrivate: () => true,
  run({ interaction, location, texts, bot }) {
    const words = interaction.options.getString('words')?.trim() ?? '';
    return sourcesCard(words === '' ? null : words, { page: 0, asker: interaction.user.id, location, texts, bot });
  },
};
