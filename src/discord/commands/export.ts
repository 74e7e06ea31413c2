import { requireManagedServer } from '../context/managed-server.js';
import type { SlashCommand } from './command.js';
import { slashDefinition } from './definition.js';

/** `/export`: the settings, pins and votes of a server as a file. Only people who manage the server may use it, and only they see it. */
export const EXPORT: SlashCommand = {
  definition: slashDefinition('export', 'managers'),
  isQuestion: false,
  isPrivate: () => true,
  run({ interaction, texts, bot }) {
    const { id } = requireManagedServer(interaction);
    const data = bot.community.exportServer(id, { footnote: bot.version, now: new Date() });
    const text = `${JSON.stringify(data, null, 1)}\n`;
    return {
      components: [],
      plain: texts.say('exports.made', {
        settings: data.settings.length,
        pins: data.pins.length,
        votes: data.votes.length,
      }),
      file: { name: 'footnote-server.json', text, type: 'application/json' },
    };
  },
};
