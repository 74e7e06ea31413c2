import type { Interaction } from 'discord.js';
import { handleAutocomplete } from './commands/handle-autocomplete.js';
import { handleMessageCommand, handleSlashCommand } from './commands/handle-command.js';
import type { BotContext } from './context/bot-context.js';
import { handleForm } from './controls/handle-form.js';
import { handlePress } from './controls/handle-press.js';

/** Answers what people do with commands, buttons and lists. Other kinds of interaction are ignored: the bot offers none. */
export async function handleInteraction(interaction: Interaction, bot: BotContext): Promise<void> {
  if (interaction.isAutocomplete()) return handleAutocomplete(interaction, bot);
  if (interaction.isChatInputCommand()) return handleSlashCommand(interaction, bot);
  if (interaction.isMessageContextMenuCommand()) return handleMessageCommand(interaction, bot);
  if (interaction.isButton() || interaction.isStringSelectMenu()) return handlePress(interaction, bot);
  if (interaction.isModalSubmit() && interaction.isFromMessage()) return handleForm(interaction, bot);
  if (interaction.isRoleSelectMenu() || interaction.isChannelSelectMenu()) return handlePress(interaction, bot);
}
