import { setupCard } from '../cards/setup-card.js';
import { requireManagedServer } from '../context/managed-server.js';
import type { SlashCommand } from './command.js';
import { slashDefinition } from './definition.js';

/** `/setup`: leads through the settings that a new server needs. Only people who manage the server may use it, and only they see it. */
export const SETUP: SlashCommand = {
  definition: slashDefinition('setup', 'managers'),
  isQuestion: false,
  isPrivate: () => true,
  run({ interaction, texts, bot }) {
    const guild = requireManagedServer(interaction);
    return setupCard({ guild, serverId: guild.id, step: 0, asker: interaction.user.id, texts, bot });
  },
};
