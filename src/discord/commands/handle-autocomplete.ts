import type { AutocompleteInteraction } from 'discord.js';
import type { BotContext } from '../context/bot-context.js';
import { interactionContextOf } from '../sending/interaction-context.js';
import { respondWithChoices } from '../sending/interaction-responses.js';
import { SLASH_COMMANDS } from './commands.js';

/** Suggests choices while someone types an option of a command. */
export async function handleAutocomplete(interaction: AutocompleteInteraction, bot: BotContext): Promise<void> {
  const command = SLASH_COMMANDS.find(({ definition }) => definition.name === interaction.commandName);
  const context = interactionContextOf(interaction, bot);
  await respondWithChoices(interaction, command?.suggest?.(context) ?? [], context.sending);
}
